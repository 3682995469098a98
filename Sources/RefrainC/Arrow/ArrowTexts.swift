// Arrow columns as records, for the stages that read a file of them in the same way.

import CRefrain
import CSimdJSON
import RefrainModel
import RefrainRecords

/// The texts of some arrays, read where they lie.
final class ArrowTexts: RecordContainer {
  /// The rows of one array.
  private struct Chunk {
    let owner: ArrowOwner
    let texts: UnsafeArrowColumn
    let policy: UnsafeArrowColumn?
    /// Rows of the struct that are null as a whole; nil where none is.
    let structure: UnsafeArrowColumn?
    let rows: Int

    func text(_ row: Int) -> UnsafeRawBufferPointer? {
      structure?.isNull(row) == true ? nil : texts.string(row)
    }
  }

  private struct Piece {
    let chunk: Int
    let rows: Range<Int>
    let bytes: Int
  }

  private var chunks: [Chunk] = []
  /// The first row of each chunk, and the end.
  private var starts = [0]
  private var pieces: [Piece] = []
  private let choice: ColumnChoice
  /// Whether there is a column for a keep policy.
  let hasPolicy: Bool
  /// What is wrong with rows, by row.
  private(set) var faults: [Int: RecordFault] = [:]

  /// Bytes of texts that a worker reads before it takes the next piece.
  private static let pieceSize = 1 << 18

  /// No texts yet.
  init(_ choice: ColumnChoice) {
    self.choice = choice
    hasPolicy = choice.policy != nil
  }

  /// How many rows there are.
  var count: Int { starts[starts.count - 1] }

  /// Adds the rows of an array; only before anything else.
  ///
  /// O(rows + bytes): UTF-8 is looked at here, once.
  /// - Throws: where the array is not what it says, or there are 2^32 - 1 rows or more.
  func append(_ owner: ArrowOwner) throws(Failure) {
    let array = owner.array
    guard (0..<1 << 48).contains(array.length), (0..<1 << 48).contains(array.offset) else {
      throw .arrow("the array has \(array.length) rows from \(array.offset)")
    }
    let rows = Int(array.length)
    guard count + rows < Int(UInt32.max) else {
      throw .arrow("there are \(count + rows) rows; at most \(UInt32.max - 1) can be compared")
    }
    let chunk: Chunk
    if let text = choice.text {
      guard Int(array.n_children) == choice.columns, array.children != nil else {
        throw .arrow("the array has \(array.n_children) columns, its schema \(choice.columns)")
      }
      let offset = Int(array.offset)
      func column(_ index: Int, _ type: ColumnType, _ name: String) throws(Failure)
        -> UnsafeArrowColumn
      {
        guard let child = array.children[index]?.pointee else { throw .arrow("\(name) is NULL") }
        return try UnsafeArrowColumn(child, type, rows: offset..<offset + rows, name)
      }
      var policy: UnsafeArrowColumn?
      if let (index, type) = choice.policy { policy = try column(index, type, "the keep column") }
      var structure: UnsafeArrowColumn?
      if array.n_buffers == 1, array.null_count != 0, let buffers = array.buffers,
        buffers[0] != nil
      {
        structure = UnsafeArrowColumn(validityOf: array)
      }
      chunk = Chunk(
        owner: owner, texts: try column(text, choice.textType, "the column of texts"),
        policy: policy, structure: structure, rows: rows)
    } else {
      let texts = try UnsafeArrowColumn(array, choice.textType, rows: 0..<rows, "the array")
      chunk = Chunk(owner: owner, texts: texts, policy: nil, structure: nil, rows: rows)
    }
    add(chunk)
  }

  private func add(_ chunk: Chunk) {
    let base = count
    var first = 0
    var bytes = 0
    for row in 0..<chunk.rows {
      if let text = chunk.text(row) {
        if let fault = Self.fault(of: text) { faults[base + row] = fault }
        bytes += text.count
      } else {
        faults[base + row] = .malformed("the text is null", column: 1)
      }
      // Rows without a byte cost something, too.
      if bytes + 16 * (row - first) >= Self.pieceSize {
        pieces.append(Piece(chunk: chunks.count, rows: first..<row + 1, bytes: bytes))
        (first, bytes) = (row + 1, 0)
      }
    }
    if first < chunk.rows {
      pieces.append(Piece(chunk: chunks.count, rows: first..<chunk.rows, bytes: bytes))
    }
    chunks.append(chunk)
    starts.append(base + chunk.rows)
  }

