// Notebooks: which cells are read, and where their words stand in the JSON.

import RefrainModel
import RefrainProse
import TestSupport
import Testing

struct NotebookProseTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .notebook, path: "test.ipynb")
    prose.checkInvariants(source: bytes)
    return prose
  }

  private static func cell(_ type: String, _ source: String) -> String {
    #"{"cell_type": "\#(type)", "metadata": {"source": "no"}, "source": \#(source)}"#
  }

  @Test(arguments: [
    (cell("markdown", #""A *cell* of text.""#), ["paragraph: A cell of text."]),
    (
      cell("markdown", ##"["# Head\n", "\n", "Some\n", "`code`."]"##),
      ["heading: Head", "paragraph: Some\ncode."]
    ),
    (
      cell("code", #""no""#) + "," + cell("raw", #""no""#) + "," + cell("markdown", #""x""#),
      ["paragraph: x"]
    ),
    (
      cell("markdown", #""a""#) + "," + cell("markdown", #""b""#), ["paragraph: a", "paragraph: b"]
    ),
    (
      #"{"source": "x", "outputs": [{"source": "no", "a": [[{}]]}], "cell_type": "markdown"}"#,
      ["paragraph: x"]
    ),
    (
      cell("markdown", #""a \"b\" \u00e9 \ud83d\ude00 \ud800 c\/d""#),
      ["paragraph: a \"b\" é 😀 \u{FFFD} c/d"]
    ),
    (cell("markdown", "[]"), []), (cell("markdown", "null"), []), ("", []),
  ])
  func cells(source: String, expected: [String]) throws {
    #expect(try prose(#"{"cells": [\#(source)], "nbformat": 4}"#).outline == expected)
  }

  @Test func theThirdFormatHasWorksheets() throws {
    let cells = Self.cell("heading", #""Head""#) + ", " + Self.cell("markdown", #"["x"]"#)
    let source = #"{"worksheets": [{"cells": [\#(cells)]}], "nbformat": 3}"#
    #expect(try prose(source).outline == ["heading: Head", "paragraph: x"])
  }

  @Test func spansAreKept() throws {
    let source = #"{"cells": [\#(Self.cell("markdown", #""x\n\ny `z` [l](t)""#))]}"#
    let prose = try prose(source)
    #expect(prose.outline == ["paragraph: x", "paragraph: y z l"])
    let spans = prose.spanStrings
    #expect(spans == ["code: z", "link: l"])
  }

  @Test func wordsAreFoundAgain() throws {
    let source = """
      {
       "cells": [
        {"cell_type": "markdown", "source": ["Some é\\t\\u00e9 \\"two\\"\\n", "words 😀 here"]},
        {"cell_type": "code", "source": "words"},
        {"cell_type": "markdown", "source": "last"}
       ]
      }
      """
    let bytes = Array(source.utf8)
    let prose = try prose(source)
    for word in ["Some", "two", "words", "here", "last"] {
      let range = try #require(find(word, in: prose.text), "\(word)")
      let place = prose.map.source(of: range)
      #expect(place == find(word, in: bytes), "\(word)")
    }
    let here = try #require(find("here", in: prose.text))
    let place = LineIndex(bytes).place(of: prose.map.source(of: here).start)
    #expect(place.line == 3)
    #expect((place.column, place.utf16Column, place.byteColumn) == (77, 78, 81))
    let escaped = try #require(find("é \"", in: prose.text))
    let escape = try #require(find(#"\u00e9 \""#, in: bytes))
    #expect(prose.map.source(of: escaped) == escape)
  }

  @Test(arguments: [
    ("", 1, "is no JSON: it ends too early (offset 0)"),
    ("{\"cells\": [\n{\"a\": 1,}\n]}", 2, "is no JSON: a key is missing (offset 20)"),
    ("{\"cells\": []\n\n", 3, "is no JSON: it ends too early (offset 14)"),
    ("{\"cells\": []} x", 1, "is no JSON: something stands behind its end (offset 14)"),
    ("{\"cells\": [\"a\nb\"]}", 1, "is no JSON: a string holds a control character (offset 13)"),
    (
      "{\"cells\": [\"\\x\"]}", 1,
      "is no JSON: a string holds an escape that JSON does not have (offset 13)"
    ),
    ("{\"cells\": [01]}", 1, "is no JSON: a comma or a bracket is missing (offset 12)"),
    ("{\"a\": []}", 1, "is JSON, but no notebook: it has no list of cells"),
    ("[]", 1, "is JSON, but no notebook: it has no list of cells"),
    ("{\"cells\": {}}", 1, "is JSON, but no notebook: it has no list of cells"),
  ])
  func whatIsNoNotebook(source: String, line: Int, cause: String) {
    #expect(throws: RefrainError.notText(path: "test.ipynb", line: line, cause: cause)) {
      try prose(source)
    }
  }

  @Test func deepNestingIsNoRecursion() throws {
    let deep = String(repeating: "[", count: 200_000) + String(repeating: "]", count: 200_000)
    let source = #"{"metadata": \#(deep), "cells": [\#(Self.cell("markdown", #""x""#))]}"#
    #expect(try prose(source).outline == ["paragraph: x"])
  }

  @Test(arguments: UInt64(0)..<30)
  func cutNotebooksThrow(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let whole = Array(
      #"{"cells": [\#(Self.cell("markdown", #"["a\u00e9\n", "b"]"#))], "x": [-1.5e3, true, null]}"#
        .utf8)
    for _ in 0..<50 {
      var bytes = whole
      if Bool.random(using: &random) {
        bytes.removeSubrange(Int.random(in: 0..<bytes.count, using: &random)...)
      } else {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
          in: 0x20..<0x7F, using: &random)
      }
      do {
        try Prose(bytes, format: .notebook, path: "test").checkInvariants(source: bytes)
      } catch let error {
        guard case .notText = error else { throw error }
      }
    }
  }
}
