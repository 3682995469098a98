// Web archives (WARC, ISO 28500): a record after the other, each a header and as many bytes as it says.
//
// Texts are the `conversion` records, as the WET files of Common Crawl hold them, and the pages of `response` and
// `resource` records. Of a page only the main text counts: its navigation would make all pages of a site alike.

import CSimdJSON
import CXXHash
package import RefrainModel
import RefrainProse

/// Records of a web archive.
package struct WebArchive: RecordForm {
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: "WARC/".utf8) }

  package var kind: RecordFormat { .webArchive }

  /// Records end with line ends of their own, and are members of their own in gzip.
  package var framing: RecordFraming? {
    var framing = RecordFraming()
    framing.hasMembers = true
    return framing
  }

  package func pieces(of source: RecordSource, size: Int) -> [ByteRange] {
    var pieces: [ByteRange] = []
    let bytes = source.bytes
    var start = 0
    var position = 0
    while position < bytes.count {
      position = WebArchiveRecord(bytes, from: position).end
      if position - start >= size || position == bytes.count {
        pieces.append(ByteRange(start, position))
        start = position
      }
    }
    return pieces
  }

  package func reader(_ fields: RecordFields) -> any FormReader { WebArchiveReader(fields) }
}

/// One record of a web archive.
struct WebArchiveRecord {
  /// The names, in lower case, and values of its header.
  private(set) var header: [(name: String, value: String)] = []
  /// What it holds.
  private(set) var block = ByteRange(0, 0)
  /// Behind it and the empty lines that end it.
  private(set) var end: Int
  /// What is wrong with it; where it then ends is where the next one seems to begin.
  private(set) var fault: String?

  /// Reads the header of the record that begins at `start`.
  ///
  /// O(bytes of the header).
  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    end = start
    guard bytes[start...].starts(with: "WARC/".utf8) else {
      fail("no record of a web archive begins here", bytes, start)
      return
    }
    var lines = LineCursor(bytes, ByteRange(start, bytes.count))
    _ = lines.next()
    while let (line, content) = lines.next() {
      if content.count == 0 {
        readBlock(bytes, start, from: line.end)
        return
      }
      let text = String(
        decoding: UnsafeRawBufferPointer(rebasing: bytes[content.start..<content.end]),
        as: UTF8.self)
      guard let colon = text.firstIndex(of: ":") else {
        // A value may go on in a line that begins with white space.
        if text.first?.isWhitespace == true, !header.isEmpty { continue }
        fail("a header line without a colon", bytes, start)
        return
      }
      let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      header.append((text[..<colon].lowercased(), String(value)))
    }
    fail("the header does not end", bytes, start)
  }

  private mutating func readBlock(_ bytes: UnsafeRawBufferPointer, _ start: Int, from begin: Int) {
    guard let length = self["content-length"].flatMap({ Int($0) }), length >= 0 else {
      fail("a record without a length", bytes, start)
      return
    }
    guard length <= bytes.count - begin else {
      fail("the record is cut off: it should have \(length) bytes", bytes, start)
      return
    }
    block = ByteRange(begin, begin + length)
    end = block.end
    // Two line ends follow.
    for _ in 0..<2 {
      if end < bytes.count, bytes[end] == 0x0D { end += 1 }
      if end < bytes.count, bytes[end] == 0x0A { end += 1 }
    }
    if end < bytes.count, !bytes[end...].starts(with: "WARC/".utf8) {
      fail("the record is longer than its header says", bytes, start)
    }
  }

  /// The value of a header line.
  subscript(_ name: String) -> String? { header.first { $0.name == name }?.value }

  private mutating func fail(_ cause: String, _ bytes: UnsafeRawBufferPointer, _ start: Int) {
    fault = cause
    block = ByteRange(start, start)
    end = bytes.count
    var lines = LineCursor(bytes, ByteRange(start, bytes.count))
    _ = lines.next()
    while let (line, _) = lines.next() {
      if bytes[line.start...].starts(with: "WARC/".utf8) {
        end = line.start
        return
      }
    }
  }
}

/// Reads records of web archives.
private final class WebArchiveReader: FormReader {
  private let fields: RecordFields
  private var record: WebArchiveRecord?
  // SAFETY: a copy of the text, because it is looked at more than once, and a mapped file may change in
  // between; the reader owns it and frees it once.
  private var own: UnsafeMutableRawBufferPointer = .allocate(byteCount: 1 << 12, alignment: 64)
  private var text = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Bytes of the page that are not its main text, by what they are; empty where it is no page.
  private var boilerplate: [PagePart: Int] = [:]
  let replacedSurrogates = 0

  init(_ fields: RecordFields) { self.fields = fields }

  deinit { own.deallocate() }

