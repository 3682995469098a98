// Files of JSON Lines as a container: blocks of whole lines, a record a line.

import RefrainModel

/// Inputs of JSON Lines, open.
package struct JSONLines: RecordContainer {
  package let sources: [RecordSource]
  private let blocks: [LineBlock]

  /// The records of these sources, in order, in pieces of about so many bytes.
  ///
  /// O(pieces).
  package init(_ sources: [RecordSource], pieceSize: Int = 1 << 20) {
    self.sources = sources
    blocks = LineBlock.cut(sources, size: pieceSize)
  }

  package var pieceCount: Int { blocks.count }
  package func size(ofPiece piece: Int) -> Int { blocks[piece].range.count }
  package func source(ofPiece piece: Int) -> Int { blocks[piece].source }
  package func path(ofSource source: Int) -> String { sources[source].path }

  package func cursor(_ fields: RecordFields) -> any RecordCursor {
    JSONLinesCursor(sources, blocks, fields)
  }
}

/// Reads lines of JSON.
private final class JSONLinesCursor: RecordCursor {
  private let sources: [RecordSource]
  private let blocks: [LineBlock]
  private let reader: RecordReader

  init(_ sources: [RecordSource], _ blocks: [LineBlock], _ fields: RecordFields) {
    self.sources = sources
    self.blocks = blocks
    reader = RecordReader(textField: fields.text, idField: fields.id)
  }

  var replacedSurrogates: Int { reader.replacedSurrogates }

  func read(
    piece: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts {
    let block = blocks[piece]
    let whole = sources[block.source].bytes
    var counts = RecordPieceCounts()
    var lines = LineCursor(whole, block.range)
    while let (line, content) = lines.next() {
      counts.lines += 1
      let record = UnsafeRawBufferPointer(rebasing: whole[content.start..<content.end])
      if isBlank(record) {
        counts.blank += 1
        continue
      }
      let address = RecordAddress(
        offset: line.start, length: UInt32(clamping: line.count), source: UInt32(block.source),
        line: UInt32(counts.lines))
      guard line.count < Int(UInt32.max) else {
        body(address, .failure(.malformed("a line of 4 GiB or more", column: 1)))
        continue
      }
      body(address, reader.read(record))
    }
    return counts
  }

  func text(at address: RecordAddress) -> UnsafeRawBufferPointer? {
    let end = address.offset + Int(address.length)
    let line = sources[Int(address.source)].bytes[address.offset..<end]
    // The first pass read the line; only a file that was changed meanwhile fails here.
    guard case .success(let text) = reader.read(UnsafeRawBufferPointer(rebasing: line)) else {
      return nil
    }
    return text
  }

  func id() -> RecordID? { reader.id() }
  func idHash() -> UInt64? { reader.idHash() }
  func scalar(_ name: String) -> RecordID? { reader.scalar(name) }
}
