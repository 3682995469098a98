// What becomes of each record, and the lines that say so.

import RefrainCorpus
import RefrainIndex
import RefrainMatch
import RefrainModel
import RefrainReport
import RefrainText

/// Which record is removed, and for which kept one.
///
/// 8 bytes a record.
struct Verdicts {
  struct Removal {
    var kept: Int
    /// The figures of the two records.
    var overlap: Overlap
    var reason: PairReason
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
  private(set) var removed: [PairReason: Int] = [:]

  /// The verdicts that follow from the pairs that removed items.
  ///
  /// Records of the same wording have the same shingles, so that the figures of one with any other
  /// record are those of all; what removes the first of them removes all, and otherwise it is kept
  /// and removes the others.
  init(_ search: CandidateSearch, _ removals: [VerifiedPair]) {
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
  var removedRecords: Int { removed.values.reduce(0, +) }

  func isKept(_ record: Int) -> Bool {
    let item = item(record)
    return Int(keptOf[item]) == item
  }

  /// Why a record goes; nil where it stays.
  func removal(of record: Int) -> Removal? {
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

/// Writes the evidence and the clusters, a line a record, in input order.
struct VerdictWriter {
  let corpus: SketchedCorpus
  let verdicts: Verdicts
  let settings: CorpusSettings

  /// Records whose lines one worker writes before the next piece.
  private static let pieceSize = 512

  /// A line for each removed record; with the passages that it shares with the kept one.
  func write(evidence: OutputFile, passages: Bool) throws(RefrainError) {
    let removed = corpus.rows.indices.filter { !verdicts.isKept($0) }
    try write(removed, to: evidence) { record, names, json in
      guard let removal = verdicts.removal(of: record) else { return }
      json.beginObject()
      json.key("removed")
      names.id(record).write(to: &json)
      json.key("kept")
      names.id(removal.kept).write(to: &json)
      json.key("removedAt")
      place(record, to: &json)
      json.key("keptAt")
      place(removal.kept, to: &json)
      json.write(removal.overlap)
      json.key("reason")
      json.string(removal.reason.rawValue)
      if passages { write(passagesOf: record, removal.kept, names, to: &json) }
      json.endObject()
      json.newline()
    }
  }

  /// A line for each record with the id of the kept record of its cluster.
  func write(clusters: OutputFile) throws(RefrainError) {
    try write(Array(corpus.rows.indices), to: clusters) { record, names, json in
      let removal = verdicts.removal(of: record)
      json.beginObject()
      json.key("id")
      names.id(record).write(to: &json)
      json.key("cluster")
      names.id(removal?.kept ?? record).write(to: &json)
      json.key("kept")
      json.bool(removal == nil)
      json.endObject()
      json.newline()
    }
  }

  /// Makes lines in parallel and writes them in order, some pieces at a time.
  private func write(
    _ records: [Int], to file: OutputFile,
    _ line: (Int, RecordNames, inout JSONText) -> Void
  ) throws(RefrainError) {
    let workers = Workers(threads: settings.threads)
    let batch = Self.pieceSize * workers.threads * 16
    for start in stride(from: 0, to: records.count, by: batch) {
      let end = min(records.count, start + batch)
      let pieces = (end - start + Self.pieceSize - 1) / Self.pieceSize
      let lines = workers.map(
        pieces, state: { (json: JSONText(), names: RecordNames(corpus, settings)) }
      ) { state, piece -> [UInt8]? in
        state.json.removeAll()
        let first = start + piece * Self.pieceSize
        for index in first..<min(end, first + Self.pieceSize) {
          line(records[index], state.names, &state.json)
        }
        return state.json.bytes
      }
      for bytes in lines { try file.write(bytes) }
    }
  }

  private func place(_ record: Int, to json: inout JSONText) {
    let place = corpus.place(record)
    json.string("\(place.path):\(place.line)")
  }

  private func write(
    passagesOf removed: Int, _ kept: Int, _ names: RecordNames, to json: inout JSONText
  ) {
    json.key("passages")
    json.beginArray()
    let (a, b) = (names.text(removed), names.text(kept))
    for passage in a.passages(with: b) {
      ComparisonReport.write(
        a: (names.id(removed), passage.a.start, passage.a.end),
        b: (names.id(kept), passage.b.start, passage.b.end), passage.overlap, to: &json)
    }
    json.endArray()
  }
}
