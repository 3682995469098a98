// Exact set overlap, without sorting: one set becomes a hash table, the other is looked up in it.

package import RefrainModel

/// A reusable hash set of shingle hashes.
///
/// Shingles are uniform 64-bit hashes already, so their upper bits are the place in the table. Not
/// thread-safe: each worker has its own.
package final class UnsafeShingleTable {
  private var slots: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  private var shift: UInt64 = 63
  private var mask = 1
  private var holdsZero = false
  /// The number of distinct shingles in the table.
  package private(set) var count = 0

  package init() {
    capacity = 1024
    slots = .allocate(capacity: capacity)
  }

  deinit { slots.deallocate() }

  /// Empties the table and fills it with `shingles`, each distinct one once; `unique`, where given,
  /// receives those in the order of their first occurrence and has room for all.
  ///
  /// Expected O(n).
  package func fill(
    _ shingles: UnsafeBufferPointer<UInt64>, unique: UnsafeMutablePointer<UInt64>? = nil
  ) {
    var bits: UInt64 = 3
    while 1 << bits < shingles.count * 2 { bits += 1 }
    if 1 << bits > capacity {
      slots.deallocate()
      capacity = 1 << bits
      slots = .allocate(capacity: capacity)
    }
    mask = 1 << bits - 1
    shift = 64 - bits
    // SAFETY: the table has `mask + 1` slots, at most half of them taken, so every probe ends.
    slots.initialize(repeating: 0, count: mask + 1)
    holdsZero = false
    count = 0
    for shingle in shingles where insert(shingle) {
      unique?[count] = shingle
      count += 1
    }
  }

  @inline(__always)
  private func insert(_ shingle: UInt64) -> Bool {
    if shingle == 0 {
      if holdsZero { return false }
      holdsZero = true
      return true
    }
    var i = Int(truncatingIfNeeded: shingle >> shift)
    while slots[i] != 0 {
      if slots[i] == shingle { return false }
      i = (i + 1) & mask
    }
    slots[i] = shingle
    return true
  }

  /// Whether the table holds the shingle.
  ///
  /// Expected O(1).
  @inline(__always)
  package func contains(_ shingle: UInt64) -> Bool {
    if shingle == 0 { return holdsZero }
    var i = Int(truncatingIfNeeded: shingle >> shift)
    while slots[i] != 0 {
      if slots[i] == shingle { return true }
      i = (i + 1) & mask
    }
    return false
  }

  /// The exact overlap of the table's set with `other`, whose elements are distinct; nil as soon as
  /// the rest of `other` cannot reach the threshold.
  ///
  /// The table's set is the overlap's right side.
  package func overlap(
    _ other: UnsafeBufferPointer<UInt64>, reaching threshold: Threshold
  ) -> Overlap? {
    guard threshold.admits(other.count, count) else { return nil }
    let misses = other.count - threshold.leastShared(other.count, count)
    if misses < 0 { return nil }
    var missed = 0
    for shingle in other where !contains(shingle) {
      missed += 1
      if missed > misses { return nil }
    }
    let overlap = Overlap(shared: other.count - missed, left: other.count, right: count)
    return threshold.isReached(by: overlap) ? overlap : nil
  }
}
