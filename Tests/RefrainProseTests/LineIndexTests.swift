// Lines and columns against an oracle that walks the file from its start for every byte.

import RefrainModel
import RefrainProse
import TestSupport
import Testing

struct LineIndexTests {
  /// The place of an offset at the start of a code point, by decoding all before it.
  private func naivePlace(_ bytes: [UInt8], _ offset: Int) -> Place {
    let lineEnd: Unicode.Scalar = bytes.contains(0x0A) ? "\n" : "\r"
    var line = 1
    var column = 1
    for scalar in String(decoding: bytes[..<offset], as: UTF8.self).unicodeScalars {
      column += 1
      if scalar == lineEnd { (line, column) = (line + 1, 1) }
    }
    return Place(byte: offset, line: line, column: column)
  }

  @Test func placesInASmallFile() {
    let index = LineIndex(Array("aé\r\nb\rc\n\n😀x".utf8))
    #expect(index.lineCount == 4)
    #expect(index.place(of: 0) == Place(byte: 0, line: 1, column: 1))
    #expect(index.place(of: 1) == Place(byte: 1, line: 1, column: 2))
    #expect(index.place(of: 2) == Place(byte: 2, line: 1, column: 2), "inside the é")
    #expect(index.place(of: 3) == Place(byte: 3, line: 1, column: 3), "the CR")
    #expect(index.place(of: 4) == Place(byte: 4, line: 1, column: 4), "the LF")
    #expect(index.place(of: 5) == Place(byte: 5, line: 2, column: 1))
    #expect(
      index.place(of: 7) == Place(byte: 7, line: 2, column: 3), "a lone CR ends no line beside LF")
    #expect(index.place(of: 9) == Place(byte: 9, line: 3, column: 1))
    #expect(index.place(of: 14) == Place(byte: 14, line: 4, column: 2))
    #expect(index.place(of: 15) == Place(byte: 15, line: 4, column: 3), "the end of the file")
    #expect(index.place(of: 99) == index.place(of: 15))
    #expect(index.place(of: -1) == index.place(of: 0))
  }

  @Test func emptyFile() {
    #expect(LineIndex([]).place(of: 0) == Place(byte: 0, line: 1, column: 1))
    #expect(LineIndex([]).lineCount == 1)
  }

  @Test(arguments: UInt64(0)..<30)
  func agreesWithTheOracle(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet: [Character] = ["a", " ", "\n", "\r", "é", "e\u{301}", "中", "😀", "\0", "\u{FEFF}"]
    let isOneLine = seed % 3 == 0
    var text = ""
    for _ in 0..<Int.random(in: 0...1200, using: &random) {
      let character = alphabet.randomElement(using: &random) ?? "a"
      if character != "\n" || !isOneLine { text.append(character) }
    }
    let bytes = Array(text.utf8)
    let index = LineIndex(bytes)
    for offset in bytes.indices where bytes[offset] & 0xC0 != 0x80 {
      // The oracle is slow: every offset near a mark, and some of the others.
      guard offset % 1024 < 8 || offset % 1024 > 1016 || offset % 37 == 0 else { continue }
      #expect(index.place(of: offset) == naivePlace(bytes, offset))
    }
    #expect(index.place(of: bytes.count) == naivePlace(bytes, bytes.count))
  }

  @Test func aLongLineCostsNoMoreAtItsEnd() {
    // Two thousand places in one line of a megabyte: with columns counted from its start this would
    // take minutes in a debug build, so the test needs no clock.
    let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    let index = LineIndex(bytes)
    for offset in stride(from: 0, to: bytes.count, by: 512) {
      #expect(index.place(of: offset).column == offset + 1)
    }
  }
}
