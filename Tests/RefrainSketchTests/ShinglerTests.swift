// Shingles: n-grams that never cross a sentence, and hashes that another implementation makes too:
//
//     import struct, xxhash
//     h = xxhash.xxh3_64_intdigest
//     words = [struct.pack("<Q", h(w.encode())) for w in "the two sides must overcome".split()]
//     print(hex(h(b"".join(words))))

import CXXHash
import RefrainSketch
import RefrainText
import TestSupport
import Testing

struct ShinglerTests {
  private func words(_ text: String) -> WordBuffer {
    let words = WordBuffer()
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { Segmenter().segment($0, into: words) }
    return words
  }

  /// The shingles of a text, copied: the shingler's buffer dies with it.
  private func shingles(_ text: String, _ width: Int) -> [UInt64] {
    let shingler = Shingler(width: width)
    return withExtendedLifetime(shingler) { Array(shingler.shingle(words(text))) }
  }

  private func hash(_ hashes: ArraySlice<UInt64>) -> UInt64 {
    let little = hashes.map(\.littleEndian)
    return little.withUnsafeBytes { refrain_xxh3_64($0.baseAddress, $0.count) }
  }

  @Test func vectors() {
    #expect(
      shingles("The two sides must overcome current tensions", 5) == [
        0xFE8C_A650_99FC_D47A, 0x6988_C02E_5A7E_8CBD, 0x406C_2F63_2F2E_2C6A,
      ])
    #expect(shingles("the two, sides", 5) == [0x68F4_D12F_85D9_0FF3])
    #expect(shingles("THE two sides!", 3) == [0x68F4_D12F_85D9_0FF3])
  }

  /// Every width on random sentences, against the definition.
  @Test(arguments: [1, 2, 3, 5, 8, 64])
  func everyWidthFollowsTheDefinition(width: Int) {
    var random = SeededGenerator(seed: UInt64(width))
    let shingler = Shingler(width: width)
    for _ in 0..<100 {
      var text = ""
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        let count = Int.random(in: 1...12, using: &random)
        let sentence = (0..<count).map { _ in "Word\(Int.random(in: 0..<50, using: &random))" }
        text += sentence.joined(separator: " ") + ". "
      }
      let words = words(text)
      let hashes = Array(words.hashes)
      var expected: [UInt64] = []
      for index in words.sentences.indices {
        let range = words.words(ofSentence: index)
        if range.count < width {
          expected.append(hash(hashes[range]))
        } else {
          for i in range.lowerBound...(range.upperBound - width) {
            expected.append(hash(hashes[i..<(i + width)]))
          }
        }
      }
      #expect(withExtendedLifetime(shingler) { Array(shingler.shingle(words)) } == expected)
    }
  }

  @Test func textsWithoutAWordHaveNone() {
    for text in ["", " ", "...", "\u{301}", "❤\u{FE0F}", "\u{0}\u{0}"] {
      #expect(shingles(text, 5).isEmpty, "\(text)")
    }
  }

  /// Short texts are alike only when they are equal.
  @Test func shortTextsAreAllDifferent() {
    let texts = ["a", "b", "a b", "b a", "a b c", "a b c d", "中", "中文", "No", "no no"]
    let sets = texts.map { Set(shingles($0, 5)) }
    for (i, a) in sets.enumerated() {
      for (k, b) in sets.enumerated() where k > i {
        #expect(a.isDisjoint(with: b), "\(texts[i]) and \(texts[k])")
      }
    }
  }
}
