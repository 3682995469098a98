// Which items speak for a bucket while survivors are decided: those that were kept.

import RefrainIndex

/// The kept items that each bucket stands for, at most `Buckets.limit` of them, grown block by
/// block: its own kept items, and for each removed one the item that removed it.
///
/// An item that was removed can remove nobody, so it takes no place itself; but what resembles it
/// may well resemble its remover, which another bucket brought in. 4 bytes a membership and 8 a
/// bucket.
struct Representatives {
  private let buckets: Buckets
  private var kept: [UInt32]
  private var counts: [UInt32]
  private var overflow: [UInt32]

  init(_ buckets: Buckets) {
    self.buckets = buckets
    kept = [UInt32](repeating: 0, count: buckets.memberships)
    counts = [UInt32](repeating: 0, count: buckets.count)
    overflow = counts
  }

  /// Adds `representative` to the buckets of `item`: the item itself if it is kept, else the one
  /// that removed it.
  ///
  /// Items come in ascending order.
  mutating func add(_ representative: UInt32, for item: Int) {
    buckets.forEachBucket(of: item) { bucket, _ in
      let count = Int(counts[bucket])
      let start = buckets.start(bucket)
      // A remover mostly comes again and again, so the search begins at the end.
      var known = count
      while known > 0, kept[start + known - 1] != representative { known -= 1 }
      if known > 0 { return }
      if count < buckets.limit {
        kept[start + count] = representative
        counts[bucket] += 1
      } else {
        overflow[bucket] += 1
      }
    }
  }

  /// Collects the representatives of `item`'s buckets, ascending and each once.
  ///
  /// Returns how many the limit cut off, repeats between buckets included.
  func collect(
    for item: Int, marks: inout CandidateMarks, into candidates: inout [UInt32]
  ) -> Int {
    candidates.removeAll(keepingCapacity: true)
    var cut = 0
    buckets.forEachBucket(of: item) { bucket, _ in
      let start = buckets.start(bucket)
      for other in kept[start..<(start + Int(counts[bucket]))]
      where marks.mark(other, UInt32(item)) {
        candidates.append(other)
      }
      cut += Int(overflow[bucket])
    }
    candidates.sort()
    return cut
  }

  /// Collects the items from `blockStart` on that stand before `item` in its buckets, ascending and
  /// each once, as many as the representatives leave room for.
  ///
  /// Returns how many were cut off.
  func collectUndecided(
    before item: Int, blockStart: Int, marks: inout CandidateMarks, into candidates: inout [UInt32]
  ) -> Int {
    candidates.removeAll(keepingCapacity: true)
    var cut = 0
    buckets.forEachBucket(of: item) { bucket, position in
      let members = buckets.members(bucket)
      let start = members.startIndex
      var first = position
      while first > 0, Int(members[start + first - 1]) >= blockStart { first -= 1 }
      let taken = min(position - first, buckets.limit - Int(counts[bucket]))
      for other in members[(start + first)..<(start + first + taken)]
      where marks.mark(other, UInt32(item)) {
        candidates.append(other)
      }
      cut += position - first - taken
    }
    candidates.sort()
    return cut
  }
}
