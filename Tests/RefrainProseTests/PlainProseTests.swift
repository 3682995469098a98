// Plain text: paragraphs, line ends, what is left out and what must not be.

import RefrainModel
import RefrainProse
import TestSupport
import Testing

struct PlainProseTests {
  private func prose(_ text: String) throws -> Prose {
    let bytes = Array(text.utf8)
    let prose = try Prose(bytes, format: .plain, path: "test.txt")
    prose.checkInvariants(source: bytes)
    return prose
  }

  @Test func anOrdinaryFileIsOneSegment() throws {
    let prose = try prose("One line\nand another.\n\nTwo.\n\nThree.\n")
    #expect(prose.string == "One line\nand another.\n\nTwo.\n\nThree.")
    #expect(prose.map.segments.count == 1)
    #expect(prose.blockStrings == ["One line\nand another.", "Two.", "Three."])
    #expect(prose.blocks.allSatisfy { $0.kind == .paragraph })
  }

  @Test func blankLinesOfAllKinds() throws {
    let prose = try prose(
      "\n\nOne.\r\n\r\nTwo.\n \t\n\n\nThree.\n\u{A0}\u{3000}\nFour.\n\u{C}\nFive.")
    #expect(prose.string == "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.")
  }

  @Test func carriageReturnsStayInsideParagraphs() throws {
    let prose = try prose("One\r\ntwo.\r\n\r\nThree.\r\n")
    #expect(prose.text == Array("One\r\ntwo.\n\nThree.".utf8))
    #expect(prose.map.source(of: ByteRange(11, 17)) == ByteRange(13, 19))
  }

  @Test func byteOrderMarkAndNUL() throws {
    let prose = try prose("\u{FEFF}One\0two.\n")
    #expect(prose.text == Array("One\0two.".utf8))
    #expect(prose.map.source(of: ByteRange(0, 3)) == ByteRange(3, 6))
  }

  @Test(arguments: ["", "\n", " \r\n\t\n", "\u{FEFF}"])
  func nothing(text: String) throws {
    let prose = try prose(text)
    #expect(prose.text.isEmpty && prose.blocks.isEmpty && prose.map.segments.isEmpty)
  }

  @Test func tablesAreLeftOut() throws {
    let prose = try prose(
      """
      The figures for the year follow below.
      Item          Price     Change
      Wheat         12.50     +0.30
      Barley         9.75     -0.10
      They were better than expected.

      | a | b |
      | - | - |
      | c | d |

      ======== ======
      1987  1,204,556
      1988  1,311,020

      The end.
      """)
    #expect(
      prose.blockStrings == [
        "The figures for the year follow below.", "They were better than expected.", "The end.",
      ])
  }

  @Test(arguments: [
    "    The dry period means the temporao will be late this year.\n    Arrivals rose again.",
    "It was late.  He went.  Nobody.\nThe house was dark.  It was cold.  \"Why?\"  No reply.",
    "The  text  of  old  manuals  was  set\nwith both  its margins  straight, by  spaces.",
    "Name      Value of it\nOther     Value of that",
    "A          single         row",
    "61,600 (92,800), rape oil 82,900 (94,900) and groundnut oil\n9,300 (12,200) were sold.",
    "It is a very simple matter to show that P(x | H) = P(x | HG)\nfor all | x | of it.",
    "Call 555 0199 or 555 0100 today.\nRoom 12, 14 and 16 are free.",
    "中文没有空格。\n第二行也没有。",
  ])
  func proseIsKept(text: String) throws {
    // A short line above others may be a block of its own; nothing is lost by that.
    let kept = try prose(text).blockStrings.joined(separator: "\n")
    #expect(kept == String(text.drop { $0 == " " }))
  }

  @Test func wrongBytesAreNamed() {
    let bytes = Array("One.\nTwo ".utf8) + [0xC3, 0x28]
    #expect(throws: RefrainError.notUTF8(path: "a.txt", line: 2, byte: 9)) {
      try Prose(bytes, format: .plain, path: "a.txt")
    }
    #expect(throws: RefrainError.notUTF8(path: "a.md", line: 1, byte: 0)) {
      try Prose([0xFF], format: .markdown, path: "a.md")
    }
  }

  @Test(arguments: UInt64(0)..<200)
  func anyTextKeepsTheInvariants(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "word", " ", "  ", "\t", "\n", "\r\n", "|", "12", ".", "é", "\0", "---", "\u{A0}",
    ]
    let text = (0..<Int.random(in: 0...80, using: &random))
      .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    _ = try prose(text)
  }

  @Test func formatsByExtension() {
    #expect(TextFormat(path: "a/b.md") == .markdown)
    #expect(TextFormat(path: "B.MarkDown") == .markdown)
    #expect(TextFormat(path: "x.mkd") == .markdown)
    #expect(TextFormat(path: "x.mdown") == .markdown)
    #expect(TextFormat(path: "x.tar.txt") == .plain)
    #expect(TextFormat(path: "x.text") == .plain)
    #expect(TextFormat(path: "a.b/README") == .plain)
    #expect(TextFormat(path: ".profile") == .plain)
    #expect(TextFormat(path: "x.swift") == nil)
  }
}
