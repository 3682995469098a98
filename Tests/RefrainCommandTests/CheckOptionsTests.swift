// The options of `refrain check` that decide what is compared and what is reported.

import Foundation
import TestSupport
import Testing

struct CheckOptionsTests {
  /// Three pages: a paragraph doubled in the first, one that the first shares with the second, and
  /// an edited one that the second shares with the third.
  private struct Tree {
    let folder = try? ScratchFolder()
    let doubled: String
    let shared: String
    let original: String
    let edited: String

    init() throws {
      var prose = RandomProse(seed: 91)
      doubled = prose.text(30)
      shared = prose.text(40)
      let words = prose.words(50)
      original = RandomProse.text(words)
      edited = RandomProse.text(prose.edited(words, changes: 12))
      let folder = try #require(folder)
      func write(_ name: String, _ parts: [String]) throws {
        let blocks = parts.flatMap { [prose.text(100), $0] } + [prose.text(100)]
        try folder.write(name, blocks.joined(separator: "\n\n"))
      }
      try write("docs/a.txt", [doubled, shared, doubled])
      try write("docs/b.md", [shared, original])
      try write("other/c.txt", [edited])
    }

    func check(_ arguments: String...) throws -> [[String]] {
      let folder = try #require(folder)
      let run = try RefrainProgram.run(["check", "--format", "json"] + arguments, in: folder)
      let report = try JSONDecoder().decode(CheckReport.self, from: Data(run.output))
      #expect(run.status == (report.findings.isEmpty ? 0 : 1), "\(run.errors)")
      return report.findings.map(\.paths).sorted { $0.lexicographicallyPrecedes($1) }
    }
  }

  private static let within = ["docs/a.txt", "docs/a.txt"]
  private static let across = ["docs/a.txt", "docs/b.md"]
  private static let near = ["docs/b.md", "other/c.txt"]

  @Test func scope() throws {
    let tree = try Tree()
    let all = [Self.within, Self.across, Self.near]
    #expect(try tree.check() == all)
    #expect(try tree.check(".", "--scope", "both") == all)
    #expect(try tree.check("docs", "other", "--scope", "within") == [Self.within])
    #expect(try tree.check(".", "--scope", "across") == [Self.across, Self.near])
    #expect(try tree.check("docs/a.txt") == [Self.within])
    #expect(try tree.check("other", "docs/b.md") == [["other/c.txt", "docs/b.md"]])
    #expect(try tree.check("other").isEmpty)
  }

  @Test func minWordsAndSimilarity() throws {
    let tree = try Tree()
    let all = [Self.within, Self.across, Self.near]
    #expect(try tree.check(".", "--min-words", "30") == all)
    #expect(try tree.check(".", "--min-words", "31") == [Self.across, Self.near])
    #expect(try tree.check(".", "--min-words", "41") == [Self.near])
    #expect(try tree.check(".", "--min-words", "100").isEmpty)
    // Twelve of fifty words differ.
    #expect(try tree.check(".", "--similarity", "0.5") == all)
    #expect(try tree.check(".", "--similarity", "0.95") == [Self.within, Self.across])
    #expect(try tree.check(".", "--similarity", "1") == [Self.within, Self.across])
  }

