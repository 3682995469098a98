// A line of JSON looked at again, byte by byte: where it goes wrong and why, or which fields it has.
//
// The fast parser tells that a line is no JSON and not where. This one is asked only after it failed.
/// What a line of JSON holds, as far as a message needs it.
package struct JSONScan {
  /// Where the line ceases to be one JSON value; nil where it is one.
  package private(set) var fault: (offset: Int, cause: String)?
  /// Whether the fault is that the line ends before the value does, outside of a string.
  package private(set) var endsEarly = false
  /// The fields of an object at the top, as they are written, and where their values begin.
  package private(set) var fields: [(name: String, value: Int)] = []

  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  /// What is open around the place: true an object, false an array.
  private var open: [Bool] = []

  /// Scans a line of valid UTF-8.
  ///
  /// O(bytes), without recursion.
  package init(_ bytes: UnsafeRawBufferPointer) {
    self.bytes = bytes
    scan()
  }

  /// The 1-based column of a byte, in code points.
  package static func column(of offset: Int, in line: UnsafeRawBufferPointer) -> Int {
    1 + line.prefix(offset).count { $0 & 0xC0 != 0x80 }
  }

  private mutating func scan() {
    skipSpace()
    guard value() else { return }
    while !open.isEmpty {
      skipSpace()
      guard next() else { return }
    }
    skipSpace()
    if position < bytes.count { fail("something follows the record") }
  }

  /// One step behind a value or an opening bracket: a separator with what belongs behind it, or the
  /// closing bracket.
  private mutating func next() -> Bool {
    let isObject = open[open.count - 1]
    let close = UInt8(ascii: isObject ? "}" : "]")
    guard let byte = peek else { return failAtEnd() }
    if byte == close {
      position += 1
      open.removeLast()
      return true
    }
    guard byte == UInt8(ascii: ",") else {
      return fail("expected \",\" or \"\(Character(UnicodeScalar(close)))\"")
    }
    position += 1
    skipSpace()
    return isObject ? member() : value()
  }

  private mutating func member() -> Bool {
    guard let byte = peek else { return failAtEnd() }
    guard byte == UInt8(ascii: "\"") else {
      return fail("expected a field name in quotation marks")
    }
    let start = position + 1
    guard string() else { return false }
    let name = start..<(position - 1)
    skipSpace()
    guard let colon = peek else { return failAtEnd() }
    guard colon == UInt8(ascii: ":") else { return fail("expected \":\" after the field name") }
    position += 1
    skipSpace()
    if open.count == 1 {
      let text = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[name]), as: UTF8.self)
      fields.append((text, position))
    }
    return value()
  }

  private mutating func value() -> Bool {
    guard let byte = peek else { return failAtEnd() }
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["): return bracket(byte == UInt8(ascii: "{"))
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "-"), 0x30...0x39: return number()
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return fail("expected a value")
    }
  }

  /// An opening bracket and, where there is one, the first thing behind it.
  private mutating func bracket(_ isObject: Bool) -> Bool {
    if open.count == 1024 { return fail("nested more than 1,024 levels deep") }
    position += 1
    open.append(isObject)
    skipSpace()
    guard let byte = peek else { return failAtEnd() }
    if byte == UInt8(ascii: isObject ? "}" : "]") { return true }
    return isObject ? member() : value()
  }

  private mutating func string() -> Bool {
    let start = position
    position += 1
    while let byte = peek {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return true
      case UInt8(ascii: "\\"): guard escape() else { return false }
      case 0..<0x20: return fail("a control character in a string must be escaped")
      default: position += 1
      }
    }
    position = start
    return fail("the string does not end on this line")
  }

  private mutating func escape() -> Bool {
    guard position + 1 < bytes.count else {
      position += 1
      return true
    }
    switch bytes[position + 1] {
    case UInt8(ascii: "u"):
      guard position + 6 <= bytes.count,
        bytes[position + 2..<position + 6].allSatisfy({ Self.isHex($0) })
      else { return fail("\"\\u\" takes four hexadecimal digits") }
      position += 6
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      position += 2
    default: return fail("no such escape in JSON")
    }
    return true
  }

  private mutating func number() -> Bool {
    let start = position
    func digits(_ scan: inout JSONScan) -> Int {
      let first = scan.position
      while let byte = scan.peek, (0x30...0x39).contains(byte) { scan.position += 1 }
      return scan.position - first
    }
    if peek == UInt8(ascii: "-") { position += 1 }
    let startsWithZero = peek == UInt8(ascii: "0")
    let whole = digits(&self)
    var isNumber = whole == 1 || whole > 1 && !startsWithZero
    if isNumber, peek == UInt8(ascii: ".") {
      position += 1
      isNumber = digits(&self) > 0
    }
    if isNumber, peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      position += 1
      if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { position += 1 }
      isNumber = digits(&self) > 0
    }
    if isNumber { return true }
    position = start
    return fail("not a valid JSON number")
  }

  private mutating func word(_ word: StaticString) -> Bool {
    let end = position + word.utf8CodeUnitCount
    let isWord =
      end <= bytes.count
      && word.withUTF8Buffer { bytes[position..<end].elementsEqual($0) }
    guard isWord else { return fail("expected a value") }
    position = end
    return true
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
      position += 1
    }
  }

  @discardableResult
  private mutating func fail(_ cause: String) -> Bool {
    fault = (position, cause)
    return false
  }

  private mutating func failAtEnd() -> Bool {
    endsEarly = true
    return fail("the record does not end on this line")
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }
}
