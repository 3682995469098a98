// Seeds against winnowing as it is written down, and against what it promises.

import RefrainSketch
import RefrainText
import TestSupport
import Testing

struct WinnowerTests {
  private func seeds(_ words: [String], run: Int) -> [UInt64] {
    let text = Array(RandomProse.text(words).utf8)
    return text.withUnsafeBytes { Winnower(run: run).seeds(of: $0) }
  }

  /// The least hash of each window of hashes of eight words, or of all where these are fewer.
  private func naive(_ words: [String], run: Int) -> [UInt64] {
    let buffer = WordBuffer()
    Array(words.joined(separator: " ").utf8).withUnsafeBytes {
      Segmenter().segment($0, into: buffer)
    }
    guard buffer.count >= 8 else { return [] }
    let shingler = Shingler(width: 8)
    let hashes = Array(shingler.shingle(buffer, sentence: 0..<buffer.count))
    let window = min(run - 7, hashes.count)
    let picked = (0...(hashes.count - window)).compactMap { hashes[$0..<($0 + window)].min() }
    return Set(picked).sorted()
  }

  @Test(arguments: [8, 9, 16, 25, 64])
  func seedsAreTheLeastOfEveryWindow(run: Int) {
    var prose = RandomProse(seed: UInt64(run))
    for count in [0, 1, 7, 8, 9, 15, 16, 17, 40, 400] {
      let words = prose.words(count)
      #expect(seeds(words, run: run) == naive(words, run: run))
      // What comes again and again has equal hashes.
      let again = Array(repeating: Array(words.prefix(3)), count: count).flatMap(\.self)
      #expect(seeds(again, run: run) == naive(again, run: run))
    }
  }

  /// However the surroundings and the sentences fall, a common run has a common seed; one in some five of the runs of
  /// eight is picked.
  @Test func aCommonRunHasACommonSeed() {
    var prose = RandomProse(seed: 71)
    var picked = 0
    for _ in 0..<300 {
      let run = Int.random(in: 8...40, using: &prose.random)
      let common = prose.words(run)
      let texts = (0..<2).map { _ in
        let before = prose.words(Int.random(in: 0...60, using: &prose.random))
        return before + common + prose.words(Int.random(in: 0...60, using: &prose.random))
      }
      let (a, b) = (seeds(texts[0], run: run), seeds(texts[1], run: run))
      #expect(!Set(a).isDisjoint(with: b))
      picked += seeds(prose.words(107), run: 16).count
    }
    #expect((5000..<7000).contains(picked))
  }
}
