// JSON as it is written: keys in the order they are given, so that equal results are equal bytes.

/// A growing piece of JSON.
///
/// Separators are put where they belong; the caller closes what it opens.
package struct JSONText: Sendable {
  /// The UTF-8 written so far.
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  /// Appends what `body` writes to `bytes`, which are not copied.
  @inline(__always)
  package static func append(to bytes: inout [UInt8], _ body: (inout JSONText) -> Void) {
    var json = JSONText()
    swap(&json.bytes, &bytes)
    body(&json)
    swap(&json.bytes, &bytes)
  }

  package mutating func beginObject() { open("{") }
  package mutating func endObject() { close("}") }
  package mutating func beginArray() { open("[") }
  package mutating func endArray() { close("]") }

  /// A key; the value is to follow.
  package mutating func key(_ name: StaticString) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    literal(name)
    literal("\": ")
    needsComma = false
  }

  /// A key that is not known beforehand, and its value as JSON.
  package mutating func member(_ name: String, json value: String) {
    string(name)
    literal(": ")
    needsComma = false
    raw(value)
  }

  /// A key that is not known beforehand, and its value from its UTF-8.
  package mutating func member(_ name: String, text utf8: UnsafeRawBufferPointer) {
    string(name)
    literal(": ")
    needsComma = false
    string(utf8)
  }

  /// Begins a new line in front of the next value, for people and for line diffs.
  package mutating func lineBreak() {
    if needsComma { bytes.append(UInt8(ascii: ",")) }
    needsComma = false
    bytes.append(0x0A)
  }

  /// A value that is JSON already, such as a number.
  package mutating func raw(_ text: some StringProtocol) {
    separate()
    bytes.append(contentsOf: text.utf8)
    needsComma = true
  }

  package mutating func integer(_ value: Int) { raw(String(value)) }
  package mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }
  package mutating func null() { raw("null") }

  /// A similarity with six digits, rounded half up from the exact fraction `part / whole`.
  package mutating func fraction(_ part: Int, of whole: Int) {
    raw(Self.sixDigits(part, of: whole))
  }

  /// `part / whole` with six digits behind the point; 0 for an empty whole.
  package static func sixDigits(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0.000000" }
    let (quotient, remainder) = part.quotientAndRemainder(dividingBy: whole)
    var millionths = quotient * 1_000_000 + (remainder * 2_000_000 + whole) / (2 * whole)
    // Only equal sets are 1: a large set that lacks one shingle does not round up to it.
    if part < whole, millionths == 1_000_000 { millionths = 999_999 }
    let digits = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits
  }

  package mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { string(UnsafeRawBufferPointer($0)) }
  }

  package mutating func string(_ text: some StringProtocol) {
    var copy = String(text)
    copy.withUTF8 { string(UnsafeRawBufferPointer($0)) }
  }

  /// A string from its UTF-8, with the escapes that JSON asks for, and others for what must not reach a
  /// terminal as it is (`VisibleText.steers`).
  package mutating func string(_ utf8: UnsafeRawBufferPointer) {
    separate()
    bytes.append(UInt8(ascii: "\""))
    // What needs no escape is copied a stretch at a time.
    var start = 0
    var at = 0
    while at < utf8.count {
      let length: Int
      switch utf8[at] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), 0..<0x20, 0x7F: length = 1
      case 0xC2, 0xD8, 0xE2: length = Self.steering(utf8, at)
      default: length = 0
      }
      if length > 0 {
        bytes.append(contentsOf: utf8[start..<at])
        escape(utf8[at..<(at + length)])
        start = at + length
      }
      at += max(1, length)
    }
    bytes.append(contentsOf: utf8[start...])
    bytes.append(UInt8(ascii: "\""))
    needsComma = true
  }

  /// The bytes of the character at `at` where it is one of those beyond ASCII that steer, else 0.
  private static func steering(_ utf8: UnsafeRawBufferPointer, _ at: Int) -> Int {
    let length = utf8[at] == 0xE2 ? 3 : 2
    guard at + length <= utf8.count, let scalar = scalar(utf8[at..<(at + length)]) else { return 0 }
    return VisibleText.steers(scalar) ? length : 0
  }

  /// The scalar of two or three bytes of UTF-8.
  private static func scalar(_ bytes: Slice<UnsafeRawBufferPointer>) -> Unicode.Scalar? {
    guard let first = bytes.first else { return nil }
    let start = UInt32(first) & (bytes.count == 3 ? 0x0F : 0x1F)
    return Unicode.Scalar(bytes.dropFirst().reduce(start) { $0 << 6 | UInt32($1 & 0x3F) })
  }

  /// Writes one character as an escape.
  private mutating func escape(_ character: Slice<UnsafeRawBufferPointer>) {
    switch character.first {
    case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
    case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
    case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
    case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
    case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
    case let first?:
      let value = character.count == 1 ? UInt32(first) : Self.scalar(character)?.value ?? 0xFFFD
      bytes.append(contentsOf: "\\u\(value.hexadecimal(digits: 4))".utf8)
    case nil: break
    }
  }

  /// Ends a line of JSON Lines.
  package mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  private mutating func open(_ bracket: StaticString) {
    separate()
    literal(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: StaticString) {
    literal(bracket)
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { literal(", ") }
    needsComma = false
  }

  private mutating func literal(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }
}
