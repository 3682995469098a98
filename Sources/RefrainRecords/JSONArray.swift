// Files that hold one JSON array of records: read element by element, never as a whole.
//
// Only the ends of elements are searched here, by counting brackets outside of strings; whether an element is
// JSON, the parser decides. So one bad element costs itself, unless it leaves a string or a bracket open.

import Glibc
package import RefrainModel

/// An array of records.
package struct JSONArray: RecordForm {
  /// Whether elements are counted and not lines: where several stand on one line, it names none of them.
  let countsElements: Bool

  /// Whether these bytes are an array, as far as the first of them that is no white space tells.
  static func begins(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    bytes[start...].first { !JSONElements.isSpace($0) } == UInt8(ascii: "[")
  }

  /// Looks at all elements once.
  ///
  /// O(bytes).
  init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
    var elements = JSONElements(bytes, from: start)
    var crowded = false
    var last = -1
    while !crowded, let element = elements.next(), element.fault == nil {
      let begin = element.range.start
      crowded = last >= 0 && JSONElements.newlines(bytes, last, begin) == 0
      last = begin
    }
    countsElements = crowded
  }

  package var kind: RecordFormat { .jsonArray }

  package var framing: RecordFraming? {
    var framing = RecordFraming()
    framing.opening = Array("[\n".utf8)
    framing.separator = Array(",\n".utf8)
    framing.closing = Array("\n]\n".utf8)
    return framing
  }

  package func pieces(of source: RecordSource, size: Int) -> [ByteRange] {
    var pieces: [ByteRange] = []
    var elements = JSONElements(source.bytes, from: source.start)
    var start = source.start
    while let element = elements.next() {
      if element.next - start >= size, element.hasComma, element.next < source.bytes.count {
        pieces.append(ByteRange(start, element.next))
        start = element.next
      }
    }
    if start < source.bytes.count { pieces.append(ByteRange(start, source.bytes.count)) }
    return pieces
  }

  package func reader(_ fields: RecordFields) -> any FormReader { JSONArrayReader(fields) }
}

/// The elements of an array, one after the other.
struct JSONElements {
  struct Element {
    /// Its bytes without the white space around them; empty where something should be and is not.
    var range: ByteRange
    /// Where to go on, behind the comma.
    var next: Int
    /// Whether a comma follows, and so another element.
    var hasComma = false
    /// What is wrong with what stands around elements.
    var fault: String?
  }

  static let unended = "the array does not end"

  private let bytes: UnsafeRawBufferPointer
  private var position: Int
  private var isOpen = false
  private var isDone = false
  /// Whether an element must follow: a comma stands in front.
  private var needsElement = false

  /// From the start of a source, where the bracket opens, or from the middle of its array.
  init(_ bytes: UnsafeRawBufferPointer, from start: Int, inside: Bool = false) {
    self.bytes = bytes
    position = start
    isOpen = inside
    needsElement = inside
  }

  /// The next element, or a fault in its place; nil behind the last.
  mutating func next() -> Element? {
    if isDone { return nil }
    skipSpace()
    if !isOpen {
      guard peek == UInt8(ascii: "[") else { return end("expected \"[\"") }
      isOpen = true
      position += 1
      skipSpace()
    }
    if peek == UInt8(ascii: "]"), !needsElement { return close() }
    let start = position
    if peek == nil { return end(Self.unended) }
    skipElement()
    var stop = position
    while stop > start, Self.isSpace(bytes[stop - 1]) { stop -= 1 }
    let range = ByteRange(start, stop)
    needsElement = peek == UInt8(ascii: ",")
    if needsElement { position += 1 }
    return Element(range: range, next: position, hasComma: needsElement)
  }

  /// The closing bracket, behind which nothing may stand.
  private mutating func close() -> Element? {
    position += 1
    skipSpace()
    return peek == nil ? end(nil) : end("something follows the array")
  }

  private mutating func end(_ fault: String?) -> Element? {
    isDone = true
    guard let fault else { return nil }
    return Element(range: ByteRange(position, position), next: bytes.count, fault: fault)
  }

  /// Moves to the comma or bracket behind an element, or to the end.
  private mutating func skipElement() {
    var depth = 0
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""): skipString()
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        position += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return }
        depth -= 1
        position += 1
      case UInt8(ascii: ","):
        if depth == 0 { return }
        position += 1
      default: position += 1
      }
    }
  }

  private mutating func skipString() {
    guard let base = bytes.baseAddress else { return }
    let start = position
    position += 1
    // SAFETY: the search stays within the bytes.
    while let found = memchr(base + position, 0x22, bytes.count - position) {
      let quote = UnsafeRawPointer(found) - base
      position = quote + 1
      var slashes = 0
      while quote - slashes - 1 > start, bytes[quote - slashes - 1] == 0x5C { slashes += 1 }
      if slashes % 2 == 0 { return }
    }
    position = bytes.count
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek, Self.isSpace(byte) { position += 1 }
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Line ends in a stretch of bytes.
  static func newlines(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var count = 0
    var position = start
    // SAFETY: the search stays within start ..< end of the bytes.
    while position < end, let found = memchr(base + position, 0x0A, end - position) {
      count += 1
      position = UnsafeRawPointer(found) - base + 1
    }
    return count
  }
}

/// Reads elements of arrays.
private final class JSONArrayReader: JSONFormReader, FormReader {
  func read(
    _ piece: ByteRange, of source: RecordSource, number: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts {
    let bytes = source.bytes
    let counting = (source.form as? JSONArray)?.countsElements ?? false
    var counts = RecordPieceCounts()
    var elements = JSONElements(
      bytes, from: piece.start, inside: piece.start > source.start)
    var counted = piece.start
    var lines = 0
    var found = 0
    var hasFailed = false
    while let element = elements.next() {
      let range = element.range
      lines += JSONElements.newlines(bytes, counted, range.start)
      counted = range.start
      if element.fault == nil { found += 1 }
      let address = RecordAddress(
        offset: range.start, length: UInt32(clamping: range.count), source: UInt32(number),
        line: UInt32(clamping: counting ? found : lines + 1))
      if let fault = element.fault {
        // Where the last element is cut off, that was told.
        if hasFailed, fault == JSONElements.unended { break }
        body(address, .failure(.malformed("malformed JSON: \(fault)", column: 0)))
      } else if range.count >= Int(UInt32.max) {
        body(address, .failure(.malformed("a record of 4 GiB or more", column: 0)))
      } else {
        let result = reader.read(source.bytes(in: range))
        if case .failure = result { hasFailed = true } else { hasFailed = false }
        body(address, result.mapError(\.inArray))
      }
      // Where nothing follows the last comma, the next element is the fault that tells so.
      if element.hasComma, element.next >= piece.end, piece.end < bytes.count { break }
    }
    counts.lines = counting ? found : lines + JSONElements.newlines(bytes, counted, piece.end)
    return counts
  }
}

extension RecordFault {
  /// The same of an element of an array, whose lines and columns are not those of a record on one line.
  fileprivate var inArray: RecordFault {
    guard case .malformed(let cause, _) = self else { return self }
    var words = cause.replacing(" on this line", with: "")
    if let hint = words.firstRange(of: "; if this is pretty-printed") {
      words = String(words[..<hint.lowerBound])
    }
    return .malformed(words, column: 0)
  }
}
