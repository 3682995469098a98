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
    let reporter = EvidenceLines()
    try write(removed, to: evidence) { record, reader, bytes in
      guard let removal = verdicts.removal(of: record) else { return }
      let removed = reader.read(record, withText: passages)
      let kept = reader.read(removal.kept, withText: passages)
      reporter.write(
        ReportedRemoval(
          removed: removed.name, kept: kept.name, overlap: removal.overlap, reason: removal.reason,
          passages: removed.passages(with: kept)), to: &bytes)
    }
  }

  /// A line for each record with the id of the kept record of its cluster.
  func write(clusters: OutputFile) throws(RefrainError) {
    let reporter = ClusterLines()
    try write(Array(corpus.rows.indices), to: clusters) { record, reader, bytes in
      let removal = verdicts.removal(of: record)
      let id = reader.id(record)
      reporter.write(
        ReportedMember(
          id: id, cluster: removal.map { reader.id($0.kept) } ?? id, isKept: removal == nil),
        to: &bytes)
    }
  }

  /// Makes lines in parallel and writes them in order, some pieces at a time.
  private func write(
    _ records: [Int], to file: OutputFile,
    _ line: (Int, NamedRecordReader, inout [UInt8]) -> Void
  ) throws(RefrainError) {
    try write(records, line: line) { bytes throws(RefrainError) in try file.write(bytes) }
  }

  /// The same, and what it writes goes to `sink`.
  func write(
    _ records: [Int], line: (Int, NamedRecordReader, inout [UInt8]) -> Void,
    sink: ([UInt8]) throws(RefrainError) -> Void
  ) throws(RefrainError) {
    let workers = Workers(threads: threads)
    let batch = Self.pieceSize * workers.threads * 16
    for start in stride(from: 0, to: records.count, by: batch) {
      let end = min(records.count, start + batch)
      let pieces = (end - start + Self.pieceSize - 1) / Self.pieceSize
      let lines = workers.map(pieces, state: { NamedRecordReader(corpus) }) {
        reader, piece -> [UInt8]? in
        var bytes: [UInt8] = []
        let first = start + piece * Self.pieceSize
        for index in first..<min(end, first + Self.pieceSize) {
          line(records[index], reader, &bytes)
        }
        return bytes
      }
      for bytes in lines { try sink(bytes) }
    }
  }
}

/// A record that was read again to be written about.
struct NamedRecord {
  var name: ReportedRecord
  /// Ready to be compared; nil where nobody asked for passages.
  var text: ComparableText?

  /// What it shares with another; nil where nobody asked.
  func passages(with other: NamedRecord) -> [ReportedPassage]? {
    guard let text, let otherText = other.text else { return nil }
    return text.passages(with: otherText).map { passage in
      ReportedPassage(a: name.id, passage.a, b: other.name.id, passage.b, passage.overlap)
    }
  }
}

/// Reads records again when they are to be written about, each once.
///
/// One a worker.
struct NamedRecordReader {
  private let corpus: SketchedCorpus
  private let cursor: any RecordCursor
  private let analyzer = TextAnalyzer()

  init(_ corpus: SketchedCorpus) {
    self.corpus = corpus
    cursor = corpus.cursor()
  }

  func id(_ record: Int) -> RecordID { corpus.id(record, cursor) }

  /// A record as a line of JSON; empty where it is none any more, which the end of the run tells.
  func line(_ record: Int) -> [UInt8] {
    var line: [UInt8] = []
    _ = cursor.appendLine(at: corpus.rows[record].address, to: &line)
    return line
  }

  func read(_ record: Int, withText: Bool) -> NamedRecord {
    let place = corpus.place(record)
    func name(_ id: RecordID) -> ReportedRecord {
      ReportedRecord(id: id, path: place.path, line: place.line)
    }
    guard withText else { return NamedRecord(name: name(id(record))) }
    let (id, text) = corpus.reading(record, cursor)
    return NamedRecord(
      name: name(id), text: ComparableText(record: text.map { [UInt8]($0) } ?? [], analyzer))
  }
}
