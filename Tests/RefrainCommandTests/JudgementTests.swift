// What gates, what is shown and why: pages of a manual through the executable, one reason at a time.

import Foundation
import TestSupport
import Testing

struct JudgementTests {
  private static let paragraph = """
    A hive that is moved in the middle of the day loses its foragers, because they return to the \
    place where it stood in the morning and wait there until night falls. Close the entrance at \
    dusk, when the last of them are back, and open it again only after the hive has reached the \
    meadow and has stood still for an hour.
    """

  /// A page with headings and a list, whose words are its own, around some parts.
  private func page(_ seed: UInt64, _ parts: String...) -> String {
    var prose = RandomProse(seed: seed)
    let items = (0..<6).map { _ in "- " + prose.text(4) }.joined(separator: "\n")
    let blocks =
      ["# " + prose.text(2), prose.text(30), "## " + prose.text(2)] + parts
      + ["## " + prose.text(2), items, prose.text(30)]
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func run(
    _ folder: ScratchFolder, _ options: String..., status: Int32
  ) throws -> Result {
    let run = try RefrainProgram.run(["check", ".", "--format", "json"] + options, in: folder)
    #expect(run.status == status, "\(run.errors)")
    return try JSONDecoder().decode(Result.self, from: Data(run.output))
  }

  @Test func aParagraphOnTwoPagesIsAnError() throws {
    let folder = try ScratchFolder()
    try folder.write("moving.md", page(1, Self.paragraph))
    try folder.write("summer.md", page(2, Self.paragraph))
    let finding = try #require(try run(folder, status: 1).findings.first)
    #expect(finding.level == "error" && finding.gates)
    let why = finding.why
    #expect(why.table == "page")
    let words = Self.paragraph.split { $0.isWhitespace }.count
    #expect(
      why.sentence == "told in two documents: \(words) of \(words) words, both in running text")
    let measures = try #require(why.measures)
    #expect(measures.first { $0.measure == "told" }?.value == words)
    #expect(measures.first { $0.measure == "likeness" }?.value == 100)
    #expect(measures.reduce(0) { $0 + $1.points } == why.points)
    #expect(try #require(why.points) >= (try #require(why.leastForError)))
  }

  /// A handful of words, even word for word, fails no build.
  @Test func aPhraseIsNoError() throws {
    let folder = try ScratchFolder()
    let phrase = "Ask a keeper from the neighbourhood before the honey is taken out of hives."
    try folder.write("a.md", page(3, phrase))
    try folder.write("b.md", page(4, phrase))
    let result = try run(folder, "--all", status: 0)
    let finding = try #require(result.findings.first)
    #expect(finding.level != "error" && !finding.gates)
    #expect(finding.why.sentence.hasSuffix("few of them are running text"))
  }

  /// What the words lie in counts, not how many there are: code and links say nothing twice.
  @Test func codeAndLinksAreNoRunningText() throws {
    let folder = try ScratchFolder()
    let words = Self.paragraph.split { $0.isWhitespace || $0 == "." || $0 == "," }
    let code = words.prefix(25).map { "`\($0)`" }.joined(separator: " ")
    let link = "[" + words.suffix(25).joined(separator: " ") + "](elsewhere.md)"
    let passage = "Look here: \(code) and there: \(link)."
    try folder.write("a.md", page(5, passage))
    try folder.write("b.md", page(6, passage))
    let finding = try #require(try run(folder, "--all", status: 0).findings.first)
    #expect(finding.words > 50 && finding.level != "error")
    #expect(finding.why.sentence.contains("in code, links or identifiers"))
  }

  /// The same sentences in frames of their own read otherwise.
  @Test func whatReadsOtherwiseIsNoError() throws {
    let folder = try ScratchFolder()
    try folder.write(
      "a.md",
      page(
        7,
        "The northern meadow is given to hives that swarm early, and it is mown in June, "
          + "before the lime trees along the old canal begin to flower."))
    try folder.write(
      "b.md",
      page(
        8,
        "Nobody mows between the sheds, but the southern slope is mown in June, before the "
          + "lime trees along the old canal begin to flower, by whoever owns a scythe."))
    #expect(try run(folder, "--all", status: 0).findings.allSatisfy { $0.level != "error" })
  }

  /// What a changelog says of two versions lies in the copy of the whole: a hint, since neither fails a build.
  @Test func whatAChangelogSaysTwiceLiesInItsCopy() throws {
    var prose = RandomProse(seed: 83)
    let folder = try ScratchFolder()
    let entry = prose.text(30)
    let versions = (1...9).map { number in
      "## 1.\(number)\n\n- \(number % 4 == 2 ? entry : prose.text(30))\n- \(prose.text(40))"
    }
    let log = versions.joined(separator: "\n\n") + "\n"
    try folder.write("CHANGELOG.md", log)
    try folder.write("docs/changelog.md", log + "\n" + prose.text(60) + "\n")
    let told = try run(folder, status: 0).findings
    let copy = try #require(told.first)
    #expect(told.count == 1 && copy.kind == "duplicate-document" && copy.level == "note")
    let all = try run(folder, "--all", status: 0).findings
    let inner = try #require(all.first { $0.kind == "exact-repeat" })
    #expect(inner.level == "hint")
    #expect(inner.why.sentence.contains("it lies in \(copy.id)"))
  }

