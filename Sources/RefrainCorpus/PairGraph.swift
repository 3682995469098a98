// All verified pairs of a corpus at once, from which the survivors follow at any higher threshold.

import RefrainMatch
package import RefrainModel

/// The verified pairs of a search, and its classes.
package struct PairGraph: Sendable {
  /// Why an item goes.
  package struct Removal: Sendable {
    package var kept: Int
    package var overlap: Overlap
    package var reason: PairReason
  }

  private let classes: EqualClasses
  /// Shingles of each item.
  private let shingles: [UInt32]
  /// The pairs of items that stand for their wording, by later and then by earlier one.
  private let pairs: [VerifiedPair]
  /// The same for items with the same words in other sentences, whatever their figures.
  private let recut: [VerifiedPair]

  /// Verifies all candidates of a search in the order of its items.
  ///
  /// Quadratic in the wordings of one and the same word sequence, of which there are rarely two.
  /// `workers` and `progress` are those of the search unless others are given.
  package init(
    _ search: CandidateSearch, workers: Workers? = nil, progress: Progress.Handler? = nil
  ) {
    var verifier = search.verifier
    if let workers { verifier.workers = workers }
    if let progress {
      let items = verifier.items
      verifier.progress = { progress(Progress(stage: .verifying, done: $0, total: items)) }
    }
    classes = search.classes
    shingles = search.recordOfItem.map { search.corpus.rows[Int($0)].shingles }
    pairs = verifier.pairs().pairs
    var wordings: [UInt32: [UInt32]] = [:]
    for item in shingles.indices where search.classes.isRecut(item) {
      let first = search.classes.firstOfWords[item]
      wordings[first, default: [first]].append(UInt32(item))
    }
    let proposed = wordings.values.flatMap { items in
      items.indices.flatMap { later in
        (0..<later).map { (earlier: items[$0], later: items[later]) }
      }
    }
    recut = verifier.overlaps(proposed).sorted {
      ($0.later, $0.earlier) < ($1.later, $1.earlier)
    }
  }

  /// For each item why it goes, nil where it stays: by the rule of `Verifier.survivors`.
  ///
  /// The threshold is at least the one of the search. O(items + pairs).
  package func removals(at threshold: Threshold) -> [Removal?] {
    var removals = [Removal?](repeating: nil, count: shingles.count)
    var next = 0
    var nextRecut = 0
    for item in shingles.indices where classes.isRepresentative(item) {
      var first: VerifiedPair?
      while next < pairs.count, pairs[next].later <= item {
        let pair = pairs[next]
        next += 1
        if first == nil, removals[Int(pair.earlier)] == nil, threshold.isReached(by: pair.overlap) {
          first = pair
        }
      }
      var equal: VerifiedPair?
      while nextRecut < recut.count, recut[nextRecut].later <= item {
        let pair = recut[nextRecut]
        nextRecut += 1
        if equal == nil, removals[Int(pair.earlier)] == nil { equal = pair }
      }
      if let pair = equal, pair.earlier < first?.earlier ?? .max { first = pair }
      removals[item] = first.map { removal(item, by: Int($0.earlier), $0.overlap) }
    }
    for item in shingles.indices where !classes.isRepresentative(item) {
      let representative = Int(classes.firstOfWording[item])
      if let removed = removals[representative] {
        removals[item] = removal(item, by: removed.kept, removed.overlap)
      } else {
        let n = Int(shingles[item])
        removals[item] = removal(item, by: representative, Overlap(shared: n, left: n, right: n))
      }
    }
    return removals
  }

  private func removal(_ item: Int, by kept: Int, _ overlap: Overlap) -> Removal {
    Removal(kept: kept, overlap: overlap, reason: classes.reason(kept, item))
  }
}
