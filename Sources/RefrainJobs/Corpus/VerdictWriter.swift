// The lines that say what became of each record.

import RefrainCorpus
import RefrainFiles
import RefrainModel
import RefrainPassages
import RefrainRecords
import RefrainReport
import RefrainText

/// Writes the evidence and the clusters, a line a record, in input order.
struct VerdictWriter {
  let corpus: SketchedCorpus
  let verdicts: Verdicts
  let threads: Int

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
    let workers = Workers(threads: threads)
    let batch = Self.pieceSize * workers.threads * 16
    for start in stride(from: 0, to: records.count, by: batch) {
      let end = min(records.count, start + batch)
      let pieces = (end - start + Self.pieceSize - 1) / Self.pieceSize
      let lines = workers.map(
        pieces, state: { (json: JSONText(), names: RecordNames(corpus)) }
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

/// Reads the ids and texts of records again when they are to be written.
///
/// One a worker.
private struct RecordNames {
  private let corpus: SketchedCorpus
  private let cursor: any RecordCursor
  private let analyzer = TextAnalyzer()

  init(_ corpus: SketchedCorpus) {
    self.corpus = corpus
    cursor = corpus.cursor()
  }

  func id(_ record: Int) -> RecordID { corpus.id(record, cursor) }

  /// The record's text, ready to be compared.
  func text(_ record: Int) -> ComparableText {
    let text = cursor.text(at: corpus.rows[record].address).map { [UInt8]($0) }
    return ComparableText(record: text ?? [], analyzer)
  }
}
