// What the tests of `refrain check` share: its JSON result in the test's own types, and the naive
// answer to where a byte stands.

import Foundation
import TestSupport
import Testing

/// A result of `check --format json`.
struct CheckReport: Decodable {
  struct Finding: Decodable {
    var id: String
    var kind: String
    var scope: String
    var similarity: Double
    var containment: Double
    var words: Int
    var longestRun: Int
    var state: String?
    var gates: Bool
    var occurrences: [Occurrence]

    /// The files of the places, in order.
    var paths: [String] { occurrences.map(\.path) }
    var lines: [Int] { occurrences.map(\.start.line) }

    /// Whether there are two places or more, none of which overlaps another.
    var isSound: Bool {
      occurrences.count > 1
        && occurrences.indices.allSatisfy { i in
          occurrences[..<i].allSatisfy { !$0.overlaps(occurrences[i]) }
        }
    }
  }

  struct Occurrence: Decodable {
    var path: String
    var recordLine: Int?
    var start: Place
    var end: Place
    var text: String
    var similarity: Double
    /// Under `--since`, the stretch of its lines that changed.
    var changedLines: ChangedLines?

    struct ChangedLines: Decodable, Equatable {
      var first: Int
      var last: Int
    }

    func overlaps(_ other: Self) -> Bool {
      path == other.path && recordLine == other.recordLine && start.byte < other.end.byte
        && other.start.byte < end.byte
    }

    /// Whether the place holds these bytes of its file.
    func covers(_ path: String, _ bytes: Range<Int>) -> Bool {
      self.path == path && start.byte <= bytes.lowerBound && bytes.upperBound <= end.byte
    }
  }

  struct Place: Decodable, Equatable {
    var byte: Int
    var line: Int
    var column: Int

    init(byte: Int, line: Int, column: Int) {
      (self.byte, self.line, self.column) = (byte, line, column)
    }

    /// The place of a byte, counted from the start of the file one scalar after the other.
    init(_ bytes: [UInt8], _ byte: Int) {
      var (line, column) = (1, 1)
      for scalar in String(decoding: bytes[..<byte], as: UTF8.self).unicodeScalars {
        if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
      }
      self.init(byte: byte, line: line, column: column)
    }
  }

  struct Remark: Decodable {
    var rule: String
    var path: String
    var start: Place
    var message: String
  }

  struct Summary: Decodable {
    var documents: Int
    var findings: Int
    var gating: Int
    var resolved: Int
    var skipped: Int
    var waived: Int
  }

  var version: Int
  var findings: [Finding]
  var remarks: [Remark]
  var summary: Summary

  /// The kinds of the findings, in order.
  var kinds: [String] { findings.map(\.kind) }

  /// The findings of a kind.
  func findings(_ kind: String) -> [Finding] { findings.filter { $0.kind == kind } }
}

extension ScratchFolder {
  /// Runs `refrain check` here for its JSON result and asserts the exit status.
  func check(
    _ arguments: String..., status: Int32? = nil, input: String = "",
    at location: SourceLocation = #_sourceLocation
  ) throws -> CheckReport {
    let run = try RefrainProgram.run(
      ["check", "--format", "json"] + arguments, in: self, input: Array(input.utf8))
    let report: CheckReport
    do {
      report = try JSONDecoder().decode(CheckReport.self, from: Data(run.output))
    } catch {
      Issue.record("\(arguments): \(error); \(run.errors)", sourceLocation: location)
      throw error
    }
    let gates = report.findings.contains(where: \.gates)
    #expect(run.status == (gates ? 1 : 0), "\(arguments): \(run.errors)", sourceLocation: location)
    if let status {
      #expect(run.status == status, "\(arguments): \(run.errors)", sourceLocation: location)
    }
    #expect(report.version == 1, sourceLocation: location)
    #expect(report.findings.filter { !$0.isSound }.isEmpty, sourceLocation: location)
    #expect(report.summary.findings == report.findings.count, sourceLocation: location)
    #expect(
      report.summary.gating == report.findings.count(where: \.gates), sourceLocation: location)
    return report
  }

  /// Asserts that each place of a file has the line and column that its byte has, and, where the
  /// file is its own text, that its bytes are the passage.
  func checkPlaces(
    _ report: CheckReport, verbatim: Bool = true, at location: SourceLocation = #_sourceLocation
  ) throws {
    var files: [String: [UInt8]] = [:]
    for finding in report.findings {
      for occurrence in finding.occurrences where occurrence.recordLine == nil {
        let bytes = try files[occurrence.path] ?? read(occurrence.path)
        files[occurrence.path] = bytes
        let (start, end) = (occurrence.start, occurrence.end)
        #expect(start == .init(bytes, start.byte), sourceLocation: location)
        #expect(end == .init(bytes, end.byte), sourceLocation: location)
        if verbatim, finding.kind != "duplicate-document" {
          // Between two paragraphs there is one blank line in a passage, however many on disk.
          let text = String(validating: bytes[start.byte..<end.byte], as: UTF8.self)
          #expect(
            text?.split(whereSeparator: \.isWhitespace)
              == occurrence.text.split(whereSeparator: \.isWhitespace), sourceLocation: location)
        }
      }
    }
  }
}
