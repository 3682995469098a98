// Findings that are written as they are made: what keeps the memory of a check within bounds whose findings do
// not fit into it.

import RefrainFiles
package import RefrainModel
import RefrainReport

/// Writes findings as JSON Lines, batch by batch.
///
/// The bytes are those that `JSONLinesReport` writes of the whole result. What goes to standard output appears as
/// it is written; a file appears at the end, when it is whole.
package final class CheckStream {
  /// Findings that a thread writes at a time.
  private static let piece = 64

  private let files: [OutputFile]
  private let workers: Workers

  /// Opens the outputs.
  init(_ paths: [String], threads: Int) throws(RefrainError) {
    let places = try paths.map { path throws(RefrainError) in try OutputPlace(path) }
    OutputFile.clearStale(places)
    files = try places.map { place throws(RefrainError) in try OutputFile(place) }
    workers = Workers(threads: threads)
  }

  /// Appends findings, which are in the order of their numbers.
  func write(_ findings: [Finding], _ gate: Gate) throws(RefrainError) {
    let pieces = (findings.count + Self.piece - 1) / Self.piece
    let lines = workers.map(pieces, state: {}) { _, index -> [UInt8]? in
      let piece = findings[(index * Self.piece)...].prefix(Self.piece)
      var result = CheckResult(findings: Array(piece))
      result.gate = gate
      return JSONLinesReport().report(result)
    }
    for bytes in lines { try append(bytes) }
  }

  /// Appends what the result still holds, and gives the files their names.
  package func finish(_ result: CheckResult) throws(RefrainError) {
    try append(JSONLinesReport().report(result))
    try OutputFile.publish(files)
  }

  private func append(_ bytes: [UInt8]) throws(RefrainError) {
    for file in files { try file.write(bytes) }
  }
}
