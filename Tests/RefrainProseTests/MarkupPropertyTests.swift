// Random pages in every format: whatever the markup, the map is sound and nothing crashes.

import RefrainModel
import RefrainProse
import TestSupport
import Testing

struct MarkupPropertyTests {
  private static let common = [
    "word", "Word", "é", "中文", "e\u{301}", "👍🏽", " ", " ", " ", "  ", "\n", "\n", "\n\n", "\r\n",
    "\r", "\t", "    ", "\0", "\u{FEFF}", "\u{A0}", "\u{C}", "\u{B}", "\"", "'", "\\", "&amp;", "&",
    "http://a.b/c",
  ]
  private static let pieces: [TextFormat: [String]] = [
    .plain: ["|", "-", "* ", "\t"],
    .markdown: ["*", "`", "# ", "> ", "- ", "<b>", "[a](b)", "```\n", "|"],
    .restructuredText: [
      "*", "**", "`", "``", "_", "__", "|", ":", "::", "::\n\n", ".. ", ".. note:: ", ".. code::\n",
      "====\n", "----\n", "=== ===\n", "+---+\n", "- ", "1. ", "#. ", "(a) ", ":role:`", "[1]_",
      ":f: ", ">>> ", ".. |a| replace:: ", "|a|", ".. list-table::\n", ".. function:: f\n",
      ".. unknown:: x\n", ".. only:: a\n\n", ".. figure:: a\n", ".. glossary::\n\n", ":alt: ",
      ".. image:: a\n", ".. versionadded:: 1 ", ":code:`", "-a  ", "| ", "`a <b>`_", "<", ">",
      ".. [1] ", "\n  ", "\n    ",
    ],
    .asciiDoc: [
      "*", "**", "_", "`", "#", "+", "^", "~", "= ", "== ", "----\n", "....\n", "====\n", "____\n",
      "--\n", "|===\n", "////\n", "// ", "[quote]\n", "[source]\n", "[[a]]", "<<a,", ">>", "((",
      "))", "{a}",
      "link:a[", "http://x[", "]", "image::a[]\n", "* ", ". ", "a:: ", ":a: b\n", ".T\n", "+\n",
      "NOTE: ", "[NOTE]\n", "|", "2+|", "a|", "{nbsp}", "+++", ":description: ", " \\\n", "{a}[",
      "image::a[b]\n", "\"`", "`\"",
      "> ", "(((", "&eacute;", "```\n", " +\n",
    ],
    .org: [
      "*", "/", "_", "=", "~", "+", "* ", "** TODO ", ":a:b:\n", "- ", " 1. ", "[X] ", " :: ",
      "#+begin_src\n", "#+end_src\n", "#+begin_quote\n", "#+end_quote\n", "#+begin_a\n",
      "#+title: ", "#+caption: ", "#+x: ", "# ", ": ", "| ", "|-", ":A:\n", ":END:\n", "[fn:1]",
      "[fn:: ", "[[", "][", "]]", "]", "<", "<<", ">>", "<2024-01-01>", "{{{", "}}}", "@@h:", "@@",
      "\\begin{a}\n", "\\end{a}\n", "\\\\\n", "[50%]", "[cite:@a]", "\n  ",
    ],
    .notebook: ["*", "`", "# ", "> ", "- ", "<b>", "[a](b)", "```\n", "|", "\\", "\"", "&eacute;"],
    .html: [
      "<p>", "</p>", "<b>", "</b>", "<div>", "</div>", "<br>", "<q>", "</q>", "<table>", "<tr>",
      "<td>",
      "</table>", "<ul>", "<li>", "</ul>", "<h1>", "</h1>", "<blockquote>", "</blockquote>",
      "<script>",
      "</script>", "<!--", "-->", "<!-- x -->", "<", ">", "</", "<a href='>'>", "</a>", "<main>",
      "</main>",
      "<svg>", "</svg>", "<![CDATA[", "]]>", "<pre>", "</pre>", "<select>", "</select>", "<option>",
      "<body>", "</body>", "</html>", "<template>", "</template>", "<header>", "<nav>", "</nav>",
      "&eacute;", "&copy", "&nGg;", "&#x41;", "&#0;", "&nope;", "&#10;", "<textarea>",
      "</textarea>",
      "<math>", "<frameset>", "<form>", "<input>", "<x-y>", "</x-y>", "<p", "=\"", "/>", "<title>",
      "</title>", "<?xml", "<style>", "</style>", "<a>",
    ],
  ]

