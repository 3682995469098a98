// Candidates of another value: in each bucket, the first of those whose value differs.

/// What the buckets of a corpus propose where only items of different values are compared.
///
/// An item is proposed with the first `limit` items of each of its buckets that come before it and have
/// another value, as if the bucket held no item of its own value. To find these without a walk over
/// crowds of one value, each bucket has a short list: its items in order, of no value more than the
/// limit, and no more than twice the limit in all. Of these, no value has more than half, so the first
/// `limit` items of all other values are among them.
package struct AcrossCandidates: Sendable {
  private let buckets: Buckets
  private let values: [UInt32]
  private let listed: [UInt32]
  private let starts: [Int]
  private let isListed: [Bool]

  /// Makes the lists.
  ///
  /// O(memberships).
  package init(_ buckets: Buckets, values: [UInt32]) {
    self.buckets = buckets
    self.values = values
    let most = buckets.limit > Int.max / 2 ? Int.max : 2 * buckets.limit
    var listed: [UInt32] = []
    var starts = [0]
    var isListed = [Bool](repeating: false, count: values.count)
    var counts: [UInt32: Int] = [:]
    for bucket in 0..<buckets.count {
      counts.removeAll(keepingCapacity: true)
      let start = listed.count
      for item in buckets.members(bucket) {
        if listed.count - start == most { break }
        let count = counts[values[Int(item)], default: 0]
        if count == buckets.limit { continue }
        counts[values[Int(item)]] = count + 1
        listed.append(item)
        isListed[Int(item)] = true
      }
      starts.append(listed.count)
    }
    self.listed = listed
    self.starts = starts
    self.isListed = isListed
  }

  /// Whether the item may be proposed to one after it.
  package func mayHaveLaterCandidates(_ item: Int) -> Bool { isListed[item] }

  /// Collects the items that are proposed with `item`, ascending and each once, all before it.
  ///
  /// Returns how many proposals the limit cut off at most, repeats between buckets included: items
  /// behind the list are counted, whatever their value.
  package func collect(
    before item: Int, marks: inout CandidateMarks, into candidates: inout [UInt32]
  ) -> Int {
    candidates.removeAll(keepingCapacity: true)
    var cut = 0
    let stamp = UInt32(item)
    buckets.forEachBucket(of: item) { bucket, position in
      var taken = 0
      var passed = 0
      for other in listed[starts[bucket]..<starts[bucket + 1]] {
        if other >= stamp || taken == buckets.limit { break }
        passed += 1
        if values[Int(other)] == values[item] { continue }
        taken += 1
        if marks.mark(other, stamp) { candidates.append(other) }
      }
      if taken == buckets.limit { cut += position - passed }
    }
    candidates.sort()
    return cut
  }
}
