// The outputs that kept records go to.

package import RefrainFiles
package import RefrainModel
package import RefrainRecords

/// Where kept records go: one file, one a source in a folder, or nowhere.
package final class OutputSet {
  private let outputs: OutputSequence
  private let count: Int

  /// Opens what `places` found.
  package init(_ places: [OutputPlace], isDurable: Bool) throws(RefrainError) {
    outputs = try OutputSequence(places, isDurable: isDurable)
    count = places.count
  }

  /// The outputs at `path` for sources: one, or one a source where it is a folder.
  ///
  /// - Throws: `badSetting` where two would be one file, `unwritable`.
  package static func places(
    _ path: String, sources: [String], in files: inout RunFiles
  ) throws(RefrainError) -> [OutputPlace] {
    let option = "--output"
    guard OutputFile.isFolder(path) else { return [try files.add(option, path)] }
    var names: [String: String] = [:]
    var places: [OutputPlace] = []
    for source in sources {
      let name = fileName(for: source)
      if let other = names.updateValue(source, forKey: name) {
        throw .badSetting(
          name: option, cause: "\(other) and \(source) would both be written to \(path)/\(name)")
      }
      places.append(try files.add(option, "\(path)/\(name)"))
    }
    return places
  }

  /// The input's own name; an output whose name ends in `.gz` is compressed as the input was.
  private static func fileName(for source: String) -> String {
    if source == InputOpener.standardInput { return "stdin.jsonl" }
    return source.split(separator: "/").last.map(String.init) ?? "records.jsonl"
  }

  /// Writes a stretch of whole lines of a source, whose numbers never go down.
  ///
  /// A last line without a line end gets one when it is not the end of its file.
  package func write(_ range: ByteRange, of source: RecordSource, _ number: Int)
    throws(RefrainError)
  {
    guard count > 0, let file = try outputs.file(count == 1 ? 0 : number) else { return }
    try file.endLine()
    try file.write(direct: UnsafeRawBufferPointer(rebasing: source.bytes[range.start..<range.end]))
  }

  /// Writes whole lines that were made of those of a source, whose numbers never go down.
  func write(lines bytes: [UInt8], ofSource number: Int) throws(RefrainError) {
    guard count > 0, let file = try outputs.file(count == 1 ? 0 : number) else { return }
    try file.write(bytes)
  }

  /// All files, whole but for their names.
  package func finish() throws(RefrainError) -> [OutputFile] { try outputs.finish() }
}
