// Files of JSON Lines: blocks of whole lines, a record a line.

package import RefrainModel

/// A record a line.
package struct JSONLines: RecordForm {
  package init() {}

  package var kind: RecordFormat { .jsonLines }
  package var framing: RecordFraming? { RecordFraming() }

  package func pieces(of source: RecordSource, size: Int) -> [ByteRange] {
    LineBlock.cut(source, size: size)
  }

  package func reader(_ fields: RecordFields) -> any FormReader { JSONLinesReader(fields) }
}

/// What the readers of both forms of JSON share.
class JSONFormReader {
  let reader: RecordReader

  init(_ fields: RecordFields) { reader = RecordReader(fields) }

  final func id() -> RecordID? { reader.id() }
  final func idHash() -> UInt64? { reader.idHash() }
  final func scalar(_ name: String) -> RecordID? { reader.scalar(name) }
  final var replacedSurrogates: Int { reader.replacedSurrogates }

  final func read(
    record: ByteRange, of source: RecordSource
  ) -> Result<UnsafeRawBufferPointer, RecordFault> {
    reader.read(source.bytes(in: record))
  }

  /// Line ends in a value stand between its tokens, and none is needed.
  final func appendJSON(of record: ByteRange, of source: RecordSource, to bytes: inout [UInt8]) {
    bytes.append(
      contentsOf: source.bytes(in: record).lazy.filter { $0 != 0x0A && $0 != 0x0D })
  }
}

/// Reads lines of JSON.
private final class JSONLinesReader: JSONFormReader, FormReader {
  func read(
    _ piece: ByteRange, of source: RecordSource, number: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts {
    let whole = source.bytes
    var counts = RecordPieceCounts()
    var lines = LineCursor(whole, piece)
    while let (line, content) = lines.next() {
      counts.lines += 1
      let record = UnsafeRawBufferPointer(rebasing: whole[content.start..<content.end])
      if isBlank(record) {
        counts.blank += 1
        continue
      }
      let address = RecordAddress(
        offset: line.start, length: UInt32(clamping: line.count), source: UInt32(number),
        line: UInt32(counts.lines))
      guard line.count < Int(UInt32.max) else {
        body(address, .failure(.malformed("a line of 4 GiB or more", column: 1)))
        continue
      }
      body(address, reader.read(record))
    }
    return counts
  }
}