  private static func fault(of text: UnsafeRawBufferPointer) -> RecordFault? {
    guard let bytes = text.baseAddress else { return nil }
    if text.count >= Int(UInt32.max) {
      return .malformed("the text has 4 GiB or more", column: 1)
    }
    // SAFETY: the bytes are those of the text.
    let valid = refrain_utf8_valid_prefix(
      bytes.assumingMemoryBound(to: CChar.self), text.count)
    return valid == text.count ? nil : .notUTF8(valid)
  }

  /// Refuses texts of which one is null or no UTF-8.
  func requireSound() throws(Failure) {
    guard let (row, fault) = faults.min(by: { $0.key < $1.key }) else { return }
    let cause =
      switch fault {
      case .malformed(let cause, _): cause
      case .notUTF8(let byte): "the text is not UTF-8 (first wrong byte at offset \(byte))"
      case .placed(let error): error.description
      }
    throw Failure(status: REFRAIN_BAD_TEXT, message: "row \(row): \(cause)", row: Int64(row))
  }

  /// The bytes of a row; nil where it holds no text.
  func text(_ row: Int) -> UnsafeRawBufferPointer? {
    let (chunk, own) = place(row)
    return chunks[chunk].text(own)
  }

  /// The value that a keep policy asks for.
  fileprivate func policyValue(_ row: Int) -> RecordID? {
    let (chunk, own) = place(row)
    guard let column = chunks[chunk].policy else { return nil }
    switch column.number(own) {
    case .integer(let value): return .integer(value)
    case .unsigned(let value): return .unsigned(value)
    case .double(let value): return value.isFinite ? .number(value) : nil
    case nil: return column.string(own).map { .string(String(decoding: $0, as: UTF8.self)) }
    }
  }

  /// The chunk of a row, and its row there.
  private func place(_ row: Int) -> (chunk: Int, row: Int) {
    var (low, high) = (0, chunks.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return (low, row - starts[low])
  }

  var pieceCount: Int { pieces.count }
  func size(ofPiece piece: Int) -> Int { pieces[piece].bytes }
  func source(ofPiece piece: Int) -> Int { 0 }
  func path(ofSource source: Int) -> String { "row" }
  func cursor(_ fields: RecordFields) -> any RecordCursor { ArrowCursor(self) }

  /// The rows of a piece, counted over all chunks.
  func rows(ofPiece piece: Int) -> Range<Int> {
    let start = starts[pieces[piece].chunk]
    return pieces[piece].rows.lowerBound + start..<pieces[piece].rows.upperBound + start
  }
}

// SAFETY: nothing is appended once the texts are shared, and what is shared is only read.
extension ArrowTexts: @unchecked Sendable {}

/// Hands out texts, which have no ids.
private final class ArrowCursor: RecordCursor {
  private let texts: ArrowTexts
  private var row = 0
  let replacedSurrogates = 0

  init(_ texts: ArrowTexts) { self.texts = texts }

  func read(
    piece: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts {
    let rows = texts.rows(ofPiece: piece)
    for row in rows {
      self.row = row
      let text = texts.text(row)
      let address = RecordAddress(
        offset: row, length: UInt32(clamping: text?.count ?? 0), source: 0,
        line: UInt32(clamping: row - rows.lowerBound + 1))
      if let fault = texts.faults.isEmpty ? nil : texts.faults[row] {
        body(address, .failure(fault))
      } else {
        body(address, .success(text ?? UnsafeRawBufferPointer(start: nil, count: 0)))
      }
    }
    var counts = RecordPieceCounts()
    counts.lines = rows.count
    return counts
  }

  func text(at address: RecordAddress) -> UnsafeRawBufferPointer? {
    row = address.offset
    return texts.text(row)
  }

  func id() -> RecordID? { nil }
  func idHash() -> UInt64? { nil }
  func scalar(_ name: String) -> RecordID? { texts.policyValue(row) }
}
