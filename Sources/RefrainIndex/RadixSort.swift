// Grouping of equal 64-bit keys by sorting: least significant digit first, on as many digits as the
// number of entries makes worth it.

/// A key and whose it is.
package struct KeyedEntry {
  package var key: UInt64
  package var id: UInt32

  package init(key: UInt64, id: UInt32) {
    self.key = key
    self.id = id
  }
}

/// Reusable space for sorting keyed entries.
///
/// Not thread-safe: each worker has its own.
package final class RadixSorter {
  private static let digitBits: UInt64 = 11
  private static let digits = 1 << 11
  // SAFETY: the sorter owns the spare entries, which hold at least `n` where they are used.
  private var spare: UnsafeMutableBufferPointer<KeyedEntry> = .allocate(capacity: 0)

  package init() {}

  deinit { spare.deallocate() }

  /// Sorts `entries` so that equal keys stand together, in the order in which they came.
  ///
  /// Only as many of the key's upper digits are sorted by as tell n entries apart; the rare
  /// neighbours that agree in those and differ below are put in order by insertion. O(n) moves of
  /// 16 bytes a digit, and O(n) spare memory.
  package func group(_ entries: UnsafeMutableBufferPointer<KeyedEntry>) {
    let n = entries.count
    guard n > 1 else { return }
    if n <= 32 { return insertionSort(entries, by: 0) }
    var passes: UInt64 = 1
    // Twice the bits of n leave about half a chance of a single accidental neighbour.
    while passes < 4, 1 << (passes * Self.digitBits) < UInt64(n) * 8 { passes += 1 }
    if spare.count < n {
      spare.deallocate()
      spare = .allocate(capacity: n)
    }
    var source = entries
    var target = UnsafeMutableBufferPointer(rebasing: spare[..<n])
    let lowest = 64 - passes * Self.digitBits
    // SAFETY: each digit is below `digits`; the counts are set before each pass.
    withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.digits) { counts in
      for pass in 0..<passes {
        let shift = lowest + pass * Self.digitBits
        counts.initialize(repeating: 0)
        for entry in source { counts[Int(entry.key >> shift & 0x7FF)] += 1 }
        var sum = 0
        for digit in 0..<Self.digits {
          let count = counts[digit]
          counts[digit] = sum
          sum += count
        }
        for entry in source {
          let digit = Int(entry.key >> shift & 0x7FF)
          target[counts[digit]] = entry
          counts[digit] += 1
        }
        swap(&source, &target)
      }
    }
    if passes % 2 == 1 {
      // SAFETY: after an odd number of passes the sorted entries lie in `spare`, `n` of them.
      for i in 0..<n { entries[i] = source[i] }
    }
    insertionSort(entries, by: lowest)
  }

  /// Sorts by the whole key, given that the keys are sorted by `key >> shift` already.
  ///
  /// Runs that agree above `shift` are short unless their keys are equal, and equal keys do not
  /// move.
  private func insertionSort(
    _ entries: UnsafeMutableBufferPointer<KeyedEntry>, by shift: UInt64
  ) {
    for i in 1..<entries.count where entries[i].key < entries[i - 1].key {
      let entry = entries[i]
      var j = i
      while j > 0, entries[j - 1].key > entry.key {
        entries[j] = entries[j - 1]
        j -= 1
      }
      entries[j] = entry
    }
  }
}
