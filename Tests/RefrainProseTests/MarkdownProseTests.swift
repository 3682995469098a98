// Markdown: every word of a page with everything in it is found again at its bytes on disk.

import RefrainModel
import RefrainProse
import Testing

struct MarkdownProseTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .markdown, path: "test.md")
    prose.checkInvariants(source: bytes)
    return prose
  }

  private static let page = """
    ---
    title: Not prose
    ---
    # A *heading* with `code` in it #

    First em**pha**sis inside words, caf&eacute; and na\\*ive&#x2019;s
    hard\\
    break, a [link text](http://target.example/path "hidden title") and ![image words](pic.png).

    - item one
      goes on
      - nested &amp; item
    - item two

    > Quoted words here
    lazy line

    ```
    fenced code
    ```

    | table | cells |
    | ----- | ----- |
    | are   | out   |

    <div>
    raw html
    </div>

    Emoji 👩‍👩‍👧 and e\u{301}tude <b>bold</b>ness<br>after <!-- comment --> it, see <https://a.b>.
    """

  /// Words of the prose, each with the source it must be found at.
  private static let words: [(String, String)] = [
    ("heading", "heading"), ("code", "code"), ("emphasis", "em**pha**sis"),
    ("café", "caf&eacute;"), ("na*ive’s", "na\\*ive&#x2019;s"), ("hard", "hard"),
    ("link", "link"), ("image", "image"), ("item one", "item one"), ("goes", "goes"),
    ("nested & item", "nested &amp; item"), ("item two", "item two"), ("Quoted", "Quoted"),
    ("lazy", "lazy"), ("👩‍👩‍👧", "👩‍👩‍👧"), ("e\u{301}tude", "e\u{301}tude"),
    ("boldness", "bold</b>ness"), ("after", "after"), ("see", "see"),
  ]

  @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func wordsAreFoundAgain(lineEnd: String, mark: String) throws {
    let source =
      mark
      + Self.page.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: lineEnd)
    let bytes = Array(source.utf8)
    let prose = try prose(source)
    #expect(
      prose.blockStrings == [
        "A heading with code in it",
        "First emphasis inside words, café and na*ive’s\nhard\nbreak, a link text and image words.",
        "item one\ngoes on", "nested & item", "item two", "Quoted words here\nlazy line",
        "raw html",
        "Emoji 👩‍👩‍👧 and e\u{301}tude boldness\nafter  it, see .",
      ])
    #expect(
      prose.blocks.map(\.kind) == [
        .heading, .paragraph, .listItem, .listItem, .listItem, .quotation, .paragraph, .paragraph,
      ])
    var textAt = 0
    var sourceAt = 0
    for (word, written) in Self.words {
      let range = try #require(find(word, in: prose.text, from: textAt), "\(word)")
      let expected = try #require(find(written, in: bytes, from: sourceAt), "\(written)")
      #expect(prose.map.source(of: range) == expected, "\(word)")
      textAt = range.end
      sourceAt = expected.end
    }
  }

  @Test func breaksStandForTheLineEnd() throws {
    let prose = try prose("one\r\n  two  \r\nthree\\\r\nfour `a\r\nb`")
    #expect(prose.string == "one\ntwo\nthree\nfour a b")
    #expect(prose.map.source(of: ByteRange(3, 4)) == ByteRange(3, 5))
    #expect(prose.map.source(of: ByteRange(7, 8)) == ByteRange(10, 14))
    #expect(prose.map.source(of: ByteRange(13, 14)) == ByteRange(19, 22))
    #expect(prose.map.source(of: ByteRange(20, 21)) == ByteRange(29, 31))
  }

  @Test func aPlainParagraphIsOneSegment() throws {
    #expect(try prose("One line\nand another.\n\nTwo.\n").map.segments.count == 1)
  }

  @Test(arguments: [
    ("---\ntitle: x\n---\nText.", "Text."), ("---\ntitle: x\n...\nText.", "Text."),
    ("+++\ntitle = 1\n+++\n\nText.", "Text."), ("---\n---\nText.", "Text."),
    ("---\n\nText.\n\n---\n", "Text."), ("---\nText.\n", "Text."),
    ("----\nText.\n\n---\n", "Text."), ("\n---\na: b\n---\n", "a: b"),
    ("---\r\ntitle: x\r\n---\r\nText.", "Text."), ("---\ntitle: x\n---", ""),
  ])
  func frontMatter(source: String, expected: String) throws {
    #expect(try prose(source).string == expected)
  }

  @Test(arguments: [
    ("> - a\n>   # b\n>\n> c", [ProseBlock.Kind.quotation, .quotation, .quotation]),
    ("- > a", [.quotation]), ("-   # a\n\n    b", [.heading, .listItem]),
    ("Title\n=====\n\n1. a\n2. b\n\nc", [.heading, .listItem, .listItem, .paragraph]),
    ("- [x] done\n- [ ] open", [.listItem, .listItem]),
  ])
  func kinds(source: String, expected: [ProseBlock.Kind]) throws {
    let found = try prose(source).blocks.map(\.kind)
    #expect(found == expected)
  }

  @Test(arguments: [
    ("a<br><br/>b", "a\n\nb"), ("a<br>\nb", "a\nb"), ("a<img src=\"x\"\n alt='y'>b", "a b"),
    ("a <!-- x\n y --> b", "a  b"), ("a~~b~~c", "abc"), ("x &bogus; y", "x &bogus; y"),
    ("&lt;b&gt;", "<b>"), ("&#0;&#xD800;&#1114112;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("a&#10;&#10;b", "a\nb"), ("&nbsp;x", "\u{A0}x"), ("`a&amp;b\\*`", "a&amp;b\\*"),
    ("a\0b", "a\0b"), ("\\\\\\*", "\\*"), ("[a][r] b\n\n[r]: http://x \"t\"", "a b"),
    ("![](x.png)\n\ntext", "text"), ("<a@b.example> and http://c.example", "and http://c.example"),
    ("[<b>x</b>](u)", "x"), ("[a](<u v>\n\"t\")\nb", "a\nb"), ("    code\n\ntext", "text"),
    ("a\n<!-- c -->\nb", "a\n\nb"), ("", ""), ("&amp;", "&"),
    ("x\n\n|a|*b*|\n|-|:-:|\n|c|d|\n\nb", "x\n\nb"),
    ("a | b\n\nc", "a | b\n\nc"),
  ])
  func inlines(source: String, expected: String) throws {
    #expect(try prose(source).string == expected)
  }

  @Test func entities() {
    #expect(EntityTable.characters.count > 250)
    #expect(EntityTable.characters["eacute"] == "é")
    #expect(EntityTable.characters["yuml"] == "ÿ")
    #expect(EntityTable.characters["rdquo"] == "”")
    #expect(EntityTable.characters["omega"] == "ω")
    #expect(Entity.decode(Array("&#65;".utf8)[...]) == [65])
    #expect(Entity.decode(Array("&#X1f600;".utf8)[...]) == Array("😀".utf8))
    #expect(Entity.decode(Array("&#99999999999999999999;".utf8)[...]) == Array("\u{FFFD}".utf8))
    for wrong in ["&;", "&#;", "&#x;", "&#x1G;", "amp;", "&amp", "&Amp;"] {
      #expect(Entity.decode(Array(wrong.utf8)[...]) == nil, "\(wrong)")
    }
  }

  /// In a paragraph of more lines than anybody writes, brackets are no links; all words stay.
  @Test func paragraphsOfTensOfThousandsOfLines() throws {
    let lines = String(repeating: "see [the page](a.md)\n", count: 16_385)
    let long = try prose(lines).string.split { $0 == " " || $0 == "\n" }
    #expect(long.count == 16_385 * 3)
    #expect(long.last == "page](a.md)")
    #expect(long[..<(16_384 * 3)].allSatisfy { ["see", "the", "page"].contains($0) })
  }

  /// Each row of a table is read on its own, and so are blocks with an empty line between them.
  @Test(arguments: ["| see [a page](a.md) for all of this | text |\n", "- [a page](a.md)\n\n"])
  func longTablesAndLists(row: String) throws {
    let head = row.first == "|" ? "| a | b |\n|---|---|\n" : ""
    let text = try prose(head + String(repeating: row, count: 20_000)).string
    #expect(!text.contains("a.md"))
    #expect(text.contains("a page"))
  }
}
