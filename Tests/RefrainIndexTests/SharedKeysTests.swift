// Which items with a common key are paired, against the rule as it is written down.

import RefrainIndex
import TestSupport
import Testing

struct SharedKeysTests {
  @Test(arguments: [1, 2, 9, 10, 11, 12, 100])
  func pairsFollowTheRule(items: Int) {
    var random = SeededGenerator(seed: UInt64(items))
    for keys in [1, 3, 40] as [UInt64] {
      var held: [[UInt32]] = Array(repeating: [], count: Int(keys))
      var entries: [KeyedEntry] = []
      for item in 0..<UInt32(items) {
        for key in 0..<keys where Bool.random(using: &random) {
          entries.append(KeyedEntry(key: key << 60 | key, id: item))
          held[Int(key)].append(item)
        }
      }
      var expected: Set<UInt64> = []
      var capped: Set<UInt32> = []
      for holders in held {
        for (place, item) in holders.enumerated() {
          if place >= SharedKeys.full { capped.insert(item) }
          for other in 0..<place
          where place < SharedKeys.full || other == 0 || other >= place - 2 {
            expected.insert(UInt64(holders[other]) << 32 | UInt64(item))
          }
        }
      }
      let found = entries.withUnsafeMutableBufferPointer { SharedKeys.pairs($0) }
      #expect(found.pairs == expected.sorted())
      #expect(found.capped == capped.count)
    }
  }
}
