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
  /// Items for which the limit of a hot bucket cut proposals off: where pairs may be missed.
  package var cutItems = 0
  /// The proposals that were cut off, counted bucket by bucket: a pair that shares several counts as
  /// often, and it may have been proposed by another one.
  package var cutProposals = 0

  package init() {}

  package static func += (a: inout Self, b: Self) {
    a.proposed += b.proposed
    a.compared += b.compared
    a.accepted += b.accepted
    a.cutItems += b.cutItems
    a.cutProposals += b.cutProposals
  }
}

/// Verifies candidates.
package struct Verifier {
  package let items: Int
  package let buckets: Buckets
  /// Which items have equal words; nil where none have.
  package let classes: EqualClasses?
  /// Which items are compared at all; nil for all of them.
  package let scope: ComparisonScope?
  /// What the buckets propose where items of different values are compared.
  fileprivate let across: AcrossCandidates?
  package let store: ShingleStore
  package let threshold: Threshold
  package var workers: Workers
  package let loader: () -> any ShingleLoader
  /// Told how many items are done, now and then, from any thread.
  package var progress: @Sendable (Int) -> Void = { _ in }

  package init(
    items: Int, buckets: Buckets, classes: EqualClasses? = nil, scope: ComparisonScope? = nil,
    store: ShingleStore, threshold: Threshold, workers: Workers,
    loader: @escaping () -> any ShingleLoader, progress: @escaping @Sendable (Int) -> Void
  ) {
    self.items = items
    self.buckets = buckets
    self.classes = classes
    self.scope = scope
    across = scope.flatMap {
      $0.kind == .across ? AcrossCandidates(buckets, values: $0.values) : nil
    }
    self.store = store
    self.threshold = threshold
    self.workers = workers
    self.loader = loader
    self.progress = progress
  }

  /// All verified pairs, by later item and then by earlier one.
  package func pairs() -> (pairs: [VerifiedPair], counts: VerificationCounts) {
    load(upTo: items)
    let pieceSize = 256
    let pieces = (items + pieceSize - 1) / pieceSize
    let parts = workers.map(pieces, state: { VerifierScratch(self) }) {
      scratch, piece -> (found: [VerifiedPair], counts: VerificationCounts)? in
      scratch.begin()
      for item in piece * pieceSize..<min(items, (piece + 1) * pieceSize) {
        scratch.verifyAll(item)
      }
      progress(min(items, (piece + 1) * pieceSize))
      return (scratch.found, scratch.counts)
    }
    var counts = VerificationCounts()
    for part in parts { counts += part.counts }
    return (parts.flatMap(\.found), counts)
  }

  /// Decides who survives: in order, an item is removed exactly when an item before it that was kept
  /// is among its candidates and reaches the threshold, or has the same words; it names the first such
  /// item.
  ///
  /// Candidates follow from the buckets alone, never from what was decided. Returns for each removed
  /// item the pair that removed it, ascending, with the figures of that pair; those of equal words may
  /// lie below the threshold. Items that are not first of their wording are left to their first.
  /// Items are decided in blocks of fixed sizes: against the kept items of earlier blocks in parallel,
  /// inside the block in order. `decided` is told each block and the keeper of each of its items,
  /// itself or its remover, as soon as both are final.
  package func survivors(
    decided: (_ items: Range<Int>, _ keepers: ArraySlice<UInt32>) -> Void = { _, _ in }
  ) -> (removals: [VerifiedPair], counts: VerificationCounts) {
    // The remover of each item; the item itself while it is not removed.
    var keeper = (0..<UInt32(items)).map { $0 }
    var removals: [VerifiedPair] = []
    var counts = VerificationCounts()
    // Of the items with the same words at most one is kept: by the first of them.
    var keptOfWords: [UInt32: UInt32] = [:]
    let scratches = ScratchPool { VerifierScratch(self) }
    var start = 0
    // The first blocks are small, so that a corpus of one template is not compared with itself all
    // over before its first record is known to stay.
    var size = 64
    while start < items {
      let end = min(items, start + size)
      if end > store.loaded { load(upTo: min(items, max(end, store.loaded + Self.loadedAhead))) }
      var found: [VerifiedPair] = []
      for part in proposals(for: start..<end, keeper, keptOfWords, scratches) {
        counts += part.counts
        found += part.found
      }
      scratches.giveBackAll()
      let scratch = scratches.take()
      var next = 0
      for item in start..<end {
        var removal: VerifiedPair?
        while next < found.count, Int(found[next].later) == item {
          let pair = found[next]
          // Only kept items remove.
          if removal == nil, keeper[Int(pair.earlier)] == pair.earlier { removal = pair }
          next += 1
        }
        if let classes, classes.isRecut(item) {
          let first = classes.firstOfWords[item]
          let equal = keptOfWords[first] ?? (keeper[Int(first)] == first ? first : nil)
          if let equal, scope?.allows(Int(equal), item) ?? true,
            equal < removal?.earlier ?? .max
          {
            removal = scratch.pair(equal, item)
          }
          // Across values, those of the first kept one's own value may stay beside it.
          if removal == nil, equal == nil { keptOfWords[first] = UInt32(item) }
        }
        if let removal {
          keeper[item] = removal.earlier
          removals.append(removal)
        }
      }
      scratches.giveBackAll()
      decided(start..<end, keeper[start..<end])
      start = end
      size = min(size * 2, 8192)
      progress(start)
    }
    return (removals, counts)
  }

  /// The verified pairs of a block's items, by item and then by candidate: the first kept one of
  /// earlier blocks, or all those of the block itself, of which the order decides.
  private func proposals(
    for block: Range<Int>, _ keeper: [UInt32], _ keptOfWords: [UInt32: UInt32],
    _ scratches: ScratchPool<VerifierScratch>
  ) -> [(found: [VerifiedPair], counts: VerificationCounts)] {
    let pieceSize = 32
    // SAFETY: workers only read the keepers, which nobody changes until all are done.
    return keeper.withUnsafeBufferPointer { keeper in
      workers.map(
        (block.count + pieceSize - 1) / pieceSize, state: { scratches.take() }
      ) { scratch, piece -> (found: [VerifiedPair], counts: VerificationCounts)? in
        scratch.begin()
        let first = block.lowerBound + piece * pieceSize
        for item in first..<min(block.upperBound, first + pieceSize) {
          // What follows on a kept one with the same words can no longer be the first.
          var end = UInt32.max
          if let classes, classes.isRecut(item) {
            let first = classes.firstOfWords[item]
            let isKept = Int(first) < block.lowerBound && keeper[Int(first)] == first
            let equal = keptOfWords[first] ?? (isKept ? first : nil)
            if let equal, scope?.allows(Int(equal), item) ?? true { end = equal }
          }
          scratch.verifyKept(item, keeper, blockStart: block.lowerBound, before: end)
        }
        return (scratch.found, scratch.counts)
      }
    }
  }

  /// The exact overlaps of given pairs of items, whatever it is.
  package func overlaps(_ pairs: [(earlier: UInt32, later: UInt32)]) -> [VerifiedPair] {
    let pieceSize = 64
    let pieces = (pairs.count + pieceSize - 1) / pieceSize
    return workers.map(pieces, state: { VerifierScratch(self) }) {
      scratch, piece -> [VerifiedPair]? in
      pairs[piece * pieceSize..<min(pairs.count, (piece + 1) * pieceSize)].map {
        scratch.pair($0.earlier, Int($0.later))
      }
    }.flatMap { $0 }
  }

  /// Items whose sets are loaded at a time: much less than all, so that decisions begin early, and so
  /// many that all workers are busy.
  private static let loadedAhead = 16384

  /// Loads the sets of the items that later ones are compared with; the others are looked at once, when
  /// it is their turn.
  private func load(upTo end: Int) {
    store.load(upTo: end, workers: workers, loader: loader) {
      across?.mayHaveLaterCandidates($0) ?? buckets.hasLaterCandidates($0)
    }
  }
}

