// Candidate pairs by equal keys: items with the same key stand in one bucket, found by sorting, and
// every item is paired with the ones before it there.

import CXXHash
package import RefrainModel
import RefrainText

/// The buckets of a corpus, seen from the buckets and from the items.
///
/// Items are numbered in the order that decides who survives. A bucket lists its items ascending;
/// an item is proposed with the first `representatives` of each of its buckets that come before it,
/// so that a bucket of k items costs at most `representatives` * k comparisons. Only buckets of two
/// items and more are held, and of those with the same items one, as near-duplicates share most bands:
/// 8 bytes a bucket and 12 a membership.
package struct Buckets: Sendable {
  /// How many items of a bucket the later ones are compared with, at most.
  package static let representatives = 64

  /// The largest number of earlier items that one bucket proposes to an item.
  package let limit: Int
  private let members: [UInt32]
  private let bucketStarts: [Int]
  private let itemStarts: [Int]
  private let itemBuckets: [UInt32]
  private let itemPositions: [UInt32]

  /// Whether the item shares a bucket with any other.
  @inline(__always)
  package func hasCandidates(_ item: Int) -> Bool { itemStarts[item] < itemStarts[item + 1] }

  /// Whether the item is proposed to one after it.
  package func hasLaterCandidates(_ item: Int) -> Bool {
    (itemStarts[item]..<itemStarts[item + 1]).contains { i in
      let bucket = Int(itemBuckets[i])
      let position = Int(itemPositions[i])
      return position < limit && bucketStarts[bucket] + position + 1 < bucketStarts[bucket + 1]
    }
  }

  /// No buckets: nothing is proposed to any of the items.
  package static func none(items: Int) -> Buckets {
    Buckets(items: items, keySets: 0, largestSet: 0, limit: 0, workers: Workers(threads: 1)) {
      _, _ in 0
    }
  }

  /// Groups items by key.
  ///
  /// `keySets` is the number of independent sets of keys (bands, or parts of a key space); `fill`
  /// writes the entries of one set, item numbers ascending, and returns how many. Sets are sorted
  /// in parallel, O(entries) each; the result does not depend on the number of threads.
  package init(
    items: Int, keySets: Int, largestSet: Int, limit: Int, workers: Workers,
    fill: (Int, UnsafeMutableBufferPointer<KeyedEntry>) -> Int
  ) {
    typealias Part = (members: [UInt32], sizes: [UInt32], hashes: [UInt64])
    let parts: [Part] = workers.map(keySets, state: { BucketScratch(largestSet) }) {
      scratch, set in
      let n = fill(set, scratch.entries)
      let entries = UnsafeMutableBufferPointer(rebasing: scratch.entries[..<n])
      scratch.sorter.group(entries)
      var part: Part = ([], [], [])
      for run in KeyRuns(entries) where run.count > 1 {
        for i in run { part.members.append(entries[i].id) }
        part.sizes.append(UInt32(run.count))
        // SAFETY: the bytes are those of the slice, which outlives the call.
        let hash = part.members.suffix(run.count).withUnsafeBytes {
          refrain_xxh3_64($0.baseAddress, $0.count)
        }
        part.hashes.append(hash)
      }
      return part
    }
    self.limit = limit
    var known = BucketSet(capacity: parts.reduce(0) { $0 + $1.sizes.count })
    for part in parts {
      part.members.withUnsafeBufferPointer { members in
        var start = 0
        for (size, hash) in zip(part.sizes, part.hashes) {
          let end = start + Int(size)
          known.insert(UnsafeBufferPointer(rebasing: members[start..<end]), hash)
          start = end
        }
      }
    }
    let members = known.members
    let bucketStarts = known.starts
    var itemStarts = [Int](repeating: 0, count: items + 1)
    for item in members { itemStarts[Int(item) + 1] += 1 }
    for item in 0..<items { itemStarts[item + 1] += itemStarts[item] }
    var next = itemStarts
    var itemBuckets = [UInt32](repeating: 0, count: members.count)
    var itemPositions = [UInt32](repeating: 0, count: members.count)
    for bucket in 0..<(bucketStarts.count - 1) {
      let start = bucketStarts[bucket]
      for position in start..<bucketStarts[bucket + 1] {
        let item = Int(members[position])
        itemBuckets[next[item]] = UInt32(bucket)
        itemPositions[next[item]] = UInt32(position - start)
        next[item] += 1
      }
    }
    self.members = members
    self.bucketStarts = bucketStarts
    self.itemStarts = itemStarts
    self.itemBuckets = itemBuckets
    self.itemPositions = itemPositions
  }

  /// The number of buckets with two items or more.
  package var count: Int { bucketStarts.count - 1 }

  /// The buckets of an item, each with the item's position in it.
  @inline(__always)
  package func forEachBucket(of item: Int, _ body: (_ bucket: Int, _ position: Int) -> Void) {
    for i in itemStarts[item]..<itemStarts[item + 1] {
      body(Int(itemBuckets[i]), Int(itemPositions[i]))
    }
  }

  /// The items of a bucket, ascending.
  @inline(__always)
  package func members(_ bucket: Int) -> ArraySlice<UInt32> {
    members[bucketStarts[bucket]..<bucketStarts[bucket + 1]]
  }

  /// Collects the items that are proposed with `item`, ascending and each once, all before it.
  ///
  /// Returns how many proposals the limit cut off, repeats between buckets included.
  package func collect(
    before item: Int, marks: inout CandidateMarks, into candidates: inout [UInt32]
  ) -> Int {
    candidates.removeAll(keepingCapacity: true)
    var cut = 0
    let stamp = UInt32(item)
    forEachBucket(of: item) { bucket, position in
      for other in members(bucket).prefix(min(position, limit)) where marks.mark(other, stamp) {
        candidates.append(other)
      }
      cut += max(0, position - limit)
    }
    candidates.sort()
    return cut
  }
}

