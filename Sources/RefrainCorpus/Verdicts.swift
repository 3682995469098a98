// What becomes of each record.

package import RefrainMatch
package import RefrainModel

/// Which record is removed, and for which kept one.
///
/// 8 bytes a record.
package struct Verdicts {
  package struct Removal {
    /// The record that stays.
    package var kept: Int
    /// The figures of the two records.
    package var overlap: Overlap
    package var reason: PairReason
  }

  private let search: CandidateSearch
  /// For each item the kept one of its cluster, itself where it is kept.
  private var keptOf: [UInt32]
  /// For each item the index of the pair in `pairs` that removed it or the first of its wording, or
  /// all ones where none did.
  private var pairOf: [UInt32]
  private let pairs: [VerifiedPair]
  /// The item of each record; nil where they have the same numbers.
  private let itemOfRecord: [UInt32]?
  /// How many records go for each reason.
  package private(set) var removed: [PairReason: Int] = [:]

  /// The verdicts that follow from the pairs that removed items.
  ///
  /// Records of the same wording have the same shingles, so that the figures of one with any other
  /// record are those of all; what removes the first of them removes all, and otherwise it is kept
  /// and removes the others.
  package init(_ search: CandidateSearch, _ removals: [VerifiedPair]) {
    let items = search.recordOfItem.count
    self.search = search
    pairs = removals
    itemOfRecord = search.itemOfRecord
    pairOf = [UInt32](repeating: .max, count: items)
    keptOf = search.classes.firstOfWording
    for (index, pair) in removals.enumerated() { pairOf[Int(pair.later)] = UInt32(index) }
    for item in 0..<items {
      let first = Int(search.classes.firstOfWording[item])
      pairOf[item] = pairOf[first]
      if pairOf[item] != .max { keptOf[item] = removals[Int(pairOf[item])].earlier }
      let kept = Int(keptOf[item])
      if kept != item { removed[search.classes.reason(kept, item), default: 0] += 1 }
    }
  }

  /// How many records go.
  package var removedRecords: Int { removed.values.reduce(0, +) }

  package func isKept(_ record: Int) -> Bool {
    let item = item(record)
    return Int(keptOf[item]) == item
  }

  /// Why a record goes; nil where it stays.
  package func removal(of record: Int) -> Removal? {
    let item = item(record)
    let kept = Int(keptOf[item])
    if kept == item { return nil }
    let keptRecord = Int(search.recordOfItem[kept])
    let reason = search.classes.reason(kept, item)
    if pairOf[item] != .max {
      return Removal(
        kept: keptRecord, overlap: pairs[Int(pairOf[item])].overlap, reason: reason)
    }
    let n = Int(search.corpus.rows[keptRecord].shingles)
    return Removal(
      kept: keptRecord, overlap: Overlap(shared: n, left: n, right: n), reason: reason)
  }

  private func item(_ record: Int) -> Int { itemOfRecord.map { Int($0[record]) } ?? record }
}
