// Which words of a collection are marked.

import Synchronization

/// A set of words of a collection, by where they stand: a bit a word.
///
/// Filled from any thread; read when all is filled.
final class WordSet: @unchecked Sendable {
  // SAFETY: written under the lock alone; who reads does so when the writers are done.
  private let bits: UnsafeMutableBufferPointer<UInt64>
  private let filled = Mutex<Int>(0)

  /// An empty set of words below `words`.
  init(_ words: Int) {
    bits = .allocate(capacity: words / 64 + 1)
    bits.initialize(repeating: 0)
  }

  deinit { bits.deallocate() }

  var count: Int { filled.withLock { $0 } }
  var isEmpty: Bool { count == 0 }

  /// Calls `body` with each word of the set that lies in a range, in order.
  ///
  /// O(range / 64 + words found).
  @inline(__always)
  func forEach(in range: Range<Int>, _ body: (Int) -> Void) {
    if range.isEmpty { return }
    for index in range.lowerBound >> 6...(range.upperBound - 1) >> 6 {
      var left = bits[index]
      while left != 0 {
        let word = index << 6 + left.trailingZeroBitCount
        left &= left - 1
        if word >= range.upperBound { return }
        if word >= range.lowerBound { body(word) }
      }
    }
  }

  func insert(_ words: [UInt32]) {
    filled.withLock { filled in
      for word in words {
        let bit = 1 << UInt64(word & 63) as UInt64
        if bits[Int(word >> 6)] & bit == 0 { filled += 1 }
        bits[Int(word >> 6)] |= bit
      }
    }
  }
}