/// Which items were proposed with the present one already.
///
/// One a worker; 4 bytes an item.
package struct CandidateMarks {
  private var stamps: [UInt32]

  package init(items: Int) { stamps = [UInt32](repeating: .max, count: items) }

  /// Marks an item; false where it bears the stamp already.
  @inline(__always)
  package mutating func mark(_ item: UInt32, _ stamp: UInt32) -> Bool {
    if stamps[Int(item)] == stamp { return false }
    stamps[Int(item)] = stamp
    return true
  }
}

/// Buckets in the order in which they came, each set of items once.
private struct BucketSet {
  private(set) var members: [UInt32] = []
  /// Where each bucket begins in `members`, and the end.
  private(set) var starts = [0]
  /// The number of each bucket by its hash.
  private var numbers: HashNumbers

  init(capacity: Int) { numbers = HashNumbers(capacity: capacity) }

  /// Adds a bucket, unless there is one with the same items in the same order.
  mutating func insert(_ items: UnsafeBufferPointer<UInt32>, _ hash: UInt64) {
    var hash = hash
    while true {
      let (bucket, isNew) = numbers.insert(hash)
      if isNew { break }
      if members[starts[bucket]..<starts[bucket + 1]].elementsEqual(items) { return }
      // Other items with the same hash: the next number is free, or held by such a bucket again.
      hash &+= 1
    }
    members.append(contentsOf: items)
    starts.append(members.count)
  }
}

/// A worker's space for sorting one set of keys.
private final class BucketScratch {
  let entries: UnsafeMutableBufferPointer<KeyedEntry>
  let sorter = RadixSorter()

  // SAFETY: the scratch owns the entries, and frees them once; `fill` initialises those that are
  // read.
  init(_ capacity: Int) { entries = .allocate(capacity: capacity) }

  deinit { entries.deallocate() }
}
