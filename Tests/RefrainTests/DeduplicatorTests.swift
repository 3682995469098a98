// Near-duplicates among values, against the plain rule on exact similarities.

import Refrain
import TestSupport
import Testing

struct DeduplicatorTests {
  /// Texts of which half are edited copies of earlier ones, some the same words cut otherwise.
  private func texts(seed: UInt64, count: Int = 160) -> [String] {
    var prose = RandomProse(seed: seed)
    var all: [[String]] = []
    return (0..<count).map { number in
      let isCopy = number > 4 && number % 2 == 0
      let base = isCopy ? prose.random.pick(all) : prose.words(60)
      let changes = isCopy ? Int.random(in: 0...3, using: &prose.random) : 0
      all.append(prose.edited(base, changes: changes))
      return RandomProse.text(all[number], sentence: number % 7 == 6 ? 9 : 14)
    }
  }

  /// In order, a text goes for the first kept one that is near enough or has its words.
  private func oracle(_ texts: [String], _ threshold: Double) throws -> [[Int]] {
    let words = texts.map { text in
      text.lowercased().split { !$0.isLetter }.joined(separator: " ")
    }
    var kept: [Int] = []
    var removed: [[Int]] = []
    for later in texts.indices {
      let first = try kept.first { earlier in
        try words[earlier] == words[later]
          || similarity(texts[earlier], texts[later]).jaccard >= threshold
      }
      if let first { removed.append([later, first]) } else { kept.append(later) }
    }
    return removed
  }

  private func removals(_ result: Deduplication<Int>) -> [[Int]] {
    result.removed.map { [$0.id, $0.kept] }
  }

  @Test(arguments: UInt64(60)..<63, [0.5, 0.8])
  func itIsThePlainRule(seed: UInt64, threshold: Double) throws {
    let texts = texts(seed: seed)
    let expected = try oracle(texts, threshold)
    let all = try Deduplicator(threshold: threshold, exhaustive: true).deduplicate(texts)
    #expect(removals(all) == expected)
    #expect(expected.count > 20)
    // Bands may miss a pair; what they remove they remove for a reason.
    let banded = try Deduplicator(threshold: threshold).deduplicate(texts)
    #expect(banded.removed.count * 100 >= expected.count * 97)
    for gone in banded.removed {
      let overlap = try similarity(texts[gone.kept], texts[gone.id])
      #expect(gone.overlap == overlap)
      #expect(gone.reason != .near || overlap.jaccard >= threshold)
      #expect(gone.reason != .identical || texts[gone.kept] == texts[gone.id])
    }
    let kept = Set(banded.kept)
    #expect(kept.isDisjoint(with: banded.removed.map(\.id)))
    #expect(kept.count + banded.removed.count == texts.count)
  }

  @Test func aHigherThresholdNeedsNoSecondRun() throws {
    let texts = texts(seed: 64)
    let low = try Deduplicator(threshold: 0.5, exhaustive: true).deduplicate(texts)
    for threshold in [0.5, 0.62, 0.8, 0.95, 1] {
      let raised = try low.raised(to: threshold)
      #expect(try removals(raised) == oracle(texts, threshold), "at \(threshold)")
    }
    #expect(throws: RefrainError.self) { try low.raised(to: 0.49) }
    #expect(throws: RefrainError.self) { try low.raised(to: 1.01) }
  }

  @Test func idsAndClusters() throws {
    let text = "The ship sailed on Monday with forty passengers on board and no cargo at all."
    let result = try Deduplicator().deduplicate([
      ("a", text), ("b", "Nothing of the kind was ever said by anybody in this town."),
      ("c", text.uppercased()), ("d", text), ("e", ""),
    ])
    #expect(result.kept == ["a", "b", "e"])
    #expect(result.removed.map(\.id) == ["c", "d"])
    #expect(result.removed.map(\.reason) == [.sameWords, .identical])
    #expect(result.clusters == [["a", "c", "d"]])
    let words = try Deduplicator(match: .words).deduplicate([text, text + " Really."])
    #expect(words.removed.isEmpty)
  }

  @Test func theNumberOfThreadsChangesNothing() throws {
    let texts = texts(seed: 65, count: 900)
    let one = try Deduplicator(threads: 1).deduplicate(texts)
    let four = try Deduplicator(threads: 4).deduplicate(texts)
    #expect(removals(one) == removals(four))
    #expect(one.kept == four.kept)
  }

  @Test func nothingTraps() throws {
    #expect(try Deduplicator().deduplicate([String]()).kept.isEmpty)
    #expect(try Deduplicator().deduplicate(["", "", "?"]).kept == [0, 1, 2])
    for threshold in [0, -1, 1.1, .nan, .infinity] {
      #expect(throws: RefrainError.self) { try Deduplicator(threshold: threshold) }
    }
    #expect(throws: RefrainError.self) { try Deduplicator(recall: 1) }
    #expect(throws: RefrainError.self) { try Deduplicator(ngram: 0) }
    #expect(throws: RefrainError.self) { try Deduplicator(threads: 0) }
  }
}
