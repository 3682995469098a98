// A long text read piece by piece: the same signature, hashes and count as when it is read at once.

import CXXHash
import RefrainSketch
import RefrainText
import TestSupport
import Testing

struct LongTextTests {
  private static let parts = [
    "a", "b", "word", "Another", " ", " ", " ", ". ", "? ", "\n\n", "é", "漢", "字", "。", "don't",
    "\u{301}", ", ", "\n- ", "U.S. ", "77",
  ]

  private func check(_ text: String, width: Int, atATime: Int, _ note: String) {
    let bytes = Array(text.utf8)
    let segmenter = Segmenter()
    let words = WordBuffer()
    let hasher = MinHasher(slots: 64)
    bytes.withUnsafeBytes { bytes in
      let long = LongText(Shingler(width: width), hasher, wordsAtATime: atATime)
      long.read(bytes, segmenter, words)
      segmenter.segment(bytes, into: words)
      let shingler = Shingler(width: width)
      let shingles = Array(shingler.shingle(words))
      #expect(long.shingleCount == shingles.count, "\(note)")
      let isEqual = long.signature == withExtendedLifetime(shingler) { hasher.sketch(shingles) }
      #expect(isEqual, "\(note)")
      let hash = refrain_xxh3_128(words.hashes.baseAddress, words.count * 8)
      #expect(long.wording.words.low == hash.low && long.wording.words.high == hash.high, "\(note)")
      #expect(
        long.wording.cut == refrain_xxh3_64(words.sentences.baseAddress, words.sentences.count * 4),
        "\(note)")
    }
  }

  @Test(arguments: [1, 2, 5, 9])
  func anyTextInAnyPieces(width: Int) {
    var random = SeededGenerator(seed: UInt64(width))
    for round in 0..<300 {
      let count = Int.random(in: 0...200, using: &random)
      // Some texts without a stop, so that a sentence goes through many pieces.
      let parts = round % 3 == 0 ? ["a", "b", " ", " ", "c", "漢"] : Self.parts
      let text = (0..<count).map { _ in random.pick(parts) }.joined()
      let atATime = Int.random(in: (width + 1)...(width + 30), using: &random)
      check(text, width: width, atATime: atATime, "round \(round), \(atATime) at a time")
    }
  }

  /// More than the kernel gets at a time, with words at the cuts and one that is longer.
  @Test func megabytesOfASCII() {
    var prose = RandomProse(seed: 7)
    let text = prose.text(300_000)
    check(text, width: 5, atATime: 1000, "prose")
    check(
      text + String(repeating: "x", count: 3 << 20) + " " + text, width: 5, atATime: 5000, "word")
  }
}
