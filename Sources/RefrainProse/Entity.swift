// HTML's character references, as they stand in Markdown: `&eacute;`, `&#233;`, `&#xE9;`.

/// Decodes character references to UTF-8.
package enum Entity {
  /// The character that a reference names, in UTF-8; nil where the name is unknown or this is none.
  ///
  /// Numbers that name no character (0, surrogates, beyond U+10FFFF) give U+FFFD, as CommonMark
  /// says.
  /// - Parameter reference: from `&` to `;`, both included.
  package static func decode(_ reference: ArraySlice<UInt8>) -> [UInt8]? {
    guard reference.count > 2, reference.first == UInt8(ascii: "&"),
      reference.last == UInt8(ascii: ";")
    else { return nil }
    let body = reference.dropFirst().dropLast()
    guard body.first == UInt8(ascii: "#") else {
      return EntityTable.characters[String(decoding: body, as: UTF8.self)].map { Array($0.utf8) }
    }
    return number(body.dropFirst()).map { value in
      let scalar = value == 0 ? nil : Unicode.Scalar(value)
      return Array(String(Character(scalar ?? "\u{FFFD}")).utf8)
    }
  }

  /// The value of `233` or `xE9`, at most just beyond Unicode; nil for anything but digits.
  private static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
    let isHex = digits.first.map { $0 | 0x20 } == UInt8(ascii: "x")
    let digits = isHex ? digits.dropFirst() : digits
    guard !digits.isEmpty else { return nil }
    var value: UInt32 = 0
    for byte in digits {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46 where isHex, 0x61...0x66 where isHex: digit = (byte | 0x20) - 0x61 + 10
      default: return nil
      }
      value = min(value * (isHex ? 16 : 10) + UInt32(digit), 0x11_0000)
    }
    return value
  }
}
