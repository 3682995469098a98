// The first pass over a corpus: every record is read once and leaves a row and its band keys.

import RefrainCorpus
import RefrainIndex
import RefrainMatch
import RefrainModel
import RefrainSketch
import Synchronization

/// What is remembered of a record: where it lies and what its words hash to.
///
/// 72 bytes.
struct RecordRow {
  /// Offset of the line in its source.
  var offset: Int
  /// Bytes of the line with its line end.
  var length: UInt32
  /// Index of the source.
  var source: UInt32
  /// 1-based line.
  var line: UInt32
  /// Bytes of the text.
  var textLength: UInt32
  /// Of its words and sentences; of its text where a job looks at nothing else.
  var wording: Wording
  /// Hash of the id; 0 where the record has none.
  var idHash: UInt64
  /// Shingles, repeats included; 0 for a text without a word.
  var shingles: UInt32
}

/// A corpus after its first pass.
struct SketchedCorpus {
  let sources: [RecordSource]
  let rows: [RecordRow]
  /// Records that could not be read and were passed over, by place.
  let skipped: [RefrainError]
  /// Lines without a record.
  let blankLines: Int
  let replacedSurrogates: Int
  /// The values of the field that the keep policy asks for; empty where it asks for none.
  let policyValues: [RecordID?]
  private let blocks: [Block]
  private let keys: KeyStore
  private let blockStarts: [Int]
  private let bands: Int

  /// A block's part: band keys lie band by band, so that one band of all blocks is read in
  /// sequence.
  fileprivate struct Block {
    var rows: [RecordRow] = []
    var keys: KeyStore.Keys?
    var failure: RefrainError?
    var policyValues: [RecordID?] = []
    var faults: [(line: Int, offset: Int, fault: RecordFault)] = []
    var lines = 0
    var blank = 0
    var replaced = 0
  }

  /// Reads the sources.
  ///
  /// Linear; the rows and keys are 72 bytes a record and 8 a band.
  init(
    _ sources: [RecordSource], settings: CorpusSettings, policyField: String?,
    progress: @escaping Progress.Handler
  ) throws(RefrainError) {
    let pieces = LineBlock.cut(sources)
    let plan = settings.usesBands ? settings.bandPlan : nil
    let total = sources.reduce(0) { $0 + $1.bytes.count }
    let done = Atomic<Int>(0)
    // A sixth, because sorting them takes as much again for each of two workers or three.
    let keys = KeyStore(budget: settings.memory / 6)
    var blocks = Workers(threads: settings.threads).map(
      pieces.count,
      state: { BlockReader(settings, plan, policyField, keys) }
    ) { reader, piece -> Block? in
      let block = reader.read(pieces[piece], of: sources)
      if settings.onError == .fail, !block.faults.isEmpty { return nil }
      let now = done.add(pieces[piece].range.count, ordering: .relaxed).newValue
      progress(Progress(stage: .reading, done: now, total: total))
      return block
    }
    if blocks.count < pieces.count {
      // Of several failing blocks the first counts, whichever came to its end first: read it again.
      let reader = BlockReader(settings, nil, nil, keys)
      blocks.append(reader.read(pieces[blocks.count], of: sources))
    }
    var skipped: [RefrainError] = []
    var lineBases = [Int](repeating: 0, count: sources.count)
    for index in blocks.indices {
      let source = pieces[index].source
      let base = lineBases[source]
      for row in blocks[index].rows.indices { blocks[index].rows[row].line += UInt32(base) }
      for (line, offset, fault) in blocks[index].faults {
        let error = fault.at(path: sources[source].path, line: base + line, offset: offset)
        if settings.onError == .fail { throw error }
        skipped.append(error)
      }
      lineBases[source] += blocks[index].lines
    }
    if let failure = blocks.lazy.compactMap(\.failure).first { throw failure }
    self.keys = keys
    self.sources = sources
    self.skipped = skipped
    blankLines = blocks.reduce(0) { $0 + $1.blank }
    replacedSurrogates = blocks.reduce(0) { $0 + $1.replaced }
    var starts = [0]
    for block in blocks { starts.append(starts[starts.count - 1] + block.rows.count) }
    var rows: [RecordRow] = []
    rows.reserveCapacity(starts[starts.count - 1])
    var policyValues: [RecordID?] = []
    for index in blocks.indices {
      rows.append(contentsOf: blocks[index].rows)
      policyValues.append(contentsOf: blocks[index].policyValues)
      blocks[index].rows = []
    }
    self.rows = rows
    self.policyValues = policyValues
    self.blocks = blocks
    blockStarts = starts
    bands = plan?.bands ?? 0
  }

