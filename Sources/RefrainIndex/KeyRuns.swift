// What sorting leaves: the runs of equal keys.

/// The maximal runs of entries with equal keys, of entries that stand sorted or grouped by key.
///
/// O(entries) altogether, no allocation.
package struct KeyRuns: Sequence, IteratorProtocol {
  private let entries: UnsafeBufferPointer<KeyedEntry>
  private var start = 0

  /// The runs of `entries`, which must stay as they are while these are asked for.
  package init(_ entries: UnsafeMutableBufferPointer<KeyedEntry>) {
    self.entries = UnsafeBufferPointer(entries)
  }

  /// The next run, in the order of the entries; never empty.
  @inline(__always)
  package mutating func next() -> Range<Int>? {
    guard start < entries.count else { return nil }
    let first = start
    let key = entries[first].key
    repeat { start += 1 } while start < entries.count && entries[start].key == key
    return first..<start
  }
}
