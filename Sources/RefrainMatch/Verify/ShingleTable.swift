// Exact set overlap, without sorting: one set becomes a hash table, the other is looked up in it.

package import RefrainModel

/// A reusable hash set of shingle hashes.
///
/// Shingles are uniform 64-bit hashes already, so their upper bits are the place in the table. Not
/// thread-safe: each worker has its own.
package final class UnsafeShingleTable {
  // SAFETY: the table owns `capacity` slots, of which `fill` initialises those that it uses.
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
    // Locals, because each touch of a class's property is checked for exclusive access.
    let (slots, mask, shift) = (slots, 1 << bits - 1, 64 - bits)
    // SAFETY: the table has `mask + 1` slots, at most half of them taken, so every probe ends.
    slots.initialize(repeating: 0, count: mask + 1)
    var holdsZero = false
    var count = 0
    for shingle in shingles {
      if shingle == 0 {
        if holdsZero { continue }
        holdsZero = true
      } else {
        var i = Int(truncatingIfNeeded: shingle >> shift)
        while slots[i] != 0, slots[i] != shingle { i = (i + 1) & mask }
        if slots[i] == shingle { continue }
        slots[i] = shingle
      }
      unique?[count] = shingle
      count += 1
    }
    self.mask = mask
    self.shift = shift
    self.holdsZero = holdsZero
    self.count = count
  }

  /// Whether the table holds the shingle.
  ///
  /// Expected O(1).
  package func contains(_ shingle: UInt64) -> Bool {
    shingle == 0 ? holdsZero : Self.holds(slots, mask, shift, shingle)
  }

  /// SAFETY: `slots` has `mask + 1` elements, one of them empty, which ends the probe.
  @inline(__always)
  private static func holds(
    _ slots: UnsafeMutablePointer<UInt64>, _ mask: Int, _ shift: UInt64, _ shingle: UInt64
  ) -> Bool {
    var i = Int(truncatingIfNeeded: shingle >> shift)
    while slots[i] != 0, slots[i] != shingle { i = (i + 1) & mask }
    return slots[i] == shingle
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
    let (slots, mask, shift, holdsZero) = (slots, mask, shift, holdsZero)
    var missed = 0
    for shingle in other {
      if shingle == 0 ? holdsZero : Self.holds(slots, mask, shift, shingle) { continue }
      missed += 1
      if missed > misses { return nil }
    }
    let overlap = Overlap(shared: other.count - missed, left: other.count, right: count)
    return threshold.isReached(by: overlap) ? overlap : nil
  }

  /// The exact overlap of the table's set, the right side, with `other`, whose elements are distinct.
  package func overlap(_ other: UnsafeBufferPointer<UInt64>) -> Overlap {
    Overlap(shared: other.count { contains($0) }, left: other.count, right: count)
  }
}
