// What pages that people look things up in say again by right: entries of a list, indexes, pages on one plan,
// versions, statements side by side. Each beside the copy that is none of these.

import Foundation
import TestSupport
import Testing

struct ReferencePageTests {
  private static let paragraph = """
    A hive that is moved in the middle of the day loses its foragers, because they return to the \
    place where it stood in the morning and wait there until night falls. Close the entrance at \
    dusk, when the last of them are back.
    """

  private func findings(
    _ pages: [String: String], status: Int32?
  ) throws -> [CheckedFinding] {
    let folder = try ScratchFolder()
    for (path, text) in pages { try folder.write(path, text) }
    let run = try RefrainProgram.run(["check", ".", "--format", "json"], in: folder)
    #expect(status == nil || run.status == status, "\(run.errors)")
    return try JSONDecoder().decode(CheckedFindings.self, from: Data(run.output)).findings
  }

  /// A page of entries below "Parameters", each with a listing, of which some hold a paragraph; and of notes.
  private func page(
    _ headings: [String], holding: Set<Int>, notes: String = "Nothing."
  ) -> String {
    var prose = RandomProse(seed: 90)
    var page = "# \(prose.text(3))\n\n\(prose.text(30))\n\n## Parameters\n"
    for (index, heading) in headings.enumerated() {
      page += "\n### \(heading)\n\n\(prose.text(20))\n"
      if holding.contains(index) { page += "\n\(Self.paragraph)\n" }
      page += "\n```yaml\nRequired: False\n```\n"
    }
    return page + "\n## Notes\n\n\(notes)\n"
  }

  private static let names = ["colony", "weight", "season", "keeper", "honey", "meadow"]

  /// Sections of one shape are entries, whatever they are called; a copy elsewhere on the page is none.
  @Test func entriesOfOneListAreReference() throws {
    let entries = try findings(["hive.md": page(Self.names, holding: [1, 4])], status: 0)
    let entry = try #require(entries.first)
    #expect(entry.class == "reference" && entry.level == "note")
    #expect(entry.why.sentence.hasSuffix("they are entries of one list, which is no error"))
    let copies = try findings(
      ["hive.md": page(Self.names, holding: [1], notes: Self.paragraph)], status: 1)
    #expect(copies.first?.class == nil && copies.first?.level == "error")
  }

  /// Two or three sections are a list only if names head them, or numbers.
  @Test(arguments: [
    (["-Path", "-Filter"], "reference"), (["`open`", "`close`"], "reference"),
    (["Depth \\<DateTime\\>", "File \\<SwitchParameter\\>"], "reference"),
    (["Example 1: in May", "Example 2: in June"], "reference"),
    (["In the morning", "In the evening"], nil), (["Step 1", "Turn 2"], nil),
  ])
  func fewEntriesAreHeadedByNames(_ headings: [String], _ passageClass: String?) throws {
    let found = try findings(
      ["hive.md": page(headings, holding: [0, 1])], status: passageClass == nil ? 1 : 0)
    #expect(found.first?.class == passageClass, "\(headings)")
  }

  /// What an index says of a page is the page's own words.
  @Test func anIndexIsReference() throws {
    var prose = RandomProse(seed: 91)
    let own = prose.text(120)
    let page = "# Moving\n\n- a\n- b\n- c\n\n## Hives\n\n\(Self.paragraph)\n\n\(own)\n"
    let other = prose.text(120)
    func index(_ heading: String) -> String {
      "# All pages\n\n- d\n- e\n- f\n\n## \(heading)\n\n\(Self.paragraph)\n\n## Other\n\n\(other)\n"
    }
    let entries = try findings(
      ["moving.md": page, "index.md": index("[Moving](moving.md)")], status: 0)
    #expect(entries.first?.class == "reference")
    let copies = try findings(["moving.md": page, "index.md": index("Moving hives")], status: 1)
    #expect(copies.first?.class == nil)
  }

  /// A page that has another name in another version is a version, if it says the same and has taken the place of
  /// the other.
  @Test func renamedPagesAreVersions() throws {
    var prose = RandomProse(seed: 92)
    func page(_ parts: String...) -> String {
      ("# \(prose.text(2))\n\n- \(prose.text(3))\n- \(prose.text(3))\n- \(prose.text(3))\n\n"
        + "## \(prose.text(2))\n\n" + parts.joined(separator: "\n\n") + "\n")
    }
    var pages: [String: String] = [:]
    for version in ["5.1", "7.4"] {
      for name in ["feeding", "wintering", "breeding"] {
        pages["\(version)/\(name).md"] = page(prose.text(60))
      }
    }
    pages["5.1/hive_exe.md"] = page(prose.text(20), Self.paragraph)
    pages["7.4/hive.md"] = page(Self.paragraph, prose.text(20))
    let renamed = try findings(pages, status: 0)
    #expect(renamed.first?.class == "version" && renamed.first?.level == "note")
    // Where the new version has the old page too, or the pages say different things besides, it is a copy.
    var both = pages
    both["7.4/hive_exe.md"] = page(prose.text(90))
    #expect(try findings(both, status: 1).first?.class == nil)
    var other = pages
    other["5.1/hive_exe.md"] = page(prose.text(300), Self.paragraph, prose.text(200))
    other["7.4/hive.md"] = page(prose.text(200), Self.paragraph, prose.text(300))
    #expect(try findings(other, status: 1).first?.class == nil)
  }

