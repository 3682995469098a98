// Thresholds are exact fractions: parsing, and every decision against the definition in integers.

import RefrainModel
import TestSupport
import Testing

struct ThresholdTests {
  @Test(
    arguments: [
      ("0.8", 8, 10), (".85", 85, 100), ("1", 1, 1), ("1.0", 10, 10), ("0.55", 55, 100),
      ("0.000001", 1, 1_000_000), ("0.", 0, 0), ("0.12345678", 12_345_678, 100_000_000),
    ] as [(String, Int, Int)])
  func decimals(text: String, numerator: Int, denominator: Int) {
    let threshold = Threshold(decimal: text)
    #expect(threshold?.numerator == (numerator == 0 ? nil : numerator))
    #expect(threshold?.denominator == (numerator == 0 ? nil : denominator))
  }

  @Test(arguments: [
    "", ".", "0", "0.0", "1.1", "2", "-0.5", "+0.5", "0,8", "0.8.1", "80%", "8e-1", "nan", " 0.8",
    "0.1234567891",
  ])
  func nonsenseIsNoThreshold(text: String) { #expect(Threshold(decimal: text) == nil) }

  @Test func fractionsOutOfRange() {
    #expect(Threshold(0, over: 5) == nil)
    #expect(Threshold(6, over: 5) == nil)
    #expect(Threshold(1, over: 0) == nil)
    #expect(Threshold(-1, over: -2) == nil)
    #expect(Threshold(5, over: 5)?.value == 1)
  }

  /// All sizes up to 40: reaching, the least overlap, the length filter.
  @Test(arguments: ["0.5", "0.55", "0.7", "0.8", "0.85", "0.95", "1", "0.01", "0.333"])
  func decisionsFollowTheDefinition(text: String) throws {
    let t = try #require(Threshold(decimal: text))
    var wrong = 0
    for left in 1...40 {
      for right in 1...40 {
        var least: Int?
        for shared in 0...min(left, right) {
          let union = left + right - shared
          let reaches = shared > 0 && shared * t.denominator >= t.numerator * union
          if reaches, least == nil { least = shared }
          let overlap = Overlap(shared: shared, left: left, right: right)
          if t.isReached(by: overlap) != reaches { wrong += 1 }
          if (shared >= t.leastShared(left, right)) != reaches { wrong += 1 }
        }
        if (least != nil) != t.admits(left, right) { wrong += 1 }
        if let least, least < t.leastShared(of: left) { wrong += 1 }
      }
      // The least overlap of a set with any other is that with a subset of itself.
      let least = (1...left).first { $0 * t.denominator >= t.numerator * left }
      if least != t.leastShared(of: left) { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test func theBoundaryBelongsToIt() throws {
    let t = try #require(Threshold(decimal: "0.55"))
    #expect(t.isReached(by: Overlap(shared: 11, left: 20, right: 11)))
    #expect(t.isReached(by: Overlap(shared: 55, left: 100, right: 55)))
    #expect(!t.isReached(by: Overlap(shared: 54, left: 99, right: 54 + 1)))
    #expect(t.leastShared(of: 20) == 11)
    #expect(t.leastShared(of: 100) == 55)
  }

  @Test func overlapsOfEmptySets() {
    let none = Overlap(shared: 0, left: 0, right: 0)
    #expect(none.jaccard == 0)
    #expect(none.containment == 0)
    #expect(!Threshold.documents.isReached(by: none))
    #expect(Overlap(shared: 2, left: 4, right: 2).jaccard == 0.5)
    #expect(Overlap(shared: 2, left: 4, right: 2).containment == 1)
  }
}
