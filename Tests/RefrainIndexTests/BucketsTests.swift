// Buckets: against a dictionary, at the limit, and for any number of threads.

import RefrainIndex
import RefrainModel
import TestSupport
import Testing

struct BucketsTests {
  /// The keys of items: one row a key set.
  private typealias Keys = [[UInt64]]

  private func buckets(_ keys: Keys, items: Int, limit: Int, threads: Int = 2) -> Buckets {
    Buckets(
      items: items, keySets: keys.count, largestSet: items, limit: limit,
      workers: Workers(threads: threads)
    ) { set, entries in
      for item in 0..<items {
        entries.initializeElement(at: item, to: KeyedEntry(key: keys[set][item], id: UInt32(item)))
      }
      return items
    }
  }

  private func randomKeys(sets: Int, items: Int, distinct: UInt64, seed: UInt64) -> Keys {
    var random = SeededGenerator(seed: seed)
    let scale = UInt64.max / distinct
    return (0..<sets).map { _ in (0..<items).map { _ in random.next() % distinct * scale } }
  }

  private func candidates(_ buckets: Buckets, items: Int) -> [(found: [UInt32], cut: Int)] {
    var marks = CandidateMarks(items: items)
    var found: [UInt32] = []
    return (0..<items).map { item in
      let cut = buckets.collect(before: item, marks: &marks, into: &found)
      return (found, cut)
    }
  }

  @Test(arguments: [1, 2, 10, 100, 700], [1, 3, 9])
  func candidatesAreThoseWithAnEqualKeyBefore(items: Int, sets: Int) {
    let keys = randomKeys(
      sets: sets, items: items, distinct: UInt64(items / 3 + 1), seed: UInt64(items + sets))
    let buckets = buckets(keys, items: items, limit: .max)
    var wrong = 0
    for (item, (found, cut)) in candidates(buckets, items: items).enumerated() {
      let expected = (0..<item).filter { other in keys.contains { $0[item] == $0[other] } }
      if found.map({ Int($0) }) != expected || cut != 0 { wrong += 1 }
      let isShared = keys.contains { row in
        row.indices.contains { $0 != item && row[$0] == row[item] }
      }
      if buckets.hasCandidates(item) != isShared { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [1, 2, 8])
  func bucketsAreThoseOfADictionary(threads: Int) {
    let keys = randomKeys(sets: 5, items: 300, distinct: 40, seed: 5)
    let buckets = buckets(keys, items: 300, limit: 10, threads: threads)
    var expected: [[UInt32]] = []
    for row in keys {
      let grouped = Dictionary(grouping: row.indices, by: { row[$0] })
      for key in grouped.keys.sorted() {
        let members = (grouped[key] ?? []).map { UInt32($0) }
        if members.count > 1 { expected.append(members) }
      }
    }
    #expect((0..<buckets.count).map { Array(buckets.members($0)) } == expected)
    for item in 0..<300 {
      buckets.forEachBucket(of: item) { bucket, position in
        #expect(expected[bucket][position] == UInt32(item))
      }
    }
  }

  @Test func theLimitBoundsWhatABucketProposes() {
    let items = 500
    let buckets = buckets(
      [[UInt64](repeating: 7, count: items)], items: items, limit: Buckets.representatives)
    let all = candidates(buckets, items: items)
    for (item, (found, cut)) in all.enumerated() {
      #expect(found == (0..<UInt32(min(item, 64))).map { $0 })
      #expect(cut == max(0, item - 64))
    }
  }

  @Test func itemsWithoutKeysHaveNoCandidates() {
    let buckets = Buckets(
      items: 5, keySets: 1, largestSet: 5, limit: 64, workers: Workers(threads: 1)
    ) { _, entries in
      entries.initializeElement(at: 0, to: KeyedEntry(key: 1, id: 1))
      entries.initializeElement(at: 1, to: KeyedEntry(key: 1, id: 3))
      return 2
    }
    #expect((0..<5).map { buckets.hasCandidates($0) } == [false, true, false, true, false])
    #expect(candidates(buckets, items: 5)[3].found == [1])
  }

  @Test func nothingInNothingOut() {
    let buckets = buckets([[]], items: 0, limit: 64)
    #expect(buckets.count == 0)
  }
}