  /// Only what concerns the file is told, its own repeats too; all else is compared with.
  @Test func focus() throws {
    let tree = try Tree()
    let first = [Self.within, Self.across]
    for name in ["docs/a.txt", "./docs/a.txt", "docs/../docs/a.txt"] {
      let found = try tree.check(".", "--focus", name)
      #expect(
        found.map { $0.map { URL(fileURLWithPath: $0).lastPathComponent } }
          == first.map {
            $0.map { URL(fileURLWithPath: $0).lastPathComponent }
          }, "\(name)")
    }
    #expect(try tree.check("--focus", "docs/a.txt") == first)
    // The file in focus comes first in what it shares with others.
    #expect(try tree.check(".", "--focus", "other/c.txt") == [["other/c.txt", "docs/b.md"]])
    for name in ["other", "other/", "./other"] {
      #expect(try tree.check(".", "--focus", name) == [["other/c.txt", "docs/b.md"]], "\(name)")
    }
    #expect(try tree.check("docs", "--focus", "other/c.txt") == [["other/c.txt", "docs/b.md"]])
    #expect(
      try tree.check(".", "--focus", "docs/b.md", "other/c.txt")
        == [["docs/b.md", "docs/a.txt"], ["docs/b.md", "other/c.txt"]])
    // A name that begins like the folder is not in it.
    let folder = try #require(tree.folder)
    try folder.write("other2/d.txt", tree.doubled)
    #expect(
      try tree.check("other", "other2", "docs/b.md", "--focus", "other")
        == [["other/c.txt", "docs/b.md"]])
  }

  /// A copy of the file in focus is told; copies of other files among each other are not.
  @Test func focusAndDuplicateDocuments() throws {
    var prose = RandomProse(seed: 92)
    let (one, two) = (prose.text(100), prose.text(100))
    let folder = try ScratchFolder()
    for (name, text) in [("a.txt", one), ("b.txt", one), ("c.txt", two), ("d.txt", two)] {
      try folder.write(name, text)
    }
    let report = try folder.check(".", "--focus", "d.txt", status: 1)
    #expect(report.kinds == ["duplicate-document"])
    #expect(report.findings.first?.paths == ["d.txt", "c.txt"])
  }

  /// One file by many names is one document, not a duplicate of itself.
  @Test func aFileIsReadOnce() throws {
    let tree = try Tree()
    #expect(
      try tree.check("docs/a.txt", "./docs/a.txt", "docs", "other/../docs/a.txt", ".")
        == [Self.within, Self.across, Self.near])
  }

  @Test func ignoredFiles() throws {
    let tree = try Tree()
    let folder = try #require(tree.folder)
    try folder.write(".gitignore", "/other/\n")
    try folder.write("docs/.gitignore", "*.md\n")
    try folder.makeFolder(".git")
    #expect(try tree.check() == [Self.within])
    #expect(try tree.check("--no-ignore") == [Self.within, Self.across, Self.near])
    // What is named is read.
    #expect(try tree.check("docs", "docs/b.md") == [Self.within, Self.across])
    #expect(try tree.check("docs", "other") == [Self.within])
    #expect(try tree.check("docs/b.md", "other") == [Self.near])
  }

  @Test func recordsAreDocuments() throws {
    let tree = try Tree()
    var prose = RandomProse(seed: 93)
    let folder = try #require(tree.folder)
    func line(_ id: String?, _ parts: [String]) -> String {
      let blocks = parts.flatMap { [prose.text(80), $0] } + [prose.text(80)]
      return Records.line(id, blocks.joined(separator: "\n\n"))
    }
    let lines = [
      line("\"x\"", [tree.doubled, tree.shared, tree.doubled]), line("7", [tree.shared]),
      line(nil, [tree.shared]),
    ]
    try folder.write("all.jsonl", Records.file(lines))
    let report = try folder.check("all.jsonl", status: 1)
    #expect(report.summary.documents == 3)
    let places = report.findings.map { $0.occurrences.map(\.recordLine) }
    #expect(Set(places) == [[1, 1], [1, 2, 3]])
    #expect(try folder.check("all.jsonl", "--scope", "within").findings.count == 1)
    // In text a place is the line of the record, its id, and the place in the record's text.
    let run = try RefrainProgram.run(["check", "all.jsonl", "--scope", "across"], in: folder)
    #expect(run.lines.count == 1)
    #expect(run.lines.first?.hasPrefix("all.jsonl:1[x]:7:1: exact-repeat, ") == true)
    #expect(run.lines.first?.contains("all.jsonl:2[7]:3:1") == true)
    #expect(run.lines.first?.contains("all.jsonl:3[all.jsonl:3]:3:1") == true)
    // Other fields, and records beside files.
    let renamed = Records.file(lines).replacing("\"text\"", with: "\"body\"")
      .replacing("\"id\"", with: "\"key\"")
    try folder.write("body.jsonl", renamed)
    let fields = try folder.check(
      "body.jsonl", "--text-field", "body", "--id-field", "key", status: 1)
    #expect(fields.findings.count == 2)
    let mixed = try folder.check("all.jsonl", "docs", status: 1)
    #expect(mixed.findings.contains { Set($0.paths) == ["all.jsonl", "docs/a.txt", "docs/b.md"] })
  }

  /// The same bytes for any number of threads, in every format.
  @Test func threadsDoNotShow() throws {
    var prose = RandomProse(seed: 94, words: 3000)
    let folder = try ScratchFolder()
    var known: [[String]] = []
    for number in 0..<60 {
      var blocks: [String] = []
      for _ in 0..<8 {
        var words = prose.words(Int.random(in: 12...50, using: &prose.random))
        if !known.isEmpty, Int.random(in: 0..<3, using: &prose.random) == 0 {
          words = prose.edited(prose.random.pick(known), changes: prose.random.pick([0, 1, 5]))
        }
        known.append(words)
        let text = RandomProse.text(words)
        blocks.append(number % 7 == 0 ? text.replacing("fi", with: "ﬁ") : text)
      }
      try folder.write("\(number).txt", blocks.joined(separator: "\n\n"))
    }
    for options in [["--format", "json"], ["--format", "cards"], ["--scope", "within"]] {
      let runs = try ["1", "2", "8"].map {
        try RefrainProgram.run(["check", "--threads", $0] + options, in: folder)
      }
      #expect(runs.allSatisfy { $0.status == 1 && $0.output == runs[0].output })
      #expect(runs.allSatisfy { $0.errors == runs[0].errors })
      #expect(runs[0].output.isEmpty == false)
    }
  }

  /// The heaviest comes first; of equals the one of the earlier path and place.
  @Test func theOrderOfFindings() throws {
    let tree = try Tree()
    let folder = try #require(tree.folder)
    let report = try folder.check(".", status: 1)
    #expect(
      report.findings.map(\.words) == [40, 50, 30] || report.findings.map(\.words) == [40, 30, 50])
    var prose = RandomProse(seed: 95)
    let paragraphs = (0..<4).map { _ in prose.text(28) }
    try folder.write("equal/b.txt", (paragraphs + paragraphs.reversed()).joined(separator: "\n\n"))
    let equal = try folder.check("equal", status: 1)
    #expect(equal.findings.map { $0.lines[0] } == equal.findings.map { $0.lines[0] }.sorted())
  }
}
