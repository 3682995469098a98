// Settings files as values with lines.

import RefrainFiles
import RefrainJobs
import RefrainModel
import TestSupport
import Testing

struct TOMLDocumentTests {
  private func parse(_ text: String) throws -> [TOMLMember] {
    try TOMLDocument.parse(Array(text.utf8), path: "x.toml")
  }

  @Test func everyKindOfValueHasItsLine() throws {
    let members = try parse(
      """
      # a comment
      z = "te\\"xt"
      a = -7
      b = 0.5
      c = true

      d = [1, "x",
        false]
      e = 2020-01-01
      [f]
      g = 1
      [[h]]
      i = 1
      [[h]]
      """)
    let table: TOMLValue = .table([TOMLMember(key: "i", value: .integer(1), line: 13)])
    #expect(
      members == [
        TOMLMember(key: "z", value: .string("te\"xt"), line: 2),
        TOMLMember(key: "a", value: .integer(-7), line: 3),
        TOMLMember(key: "b", value: .number(0.5), line: 4),
        TOMLMember(key: "c", value: .boolean(true), line: 5),
        TOMLMember(
          key: "d",
          value: .array([
            TOMLEntry(value: .integer(1), line: 7), TOMLEntry(value: .string("x"), line: 7),
            TOMLEntry(value: .boolean(false), line: 8),
          ]), line: 7),
        TOMLMember(key: "e", value: .other, line: 9),
        TOMLMember(
          key: "f", value: .table([TOMLMember(key: "g", value: .integer(1), line: 11)]), line: 10),
        TOMLMember(
          key: "h",
          value: .array([TOMLEntry(value: table, line: 12), TOMLEntry(value: .table([]), line: 14)]
          ),
          line: 12),
      ])
    #expect(try parse("").isEmpty)
  }

  @Test(arguments: [
    ("a = 1\nb = = 2\n", 2), ("a = 1\na = 2", 2), ("a", 1), ("\n\n[x", 3), ("[=", 1), ("[[,]]", 1),
    ("\"", 1),
  ])
  func mistakesHaveTheirLine(text: String, line: Int) throws {
    do {
      _ = try parse(text)
      Issue.record("\(text) was taken")
    } catch let RefrainError.badFile(path, found, cause) {
      #expect(path == "x.toml")
      #expect(found == line)
      #expect(!cause.isEmpty)
    }
  }

  @Test func deepAndWrongDocumentsAreRefused() throws {
    let deep = "a = " + String(repeating: "[", count: 10_000)
    #expect(throws: RefrainError.self) { try parse(deep) }
    #expect(throws: RefrainError.notUTF8(path: "x", line: 1, byte: 0)) {
      try TOMLDocument.parse([0xFF], path: "x")
    }
  }

  /// Whatever the bytes, an answer and no crash.
  @Test(arguments: UInt64(0)..<20)
  func randomDocuments(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "a", "b.c", " = ", "1", "\"x\"", "'y'", "[", "]", "[[", "]]", "{", "}", "\n", "\n", ",",
      "true",
      "0.5", "#", "\"\"\"", "\\", "\0", "é",
    ]
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0...20, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      _ = try? parse(text)
    }
  }

  @Test func patternsAreThoseOfIgnoreFiles() {
    let patterns = PathPatterns(["blog/", "*.txt", "!blog/keep.txt", "/top.md"])
    for path in ["blog/a.md", "blog/deep/er/a.md", "x/blog/a.md", "a.txt", "x/a.txt", "top.md"] {
      #expect(patterns.matches(Array(path.utf8)), "\(path)")
    }
    for path in ["blog", "a.md", "x/top.md", "blog/keep.txt"] {
      #expect(!patterns.matches(Array(path.utf8)), "\(path)")
    }
  }
}
