// Texts in memory as records, for the stages that read a file of them in the same way.

import RefrainModel
import RefrainRecords

/// Texts that lie one behind the other in one stretch of memory.
final class TextRecords: RecordContainer {
  private let bytes: UnsafeMutableRawBufferPointer
  /// Where each text begins, and the end.
  private let starts: [Int]
  /// The first text of each piece, and the end.
  private let pieces: [Int]

  /// Bytes of texts that a worker reads before it takes the next piece.
  private static let pieceSize = 1 << 18

  /// Copies the texts.
  ///
  /// O(bytes).
  /// - Throws: `badSetting` for a text of 4 GiB or more.
  init(_ texts: [String]) throws(RefrainError) {
    var starts = [0]
    var pieces = [0]
    for (index, text) in texts.enumerated() {
      let count = text.utf8.count
      guard count < Int(UInt32.max) else {
        throw .badSetting(name: "texts", cause: "text \(index) has 4 GiB or more")
      }
      starts.append(starts[index] + count)
      if starts[index + 1] - starts[pieces[pieces.count - 1]] >= Self.pieceSize {
        pieces.append(index + 1)
      }
    }
    if pieces[pieces.count - 1] < texts.count { pieces.append(texts.count) }
    // SAFETY: each text is written to the stretch that was counted for it, and nothing is written
    // afterwards; the memory lives as long as this object, which every cursor holds.
    bytes = .allocate(byteCount: starts[texts.count], alignment: 64)
    for (index, var text) in texts.enumerated() {
      let target = UnsafeMutableRawBufferPointer(
        rebasing: bytes[starts[index]..<starts[index + 1]])
      text.withUTF8 { target.copyMemory(from: UnsafeRawBufferPointer($0)) }
    }
    self.starts = starts
    self.pieces = pieces
  }

  deinit { bytes.deallocate() }

  var pieceCount: Int { pieces.count - 1 }
  func size(ofPiece piece: Int) -> Int { starts[pieces[piece + 1]] - starts[pieces[piece]] }
  func source(ofPiece piece: Int) -> Int { 0 }
  func path(ofSource source: Int) -> String { "texts" }
  func cursor(_ fields: RecordFields) -> any RecordCursor { TextCursor(self) }

  fileprivate func texts(ofPiece piece: Int) -> Range<Int> { pieces[piece]..<pieces[piece + 1] }

  fileprivate func text(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: bytes[starts[index]..<starts[index + 1]])
  }
}

// SAFETY: what is shared between threads is only read.
extension TextRecords: @unchecked Sendable {}

/// Hands out texts, which have no ids and no fields.
private final class TextCursor: RecordCursor {
  private let records: TextRecords
  let replacedSurrogates = 0

  init(_ records: TextRecords) { self.records = records }

  func read(
    piece: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts {
    let texts = records.texts(ofPiece: piece)
    for index in texts {
      let text = records.text(index)
      let address = RecordAddress(
        offset: index, length: UInt32(clamping: text.count), source: 0,
        line: UInt32(clamping: index - texts.lowerBound + 1))
      body(address, .success(text))
    }
    var counts = RecordPieceCounts()
    counts.lines = texts.count
    return counts
  }

  func text(at address: RecordAddress) -> UnsafeRawBufferPointer? { records.text(address.offset) }
  func id() -> RecordID? { nil }
  func idHash() -> UInt64? { nil }
  func scalar(_ name: String) -> RecordID? { nil }
}
