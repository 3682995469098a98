// The first pass over a corpus: every record is read once and leaves a row and its band keys.

import RefrainIndex
package import RefrainMatch
package import RefrainModel
package import RefrainRecords
package import RefrainSketch
import Synchronization

/// What is remembered of a record: where it lies and what its words hash to.
///
/// 72 bytes.
package struct RecordRow: Sendable {
  package var address: RecordAddress
  /// Bytes of the text.
  package var textLength: UInt32
  /// Of its words and sentences; of its text where a job looks at nothing else.
  package var wording: Wording
  /// Hash of the id; 0 where the record has none.
  package var idHash: UInt64
  /// Shingles, repeats included; 0 for a text without a word.
  package var shingles: UInt32
}

/// A corpus after its first pass.
package struct SketchedCorpus: Sendable {
  package let records: any RecordContainer
  package let rows: [RecordRow]
  /// Records that could not be read and were passed over, by place.
  package let skipped: [RefrainError]
  /// Lines without a record.
  package let blankLines: Int
  /// Records of kinds that hold no text to compare.
  package let otherRecords: Int
  package let replacedSurrogates: Int
  /// The values of the field that the keep policy asks for; empty where it asks for none.
  package let policyValues: [RecordID?]
  /// For each record the number of its value in the field of the settings' scope; nil where there is none.
  package let scopeValues: [UInt32]?
  /// Records without such a value.
  package let withoutScopeField: Int
  /// Where the records lie that were passed over, by place as `skipped`.
  package let skippedAddresses: [RecordAddress]
  private let fields: RecordFields
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
    var scopeValues: [RecordID?] = []
    var faults: [(address: RecordAddress, fault: RecordFault)] = []
    var counts = RecordPieceCounts()
    var replaced = 0
  }

  /// Reads all records.
  ///
  /// Linear; the rows and keys are 72 bytes a record and 8 a band.
  package init(
    _ records: any RecordContainer, settings: CorpusSettings, policyField: String?,
    progress: @escaping Progress.Handler
  ) throws(RefrainError) {
    let plan = settings.usesBands ? settings.bandPlan : nil
    let total = records.size
    let done = Atomic<Int>(0)
    // A sixth, because sorting them takes as much again for each of two workers or three.
    let keys = KeyStore(budget: settings.memory / 6)
    var blocks = settings.workers.map(
      records.pieceCount, state: { BlockReader(records, settings, plan, policyField, keys) }
    ) { reader, piece -> Block? in
      let block = reader.read(piece)
      if settings.onError == .fail, !block.faults.isEmpty { return nil }
      let now = done.add(records.size(ofPiece: piece), ordering: .relaxed).newValue
      progress(Progress(stage: .reading, done: now, total: total))
      return block
    }
    try settings.stop?.check()
    if blocks.count < records.pieceCount {
      // Of several failing blocks the first counts, whichever came to its end first: read it again.
      let reader = BlockReader(records, settings, nil, nil, keys)
      blocks.append(reader.read(blocks.count))
    }
    let faults = try Self.settle(&blocks, records, settings.onError)
    skipped = faults.map(\.error)
    skippedAddresses = faults.map(\.address)
    if let failure = blocks.lazy.compactMap(\.failure).first { throw failure }
    self.keys = keys
    self.records = records
    fields = settings.fields
    blankLines = blocks.reduce(0) { $0 + $1.counts.blank }
    otherRecords = blocks.reduce(0) { $0 + $1.counts.others }
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
    scopeValues = settings.scope.map { _ in
      ComparisonScope.numbers(blocks.lazy.flatMap(\.scopeValues))
    }
    withoutScopeField = blocks.reduce(0) { $0 + $1.scopeValues.count { $0 == nil } }
    for index in blocks.indices { blocks[index].scopeValues = [] }
    self.rows = rows
    self.policyValues = policyValues
    self.blocks = blocks
    blockStarts = starts
    bands = plan?.bands ?? 0
  }

  /// Gives rows and faults their lines in the sources, which blocks count from their own starts.
  ///
  /// - Throws: the first fault, unless faults are skipped.
  private static func settle(
    _ blocks: inout [Block], _ records: any RecordContainer, _ onError: ErrorPolicy
  ) throws(RefrainError) -> [(address: RecordAddress, error: RefrainError)] {
    var skipped: [(address: RecordAddress, error: RefrainError)] = []
    var source = 0
    var base = 0
    for index in blocks.indices {
      if records.source(ofPiece: index) != source {
        source = records.source(ofPiece: index)
        base = 0
      }
      for row in blocks[index].rows.indices { blocks[index].rows[row].address.line += UInt32(base) }
      for (address, fault) in blocks[index].faults {
        let error = fault.at(
          path: records.path(ofSource: source), line: base + Int(address.line),
          offset: address.offset)
        if onError == .fail { throw error }
        skipped.append((address, error))
      }
      base += blocks[index].counts.lines
    }
    return skipped
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

  /// `FILE:LINE` of a record.
  package func place(_ record: Int) -> (path: String, line: Int) {
    let address = rows[record].address
    return (records.path(ofSource: Int(address.source)), Int(address.line))
  }

  /// Reads single records again; one a worker.
  package func cursor() -> any RecordCursor { records.cursor(fields) }

  /// The record's id, or its place where it has none; `cursor` is one of this corpus.
  package func id(_ record: Int, _ cursor: any RecordCursor) -> RecordID {
    if rows[record].idHash == 0 { return placeID(record) }
    return reading(record, cursor).id
  }

  /// The record's id and text, read at once.
  ///
  /// The text is valid until the cursor reads again; nil where somebody changed the container.
  package func reading(
    _ record: Int, _ cursor: any RecordCursor
  ) -> (id: RecordID, text: UnsafeRawBufferPointer?) {
    let row = rows[record]
    let text = cursor.text(at: row.address)
    let id = row.idHash == 0 || text == nil ? nil : cursor.id()
    return (id ?? placeID(record), text)
  }

  private func placeID(_ record: Int) -> RecordID {
    let place = place(record)
    return .place(path: place.path, line: place.line)
  }

  /// The records in the order in which they claim their place; nil for input order.
  ///
  /// - Throws: `badSetting` where the values of the policy's field do not compare.
  package func order(by policy: KeepPolicy) throws(RefrainError) -> [UInt32]? {
    try policy.order(
      count: rows.count, length: { Int(rows[$0].textLength) }, value: { policyValues[$0] },
      place: { record in
        let place = place(record)
        return "\(place.path):\(place.line)"
      })
  }
}

