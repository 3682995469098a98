// Pairs of items that share a key, so few for a key that all stay linear.

/// Which items with a common key are proposed to be compared.
///
/// An item is paired with all before it while these are fewer than `full`; one further on with the first and
/// with the two before it. A key that stands everywhere costs three pairs an item, and whoever shares much with one
/// of those is led to it.
package enum SharedKeys {
  /// Items of a key that are all paired with each other.
  package static let full = 10

  /// The pairs, by earlier and later item, the earlier one in the upper half; and how many items a crowded key kept
  /// from some.
  ///
  /// Groups the entries, whose ids must ascend. O(n log n).
  package static func pairs(
    _ entries: UnsafeMutableBufferPointer<KeyedEntry>
  ) -> (pairs: [UInt64], capped: Int) {
    RadixSorter().group(entries)
    var pairs: [UInt64] = []
    var capped: Set<UInt32> = []
    for run in KeyRuns(entries) where run.count > 1 {
      let first = run.lowerBound
      for place in run.dropFirst() {
        let later = UInt64(entries[place].id)
        func append(_ earlier: Int) { pairs.append(UInt64(entries[earlier].id) << 32 | later) }
        if place - first < full {
          for earlier in first..<place { append(earlier) }
        } else {
          append(first)
          append(place - 2)
          append(place - 1)
          capped.insert(entries[place].id)
        }
      }
    }
    pairs.sort()
    var kept = 0
    for pair in pairs where kept == 0 || pairs[kept - 1] != pair {
      pairs[kept] = pair
      kept += 1
    }
    pairs.removeLast(pairs.count - kept)
    return (pairs, capped.count)
  }
}
