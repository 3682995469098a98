// Candidate pairs to verified ones: every pair is compared on its exact shingle sets.

package import RefrainIndex
package import RefrainModel
import Synchronization

/// A pair of items whose exact similarity reaches the threshold, the earlier one first.
package struct VerifiedPair: Hashable, Sendable {
  package var earlier: UInt32
  package var later: UInt32
  /// `left` is the earlier item's set, `right` the later one's.
  package var overlap: Overlap

  package init(earlier: UInt32, later: UInt32, overlap: Overlap) {
    self.earlier = earlier
    self.later = later
    self.overlap = overlap
  }
}

/// What verification did.
package struct VerificationCounts: Hashable, Sendable {
  /// Candidate pairs, each counted once.
  package var proposed = 0
  /// Candidate pairs that were compared; the others were decided without.
  package var compared = 0
  /// Pairs at or above the threshold.
  package var accepted = 0
  /// Proposals that the limit of a hot bucket cut off: what may have been missed.
  package var cut = 0

  package init() {}

  package static func += (a: inout Self, b: Self) {
    a.proposed += b.proposed
    a.compared += b.compared
    a.accepted += b.accepted
    a.cut += b.cut
  }
}

/// Verifies candidates.
package struct Verifier<Loader: ShingleLoader> {
  package let items: Int
  package let buckets: Buckets
  package let store: ShingleStore
  package let threshold: Threshold
  package let workers: Workers
  package let loader: () -> Loader
  /// Told how many items are done, now and then, from any thread.
  package var progress: @Sendable (Int) -> Void = { _ in }

  package init(
    items: Int, buckets: Buckets, store: ShingleStore, threshold: Threshold, workers: Workers,
    loader: @escaping () -> Loader, progress: @escaping @Sendable (Int) -> Void
  ) {
    self.items = items
    self.buckets = buckets
    self.store = store
    self.threshold = threshold
    self.workers = workers
    self.loader = loader
    self.progress = progress
  }

  /// All verified pairs, by later item and then by earlier one.
  package func pairs() -> (pairs: [VerifiedPair], counts: VerificationCounts) {
    let pieceSize = 256
    let pieces = (items + pieceSize - 1) / pieceSize
    let parts = workers.map(pieces, state: { VerifierScratch(self) }) {
      scratch, piece -> (found: [VerifiedPair], counts: VerificationCounts)? in
      scratch.begin()
      for item in piece * pieceSize..<min(items, (piece + 1) * pieceSize) {
        scratch.verify(item, skip: { _ in false }, found: { scratch.found.append($0); return true })
      }
      progress(min(items, (piece + 1) * pieceSize))
      return (scratch.found, scratch.counts)
    }
    var counts = VerificationCounts()
    for part in parts { counts += part.counts }
    return (parts.flatMap(\.found), counts)
  }

  /// Decides who survives: in order, an item is removed when an item before it that was kept has a
  /// verified similarity at or above the threshold, and it names the first such item.
  ///
  /// Returns for each removed item the pair that removed it, ascending. Items are decided in blocks:
  /// against the kept items of earlier blocks in parallel, inside the block in order; the result is
  /// that of deciding one after the other, for any block size.
  package func survivors() -> (removals: [VerifiedPair], counts: VerificationCounts) {
    var removed = [Bool](repeating: false, count: items)
    var removals: [VerifiedPair] = []
    var counts = VerificationCounts()
    let scratches = ScratchPool { VerifierScratch(self) }
    var start = 0
    // The first blocks are small, so that a corpus of one template is not compared with itself all
    // over before its first record is known to stay.
    var size = 64
    while start < items {
      let end = min(items, start + size)
      let pieceSize = 32
      let isRemoved = removed
      let blockStart = start
      let parts = workers.map(
        (end - start + pieceSize - 1) / pieceSize, state: { scratches.take() }
      ) { scratch, piece -> (found: [VerifiedPair], counts: VerificationCounts)? in
        scratch.begin()
        let first = blockStart + piece * pieceSize
        for item in first..<min(end, first + pieceSize) {
          scratch.verify(
            item,
            skip: { $0 < blockStart && isRemoved[$0] },
            found: {
              scratch.found.append($0)
              // A kept item of an earlier block decides; inside the block the order does.
              return Int($0.earlier) >= blockStart
            })
        }
        return (scratch.found, scratch.counts)
      }
      scratches.giveBackAll()
      for part in parts {
        counts += part.counts
        for pair in part.found
        where !removed[Int(pair.earlier)] && !removed[Int(pair.later)] {
          removed[Int(pair.later)] = true
          removals.append(pair)
        }
      }
      start = end
      size = min(size * 2, 8192)
      progress(start)
    }
    return (removals, counts)
  }
}

/// A worker's tools for verifying.
private final class VerifierScratch<Loader: ShingleLoader> {
  private let verifier: Verifier<Loader>
  private let cursor: ShingleCursor<Loader>
  private let table = UnsafeShingleTable()
  private var marks: CandidateMarks
  private var candidates: [UInt32] = []
  var found: [VerifiedPair] = []
  var counts = VerificationCounts()

  init(_ verifier: Verifier<Loader>) {
    self.verifier = verifier
    cursor = ShingleCursor(verifier.store, verifier.loader())
    marks = CandidateMarks(items: verifier.items)
  }

  func begin() {
    found = []
    counts = VerificationCounts()
  }

  /// Compares `item` with its candidates, ascending, but for those to skip, until `found` says no.
  func verify(_ item: Int, skip: (Int) -> Bool, found: (VerifiedPair) -> Bool) {
    guard verifier.buckets.hasCandidates(item) else { return }
    counts.cut += verifier.buckets.collect(before: item, marks: &marks, into: &candidates)
    counts.proposed += candidates.count
    var isFilled = false
    for candidate in candidates where !skip(Int(candidate)) {
      if !isFilled {
        table.fill(cursor.set(item))
        isFilled = true
      }
      counts.compared += 1
      let other = cursor.set(Int(candidate))
      guard let overlap = table.overlap(other, reaching: verifier.threshold) else { continue }
      counts.accepted += 1
      let pair = VerifiedPair(earlier: candidate, later: UInt32(item), overlap: overlap)
      if !found(pair) { return }
    }
  }
}

/// Scratches that outlive a block, so that their marks are made once a worker.
private final class ScratchPool<Scratch>: @unchecked Sendable {
  private let make: () -> Scratch
  private let free = Mutex<[Int]>([])
  private var all: [Scratch] = []

  init(make: @escaping () -> Scratch) { self.make = make }

  // SAFETY: `all` is only touched under the lock; a scratch is handed to one worker at a time.
  func take() -> Scratch {
    free.withLock { free in
      if let index = free.popLast() { return all[index] }
      let scratch = make()
      all.append(scratch)
      return scratch
    }
  }

  func giveBackAll() { free.withLock { $0 = Array(all.indices) } }
}