  func read(
    _ piece: ByteRange, of source: RecordSource, number: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts {
    var counts = RecordPieceCounts()
    let bytes = source.bytes
    var position = piece.start
    while position < piece.end {
      let record = WebArchiveRecord(bytes, from: position)
      let range = ByteRange(position, record.end)
      position = record.end
      counts.lines += 1
      guard record.fault != nil || isText(record, of: source) else {
        counts.others += 1
        continue
      }
      let address = RecordAddress(
        offset: range.start, length: UInt32(clamping: range.count), source: UInt32(number),
        line: UInt32(clamping: counts.lines))
      if range.count >= Int(UInt32.max) {
        body(address, .failure(.malformed("a record of 4 GiB or more", column: 0)))
      } else {
        body(address, read(record, of: source, from: range.start))
      }
    }
    return counts
  }

  func read(
    record: ByteRange, of source: RecordSource
  ) -> Result<UnsafeRawBufferPointer, RecordFault> {
    read(WebArchiveRecord(source.bytes, from: record.start), of: source, from: record.start)
  }

  private func read(
    _ record: WebArchiveRecord, of source: RecordSource, from start: Int
  ) -> Result<UnsafeRawBufferPointer, RecordFault> {
    self.record = record
    boilerplate = [:]
    if let fault = record.fault { return .failure(.malformed(fault, column: 0)) }
    guard let response = response(record, of: source) else {
      hold(source.bytes(in: record.block))
      let valid = refrain_utf8_valid_prefix(text.baseAddress, text.count)
      if valid < text.count { return .failure(.notUTF8(record.block.start - start + valid)) }
      return .success(text)
    }
    do throws(RecordFault) {
      let page = try response.bytes(name: source.path)
      if response.content == .page {
        let main = MainText.extract(page, charset: response.charset)
        for part in main.boilerplate { boilerplate[part.name, default: 0] += part.ink }
        main.text.withUnsafeBytes(hold)
      } else {
        PageText(page, charset: response.charset).content.withUnsafeBytes(hold)
      }
      return .success(text)
    } catch {
      return .failure(error)
    }
  }

  /// Makes these bytes the text.
  private func hold(_ bytes: UnsafeRawBufferPointer) {
    if own.count < bytes.count {
      own.deallocate()
      own = .allocate(byteCount: bytes.count * 2, alignment: 64)
    }
    own.copyMemory(from: bytes)
    text = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(own)[..<bytes.count])
  }

  /// What a server answered; nil for a record that is a text itself.
  private func response(_ record: WebArchiveRecord, of source: RecordSource) -> WebResponse? {
    let block = source.bytes(in: record.block)
    return switch record["warc-type"]?.lowercased() {
    case "response" where record["content-type"]?.lowercased().contains("http") ?? true:
      WebResponse(message: block)
    case "response", "resource": WebResponse(page: block, type: record["content-type"])
    default: nil
    }
  }

  /// Whether a record holds a text to compare.
  private func isText(_ record: WebArchiveRecord, of source: RecordSource) -> Bool {
    if record["warc-type"]?.lowercased() == "conversion" { return true }
    return response(record, of: source).map { $0.content != .other } ?? false
  }

  /// An address without the angle brackets that some writers put around it.
  private static func address(_ value: String) -> String {
    value.hasPrefix("<") && value.hasSuffix(">") ? String(value.dropFirst().dropLast()) : value
  }

  /// The header line that a field stands for.
  private func value(_ name: String) -> String? {
    switch name {
    case "id": record?["warc-record-id"]
    case "url": record?["warc-target-uri"].map(Self.address)
    case "date": record?["warc-date"]
    default: record?[name.lowercased()]
    }
  }

  func id() -> RecordID? { value(fields.id).map { .string($0) } }

  func idHash() -> UInt64? {
    guard var id = value(fields.id) else { return nil }
    return id.withUTF8 { refrain_xxh3_64_seeded($0.baseAddress, $0.count, 1) }
  }

  func scalar(_ name: String) -> RecordID? {
    guard let text = value(name) else { return nil }
    return Int64(text).map { .integer($0) } ?? .string(text)
  }

  func appendJSON(of record: ByteRange, of source: RecordSource, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      json.beginObject()
      for name in ["id", "url", "date"] {
        guard var value = value(name) else { continue }
        value.withUTF8 { json.member(name, text: UnsafeRawBufferPointer($0)) }
      }
      json.member("text", text: text)
      if !boilerplate.isEmpty {
        json.key("boilerplate")
        json.beginObject()
        for part in PagePart.allCases {
          guard let bytes = boilerplate[part] else { continue }
          json.member(part.rawValue, json: "\(bytes)")
        }
        json.endObject()
      }
      json.endObject()
    }
  }
}
