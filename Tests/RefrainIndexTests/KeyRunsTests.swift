// Runs of equal keys, against a dictionary.

import RefrainIndex
import TestSupport
import Testing

struct KeyRunsTests {
  @Test(arguments: [0, 1, 2, 33, 1000])
  func runsAreTheGroupsOfEqualKeys(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    var entries = (0..<count).map { KeyedEntry(key: random.next() % 40, id: UInt32($0)) }
    let expected = Dictionary(grouping: entries.map { ($0.key, $0.id) }, by: \.0)
    entries.withUnsafeMutableBufferPointer { entries in
      RadixSorter().group(entries)
      var covered = 0
      var keys: Set<UInt64> = []
      for run in KeyRuns(entries) {
        #expect(run.lowerBound == covered)
        covered = run.upperBound
        #expect(keys.insert(entries[run.lowerBound].key).inserted)
        #expect(run.map { entries[$0].id } == expected[entries[run.lowerBound].key]?.map(\.1))
      }
      #expect(covered == count)
      #expect(keys.count == expected.count)
    }
  }
}