/// A worker of the first pass.
private final class BlockReader {
  private let cursor: any RecordCursor
  private let sketcher: TextSketcher
  private let policyField: String?
  private let scopeField: String?
  private let match: MatchLevel
  private let store: KeyStore
  private var keys: [UInt64] = []

  init(
    _ records: any RecordContainer, _ settings: CorpusSettings, _ plan: BandPlan?,
    _ policyField: String?, _ store: KeyStore
  ) {
    cursor = records.cursor(settings.fields)
    sketcher = TextSketcher(width: settings.shingleWidth, plan: plan)
    self.policyField = policyField
    scopeField = settings.scope?.field
    match = settings.match
    self.store = store
  }

  func read(_ piece: Int) -> SketchedCorpus.Block {
    var block = SketchedCorpus.Block()
    keys.removeAll(keepingCapacity: true)
    let replacedBefore = cursor.replacedSurrogates
    block.counts = cursor.read(piece: piece) { address, result in
      switch result {
      case .success(let text):
        block.rows.append(row(address, text))
        if let policyField { block.policyValues.append(cursor.scalar(policyField)) }
        if let scopeField { block.scopeValues.append(cursor.scalar(scopeField)) }
      case .failure(let fault):
        block.faults.append((address, fault))
      }
    }
    block.replaced = cursor.replacedSurrogates - replacedBefore
    if let plan = sketcher.plan {
      do throws(RefrainError) {
        block.keys = try store.add(transposed(rows: block.rows.count, plan.bands))
      } catch {
        block.failure = error
      }
    }
    return block
  }

  private func row(_ address: RecordAddress, _ text: UnsafeRawBufferPointer) -> RecordRow {
    let sketch = sketcher.sketch(text, to: &keys)
    let wording =
      match == .identical ? Wording(words: WordsHash(of: text), cut: 0) : sketch.wording
    return RecordRow(
      address: address, textLength: UInt32(clamping: text.count), wording: wording,
      idHash: cursor.idHash() ?? 0, shingles: UInt32(sketch.shingles))
  }

  private func transposed(rows: Int, _ bands: Int) -> [UInt64] {
    // SAFETY: each of `rows * bands` elements is initialised once.
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
