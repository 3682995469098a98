// How much a finding asks of a person: what gates, what is told, and what is told only to those who ask for
// all.

import Foundation
import TestSupport
import Testing

struct LevelTests {
  private static let quoted = "the bridge over the river would be closed for repairs until spring"

  /// Two pages that share half a sentence, and two that share a paragraph.
  private func pages() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write(
      "a.md",
      """
      The committee met on Tuesday in the old town hall. After long talks the mayor said that \
      \(Self.quoted), and the shops complained.
      """)
    try folder.write(
      "b.md",
      """
      Residents of the valley were told last night that \(Self.quoted) although nobody had asked \
      them before about buses.
      """)
    let paragraph =
      "Whoever wants to move a hive does so at dusk, when the last foragers are back, and carries it "
      + "either less than three feet or more than three miles, since bees know their place by heart."
    try folder.write("c.md", paragraph)
    try folder.write("d.md", paragraph + " Ask a neighbour for help.")
    return folder
  }

  @Test func hintsAreCountedAndToldOnRequest() throws {
    let folder = try pages()
    let usual = try RefrainProgram.run(["check", ".", "--format", "json"], in: folder)
    #expect(usual.status == 1)
    let told = try JSONDecoder().decode(Result.self, from: Data(usual.output))
    #expect(told.findings.map(\.level) == ["error"])
    #expect(told.summary.hints == 1)
    #expect(usual.errors.contains("1 more with --all"))
    let all = try RefrainProgram.run(
      ["check", ".", "--format", "json", "--all"], in: folder)
    #expect(all.status == 1)
    let result = try JSONDecoder().decode(Result.self, from: Data(all.output))
    // What is told by default is told first, and the same.
    #expect(result.findings.map(\.level) == ["error", "hint"])
    #expect(result.findings.map(\.gates) == [true, false])
    #expect(result.findings.first?.id == told.findings.first?.id)
    #expect(result.summary.hints == 0 && result.summary.gating == 1)
    let hint = try #require(result.findings.last)
    #expect(hint.occurrences.allSatisfy { $0.text.contains(Self.quoted) })
    #expect(hint.bits > 20 && hint.expect < 0.1)
    #expect(!all.errors.contains("more with --all"))
  }

  /// Every format says that a hint is one, and gives it no more weight than it has.
  @Test(arguments: [
    ("concise", " words, hint,"), ("jsonl", #""level": "hint""#),
    ("sarif", #""level": "hint""#), ("markdown", "-repeat (hint)"), ("html", ">hint</i>"),
    ("github", "(hint)"), ("gitlab", "(hint)"), ("checkstyle", "(hint)"), ("junit", "(hint)"),
    ("rdjsonl", "(hint)"), ("text", "hint"),
  ])
  func everyFormatHasThem(format: String, mark: String) throws {
    let folder = try pages()
    let usual = try RefrainProgram.run(
      ["check", "a.md", "b.md", "--format", format], in: folder)
    #expect(usual.status == 0)
    #expect(!usual.lines.joined(separator: "\n").contains(mark))
    let all = try RefrainProgram.run(
      ["check", "a.md", "b.md", "--format", format, "--all"], in: folder)
    #expect(all.status == 0, "a hint gates nothing")
    #expect(
      all.lines.joined(separator: "\n").contains(mark), "\(all.lines.joined(separator: "\n"))")
  }

  /// A baseline accepts what gates; hints come and go without it.
  @Test func baselinesLeaveHintsOut() throws {
    let folder = try pages()
    let all = try RefrainProgram.run(
      ["check", ".", "--all", "--format", "json=all.json", "-q"], in: folder)
    #expect(all.status == 1)
    let again = try RefrainProgram.run(
      ["check", ".", "--all", "--baseline", "all.json", "--format", "json"], in: folder)
    #expect(again.status == 0)
    let result = try JSONDecoder().decode(Result.self, from: Data(again.output))
    #expect(result.findings.map(\.state) == ["known", nil])
    // Without the hint's pages nothing is resolved.
    let fewer = try RefrainProgram.run(
      ["check", "c.md", "d.md", "--baseline", "all.json"], in: folder)
    #expect(fewer.status == 0 && fewer.errors.contains("0 resolved"))
    #expect(try folder.refrain("baseline", "write", "base.jsonl", ".").status == 0)
    let accepted = String(decoding: try folder.read("base.jsonl"), as: UTF8.self)
    #expect(accepted.contains("c.md") && !accepted.contains("a.md"))
  }

  private struct Result: Decodable {
    struct Finding: Decodable {
      struct Occurrence: Decodable { var text: String }
      var id: String
      var level: String
      var gates: Bool
      var state: String?
      var bits: Double
      var expect: Double
      var occurrences: [Occurrence]
    }
    struct Summary: Decodable {
      var hints: Int
      var gating: Int
    }
    var findings: [Finding]
    var summary: Summary
  }
}
