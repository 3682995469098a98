// From the pairs of records that stand for others to the pairs of all.

package import RefrainMatch
import RefrainModel

/// Spreads the pairs of records that stand for their wording over all records of that wording, and
/// adds the pairs of equal words.
package struct PairSpread {
  private let search: CandidateSearch
  /// The members of each class of equal words of two records and more, by its first.
  private let classes: [UInt32: [UInt32]]
  /// The members of each wording of two records and more, by its first.
  private let wordings: [UInt32: [UInt32]]
  /// The largest class that is spread.
  private let limit: Int

  /// The largest class of records with equal words of which every pair is listed, unless all are asked
  /// for; a larger one is listed as a star: its first record with each of the others.
  package static let largestFullClass = 100

  /// Pairs of classes of up to `limit` records; larger ones are spread as a star.
  package init(_ search: CandidateSearch, limit: Int) {
    self.search = search
    self.limit = limit
    classes = Self.members(search.classes.firstOfWords)
    wordings = Self.members(search.classes.firstOfWording)
  }

  private static func members(_ firsts: [UInt32]) -> [UInt32: [UInt32]] {
    var members: [UInt32: [UInt32]] = [:]
    for (item, first) in firsts.enumerated() where Int(first) != item {
      members[first, default: [first]].append(UInt32(item))
    }
    return members
  }

  /// All pairs that are to be listed, by first and then second record.
  package func spread(_ pairs: [VerifiedPair]) -> [VerifiedPair] {
    let firstOfWords = search.classes.firstOfWords
    var spread = equalPairs()
    for pair in pairs where firstOfWords[Int(pair.earlier)] != firstOfWords[Int(pair.later)] {
      for a in shown(pair.earlier) {
        for b in shown(pair.later) { spread.append(pair.between(a, b)) }
      }
    }
    return spread.sorted { ($0.earlier, $0.later) < ($1.earlier, $1.later) }
  }

  /// The records that a record which stands for its wording speaks for in this list.
  private func shown(_ item: UInt32) -> [UInt32] {
    let all = classes[search.classes.firstOfWords[Int(item)]]?.count ?? 1
    return all > limit ? [item] : wordings[item] ?? [item]
  }

  /// The pairs inside each class of equal words: all, or a star on the first.
  private func equalPairs() -> [VerifiedPair] {
    let firstOfWording = search.classes.firstOfWording
    var pairs: [VerifiedPair] = []
    var recut: [(earlier: UInt32, later: UInt32)] = []
    func add(_ a: UInt32, _ b: UInt32) {
      if firstOfWording[Int(a)] != firstOfWording[Int(b)] {
        recut.append((min(a, b), max(a, b)))
      } else {
        let n = Int(search.corpus.rows[Int(a)].shingles)
        let overlap = Overlap(shared: n, left: n, right: n)
        pairs.append(VerifiedPair(earlier: min(a, b), later: max(a, b), overlap: overlap))
      }
    }
    for all in classes.values {
      if all.count > limit {
        // Those that may not be compared with the first go to the first that may.
        let other = all.dropFirst().first { mayPair(all[0], $0) }
        for b in all.dropFirst() {
          if mayPair(all[0], b) { add(all[0], b) } else if let other { add(other, b) }
        }
        continue
      }
      for (i, a) in all.enumerated() {
        for b in all[(i + 1)...] where mayPair(a, b) { add(a, b) }
      }
    }
    return pairs + search.verifier.overlaps(recut)
  }

  private func mayPair(_ a: UInt32, _ b: UInt32) -> Bool {
    search.scope?.allows(Int(a), Int(b)) ?? true
  }
}

extension VerifiedPair {
  /// The same figures for two records of the wordings of this pair, in their own order.
  fileprivate func between(_ a: UInt32, _ b: UInt32) -> VerifiedPair {
    var overlap = overlap
    if b < a { swap(&overlap.left, &overlap.right) }
    return VerifiedPair(earlier: min(a, b), later: max(a, b), overlap: overlap)
  }
}
