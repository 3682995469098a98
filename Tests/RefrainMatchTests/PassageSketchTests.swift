// Names and sketches of passages, and what moved within one, against their definitions.

import RefrainMatch
import RefrainModel
import RefrainText
import TestSupport
import Testing

struct PassageSketchTests {
  @Test(arguments: 0..<50 as Range<UInt64>)
  func theSketchIsTheLeastHashesOfBigrams(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = WordTexts.random(Int(seed), alphabet: 30, &random)
    var hashes: Set<UInt64> = []
    for pair in zip(words, words.dropFirst()) {
      hashes.insert(PassageSketch.hash([pair.0, pair.1][...]))
    }
    if words.count == 1 { hashes.insert(PassageSketch.hash(words[...])) }
    #expect(PassageSketch.least(words[...]) == Array(hashes.sorted().prefix(16)))
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func theOverlapIsThatOfBigrams(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let a = WordTexts.random(Int.random(in: 1...40, using: &random), alphabet: 6, &random)
    let b = WordTexts.random(Int.random(in: 1...40, using: &random), alphabet: 6, &random)
    func bigrams(_ words: [UInt64]) -> Set<[UInt64]> {
      words.count == 1 ? [words] : Set(zip(words, words.dropFirst()).map { [$0, $1] })
    }
    let (left, right) = (bigrams(a), bigrams(b))
    let expected = Overlap(
      shared: left.intersection(right).count, left: left.count, right: right.count)
    #expect(PassageSimilarity.overlap(a[...], b[...]) == expected)
  }

  @Test func theFingerprintIsThatOfASet() {
    let hashes: [UInt64] = [3, 1, 2]
    let name = PassageSketch.fingerprint(hashes)
    #expect(name == PassageSketch.fingerprint([1, 2, 3, 3, 1]))
    #expect(name != PassageSketch.fingerprint([1, 2]))
  }

  /// Words moved when four of them in a row, which one side has alone, stand on the other side alone.
  @Test(arguments: 0..<100 as Range<UInt64>)
  func movedWordsStandOnTheOtherSide(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let a = WordTexts.random(40, alphabet: 60, &random)
    var b = a
    let piece = Int.random(in: 0...8, using: &random)
    let from = Int.random(in: 0...(40 - piece), using: &random)
    b.removeSubrange(from..<(from + piece))
    b.insert(contentsOf: a[from..<(from + piece)], at: Int.random(in: 0...b.count, using: &random))
    let alignment = WordAlignment(a[...], b[...])
    let moved = MovedWords(alignment, a, b)
    func alone(_ ranges: [Range<Int>], _ words: [UInt64]) -> [(start: Int, words: [UInt64])] {
      ranges.flatMap { range in
        (range.lowerBound...max(range.lowerBound, range.upperBound - 4)).compactMap { start in
          start + 4 <= range.upperBound ? (start, Array(words[start..<(start + 4)])) : nil
        }
      }
    }
    let left = alone(alignment.stretches.filter { $0.kind == .onlyFirst }.map(\.first), a)
    let right = alone(alignment.stretches.filter { $0.kind == .onlySecond }.map(\.second), b)
    let there = Set(right.map(\.words))
    let expected = Set(
      left.filter { there.contains($0.words) }.flatMap { $0.start..<($0.start + 4) })
    #expect(moved.first == expected)
    #expect(moved.first.isEmpty == moved.second.isEmpty)
  }
}