  /// Neighbours that differ in their subject say two things.
  @Test func statementsSideBySideAreNoError() throws {
    let first = """
      If the list has more frames than there are boxes, all the frames that remain are put into \
      the last box, and a warning is written to the journal of the keeper for that season.
      """
    let second = """
      If the list has fewer frames than there are boxes, all the boxes that remain are left without \
      any, and a warning is written to the journal of the keeper for that season.
      """
    func page(_ between: String) -> String {
      "# Frames\n\n- one\n- two\n- three\n\n## Boxes\n\n\(first)\n\n\(between)\n\n\(second)\n"
    }
    var prose = RandomProse(seed: 93)
    let near = try #require(try findings(["a.md": page("For example:")], status: 0).first)
    #expect(near.level == "note" && near.class == nil)
    #expect(near.why.sentence.hasSuffix("side by side, they differ in what they say"))
    #expect(try findings(["a.md": page(prose.text(200))], status: 1).first?.level == "error")
  }

  /// A short box may stand wherever it is needed; the same words in the text are a copy.
  @Test func aCautionInTwoPlacesIsNoError() throws {
    func page(_ seed: UInt64, _ text: String) -> String {
      var prose = RandomProse(seed: seed)
      return "# \(prose.text(2))\n\n- one\n- two\n- three\n\n## \(prose.text(2))\n\n\(text)\n\n"
        + prose.text(120) + "\n"
    }
    let box = "> [!CAUTION]\n> " + Self.paragraph
    let boxes = try findings(["a.md": page(94, box), "b.md": page(95, box)], status: 0)
    let note = try #require(boxes.first)
    #expect(note.level == "note" && note.class == nil)
    #expect(note.why.sentence.hasSuffix("a box may stand wherever it is needed"))
    let mixed = try findings(["a.md": page(94, box), "b.md": page(95, Self.paragraph)], status: 1)
    #expect(mixed.first?.level == "error")
  }

  /// A page with a list, and a section with a text below a heading.
  private func page(_ seed: UInt64, _ heading: String, _ text: String) -> String {
    var prose = RandomProse(seed: seed)
    return "# \(prose.text(2))\n\n- one\n- two\n- three\n\n\(prose.text(80))\n\n"
      + "## \(heading)\n\n\(text)\n\n\(prose.text(120))\n"
  }

  /// What the entry of an option says, another page may say where it is needed; not at any length.
  @Test func entriesOfOptionsAreReference() throws {
    func level(_ heading: String, _ text: String) throws -> CheckedFinding? {
      let pages = ["a.md": page(96, heading, text), "b.md": page(97, "About keepers", text)]
      return try findings(pages, status: nil).first
    }
    for heading in ["-Keeper", "`--keeper`", "\\<Keeper\\>"] {
      let entry = try level(heading, Self.paragraph)
      #expect(entry?.level == "note" && entry?.class == "reference", "\(heading)")
    }
    #expect(try level("Keepers", Self.paragraph)?.level == "error")
    var prose = RandomProse(seed: 98)
    let long = try level("-Keeper", prose.text(150))
    #expect(long?.level == "error" && long?.class == nil)
  }

  private static let edited = paragraph.split(separator: " ").enumerated().map { index, word in
    index % 9 == 8 ? "beekeepers" : String(word)
  }.joined(separator: " ")

  /// On two pages, what is short is a copy if it was pasted; what each page words for itself is a note.
  @Test func shortPassagesInOtherWordsAreNoError() throws {
    let pages = [
      "a.md": page(96, "Hives", Self.paragraph), "b.md": page(97, "Frames", Self.edited),
    ]
    let note = try #require(try findings(pages, status: 0).first)
    #expect(note.level == "note" && note.class == nil)
    #expect(note.why.sentence.hasSuffix("short, and each page says it in its own way"))
    // On one page an editor sees both.
    let one = [
      "a.md": page(96, "Hives", Self.paragraph) + page(97, "Frames", Self.edited).dropFirst()
    ]
    #expect(try findings(one, status: 1).first?.level == "error")
  }

  /// What is said of workers and of drones, below headings that differ in that word.
  @Test func parallelSectionsAreNoError() throws {
    var prose = RandomProse(seed: 99)
    let words = prose.words(80)
    func text(_ kind: String, _ every: Int) -> String {
      RandomProse.text(words.enumerated().map { $0 % every == every - 1 ? kind : $1 }, sentence: 14)
    }
    func level(_ first: String, _ second: String, every: Int) throws -> CheckedFinding? {
      let pages = [
        "a.md": page(96, first, text("workers", every)),
        "b.md": page(97, second, text("drones", every)),
      ]
      return try findings(pages, status: nil).first
    }
    let note = try level("How to feed workers", "How to feed drones", every: 9)
    #expect(note?.level == "note")
    #expect(note?.why.sentence.hasSuffix("their sections are parallel") == true)
    #expect(try level("How to feed workers", "What drones eat", every: 9)?.level == "error")
    #expect(try level("How to feed workers", "How to feed drones", every: 70)?.level == "error")
  }
}

/// What the tests look at in the JSON of `check`.
struct CheckedFindings: Decodable {
  var findings: [CheckedFinding]
}

/// A finding in the JSON of `check`.
struct CheckedFinding: Decodable {
  struct Why: Decodable { var sentence: String }
  var level: String
  var `class`: String?
  var why: Why
}
