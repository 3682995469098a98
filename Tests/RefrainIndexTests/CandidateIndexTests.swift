// The growing index, held to the buckets of the whole.

import RefrainIndex
import RefrainModel
import TestSupport
import Testing

struct CandidateIndexTests {
  private func keys(_ items: Int, seed: UInt64) -> [[UInt64]] {
    var random = SeededGenerator(seed: seed)
    return (0..<items).map { _ in (0..<4).map { UInt64($0) << 32 | random.next() % 25 } }
  }

  /// Asked before each addition, it proposes what the buckets of all items propose.
  @Test(arguments: [3, 64, Int.max]) func itGrowsIntoTheBuckets(limit: Int) {
    let keys = keys(300, seed: 5)
    let buckets = Buckets(
      items: 300, keySets: 4, largestSet: 300, limit: limit, workers: Workers(threads: 2)
    ) { set, entries in
      for item in 0..<300 {
        entries.initializeElement(at: item, to: KeyedEntry(key: keys[item][set], id: UInt32(item)))
      }
      return 300
    }
    var marks = CandidateMarks(items: 300)
    var index = CandidateIndex(limit: limit)
    for item in 0..<300 {
      var expected: [UInt32] = []
      let cut = buckets.collect(before: item, marks: &marks, into: &expected)
      let found = index.candidates(for: keys[item])
      #expect(found.items == expected)
      #expect(found.cut == cut)
      index.insert(UInt32(item), keys: keys[item])
    }
  }

  /// What was taken out might never have been there.
  @Test func removalLeavesNothing() {
    let keys = keys(200, seed: 6)
    var whole = CandidateIndex(limit: 5)
    var part = CandidateIndex(limit: 5)
    for item in 0..<200 {
      whole.insert(UInt32(item), keys: keys[item])
      if item % 3 != 0 { part.insert(UInt32(item), keys: keys[item]) }
    }
    for item in stride(from: 0, to: 200, by: 3) { whole.remove(UInt32(item), keys: keys[item]) }
    for item in 0..<200 {
      #expect(whole.candidates(for: keys[item]).items == part.candidates(for: keys[item]).items)
    }
  }
}
