// What dedup writes besides kept records, evidence and clusters: rejects, and annotated records.

import RefrainCorpus
import RefrainFiles
import RefrainModel
import RefrainRecords
import RefrainReport
import Synchronization

extension VerdictWriter {
  /// All records, each with what became of it, where the kept ones would go.
  ///
  /// - Throws: `badRecord` for a record that has the member already.
  func write(annotated outputs: OutputSet, _ sources: [RecordSource]) throws(RefrainError) {
    let reporter = AnnotatedLines()
    var start = 0
    while start < corpus.rows.count {
      let source = corpus.rows[start].address.source
      let end = corpus.rows[start...].firstIndex { $0.address.source != source }
      let records = Array(start..<(end ?? corpus.rows.count))
      let isLine = !outputs.converts(Int(source))
      let bytes = sources[Int(source)].bytes
      let annotated = Mutex(Int.max)
      try write(
        records,
        line: { record, reader, lines in
          let removal = verdicts.removal(of: record)
          let annotation = ReportedAnnotation(
            cluster: reader.id(removal?.kept ?? record), overlap: removal?.overlap,
            reason: removal?.reason)
          func write(_ line: UnsafeRawBufferPointer) {
            if Self.isAnnotated(line) {
              annotated.withLock { $0 = min($0, record) }
            } else {
              reporter.write(line, annotation, to: &lines)
            }
          }
          if isLine {
            write(Self.line(corpus.rows[record].address, bytes))
          } else {
            reader.line(record).withUnsafeBytes(write)
          }
        },
        sink: { lines throws(RefrainError) in try outputs.write(lines: lines, of: Int(source)) })
      let first = annotated.withLock { $0 }
      if first < Int.max {
        let place = corpus.place(first)
        throw .badRecord(
          path: place.path, line: place.line,
          cause: "has a field \"\(AnnotatedLines.key)\" already, which --annotate would write")
      }
      start += records.count
    }
  }

  /// A line for each record and input that was left out, inputs first.
  func write(
    rejects: OutputFile, _ inputs: RecordInputs, _ sources: [RecordSource]
  ) throws(RefrainError) {
    let reporter = RejectLines()
    for error in inputs.leftOut {
      var bytes: [UInt8] = []
      reporter.write(ReportedReject(error: error, line: nil), to: &bytes)
      try rejects.write(bytes)
    }
    for (error, address) in zip(corpus.skipped, corpus.skippedAddresses) {
      let line = Self.line(address, sources[Int(address.source)].bytes)
      let end = line.lastIndex { $0 != 0x0A && $0 != 0x0D }.map { $0 + 1 } ?? 0
      var bytes: [UInt8] = []
      reporter.write(ReportedReject(error: error, line: Array(line[..<end])), to: &bytes)
      try rejects.write(bytes)
    }
  }

  /// Whether the line of a record has the member that annotations are.
  private static func isAnnotated(_ line: UnsafeRawBufferPointer) -> Bool {
    let quoted = Array("\"\(AnnotatedLines.key)\"".utf8)
    // Most lines do not hold the word at all.
    var rest = line[...]
    while let quote = rest.firstIndex(of: quoted[0]) {
      if line[quote...].starts(with: quoted) {
        return JSONScan(line).fields.contains { $0.name == AnnotatedLines.key }
      }
      rest = line[(quote + 1)...]
    }
    return false
  }

  private static func line(
    _ address: RecordAddress, _ bytes: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    let end = address.offset + Int(address.length)
    return UnsafeRawBufferPointer(rebasing: bytes[address.offset..<end])
  }
}
