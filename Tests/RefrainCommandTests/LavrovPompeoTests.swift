// The article that says one thing twice: what an editor must see first, and that nothing else of it
// is shown. No other repetition in it is one.

import Foundation
import TestSupport
import Testing

struct LavrovPompeoTests {
  private static let name = "lavrov-pompeo.txt"

  private func folder() throws -> ScratchFolder {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = try ScratchFolder()
    try folder.write(
      Self.name, try Data(contentsOf: root.appendingPathComponent("Fixtures/\(Self.name)")))
    return folder
  }

  @Test func theRepetitionIsFoundAndNothingElse() throws {
    let folder = try folder()
    let report = try folder.check(Self.name, status: 1)
    let first = try #require(report.findings.first)
    #expect(first.lines.contains(14) && first.lines.contains(16))
    #expect(first.kind == "near-repeat")
    #expect(first.scope == "within")
    let lines = report.findings.flatMap { $0.occurrences.flatMap { [$0.start.line, $0.end.line] } }
    #expect(Set(lines).isSubset(of: [14, 16, 20, 22, 24]), "\(lines)")
    try folder.checkPlaces(report)
    // Bigrams of the two: 0.27 alike, half of the lesser contained.
    #expect(abs(first.similarity - 0.27) < 0.005)
    #expect(first.containment == 0.5)
    #expect(first.longestRun == 9)
  }

  /// The keys that other programs read, each where it belongs, and no key that is not known.
  @Test func theKeysOfTheResult() throws {
    let folder = try folder()
    let run = try RefrainProgram.run(["check", Self.name, "--format", "json"], in: folder)
    let root = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    #expect(Set(root.keys) == ["version", "tool", "settings", "findings", "remarks", "summary"])
    let tool = try #require(root["tool"] as? [String: Any])
    #expect(tool["name"] as? String == "refrain")
    #expect(tool["version"] is String)
    let findings = try #require(root["findings"] as? [[String: Any]])
    for finding in findings {
      let known: Set = [
        "id", "kind", "scope", "similarity", "containment", "words", "longestRun", "occurrences",
      ]
      #expect(
        Set(finding.keys).subtracting([
          "equalWords", "gates", "shares", "fingerprint", "level", "bits", "expect", "why",
        ]) == known)
      for occurrence in try #require(finding["occurrences"] as? [[String: Any]]) {
        #expect(
          Set(occurrence.keys) == [
            "path", "start", "end", "text", "similarity", "blocks", "inline",
          ])
        for edge in ["start", "end"] {
          let place = try #require(occurrence[edge] as? [String: Any])
          #expect(Set(place.keys) == ["byte", "line", "column"])
        }
      }
    }
    let text = String(decoding: run.output, as: UTF8.self)
    let similarities = text.matches(of: /"(?:similarity|containment)": (\S+?)[,}]/)
      .map { String($0.output.1) }.filter { $0 != "null" }
    let digits = similarities.filter { $0.wholeMatch(of: /[01]\.\d{6}/) != nil }
    #expect(similarities == digits)
  }

  /// The lines of a pipe, the cards of a terminal and the JSON tell the same places.
  @Test func textAndJSONAgree() throws {
    let folder = try folder()
    let report = try folder.check(Self.name)
    let places = report.findings.map { finding in
      finding.occurrences.map { "\($0.path):\($0.start.line):\($0.start.column)" }
    }
    let lines = try RefrainProgram.run(["check", Self.name], in: folder)
    #expect(lines.status == 1)
    #expect(lines.lines.count == report.findings.count)
    for (line, places) in zip(lines.lines, places) {
      #expect(line.hasPrefix(places[0] + ": near-repeat, "))
      #expect(places.allSatisfy(line.contains))
    }
    #expect(lines.errors == "1 document, 1 finding: 1 near-repeat; 1 more with --all\n")
    let cards = try RefrainProgram.run(["check", Self.name, "--format", "cards"], in: folder)
    #expect(cards.status == 1)
    let heads = cards.lines.filter { !$0.hasPrefix(" ") }
    #expect(heads.map { $0.prefix { $0 != " " } } == places.map { $0[0][...] })
    let text = String(decoding: cards.output, as: UTF8.self)
    #expect(places.joined().allSatisfy(text.contains))
    #expect(text.contains("tensions and find a constructive path towards the future."))
    #expect(text.contains("[-current-] {+their most recent+}"))
    #expect(text.contains("[<US secretary of state<]"))
    #expect(!text.contains("\u{1B}"))
    let colored = try RefrainProgram.run(
      ["check", Self.name, "--format", "cards", "--color", "always"], in: folder)
    #expect(String(decoding: colored.output, as: UTF8.self).contains("\u{1B}["))
  }

  /// The half of the article before the repetition repeats nothing.
  @Test func aTextWithoutRepetition() throws {
    let folder = try folder()
    let lines = try folder.read(Self.name).split(separator: 0x0A, omittingEmptySubsequences: false)
    try folder.write("half.txt", Array(lines[..<13].joined(separator: [0x0A])))
    let report = try folder.check("half.txt", status: 0)
    #expect(report.findings.isEmpty)
    for format in ["text", "lines", "cards"] {
      let run = try folder.refrain("check", "half.txt", "--format", format)
      #expect(run.output.isEmpty)
      #expect(run.errors == "1 document, 0 findings\n")
    }
    let quiet = try folder.refrain("check", "half.txt", "--quiet")
    #expect(quiet.errors.isEmpty)
  }
}
