// HTML blocks and alerts in Markdown.

import RefrainModel
import RefrainProse
import TestSupport
import Testing

struct MarkdownHTMLTests {
  /// The blocks of a text, and that each byte of them that came verbatim is the source's.
  private func blocks(_ text: String) throws -> [(String, ProseBlock.Kind)] {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .markdown, path: "a.md")
    return prose.blocks.map { block in
      let source = prose.map.source(of: block.range)
      #expect(source.start >= 0 && source.end <= bytes.count)
      for segment in prose.map.segments where segment.isVerbatim {
        let range = segment.source
        #expect(
          prose.text[segment.text..<(segment.text + range.count)]
            .elementsEqual(bytes[range.start..<range.end]))
      }
      return (
        String(decoding: prose.text[block.range.start..<block.range.end], as: UTF8.self), block.kind
      )
    }
  }

  @Test(arguments: [
    ("<div class=\"note\">\nOne &amp; two.\n</div>\n\nThree.", ["One & two.", "Three."]),
    ("Before.\n\n<p>One</p>\n<p>two</p>\n\nAfter.", ["Before.", "One", "two", "After."]),
    ("<!-- note --> One two.", ["One two."]),
    ("<!-- a\n\nb -->\n\nOne.", ["One."]),
    ("<script>\nalert(1)\n</script>\n\nOne.", ["One."]),
    ("<table><tr><td>cell</td></tr></table>\n\nOne.", ["One."]),
    ("<details>\n<summary>Sum</summary>\n\nBody *text*.\n\n</details>", ["Sum", "Body text."]),
    ("- item\n\n  <div>\n  in a list\n  </div>", ["item"]),
    ("<div>", []),
  ])
  func htmlBlocks(text: String, expected: [String]) throws {
    #expect(try blocks(text).map(\.0) == expected)
  }

  @Test func placesOfAnHTMLBlock() throws {
    let text = "Lead.\n\n<div>\n<b>One</b> &lt;two&gt;\n</div>\n"
    let prose = try Prose(Array(text.utf8), format: .markdown, path: "a.md")
    let block = prose.blocks[1].range
    #expect(prose.map.source(of: block) == ByteRange(16, 35))
    #expect(prose.map.source(of: ByteRange(block.start, block.start + 3)) == ByteRange(16, 19))
  }

  @Test func alertsAreNoQuotations() throws {
    let alert = try blocks("> [!WARNING]\n> Be careful.\n>\n> Twice.\n\nText.")
    #expect(alert.map(\.0) == ["Be careful.", "Twice.", "Text."])
    #expect(alert.map(\.1) == [.admonition, .admonition, .paragraph])
    let quote = try blocks("> Said [!NOTE]\n> so.")
    #expect(quote.map(\.1) == [.quotation])
    let nested = try blocks("> [!NOTE]\n> Text.\n> > Quoted.")
    #expect(nested.map(\.1) == [.admonition, .quotation])
    let titled = try blocks("> [!NOTE] and more")
    #expect(titled.map(\.0) == ["and more"])
    #expect(titled.map(\.1) == [.admonition])
  }

  /// A block of HTML says what the same page says, also where it is all tags and is not parsed at all.
  @Test(arguments: UInt64(0)..<30)
  func blocksSayWhatPagesSay(seed: UInt64) throws {
    let pieces = [
      "<p>", "</p>", "<b class='x>y'>", "</b>", "<br/>", "<img alt=\"a b\">", "<img src=x>", "<q>",
      "</q>", "<!-- a > b -->", "<!-->", "<!--->", "<!-- --!>", "<!-- -->", "<?php x ?>",
      "<!DOCTYPE a>",
      "</>", "</ x>", "<x-long-name-of-an-element>", "<area alt=c>", "<IMAGE ALT=d>", "<isindex>",
      "<script>", "</script>", "<title>", "</title>", "<textarea>", "</textarea>", "<xmp>",
      "<![CDATA[x]]>", "<svg>", "</svg>", "<select>", "</select>", "<table>", "<td>", "</table>",
      "<template>", "</template>", "<a href=\"", "\">", "<plaintext>", "<", " ", " ", "\n",
    ]
    var random = SeededGenerator(seed: seed &+ 4_000)
    for round in 0..<200 {
      let words = round % 4 == 0 ? pieces + ["word", "&amp;"] : pieces
      let inside = (0..<Int.random(in: 0...8, using: &random)).map { _ in random.pick(words) }
      // A blank line would end the block.
      let lines = inside.joined().split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }
      let text = "<div>\n" + lines.joined(separator: "\n")
      let block = try Prose(Array(text.utf8), format: .markdown, path: "a.md")
      let page = try Prose(Array(text.utf8), format: .html, path: "a.html")
      #expect(block.text == page.text, "\(text.debugDescription)")
    }
  }
}
