// The ugly cases: templates and copies by the ten thousand. Bounds are on counted comparisons,
// never on seconds: twice the records may cost twice the comparisons and no more.

import RefrainCorpus
import RefrainModel
import TestSupport
import Testing

struct CrowdTests {
  /// Deduplicates `count` records that `text` makes.
  private func run(_ count: Int, _ text: (Int) -> String) throws -> CorpusStatistics {
    try TextCorpus((0..<count).map(text)).dedup()
  }

  /// A text of `count` words in one sentence, of which two are numbers that no other record has.
  private func template(_ count: Int) -> (Int) -> String {
    var prose = RandomProse(seed: UInt64(count))
    let words = prose.words(count)
    return { number in
      var words = words
      words[count / 3] = "\(number * 7 + 100_000)"
      words[2 * count / 3] = "\(number * 13 + 5_000_000)"
      return words.joined(separator: " ")
    }
  }

  @Test func ordersOfOneTemplateAllStay() throws {
    func order(_ n: Int) -> String {
      "Order \(10_000 + n) has shipped to customer \(99_000 + 3 * n) and will arrive on Monday "
        + "between nine and twelve."
    }
    let small = try run(20_000, order)
    let large = try run(40_000, order)
    #expect(small.kept == 20_000)
    #expect(large.kept == 40_000)
    #expect(small.comparedPairs <= 16 * 20_000)
    #expect(large.comparedPairs <= 16 * 40_000)
    #expect(Double(large.comparedPairs) <= 2.2 * Double(small.comparedPairs) + 40_000)
  }

  /// 60 words with two numbers have J = 0.70 to their siblings: no duplicates, and the worst case,
  /// for each stays to be compared with.
  @Test func justUnderTheThresholdAllStay() throws {
    let small = try run(4_000, template(60))
    let large = try run(8_000, template(60))
    #expect(small.kept == 4_000)
    #expect(large.kept == 8_000)
    #expect(large.comparedPairs <= 256 * 8_000)
    #expect(Double(large.comparedPairs) <= 2.2 * Double(small.comparedPairs))
    // What the limit may have missed is said.
    #expect(large.cutRecords > 0)
  }

  /// 120 words with two numbers have J = 0.84: one stays, and speaks for all.
  @Test func justOverTheThresholdOneStays() throws {
    let small = try run(4_000, template(120))
    let large = try run(8_000, template(120))
    #expect(small.kept == 1)
    #expect(large.kept == 1)
    #expect(large.removedNear == 7_999)
    #expect(large.comparedPairs <= 8_000 + 4_096)
  }

  @Test func copiesOfOneLineCostNoComparison() throws {
    let copies = try run(100_000) { _ in "The very same line, again and again and again." }
    #expect(copies.kept == 1)
    #expect(copies.removedIdentical == 99_999)
    #expect(copies.equalRecords == 99_999)
    #expect(copies.comparedPairs == 0)
    #expect(copies.cutRecords == 0)
  }

  @Test func recordsWithoutAWordCostNothing() throws {
    let empty = try run(50_000) { $0 % 2 == 0 ? "" : "... !" }
    #expect(empty.kept == 50_000)
    #expect(empty.withoutWords == 50_000)
    #expect(empty.comparedPairs == 0)
  }
}
