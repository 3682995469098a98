// Grouping by sorting, against the sort of the standard library.

import RefrainIndex
import TestSupport
import Testing

struct RadixSortTests {
  /// Sorts by the sorter and by a stable naive sort, and compares.
  private func check(_ keys: [UInt64], _ sorter: RadixSorter, _ comment: Comment) {
    var entries = keys.enumerated().map { KeyedEntry(key: $0.element, id: UInt32($0.offset)) }
    let expected = keys.enumerated()
      .sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
    entries.withUnsafeMutableBufferPointer { sorter.group($0) }
    let isEqual = zip(entries, expected).allSatisfy {
      $0.key == $1.element && Int($0.id) == $1.offset
    }
    #expect(entries.count == expected.count && isEqual, comment)
  }

  @Test func everySizeUpTo300() {
    var random = SeededGenerator(seed: 1)
    let sorter = RadixSorter()
    for n in 0...300 {
      check((0..<n).map { _ in random.next() }, sorter, "random, \(n)")
      check((0..<n).map { _ in random.next() % 5 }, sorter, "few small keys, \(n)")
      check((0..<n).map { _ in random.next() % 5 << 61 }, sorter, "few large keys, \(n)")
      check((0..<n).map { UInt64(n - $0) }, sorter, "descending, \(n)")
    }
  }

  @Test(arguments: [511, 1000, 2047, 2048, 2049, 4095, 5000, 70_000])
  func largeSizes(n: Int) {
    var random = SeededGenerator(seed: UInt64(n))
    let sorter = RadixSorter()
    check((0..<n).map { _ in random.next() }, sorter, "random")
    check([UInt64](repeating: 42, count: n), sorter, "all equal")
    check([UInt64](repeating: .max, count: n), sorter, "all ones")
    check((0..<n).map { UInt64($0 % 2) << 63 }, sorter, "two keys")
    check((0..<n).map { UInt64($0) << 40 }, sorter, "upper half ascending")
    // Keys that agree in the digits that are sorted by and differ below: a few of them.
    check((0..<n).map { UInt64($0 / 3) << 44 | random.next() % 16 }, sorter, "close neighbours")
  }

  /// Keys that differ in their lowest bits alone, in the worst order, so that all of the work falls
  /// to the insertion sort.
  ///
  /// Band keys and shingles are hashes; this is about the answer, not the time.
  @Test func keysWithoutUpperDigits() {
    var random = SeededGenerator(seed: 9)
    let sorter = RadixSorter()
    check((0..<2000).map { UInt64(2000 - $0) }, sorter, "descending")
    check((0..<2000).map { _ in random.next() % 3000 }, sorter, "random")
  }
}