  /// Calls `body` with each record's key in `band`, in input order.
  @inline(__always)
  func forEachKey(ofBand band: Int, _ body: (_ record: Int, _ key: UInt64) -> Void) {
    var scratch: [UInt64] = []
    for (index, block) in blocks.enumerated() {
      let start = blockStarts[index]
      let count = blockStarts[index + 1] - start
      guard let stored = block.keys else { continue }
      keys.withBand(band, of: stored, count: count, scratch: &scratch) { keys in
        for row in keys.indices { body(start + row, keys[row]) }
      }
    }
  }

  /// Lets go of the keys, once all bands are sorted.
  ///
  /// - Throws: `unreadable` where some of them could not be read.
  func releaseKeys() throws(RefrainError) {
    keys.release()
    try keys.requireRead()
  }

  /// The line of a record with its line end, as it lies in the source.
  func line(_ record: Int) -> UnsafeRawBufferPointer {
    let row = rows[record]
    return UnsafeRawBufferPointer(
      rebasing: sources[Int(row.source)].bytes[row.offset..<(row.offset + Int(row.length))])
  }

  /// `FILE:LINE` of a record.
  func place(_ record: Int) -> (path: String, line: Int) {
    (sources[Int(rows[record].source)].path, Int(rows[record].line))
  }
}

/// A worker of the first pass.
private final class BlockReader {
  private let reader: RecordReader
  private let sketcher: TextSketcher
  private let policyField: String?
  private let match: MatchLevel
  private let store: KeyStore
  private var keys: [UInt64] = []

  init(
    _ settings: CorpusSettings, _ plan: BandPlan?, _ policyField: String?, _ store: KeyStore
  ) {
    reader = RecordReader(textField: settings.textField, idField: settings.idField)
    sketcher = TextSketcher(width: settings.shingleWidth, plan: plan)
    self.policyField = policyField
    match = settings.match
    self.store = store
  }

  func read(_ piece: LineBlock, of sources: [RecordSource]) -> SketchedCorpus.Block {
    var block = SketchedCorpus.Block()
    keys.removeAll(keepingCapacity: true)
    let whole = sources[piece.source].bytes
    let replacedBefore = reader.replacedSurrogates
    var lines = LineCursor(whole, piece.range)
    while let (line, content) = lines.next() {
      block.lines += 1
      let record = UnsafeRawBufferPointer(rebasing: whole[content.start..<content.end])
      if isBlank(record) {
        block.blank += 1
        continue
      }
      switch read(record, line, piece.source, block.lines) {
      case .success(let row):
        block.rows.append(row)
        if let policyField { block.policyValues.append(reader.scalar(policyField)) }
      case .failure(let fault):
        block.faults.append((block.lines, content.start, fault))
      }
    }
    block.replaced = reader.replacedSurrogates - replacedBefore
    if let plan = sketcher.plan {
      do throws(RefrainError) {
        block.keys = try store.add(transposed(rows: block.rows.count, plan.bands))
      } catch {
        block.failure = error
      }
    }
    return block
  }

  private func read(
    _ record: UnsafeRawBufferPointer, _ line: ByteRange, _ source: Int, _ number: Int
  ) -> Result<RecordRow, RecordFault> {
    guard line.count < Int(UInt32.max) else {
      return .failure(.malformed("a line of 4 GiB or more", column: 1))
    }
    switch reader.read(record) {
    case .failure(let fault): return .failure(fault)
    case .success(let text):
      let sketch = sketcher.sketch(text, to: &keys)
      let wording =
        match == .identical ? Wording(words: WordsHash(of: text), cut: 0) : sketch.wording
      return .success(
        RecordRow(
          offset: line.start, length: UInt32(line.count), source: UInt32(source),
          line: UInt32(number), textLength: UInt32(text.count),
          wording: wording, idHash: reader.idHash() ?? 0,
          shingles: UInt32(sketch.shingles)))
    }
  }

  private func transposed(rows: Int, _ bands: Int) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: rows * bands) { target, count in
      for band in 0..<bands {
        for row in 0..<rows {
          target.initializeElement(at: band * rows + row, to: keys[row * bands + band])
        }
      }
      count = rows * bands
    }
  }
}
