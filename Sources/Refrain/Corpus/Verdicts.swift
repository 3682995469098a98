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
    var overlap: Overlap
    var isExact: Bool
  }

  /// For each record the kept one of its cluster, itself where it is kept.
  private let keptOf: [UInt32]
  /// For each record the index of its pair in `pairs`, or all ones where it has none.
  private let pairOf: [UInt32]
  private let pairs: [VerifiedPair]
  private let rows: [RecordRow]
  private(set) var exact = 0
  private(set) var near = 0

  init(_ search: CandidateSearch, _ removals: [VerifiedPair]) {
    let items = search.recordOfItem.count
    var pairOfItem = [UInt32](repeating: .max, count: items)
    for (index, pair) in removals.enumerated() { pairOfItem[Int(pair.later)] = UInt32(index) }
    var keptOf = [UInt32](repeating: 0, count: items)
    var pairOf = [UInt32](repeating: .max, count: items)
    for item in 0..<items {
      let first = Int(search.classes.first[item])
      let record = Int(search.recordOfItem[item])
      // A record with the words of a removed one goes for the same reason and to the same record.
      let pair = pairOfItem[first]
      if pair != .max {
        keptOf[record] = search.recordOfItem[Int(removals[Int(pair)].earlier)]
        pairOf[record] = pair
        near += 1
      } else {
        keptOf[record] = search.recordOfItem[first]
        if first != item { exact += 1 }
      }
    }
    self.keptOf = keptOf
    self.pairOf = pairOf
    pairs = removals
    rows = search.corpus.rows
  }

  func isKept(_ record: Int) -> Bool { Int(keptOf[record]) == record }

  /// Why a record goes; nil where it stays.
  func removal(of record: Int) -> Removal? {
    if isKept(record) { return nil }
    let kept = Int(keptOf[record])
    if pairOf[record] != .max {
      return Removal(kept: kept, overlap: pairs[Int(pairOf[record])].overlap, isExact: false)
    }
    let n = Int(rows[kept].shingles)
    return Removal(kept: kept, overlap: Overlap(shared: n, left: n, right: n), isExact: true)
  }
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
      json.string(removal.isExact ? "exact" : "near")
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
    for passage in PairComparer.compare(a, b) {
      ComparisonReport.write(
        a: (names.id(removed), passage.bytesA.start, passage.bytesA.end),
        b: (names.id(kept), passage.bytesB.start, passage.bytesB.end),
        PassageSimilarity.overlap(a.text.words[passage.a], b.text.words[passage.b]), to: &json)
    }
    json.endArray()
  }
}
