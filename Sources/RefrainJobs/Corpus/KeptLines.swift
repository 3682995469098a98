// Kept records to their outputs, beside the work of deciding the next ones.

import Dispatch
import RefrainCorpus
import RefrainModel
import RefrainRecords
import Synchronization

/// Writes kept records in input order, neighbours in one piece where that is how they came.
///
/// In the background it takes a thread of its own, which the system's copying keeps busy.
final class KeptLines: @unchecked Sendable {
  private let corpus: SketchedCorpus
  private let sources: [RecordSource]
  private let outputs: OutputSet
  private let queue: DispatchQueue?
  // SAFETY: the rest is touched by one block of the serial queue at a time, or, where there is none, by
  // the caller alone.
  /// Reads records that are written in another form; nil before the first.
  private var cursor: (any RecordCursor)?
  /// Whole lines that are kept and not written yet: neighbours join them.
  private var run: (source: Int, range: ByteRange)?
  private var failure: RefrainError?

  init(
    _ corpus: SketchedCorpus, _ sources: [RecordSource], _ outputs: OutputSet, inBackground: Bool
  ) {
    self.corpus = corpus
    self.sources = sources
    self.outputs = outputs
    queue = inBackground ? DispatchQueue(label: "kept lines") : nil
  }

  /// Writes those of `records`, which follow on the ones of the last call, that are kept.
  ///
  /// Errors are told by `finish`.
  func write(_ records: Range<Int>, isKept: (Int) -> Bool) {
    let kept = records.filter(isKept)
    if let queue { queue.async { self.write(kept) } } else { write(kept) }
  }

  /// Writes what is left, and waits for it.
  func finish() throws(RefrainError) {
    queue?.sync {}
    if failure == nil { flush() }
    if let failure { throw failure }
  }

  private func write(_ kept: [Int]) {
    for record in kept where failure == nil {
      let address = corpus.rows[record].address
      if outputs.converts(Int(address.source)) {
        flush()
        convert(address)
        continue
      }
      let line = address.range
      if let known = run, known.source == Int(address.source), known.range.end == line.start,
        outputs.joins(known.source)
      {
        run = (known.source, ByteRange(known.range.start, line.end))
      } else {
        flush()
        run = (Int(address.source), line)
      }
    }
  }

  /// Writes a record as a line of JSON.
  private func convert(_ address: RecordAddress) {
    let cursor = self.cursor ?? corpus.cursor()
    self.cursor = cursor
    var line: [UInt8] = []
    do throws(RefrainError) {
      guard cursor.appendLine(at: address, to: &line) else {
        throw .unsteady(path: sources[Int(address.source)].path, hasShrunk: false)
      }
      try outputs.write(lines: line, of: Int(address.source))
    } catch {
      if failure == nil { failure = error }
    }
  }

  private func flush() {
    guard let (source, range) = run else { return }
    run = nil
    do throws(RefrainError) {
      try outputs.write(range, of: sources[source], source)
    } catch {
      if failure == nil { failure = error }
    }
  }
}
