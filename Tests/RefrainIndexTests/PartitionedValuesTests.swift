// Values come back in their partitions, in memory and from disk, and sorted as the library sorts.

import RefrainIndex
import RefrainModel
import TestSupport
import Testing

struct PartitionedValuesTests {
  /// The budget in bytes: nothing, a part, and all stay in memory.
  @Test(arguments: [0, 40_000, 1 << 24])
  func everyValueComesBackOnce(budget: Int) throws {
    let store = PartitionedValues(partitions: 7, budget: budget)
    // Enough that writers hand over several times, with an empty partition and a crowded one.
    let partition = { (value: UInt64) in value % 3 == 0 ? 6 : Int(value % 6) }
    let pieces = 40
    Workers(threads: 3).forEach(pieces, state: { PartitionWriter(store) }) { writer, piece in
      var random = SeededGenerator(seed: UInt64(piece))
      for _ in 0..<1500 {
        let value = random.next()
        writer.append(value, to: partition(value))
      }
      writer.flush()
    }
    var expected: [[UInt64]] = Array(repeating: [], count: 7)
    for piece in 0..<pieces {
      var random = SeededGenerator(seed: UInt64(piece))
      for _ in 0..<1500 {
        let value = random.next()
        expected[partition(value)].append(value)
      }
    }
    #expect(store.count == pieces * 1500)
    #expect(store.largest == expected.map(\.count).max())
    let scratch = ValueScratch()
    for index in 0..<7 {
      let found = store.take(index, scratch: scratch) { $0.sorted() }
      #expect(found == expected[index].sorted())
    }
    try store.requireWhole()
  }

  @Test(arguments: [0, 1, 2, 31, 500, 3000])
  func sortsByTheBitsAskedFor(n: Int) {
    var random = SeededGenerator(seed: UInt64(n) &+ 5)
    let sorter = ValueSorter()
    let whole = (0..<n).map { _ in random.next() }
    var sorted = whole
    sorted.withUnsafeMutableBufferPointer { sorter.sort($0, from: 0, to: 64) }
    #expect(sorted == whole.sorted())
    // By the upper half alone: what agrees there keeps its order.
    let few = (0..<n).map { UInt64($0) | (random.next() % 7) << 32 }
    var grouped = few
    grouped.withUnsafeMutableBufferPointer { sorter.sort($0, from: 32, to: 64) }
    #expect(grouped == few.sorted())
    let shuffled = few.shuffled(using: &random)
    var stable = shuffled
    stable.withUnsafeMutableBufferPointer { sorter.sort($0, from: 32, to: 35) }
    let expected = shuffled.enumerated()
      .sorted { ($0.element >> 32, $0.offset) < ($1.element >> 32, $1.offset) }.map(\.element)
    #expect(stable == expected)
  }
}