/// A worker's tools for verifying.
private final class VerifierScratch {
  private let verifier: Verifier
  private let cursor: ShingleCursor
  private let table = UnsafeShingleTable()
  private var marks: CandidateMarks
  private var candidates: [UInt32] = []
  /// Whether the table holds the shingles of the item whose candidates were collected last.
  private var isFilled = false
  var found: [VerifiedPair] = []
  var counts = VerificationCounts()

  init(_ verifier: Verifier) {
    self.verifier = verifier
    cursor = ShingleCursor(verifier.store, verifier.loader())
    marks = CandidateMarks(items: verifier.items)
  }

  func begin() {
    found = []
    counts = VerificationCounts()
  }

  /// Compares `item` with all its candidates.
  func verifyAll(_ item: Int) {
    guard verifier.buckets.hasCandidates(item) else { return }
    collect(item)
    for candidate in candidates { compare(item, candidate) }
  }

  /// Compares `item` with those that may remove it, in order, up to the first kept item of an earlier
  /// block that does; those of its own block are compared all, and the order decides later.
  func verifyKept(
    _ item: Int, _ keeper: UnsafeBufferPointer<UInt32>, blockStart: Int, before end: UInt32
  ) {
    guard verifier.buckets.hasCandidates(item) else { return }
    collect(item)
    for candidate in candidates {
      if candidate >= end { break }
      let isEarlier = Int(candidate) < blockStart
      if isEarlier, keeper[Int(candidate)] != candidate { continue }
      if compare(item, candidate), isEarlier { return }
    }
  }

  /// The pair of two items with its exact figures, whatever they are.
  func pair(_ earlier: UInt32, _ item: Int) -> VerifiedPair {
    table.fill(cursor.shingles(item))
    return VerifiedPair(
      earlier: earlier, later: UInt32(item), overlap: table.overlap(cursor.set(Int(earlier))))
  }

  private func collect(_ item: Int) {
    let cut =
      verifier.across?.collect(before: item, marks: &marks, into: &candidates)
      ?? verifier.buckets.collect(before: item, marks: &marks, into: &candidates)
    // Keys of different values may agree by chance, and the prefix filter's keys know no values.
    if let scope = verifier.scope { candidates.removeAll { !scope.allows(Int($0), item) } }
    if cut > 0 {
      counts.cutItems += 1
      counts.cutProposals += cut
    }
    counts.proposed += candidates.count
    isFilled = false
  }

  /// Adds the pair to those found if it reaches the threshold.
  ///
  /// The first item of a group has no candidates, and its shingles need not be put in the table.
  @discardableResult
  private func compare(_ item: Int, _ candidate: UInt32) -> Bool {
    if !isFilled { table.fill(cursor.shingles(item)) }
    isFilled = true
    counts.compared += 1
    let other = cursor.set(Int(candidate))
    guard let overlap = table.overlap(other, reaching: verifier.threshold) else { return false }
    counts.accepted += 1
    found.append(VerifiedPair(earlier: candidate, later: UInt32(item), overlap: overlap))
    return true
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
