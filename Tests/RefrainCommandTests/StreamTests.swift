// Findings that are written as they are made: the same as those that are kept, in the order of their first places.

import Foundation
import TestSupport
import Testing

struct StreamTests {
  private struct Found: Decodable {
    struct Occurrence: Decodable {
      struct Place: Decodable { var byte: Int }
      var path: String
      var recordLine: Int
      var start: Place
      var text: String
      var cut: Bool?
    }
    var id: String
    var kind: String
    var level: String
    var state: String?
    var occurrences: [Occurrence]
  }

  private struct Result: Decodable { var findings: [Found] }

  private func findings(_ lines: [String]) throws -> [Found] {
    try lines.map { try JSONDecoder().decode(Found.self, from: Data($0.utf8)) }
  }

  /// Beside a report that needs all findings nothing is streamed, and the lines are the same.
  @Test func streamedLinesAreThoseThatWereKept() throws {
    let folder = try RepeatingRecords.folder()
    let streamed = try RefrainProgram.run(["check", ".", "--all", "--format", "jsonl"], in: folder)
    let kept = try RefrainProgram.run(
      ["check", ".", "--all", "--format", "jsonl=kept.jsonl", "--format", "json"], in: folder)
    #expect(streamed.status == 1)
    #expect(
      try Array(Data(contentsOf: URL(fileURLWithPath: folder("kept.jsonl")))) == streamed.output)
    #expect(streamed.errors == kept.errors)
    let result = try JSONDecoder().decode(Result.self, from: Data(kept.output))
    let lines = try findings(streamed.lines)
    #expect(lines.map(\.id).sorted() == result.findings.map(\.id).sorted())
    #expect(lines.map(\.id) != result.findings.map(\.id))
    #expect(Set(lines.map(\.level)) == ["error", "hint"])
  }

  @Test func findingsComeByTheirFirstPlace() throws {
    let folder = try RepeatingRecords.folder()
    let run = try RefrainProgram.run(
      ["check", "a.jsonl", "b.jsonl", "--all", "--format", "jsonl"], in: folder)
    let places = try findings(run.lines).map { finding in
      let first = finding.occurrences[0]
      // A document stands before its passages.
      let byte = finding.kind == "duplicate-document" ? -1 : first.start.byte
      return [first.path == "a.jsonl" ? 0 : 1, first.recordLine, byte]
    }
    #expect(places.count > 100)
    for (a, b) in zip(places, places.dropFirst()) { #expect(!b.lexicographicallyPrecedes(a)) }
  }

  /// What decides the exit status and the summary is counted as it goes by.
  @Test func countsAreThoseOfTheText() throws {
    let folder = try RepeatingRecords.folder()
    for options in [[], ["--kinds", "near-repeat"], ["--max-findings", "100000"]] {
      let text = try RefrainProgram.run(["check", ".", "--format", "text"] + options, in: folder)
      let lines = try RefrainProgram.run(["check", ".", "--format", "jsonl"] + options, in: folder)
      #expect(lines.errors == text.errors)
      #expect(lines.status == text.status)
      #expect(lines.status == (options.first == "--max-findings" ? 0 : 1))
    }
  }

  @Test func baselinesMarkLinesToo() throws {
    let folder = try RepeatingRecords.folder()
    _ = try RefrainProgram.run(["baseline", "write", "accepted.txt", "a.jsonl"], in: folder)
    let run = try RefrainProgram.run(
      ["check", "a.jsonl", "--baseline", "accepted.txt", "--format", "jsonl"], in: folder)
    #expect(run.status == 0)
    let states = try findings(run.lines).map(\.state)
    #expect(!states.isEmpty)
    #expect(states.allSatisfy { $0 == "known" })
  }

  @Test func textsOfPlacesAreBounded() throws {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 5, words: 4000)
    let long = RandomProse.text(prose.words(6000))
    let lines = try (0..<2).map { id in
      let text = RandomProse.text(prose.words(9000)) + " " + long
      let record = try JSONEncoder().encode(["id": "\(id)", "text": text])
      return String(decoding: record, as: UTF8.self)
    }
    try folder.write("long.jsonl", lines.joined(separator: "\n"))
    let run = try RefrainProgram.run(["check", "long.jsonl", "--format", "jsonl"], in: folder)
    let found = try findings(run.lines)
    let places = try #require(found.first { $0.occurrences.contains { $0.cut == true } })
      .occurrences
    for place in places {
      #expect((16_000...16_384).contains(place.text.utf8.count))
      #expect(place.text.last?.isWhitespace == false)
    }
    #expect(run.output.count < 200_000)
  }

  /// A file appears when it is whole: where the reading fails at the end, the old one stays.
  @Test func failureLeavesTheOldFile() throws {
    let folder = try RepeatingRecords.folder()
    try folder.write("found.jsonl", "old\n")
    try folder.write("c.jsonl", "{\"text\": \"whole\"}\n{\"text\": ")
    let run = try RefrainProgram.run(
      ["check", "a.jsonl", "c.jsonl", "--format", "jsonl", "-o", "found.jsonl"], in: folder)
    #expect(run.status == 2)
    #expect(run.errors.contains("c.jsonl:2"))
    #expect(try String(contentsOfFile: folder("found.jsonl"), encoding: .utf8) == "old\n")
  }
}
