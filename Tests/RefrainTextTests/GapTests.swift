// Sentence edges as the kernels find them, in masks and eight bytes at a time, against the rule that
// reads every gap scalar by scalar.

import CKernels
import RefrainText
import TestSupport
import Testing

struct GapTests {
  private static let pieces = [
    "a", "Mr", "No", "U", "x1", "Sept", "approx", "abcdefgh", "Capital", "7", "end", "it's", ".",
    "!",
    "?", ",", ".", " ", " ", "  ", "\n", "\n", "\n ", "\n\n", "\r\n", "\t", "\"", "'", "(", ")",
    "-",
    "* ", "\n- ", "_", "...", "; ", "\u{0}",
  ]

  /// The first words of sentences after the rule.
  private func expected(_ bytes: [UInt8], _ words: [Range<Int>]) -> [Int] {
    words.indices.filter { index in
      guard index > 0 else { return true }
      let initial = bytes[words[index].lowerBound]
      let next: refrain_initial =
        initial <= UInt8(ascii: "9")
        ? REFRAIN_INITIAL_DIGIT
        : initial <= UInt8(ascii: "Z") ? REFRAIN_INITIAL_OTHER : REFRAIN_INITIAL_LOWER
      return refrain_gap_ends_sentence(
        bytes, words[index - 1].lowerBound, words[index - 1].upperBound, words[index].lowerBound,
        next)
    }
  }

  @Test(arguments: UInt64(0)..<8, [false, true])
  func kernelsFollowTheRule(seed: UInt64, portable: Bool) {
    let segmenter = Segmenter(portable: portable)
    let words = WordBuffer()
    var random = SeededGenerator(seed: 300 + seed)
    for round in 0..<400 {
      // Now and then long enough for several stretches of the kernel.
      let count = round % 40 == 0 ? 12_000 : Int.random(in: 0...120, using: &random)
      let text = (0..<count).map { _ in random.pick(Self.pieces) }.joined()
      let found = SegmentedText(text, segmenter, words)
      #expect(
        found.sentences == expected(found.bytes, found.ranges), "seed \(seed), round \(round)")
    }
  }
}