  private func check(_ bytes: [UInt8], _ format: TextFormat, _ comment: Comment) throws {
    let bytes = format == .notebook ? notebook(bytes) : bytes
    try Prose(bytes, format: format, path: "test").checkInvariants(source: bytes, comment)
  }

  /// A notebook with the text in two cells: as one string, and as one with each character escaped.
  private func notebook(_ bytes: [UInt8]) -> [UInt8] {
    var json = JSONText()
    json.string(String(decoding: bytes, as: UTF8.self))
    let escaped = String(decoding: bytes, as: UTF8.self).utf16.map { unit in
      let hex = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }
    let cell = #"{"cell_type": "markdown", "source": "#
    return Array(#"{"cells": [\#(cell)"#.utf8) + json.bytes
      + Array(#"}, \#(cell)["\#(escaped.joined())", "x"]}]}"#.utf8)
  }

  @Test(arguments: TextFormat.allCases, UInt64(0)..<40)
  func documentsLikeTheFormat(format: TextFormat, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces =
      Self.common + Self.common + (Self.pieces[format] ?? []) + (Self.pieces[format] ?? [])
    for round in 0..<25 {
      let count = Int.random(in: 0...(round * 6), using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      try check(Array(text.utf8), format, "\(format) \(text.debugDescription)")
    }
  }

  @Test(arguments: TextFormat.allCases, UInt64(0)..<10)
  func randomCodePoints(format: TextFormat, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 1_000)
    var text = ""
    for _ in 0..<500 {
      let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x11_0000
      let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random))
      if let scalar { text.unicodeScalars.append(scalar) }
    }
    try check(Array(text.utf8), format, "\(format) \(text.debugDescription)")
  }

  /// A piece that comes a hundred thousand times on end takes no square time and no deep stack.
  @Test(arguments: [TextFormat.restructuredText, .asciiDoc, .org, .html])
  func repeatedMarks(format: TextFormat) throws {
    let more = [
      "- ", "* ", "(a) ", ":a", ":a:", "_", "*a ", "`a ", "``a ", "|a ", "[a", "[[a", "{a", "((a",
      "<<a",
      "a:b,", "a:b[", "a:b[] ", "= =\nx\n\n", "a\n  b\n", "&", "<a ", "<", "**a", "a::", "+a ",
      "^a", "\\",
      "....\nx\n", ".. [a] ", "#+begin_a\n", "#+begin_src\n", ":a:\n", "[fn:: ", "\\begin{a}\n",
      ".. a:: b\n", ".. |a|\n", "|a| ", "{a}[", "|===\n", "a|", "<<<", "@@a", "{{{", "]]",
      "<title>", "<b></i>", "http://", "<a b='", ">> ", "| ",
    ]
    for piece in more {
      try check(
        Array(String(repeating: piece, count: 100_000).utf8), format,
        "\(format) \(piece.debugDescription)")
    }
  }

  /// Every word of a page whose markup hides none comes out, in order and at its place.
  @Test(arguments: [TextFormat.restructuredText, .asciiDoc, .org, .html], UInt64(0)..<20)
  func noWordIsLost(format: TextFormat, seed: UInt64) throws {
    let harmless: [TextFormat: [String]] = [
      .restructuredText: ["*", "``", "\n", "**x**", "`y`", ":z:`t`", "é", "[1]_", "_"],
      .org: ["*", "_", "\n", "*x*", "=y=", "[[z][t]]", "é", "<<<u>>>", "+", "[fn:1]"],
      .asciiDoc: ["*", "_", "\n", "*x*", "`y`", "xref:z[t]", "é", "{a}", "+", "&amp;"],
      .html: [
        "<b>", "</b>", "<i>", "</i>", "&amp;", "<!-- c -->", "\n", "</x>", "<br>", "<a>", "<p>",
        "<div>",
        "</div>", "\r\n", "<li>", "<blockquote>", "&copy", "<img>", "<font>", "</font>", "</p>",
      ],
    ]
    var random = SeededGenerator(seed: seed &+ 2_000)
    var text = ""
    for index in 0..<120 {
      text +=
        "w\(index)x " + ((harmless[format] ?? ["\n"]).randomElement(using: &random) ?? "") + " "
      if index % 10 == 9 { text += "z\n\n" }
    }
    let source = Array(text.utf8)
    let prose = try Prose(source, format: format, path: "test")
    var at = 0
    for index in 0..<120 {
      let word = "w\(index)x"
      let range = try #require(find(word, in: prose.text, from: at), "\(word) in \(text)")
      #expect(prose.map.source(of: range) == find(word, in: source), "\(word)")
      at = range.end
    }
  }
}
