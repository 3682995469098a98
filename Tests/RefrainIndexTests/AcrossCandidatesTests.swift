// Candidates of other values against a walk over whole buckets.

import RefrainIndex
import RefrainModel
import TestSupport
import Testing

struct AcrossCandidatesTests {
  @Test(arguments: [1, 2, 3, 5, Int.max])
  func theFirstOfOtherValuesInEachBucket(limit: Int) {
    var random = SeededGenerator(seed: 151)
    for _ in 0..<60 {
      let items = Int.random(in: 1...60, using: &random)
      let values = (0..<items).map { _ in UInt32(random.pick([0, 0, 0, 0, 1, 2])) }
      let keys = (0..<3).map { _ in
        (0..<items).map { _ in UInt64.random(in: 0...3, using: &random) }
      }
      let buckets = Buckets(
        items: items, keySets: 3, largestSet: items, limit: limit, workers: Workers(threads: 1)
      ) { set, entries in
        for item in 0..<items {
          entries.initializeElement(
            at: item, to: KeyedEntry(key: keys[set][item], id: UInt32(item)))
        }
        return items
      }
      let across = AcrossCandidates(buckets, values: values)
      var marks = CandidateMarks(items: items)
      var found: [UInt32] = []
      for item in 0..<items {
        var expected: Set<UInt32> = []
        var isCut = false
        for set in keys {
          let others = (0..<item).filter { set[$0] == set[item] && values[$0] != values[item] }
          expected.formUnion(others.prefix(limit).map { UInt32($0) })
          if others.count > limit { isCut = true }
        }
        let cut = across.collect(before: item, marks: &marks, into: &found)
        #expect(found == expected.sorted())
        // Whatever was cut off is counted; what has the item's own value may be, too.
        if isCut { #expect(cut > 0) }
        #expect(found.allSatisfy { across.mayHaveLaterCandidates(Int($0)) })
      }
    }
  }
}
