// The oracle of the record reader: JSON as RFC 8259 says, a byte at a time.

/// What a line of JSON Lines holds, read without any haste.
struct PlainJSON {
  /// A value, as far as records are asked for it.
  enum Value: Equatable {
    case string([UInt8])
    case number(String)
    case other
  }

  /// Nests deeper than this: the reader under test need not follow.
  private(set) var isDeep = false
  private static let safeDepth = 512
  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// What was told of a line, and its members in order; nil for what is no JSON object.
  static func read(_ line: [UInt8]) -> (facts: PlainJSON, members: [([UInt8], Value)]?) {
    var json = PlainJSON(line)
    guard String(validating: line, as: UTF8.self) != nil else { return (json, nil) }
    json.skipSpace()
    guard json.peek == UInt8(ascii: "{"), let members = json.object(depth: 1) else {
      return (json, nil)
    }
    json.skipSpace()
    return (json, json.at == line.count ? members : nil)
  }

  private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { at += 1 }
  }

  private mutating func value(depth: Int) -> Value? {
    if depth > Self.safeDepth {
      isDeep = true
      return nil
    }
    switch peek {
    case UInt8(ascii: "{"): return object(depth: depth + 1).map { _ in .other }
    case UInt8(ascii: "["): return array(depth: depth + 1)
    case UInt8(ascii: "\""): return string().map(Value.string)
    case UInt8(ascii: "t"): return word("true")
    case UInt8(ascii: "f"): return word("false")
    case UInt8(ascii: "n"): return word("null")
    default: return number()
    }
  }

  private mutating func word(_ word: String) -> Value? {
    guard bytes[at...].starts(with: word.utf8) else { return nil }
    at += word.utf8.count
    return .other
  }

  private mutating func object(depth: Int) -> [([UInt8], Value)]? {
    var members: [([UInt8], Value)] = []
    guard take("{") else { return nil }
    skipSpace()
    if take("}") { return members }
    while true {
      skipSpace()
      guard let key = string() else { return nil }
      skipSpace()
      guard take(":") else { return nil }
      skipSpace()
      guard let value = value(depth: depth) else { return nil }
      members.append((key, value))
      skipSpace()
      if take("}") { return members }
      guard take(",") else { return nil }
    }
  }

  private mutating func array(depth: Int) -> Value? {
    guard take("[") else { return nil }
    skipSpace()
    if take("]") { return .other }
    while true {
      skipSpace()
      guard value(depth: depth) != nil else { return nil }
      skipSpace()
      if take("]") { return .other }
      guard take(",") else { return nil }
    }
  }

  private mutating func digits() -> Bool {
    let start = at
    while let byte = peek, (0x30...0x39).contains(byte) { at += 1 }
    return at > start
  }

  private mutating func number() -> Value? {
    let start = at
    _ = take("-")
    if !take("0"), !digits() { return nil }
    if take(".") {
      guard digits() else { return nil }
    }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      guard digits() else { return nil }
    }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func hex4() -> UInt16? {
    guard at + 4 <= bytes.count else { return nil }
    let digits = bytes[at..<(at + 4)]
    let isHex = digits.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20)
    }
    guard isHex else { return nil }
    at += 4
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// A string in UTF-8; surrogates without a partner are U+FFFD.
  private mutating func string() -> [UInt8]? {
    guard take("\"") else { return nil }
    var out: [UInt8] = []
    while let byte = peek {
      at += 1
      switch byte {
      case UInt8(ascii: "\""): return out
      case 0..<0x20: return nil
      case UInt8(ascii: "\\"):
        guard let scalar = escape() else { return nil }
        out += Array(String(scalar).utf8)
      default: out.append(byte)
      }
    }
    return nil
  }

  private mutating func escape() -> Unicode.Scalar? {
    guard let byte = peek else { return nil }
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      guard let unit = hex4() else { return nil }
      if (0xD800...0xDBFF).contains(unit), bytes[at...].starts(with: "\\u".utf8) {
        let back = at
        at += 2
        if let low = hex4(), (0xDC00...0xDFFF).contains(low) {
          return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
        }
        at = back
      }
      return Unicode.Scalar(UInt32(unit)) ?? "\u{FFFD}"
    default: return nil
    }
  }
}
