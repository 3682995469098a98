// Classes of equal records, against a dictionary.

import RefrainMatch
import TestSupport
import Testing

struct EqualClassesTests {
  @Test(arguments: [0, 1, 2, 31, 33, 1000, 5000])
  func classesAreThoseOfADictionary(items: Int) {
    var random = SeededGenerator(seed: UInt64(items))
    // Few lower halves and few upper ones: equality takes both.
    let words: [WordsHash?] = (0..<items).map { _ in
      if Int.random(in: 0..<10, using: &random) == 0 { return nil }
      return WordsHash(
        low: random.next() % 50 &* 0x9E37_79B9_7F4A_7C15, high: random.next() % 4)
    }
    let classes = EqualClasses(items: items) { words[$0] }
    var firsts: [WordsHash: UInt32] = [:]
    let expected = words.enumerated().map { item, hash -> UInt32 in
      guard let hash else { return UInt32(item) }
      if let known = firsts[hash] { return known }
      firsts[hash] = UInt32(item)
      return UInt32(item)
    }
    #expect(classes.first == expected)
    #expect(classes.repeats == words.count { $0 != nil } - firsts.count)
    #expect((0..<items).allSatisfy { classes.isRepresentative($0) == (expected[$0] == $0) })
  }
}
