// Random pages: whatever the Markdown, the map is sound, nothing is lost, and nothing crashes.

import RefrainModel
import RefrainProse
import TestSupport
import Testing

struct MarkdownPropertyTests {
  private static let pieces = [
    "word", "Word", "é", "中文", "e\u{301}", "👍🏽", " ", " ", " ", "  ", "\n", "\n", "\n\n", "\r\n",
    "\r", "\t", "    ", "*", "**", "_", "~~", "`", "```", "# ", "> ", "- ", "1. ", "* ", "|",
    "|-|-|\n",
    "[", "](", "](u)", ")", "![", "[r]", "\n\n[r]: u 't'\n\n", "<", ">", "<b>", "</b>", "<br>",
    "<div>", "<!--", "-->", "<http://x.y>", "&amp;", "&eacute;", "&#x41;", "&nope;", "&", "\\",
    "\\*",
    "\\\n", "  \n", "===\n", "---\n", "+++\n", "\0", "\u{FEFF}", "\u{A0}", "http://a.b/?c&lt;d",
    "\"",
  ]

  private func check(_ bytes: [UInt8], _ comment: Comment) throws {
    try Prose(bytes, format: .markdown, path: "test.md").checkInvariants(source: bytes, comment)
  }

  @Test(arguments: UInt64(0)..<60)
  func markdownLikeDocuments(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for round in 0..<25 {
      let count = Int.random(in: 0...(round * 6), using: &random)
      let text = (0..<count).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      try check(Array(text.utf8), "\(text.debugDescription)")
    }
  }

  @Test(arguments: UInt64(0)..<20)
  func randomCodePoints(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 1_000)
    var text = ""
    for _ in 0..<500 {
      let limit: UInt32 = Bool.random(using: &random) ? 0x80 : 0x11_0000
      let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random))
      if let scalar { text.unicodeScalars.append(scalar) }
    }
    try check(Array(text.utf8), "\(text.debugDescription)")
  }

  /// Every word that markup can't reach comes out, in order: each paragraph has a marked word at
  /// its start, and what md4c hands over must never be dropped.
  @Test(arguments: UInt64(0)..<40)
  func noWordIsLost(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed &+ 2_000)
    let harmless = [
      "*", "_", "&amp;", "\\*", "\n", "  \n", "\\\n", "<b>", "</b>", " ", "é", "`x`", "<br>",
    ]
    var words: [String] = []
    var text = ""
    for index in 0..<120 {
      let word = "w\(index)x"
      words.append(word)
      text += word + " " + (harmless.randomElement(using: &random) ?? "") + " "
      if index % 10 == 9 { text += "z\n\n" }
    }
    let prose = try Prose(Array(text.utf8), format: .markdown, path: "test.md")
    let source = Array(text.utf8)
    var at = 0
    for word in words {
      let range = try #require(find(word, in: prose.text, from: at), "\(word) in \(text)")
      #expect(prose.map.source(of: range) == find(word, in: source), "\(word)")
      at = range.end
    }
  }
}
