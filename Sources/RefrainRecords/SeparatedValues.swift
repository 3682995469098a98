// Files of separated values: a header that names the columns, and a record a row. Values are strings.

import CSimdJSON
import CXXHash
package import RefrainModel

/// Rows under a header.
package struct SeparatedValues: RecordForm {
  let separator: UInt8
  /// The names of the columns; none in an empty file.
  let columns: [String]
  /// The header as it lies in the file, with its line end.
  private let header: [UInt8]
  let firstRow: Int
  /// Lines in front of the first row.
  let headerLines: Int

  /// Reads the header.
  ///
  /// - Throws: `badRecord` for one that is no row or names a column twice; `notUTF8`.
  init(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ separator: Unicode.Scalar, path: String
  ) throws(RefrainError) {
    self.separator = UInt8(ascii: separator)
    var row = SeparatedRow(separator: self.separator)
    var begin = start
    var next = start
    // Empty lines in front are no header.
    while next < bytes.count, row.fields.isEmpty, row.fault == nil {
      begin = next
      next = row.read(bytes, from: next)
    }
    let line = 1 + JSONElements.newlines(bytes, start, begin)
    if let (cause, _) = row.fault {
      throw .badRecord(path: path, line: line, cause: "the header: \(cause)")
    }
    let stretch = UnsafeRawBufferPointer(rebasing: bytes[begin..<next])
    let valid = refrain_utf8_valid_prefix(stretch.baseAddress, stretch.count)
    if valid < stretch.count { throw .notUTF8(path: path, line: line, byte: begin + valid) }
    var columns: [String] = []
    for index in row.fields.indices {
      var scratch: [UInt8] = []
      let name: String
      if let part = row.value(index, of: bytes, &scratch) {
        name = String(decoding: scratch[part], as: UTF8.self)
      } else {
        let range = row.fields[index].range
        name = String(
          decoding: UnsafeRawBufferPointer(rebasing: bytes[range.start..<range.end]),
          as: UTF8.self)
      }
      if columns.contains(name) {
        throw .badRecord(path: path, line: line, cause: "the header names \"\(name)\" twice")
      }
      columns.append(name)
    }
    self.columns = columns
    header = Array(stretch)
    firstRow = next
    headerLines = JSONElements.newlines(bytes, start, next)
  }

  package var kind: RecordFormat {
    separator == UInt8(ascii: ",") ? .commaSeparated : .tabSeparated
  }

  package var framing: RecordFraming? {
    var framing = RecordFraming()
    framing.opening = header.last == 0x0A || header.isEmpty ? header : header + [0x0A]
    return framing
  }

  package func pieces(of source: RecordSource, size: Int) -> [ByteRange] {
    let bytes = source.bytes
    var pieces: [ByteRange] = []
    var row = SeparatedRow(separator: separator)
    var start = firstRow
    var position = firstRow
    while position < bytes.count {
      position = row.read(bytes, from: position)
      if position - start >= size || position == bytes.count {
        pieces.append(ByteRange(start, position))
        start = position
      }
    }
    return pieces
  }

  package func reader(_ fields: RecordFields) -> any FormReader {
    SeparatedReader(fields, separator: separator)
  }
}

/// Reads rows.
private final class SeparatedReader: FormReader {
  private let fields: RecordFields
  private let texts: [String]
  private var row: SeparatedRow
  /// The columns of the source that was read last, and where among them its fields are.
  private var columns: [String] = []
  private var textColumns: [Int?] = []
  private var idColumn: Int?
  // SAFETY: the reader owns the copy of the row and frees it once. It is a copy, because the row is looked at
  // more than once, and a mapped file may change in between.
  private var own: UnsafeMutableRawBufferPointer = .allocate(byteCount: 1 << 12, alignment: 64)
  private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  private var scratch: [UInt8] = []
  let replacedSurrogates = 0

  init(_ fields: RecordFields, separator: UInt8) {
    self.fields = fields
    texts = fields.texts
    row = SeparatedRow(separator: separator)
  }

  deinit { own.deallocate() }

