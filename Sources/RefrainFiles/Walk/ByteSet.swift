// Bracket expressions of ignore files: `[abc]`, `[a-z]`, `[!a]`, `[[:digit:]]`, as git reads them.

import RefrainModel

/// A set of bytes, one bit each.
struct ByteSet: Hashable, Sendable {
  private var bits: SIMD4<UInt64> = .zero

  func contains(_ byte: UInt8) -> Bool { bits[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  private mutating func insert(_ byte: UInt8) { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }

  /// Reads an expression whose `[` has been read, up to and with its `]`.
  ///
  /// `!` or `^` first negates it; `]` first is itself; a backslash takes the next byte as it is; a
  /// hyphen first, last, or behind a range is itself. nil where the `]` or the class is missing.
  init?(bracket rest: inout ArraySlice<UInt8>) {
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest.removeFirst() }
    var isFirst = true
    // The byte that a hyphen may make the start of a range.
    var rangeStart: UInt8?
    while true {
      guard var byte = rest.popFirst() else { return nil }
      if byte == UInt8(ascii: "]"), !isFirst { break }
      isFirst = false
      if byte == UInt8(ascii: "["), rest.first == UInt8(ascii: ":"),
        let end = rest.firstIndex(of: UInt8(ascii: "]")), end > rest.startIndex + 1,
        rest[end - 1] == UInt8(ascii: ":")
      {
        guard insert(class: rest[(rest.startIndex + 1)..<(end - 1)]) else { return nil }
        rest = rest[(end + 1)...]
        rangeStart = nil
      } else if byte == UInt8(ascii: "-"), let low = rangeStart, let next = rest.first,
        next != UInt8(ascii: "]")
      {
        rest.removeFirst()
        var high = next
        if next == UInt8(ascii: "\\") {
          guard let escaped = rest.popFirst() else { return nil }
          high = escaped
        }
        if low <= high { for member in low...high { insert(member) } }
        rangeStart = nil
      } else {
        if byte == UInt8(ascii: "\\") {
          guard let escaped = rest.popFirst() else { return nil }
          byte = escaped
        }
        insert(byte)
        rangeStart = byte
      }
    }
    if isNegated { bits = ~bits }
  }

  /// Adds the members of a POSIX class in ASCII; false where there is no such class.
  private mutating func insert(class name: ArraySlice<UInt8>) -> Bool {
    let isMember: (UInt8) -> Bool
    let isPrinted: (UInt8) -> Bool = { (0x21...0x7E).contains($0) }
    switch String(decoding: name, as: UTF8.self) {
    case "alnum": isMember = { $0.isASCIILetter || $0.isASCIIDigit }
    case "alpha": isMember = { $0.isASCIILetter }
    case "blank": isMember = { $0.isBlank }
    case "cntrl": isMember = { $0 < 0x20 || $0 == 0x7F }
    case "digit": isMember = { $0.isASCIIDigit }
    case "graph": isMember = isPrinted
    case "lower": isMember = { (0x61...0x7A).contains($0) }
    case "print": isMember = { isPrinted($0) || $0 == 0x20 }
    case "punct": isMember = { isPrinted($0) && !$0.isASCIILetter && !$0.isASCIIDigit }
    case "space": isMember = { $0.isWhiteSpace }
    case "upper": isMember = { (0x41...0x5A).contains($0) }
    case "xdigit": isMember = { $0.isASCIIDigit || (0x61...0x66).contains($0 | 0x20) }
    default: return false
    }
    for byte in UInt8.min...UInt8.max where isMember(byte) { insert(byte) }
    return true
  }
}