  @Test func changelogsAndVersionsAreClasses() throws {
    let folder = try ScratchFolder()
    try folder.write("CHANGELOG.md", page(9, Self.paragraph))
    try folder.write("guide.md", page(10, Self.paragraph))
    let note = try #require(try run(folder, status: 0).findings.first)
    #expect(note.class == "changelog" && note.level == "note")
    #expect(note.why.sentence.hasSuffix("a changelog says it for each version, which is no error"))
    let versions = try ScratchFolder()
    for version in ["v1", "v2"] {
      for (seed, name) in ["feeding", "moving", "wintering"].enumerated() {
        try versions.write(
          "\(version)/\(name).md",
          page(UInt64(20 + seed), name == "moving" ? Self.paragraph : "Nothing."))
      }
    }
    let pages = try run(versions, status: 0).findings
    #expect(!pages.isEmpty && pages.allSatisfy { $0.class == "version" && $0.level == "note" })
    // A copy within a version is one, whatever else there is of it.
    try versions.write("v2/summer.md", page(31, Self.paragraph))
    let copied = try run(versions, status: 1).findings
    let error = try #require(copied.first { $0.level == "error" })
    #expect(error.class == nil)
    #expect(error.occurrences.contains { $0.path.hasSuffix("v2/summer.md") })
  }

  /// Pages on one plan share headings and sentences between them.
  @Test func pagesOnOnePlanAreReference() throws {
    let folder = try ScratchFolder()
    for (seed, name) in ["get", "put"].enumerated() {
      var prose = RandomProse(seed: UInt64(40 + seed))
      let parts = ["Synopsis", "Description", "Parameters", "Examples"].map {
        "## \($0)\n\n" + ($0 == "Description" ? Self.paragraph : prose.text(40))
      }
      try folder.write("\(name).md", "# \(name)\n\n" + parts.joined(separator: "\n\n") + "\n")
    }
    let finding = try #require(try run(folder, status: 0).findings.first)
    #expect(finding.class == "reference" && finding.level == "note")
  }

  @Test func levelSaysWhatIsShown() throws {
    let folder = try ScratchFolder()
    try folder.write("CHANGELOG.md", page(50, Self.paragraph))
    try folder.write("guide.md", page(51, Self.paragraph))
    #expect(try run(folder, status: 0).findings.map(\.level) == ["note"])
    let errors = try run(folder, "--level", "error", status: 0)
    #expect(errors.findings.isEmpty && errors.summary.notes == 1)
    let hints = try run(folder, "--level", "hint", status: 0)
    #expect(hints.findings.map(\.id) == (try run(folder, "--all", status: 0).findings.map(\.id)))
    // A folder's own level counts for what touches its files.
    try folder.write(
      "refrain.toml", "level = \"error\"\n[[files]]\npaths = [\"guide.md\"]\nlevel = \"note\"\n")
    #expect(try run(folder, status: 0).findings.map(\.level) == ["note"])
  }

  @Test func gateMayDifferByPath() throws {
    let folder = try ScratchFolder()
    try folder.write("drafts/a.md", page(60, Self.paragraph))
    try folder.write("drafts/b.md", page(61, Self.paragraph))
    #expect(try run(folder, status: 1).findings.map(\.gates) == [true])
    try folder.write(
      "refrain.toml", "[[files]]\npaths = [\"drafts/\"]\ngate = [\"duplicate-document\"]\n")
    let result = try run(folder, status: 0)
    #expect(result.findings.map(\.gates) == [false] && result.findings.map(\.level) == ["note"])
  }

  @Test func aFindingIsExplained() throws {
    let folder = try ScratchFolder()
    try folder.write("moving.md", page(1, Self.paragraph))
    try folder.write("summer.md", page(2, Self.paragraph))
    let finding = try #require(try run(folder, status: 1).findings.first)
    let run = try RefrainProgram.run(
      ["check", ".", "--explain", String(finding.id.prefix(8))], in: folder)
    #expect(run.status == 0)
    let text = run.lines.joined(separator: "\n")
    #expect(text.contains("Level: error. It fails the run."))
    #expect(text.contains(finding.why.sentence))
    for item in finding.why.measures ?? [] {
      let row = run.lines.first { $0.hasPrefix("  \(item.measure) ") }
      let figures = row?.split(separator: " ").dropFirst().map(String.init)
      #expect(figures == ["\(item.value)", "\(item.points)"])
    }
    let unknown = try RefrainProgram.run(["check", ".", "--explain", "zzzz"], in: folder)
    #expect(unknown.status == 2 && unknown.errors.contains("no finding has the id zzzz"))
  }

  private struct Result: Decodable {
    struct Finding: Decodable {
      struct Occurrence: Decodable { var path: String }
      struct Why: Decodable {
        struct Item: Decodable {
          var measure: String
          var value: Int
          var points: Int
        }
        var sentence: String
        var table: String
        var points: Int?
        var leastForError: Int?
        var measures: [Item]?
      }
      var id: String
      var kind: String
      var level: String
      var gates: Bool
      var words: Int
      var `class`: String?
      var why: Why
      var occurrences: [Occurrence]
    }
    struct Summary: Decodable { var notes: Int }
    var findings: [Finding]
    var summary: Summary
  }
}
