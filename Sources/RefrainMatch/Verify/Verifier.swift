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

  package init() {}

  package static func += (a: inout Self, b: Self) {
    a.proposed += b.proposed
    a.compared += b.compared
    a.accepted += b.accepted
    a.cutItems += b.cutItems
  }
}

/// Verifies candidates.
package struct Verifier {
  package let items: Int
  package let buckets: Buckets
  package let store: ShingleStore
  package let threshold: Threshold
  package let workers: Workers
  package let loader: () -> any ShingleLoader
  /// Told how many items are done, now and then, from any thread.
  package var progress: @Sendable (Int) -> Void = { _ in }

  package init(
    items: Int, buckets: Buckets, store: ShingleStore, threshold: Threshold, workers: Workers,
    loader: @escaping () -> any ShingleLoader, progress: @escaping @Sendable (Int) -> Void
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

  /// Decides who survives: in order, an item is removed when an item before it that was kept has a
  /// verified similarity at or above the threshold, and it names the first such item.
  ///
  /// Returns for each removed item the pair that removed it, ascending. Items are decided in blocks
  /// of fixed sizes: against the kept items of earlier blocks in parallel, inside the block in
  /// order. `decided` is told each block and the keeper of each of its items, itself or its remover,
  /// as soon as both are final.
  package func survivors(
    decided: (_ items: Range<Int>, _ keepers: ArraySlice<UInt32>) -> Void = { _, _ in }
  ) -> (removals: [VerifiedPair], counts: VerificationCounts) {
    // The remover of each item; the item itself while it is not removed.
    var keeper = (0..<UInt32(items)).map { $0 }
    var removals: [VerifiedPair] = []
    var counts = VerificationCounts()
    var representatives = Representatives(buckets)
    let scratches = ScratchPool { VerifierScratch(self) }
    var start = 0
    // The first blocks are small, so that a corpus of one template is not compared with itself all
    // over before its first record is known to stay.
    var size = 64
    while start < items {
      let end = min(items, start + size)
      if end > store.loaded { load(upTo: min(items, max(end, store.loaded + Self.loadedAhead))) }
      let pieceSize = 32
      let known = representatives
      let blockStart = start
      let parts = workers.map(
        (end - start + pieceSize - 1) / pieceSize, state: { scratches.take() }
      ) { scratch, piece -> (found: [VerifiedPair], counts: VerificationCounts)? in
        scratch.begin()
        let first = blockStart + piece * pieceSize
        for item in first..<min(end, first + pieceSize) {
          scratch.verifyKept(item, known, blockStart: blockStart)
        }
        return (scratch.found, scratch.counts)
      }
      scratches.giveBackAll()
      let scratch = scratches.take()
      for part in parts {
        counts += part.counts
        for found in part.found.chunked(by: \.later) {
          // Only kept items remove. Where all that were found are removed themselves, whoever
          // removed them may remove this one too, on a comparison of its own.
          let removal =
            found.first { keeper[Int($0.earlier)] == $0.earlier }
            ?? scratch.verify(
              found[found.startIndex].later, with: found.map { keeper[Int($0.earlier)] })
          if let removal {
            keeper[Int(removal.later)] = removal.earlier
            removals.append(removal)
          }
        }
      }
      scratches.giveBackAll()
      for item in start..<end { representatives.add(keeper[item], for: item) }
      decided(start..<end, keeper[start..<end])
      start = end
      size = min(size * 2, 8192)
      progress(start)
    }
    return (removals, counts)
  }

  /// Items whose sets are loaded at a time: much less than all, so that decisions begin early, and so
  /// many that all workers are busy.
  private static let loadedAhead = 16384

  /// Loads the sets of the items that later ones are compared with; the others are looked at once, when
  /// it is their turn.
  private func load(upTo end: Int) {
    store.load(upTo: end, workers: workers, loader: loader) { buckets.hasLaterCandidates($0) }
  }
}

/// A worker's tools for verifying.
private final class VerifierScratch {
  private let verifier: Verifier
  private let cursor: ShingleCursor
  private let table = UnsafeShingleTable()
  private var marks: CandidateMarks
  private var candidates: [UInt32] = []
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
    let cut = verifier.buckets.collect(before: item, marks: &marks, into: &candidates)
    if cut > 0 { counts.cutItems += 1 }
    var isFilled = false
    _ = verifyCandidates(of: item, all: true, &isFilled)
  }

  /// Compares `item` with those that may remove it.
  ///
  /// A kept item of an earlier block decides; among those of its own block the order does, later.
  func verifyKept(_ item: Int, _ representatives: Representatives, blockStart: Int) {
    guard verifier.buckets.hasCandidates(item) else { return }
    var isFilled = false
    var cut = representatives.collect(for: item, marks: &marks, into: &candidates)
    if verifyCandidates(of: item, all: false, &isFilled) { return }
    cut += representatives.collectUndecided(
      before: item, blockStart: blockStart, marks: &marks, into: &candidates)
    _ = verifyCandidates(of: item, all: true, &isFilled)
    if cut > 0 { counts.cutItems += 1 }
  }

  /// Compares `item` with given ones, in ascending order, up to the first verified pair.
  func verify(_ item: UInt32, with others: [UInt32]) -> VerifiedPair? {
    table.fill(cursor.shingles(Int(item)))
    for other in Set(others).sorted() {
      if let overlap = table.overlap(cursor.set(Int(other)), reaching: verifier.threshold) {
        return VerifiedPair(earlier: other, later: item, overlap: overlap)
      }
    }
    return nil
  }

  /// Compares `item` with the collected candidates, up to the first verified one or all; returns
  /// whether any was verified.
  ///
  /// The first item of a group has no candidates, and its shingles need not be put in the table.
  private func verifyCandidates(of item: Int, all: Bool, _ isFilled: inout Bool) -> Bool {
    if candidates.isEmpty { return false }
    if !isFilled { table.fill(cursor.shingles(item)) }
    isFilled = true
    counts.proposed += candidates.count
    var any = false
    for candidate in candidates {
      counts.compared += 1
      let other = cursor.set(Int(candidate))
      guard let overlap = table.overlap(other, reaching: verifier.threshold) else { continue }
      counts.accepted += 1
      found.append(VerifiedPair(earlier: candidate, later: UInt32(item), overlap: overlap))
      any = true
      if !all { break }
    }
    return any
  }
}

extension Array {
  /// The maximal runs of neighbours that agree in a property.
  fileprivate func chunked<Value: Equatable>(by value: (Element) -> Value) -> [ArraySlice<Element>]
  {
    var chunks: [ArraySlice<Element>] = []
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, value(self[end]) == value(self[start]) { end += 1 }
      chunks.append(self[start..<end])
      start = end
    }
    return chunks
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
