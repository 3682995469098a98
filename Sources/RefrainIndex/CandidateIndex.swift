// Candidates for one query at a time: buckets that grow and shrink item by item.

/// Items by band key, for queries between additions and removals.
///
/// It proposes what `Buckets` proposes for the same keys and order: the first `limit` items of each
/// bucket, by item number. Memory of some 30 bytes a key.
package struct CandidateIndex: Sendable {
  /// The largest number of items that one bucket proposes.
  package let limit: Int
  /// Ascending items by key; the band is part of the hash, so that one table serves all bands.
  private var buckets: [UInt64: [UInt32]] = [:]

  /// An empty index.
  package init(limit: Int = Buckets.representatives) { self.limit = limit }

  /// Adds an item whose number is larger than that of any before it, under each of its keys.
  ///
  /// Expected O(keys).
  package mutating func insert(_ item: UInt32, keys: [UInt64]) {
    for key in keys { buckets[key, default: []].append(item) }
  }

  /// Takes an item out again; `keys` are those that it was added under.
  ///
  /// Expected O(keys * bucket).
  package mutating func remove(_ item: UInt32, keys: [UInt64]) {
    for key in keys {
      buckets[key]?.removeAll { $0 == item }
      if buckets[key]?.isEmpty == true { buckets[key] = nil }
    }
  }

  /// The items that share a key, ascending and each once, and how many proposals the limit cut off,
  /// repeats between buckets included.
  ///
  /// Expected O(keys * limit), and sorting what is found.
  package func candidates(for keys: [UInt64]) -> (items: [UInt32], cut: Int) {
    var items: Set<UInt32> = []
    var cut = 0
    for key in keys {
      guard let bucket = buckets[key] else { continue }
      items.formUnion(bucket.prefix(limit))
      cut += max(0, bucket.count - limit)
    }
    return (items.sorted(), cut)
  }
}