  func read(
    _ piece: ByteRange, of source: RecordSource, number: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts {
    let whole = source.bytes
    var counts = RecordPieceCounts()
    guard let form = source.form as? SeparatedValues else { return counts }
    if piece.start == form.firstRow { counts.lines = form.headerLines }
    var ends = SeparatedRow(separator: form.separator)
    var position = piece.start
    while position < piece.end {
      let start = position
      position = ends.read(whole, from: start)
      let line = counts.lines + 1
      counts.lines += JSONElements.newlines(whole, start, position)
      if position == whole.count, position > start, whole[position - 1] != 0x0A {
        counts.lines += 1
      }
      if ends.fields.isEmpty, ends.fault == nil {
        counts.blank += 1
        continue
      }
      let record = ByteRange(start, position)
      let address = RecordAddress(
        offset: start, length: UInt32(clamping: record.count), source: UInt32(number),
        line: UInt32(clamping: line))
      if record.count >= Int(UInt32.max) {
        body(address, .failure(.malformed("a row of 4 GiB or more", column: 1)))
      } else {
        body(address, read(record: record, of: source))
      }
    }
    return counts
  }

  func read(
    record: ByteRange, of source: RecordSource
  ) -> Result<UnsafeRawBufferPointer, RecordFault> {
    guard let form = source.form as? SeparatedValues else {
      return .failure(.malformed("no row", column: 0))
    }
    if form.columns != columns { turn(to: form.columns) }
    take(source.bytes(in: record))
    _ = row.read(bytes, from: 0)
    if let (cause, offset) = row.fault {
      return .failure(.malformed(cause, column: column(offset)))
    }
    let valid = refrain_utf8_valid_prefix(bytes.baseAddress, bytes.count)
    if valid < bytes.count { return .failure(.notUTF8(valid)) }
    guard row.fields.count == columns.count else {
      let count = row.fields.count
      return .failure(
        .malformed(
          "a row of \(count) field\(count == 1 ? "" : "s") under a header of \(columns.count)",
          column: 1))
    }
    return text()
  }

  /// The texts of the row, joined by blank lines where several are there.
  private func text() -> Result<UnsafeRawBufferPointer, RecordFault> {
    scratch.removeAll(keepingCapacity: true)
    for (name, column) in zip(texts, textColumns) where column == nil {
      let shown = columns.prefix(12).joined(separator: ", ")
      return .failure(
        .malformed(
          "no field \"\(name)\"; fields are: \(shown)\(columns.count > 12 ? ", ..." : "")",
          column: 1))
    }
    let present = textColumns.compactMap { $0 }
    if present.count == 1, !row.fields[present[0]].isDoubled {
      return .success(raw(present[0]))
    }
    for column in present {
      let hasBefore = !scratch.isEmpty
      let before = scratch.count
      if hasBefore { scratch.append(contentsOf: [0x0A, 0x0A]) }
      let start = scratch.count
      append(column)
      if hasBefore, scratch.count == start { scratch.removeSubrange(before...) }
    }
    // SAFETY: the bytes are copied behind the row, where they stay until the next one is read.
    return .success(keep(scratch))
  }

  func id() -> RecordID? { idColumn.flatMap { string($0) }.map { .string($0) } }

  func idHash() -> UInt64? {
    guard let id = idColumn.flatMap({ string($0) }) else { return nil }
    var text = id
    return text.withUTF8 { refrain_xxh3_64_seeded($0.baseAddress, $0.count, 1) }
  }

  /// A number where the value is written as one, since nothing else tells numbers here.
  func scalar(_ name: String) -> RecordID? {
    guard let text = columns.firstIndex(of: name).flatMap({ string($0) }) else { return nil }
    if let number = Int64(text) { return .integer(number) }
    if let number = Double(text), number.isFinite { return .number(number) }
    return .string(text)
  }

  func appendJSON(of record: ByteRange, of source: RecordSource, to bytes: inout [UInt8]) {
    var json = JSONText()
    json.beginObject()
    for (index, name) in columns.enumerated() {
      scratch.removeAll(keepingCapacity: true)
      append(index)
      scratch.withUnsafeBytes { json.member(name, text: $0) }
    }
    json.endObject()
    bytes += json.bytes
  }

  private func turn(to columns: [String]) {
    self.columns = columns
    textColumns = texts.map { columns.firstIndex(of: $0) }
    idColumn = columns.firstIndex(of: fields.id)
  }

  private func raw(_ column: Int) -> UnsafeRawBufferPointer {
    let range = row.fields[column].range
    return UnsafeRawBufferPointer(rebasing: bytes[range.start..<range.end])
  }

  private func append(_ column: Int) {
    if row.value(column, of: bytes, &scratch) == nil { scratch.append(contentsOf: raw(column)) }
  }

  /// A value; nil where it is empty.
  private func string(_ column: Int) -> String? {
    guard column < row.fields.count else { return nil }
    scratch.removeAll(keepingCapacity: true)
    append(column)
    return scratch.isEmpty ? nil : String(decoding: scratch, as: UTF8.self)
  }

  /// Copies a row, with room for its texts behind it.
  private func take(_ record: UnsafeRawBufferPointer) {
    let room = record.count + (record.count + 2) * texts.count
    if own.count < room {
      own.deallocate()
      own = .allocate(byteCount: room * 2, alignment: 64)
    }
    own.copyMemory(from: record)
    bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(own)[..<record.count])
  }

  /// Copies a text that was put together behind the row.
  private func keep(_ text: [UInt8]) -> UnsafeRawBufferPointer {
    let room = UnsafeMutableRawBufferPointer(rebasing: own[bytes.count...])
    text.withUnsafeBytes { room.copyMemory(from: $0) }
    return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<text.count])
  }

  /// The column in the line of a place in the row.
  private func column(_ offset: Int) -> Int {
    let line = bytes[..<offset].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return 1 + bytes[line..<offset].count { $0 & 0xC0 != 0x80 }
  }
}
