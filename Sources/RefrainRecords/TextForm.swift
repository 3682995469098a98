// Files of text and markup as records: each file is one, whose id is its path and whose text is its prose.

import CXXHash
package import RefrainModel
import RefrainProse

/// One record, which is all of the file.
package struct TextForm: RecordForm {
  let format: TextFormat
  let path: String

  package init(_ format: TextFormat, path: String) {
    self.format = format
    self.path = path
  }

  package var kind: RecordFormat { .text(.plain) }
  package var framing: RecordFraming? { nil }

  package func pieces(of source: RecordSource, size: Int) -> [ByteRange] {
    [ByteRange(0, source.bytes.count)]
  }

  package func reader(_ fields: RecordFields) -> any FormReader { TextFormReader() }
}

/// Reads files of any format.
private final class TextFormReader: FormReader {
  private var text: [UInt8] = []
  // SAFETY: a copy of the text, which the reader owns and frees once, so that what it hands out stays put.
  private var own: UnsafeMutableRawBufferPointer = .allocate(byteCount: 1 << 12, alignment: 64)
  private var path = ""
  let replacedSurrogates = 0

  deinit { own.deallocate() }

  func read(
    _ piece: ByteRange, of source: RecordSource, number: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts {
    var counts = RecordPieceCounts()
    counts.lines = 1
    let address = RecordAddress(
      offset: 0, length: UInt32(clamping: piece.count), source: UInt32(number), line: 1)
    guard piece.count < Int(UInt32.max) else {
      body(address, .failure(.malformed("a text of 4 GiB or more", column: 0)))
      return counts
    }
    body(address, read(record: piece, of: source))
    return counts
  }

  func read(
    record: ByteRange, of source: RecordSource
  ) -> Result<UnsafeRawBufferPointer, RecordFault> {
    guard let form = source.form as? TextForm else {
      return .failure(.malformed("no text", column: 0))
    }
    path = form.path
    do throws(RefrainError) {
      let bytes = [UInt8](source.bytes(in: record))
      try SourceText.requireText(bytes, path: path)
      let decoded = try SourceText(bytes, path: path)
      // Of plain text everything counts, also what looks like a table.
      text =
        form.format == .plain
        ? Array(decoded.utf8[(decoded.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)...])
        : try Prose(decoded, format: form.format, path: path, keepsTables: true).text
    } catch {
      return .failure(.placed(error))
    }
    if own.count < text.count {
      own.deallocate()
      own = .allocate(byteCount: text.count, alignment: 64)
    }
    text.withUnsafeBytes { own.copyMemory(from: $0) }
    return .success(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(own)[..<text.count]))
  }

  func id() -> RecordID? { .string(path) }

  func idHash() -> UInt64? {
    var path = path
    return path.withUTF8 { refrain_xxh3_64_seeded($0.baseAddress, $0.count, 1) }
  }

  func scalar(_ name: String) -> RecordID? { name == "id" ? id() : nil }

  func appendJSON(of record: ByteRange, of source: RecordSource, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      json.beginObject()
      json.key("id")
      json.string(path)
      text.withUnsafeBytes { json.member("text", text: $0) }
      json.endObject()
    }
  }
}
