// Sorting of 64-bit values whose upper bits are a key: least significant digit first.

/// Reusable space for sorting values.
///
/// Not thread-safe: each worker has its own.
package final class ValueSorter {
  private static let digitBits: UInt64 = 11
  private static let digits = 1 << 11
  // SAFETY: the sorter owns the spare values, which hold at least `n` where they are used.
  private var spare: UnsafeMutableBufferPointer<UInt64> = .allocate(capacity: 0)
  // SAFETY: one for each value of a digit; each digit is below `digits`.
  private let counts: UnsafeMutableBufferPointer<Int> = .allocate(capacity: digits)

  package init() {}

  deinit {
    spare.deallocate()
    counts.deallocate()
  }

  /// Sorts by the bits from `lowest` up to `highest`; values that agree in those keep their order.
  ///
  /// Above `highest` all values must be alike. O(n) moves of 8 bytes for each 11 bits, and O(n) spare memory.
  package func sort(
    _ values: UnsafeMutableBufferPointer<UInt64>, from lowest: UInt64, to highest: UInt64
  ) {
    let n = values.count
    if n < 2 || highest <= lowest { return }
    if spare.count < n {
      spare.deallocate()
      spare = .allocate(capacity: n + n / 4)
    }
    let passes = (highest - lowest + Self.digitBits - 1) / Self.digitBits
    let width = (highest - lowest + passes - 1) / passes
    let mask = (1 << width) - 1 as UInt64
    var source = values
    var target = UnsafeMutableBufferPointer(rebasing: spare[..<n])
    for pass in 0..<passes {
      let shift = lowest + pass * width
      let own = min(mask, (1 << min(width, highest - shift)) - 1)
      counts.initialize(repeating: 0)
      for value in source { counts[Int(truncatingIfNeeded: value >> shift & own)] += 1 }
      var sum = 0
      for digit in 0..<Self.digits {
        let count = counts[digit]
        counts[digit] = sum
        sum += count
      }
      for value in source {
        let digit = Int(truncatingIfNeeded: value >> shift & own)
        target[counts[digit]] = value
        counts[digit] += 1
      }
      swap(&source, &target)
    }
    if passes % 2 == 1 {
      // SAFETY: after an odd number of passes the sorted values lie in `spare`, `n` of them.
      for i in 0..<n { values[i] = source[i] }
    }
  }
}
