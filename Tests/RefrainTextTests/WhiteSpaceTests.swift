// White space made even, against splitting and joining.

import RefrainText
import TestSupport
import Testing

struct WhiteSpaceTests {
  @Test(arguments: UInt64(0)..<20)
  func evenTextsAreThoseOfTheirPieces(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Some texts are plain; others hold what is no matter of bytes.
    let pieces =
      ["a", "bc", ".", " ", "\n", "\t", " "] + (seed % 2 == 0 ? [] : ["é", "\r\n", "\u{A0}"])
    for _ in 0..<200 {
      let text = (0..<Int.random(in: 0...20, using: &random)).map { _ in random.pick(pieces) }
        .joined()
      let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }
      let even = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
      let bytes = Array(text.utf8)
      #expect(bytes.withUnsafeBufferPointer { WhiteSpace.even($0) } == (isPlain ? even : nil))
    }
  }
}
