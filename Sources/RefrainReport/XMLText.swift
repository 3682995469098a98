// Text inside XML and HTML: nothing in it can end an element, an attribute or a script, and none of the
// characters of `VisibleText.steers` stands there as it is, for these reports go to terminals, too.

package enum XMLText {
  /// How characters that XML 1.0 cannot hold are shown.
  package enum ControlStyle: Sendable {
    /// As U+FFFD.
    case replaced
    /// As carets, `^[`, which every font has.
    case caret
  }

  /// Text for element content, and for attribute values in either kind of quotes.
  ///
  /// Line ends and tabs in attributes become character references, since parsers make blanks of them
  /// there, and so do separators and directional marks. What turns the direction of the text around it
  /// is replaced in any case. O(bytes).
  package static func escaped(
    _ text: String, attribute: Bool = false, controls: ControlStyle = .replaced
  ) -> String {
    var text = text
    return text.withUTF8 { bytes in
      var out: [UInt8] = []
      out.reserveCapacity(bytes.count + bytes.count / 8)
      var at = 0
      while at < bytes.count {
        let byte = bytes[at]
        switch byte {
        case UInt8(ascii: "&"): out.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): out.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): out.append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "\""): out.append(contentsOf: "&quot;".utf8)
        case UInt8(ascii: "'"): out.append(contentsOf: "&#39;".utf8)
        case 0x09, 0x0A:
          if attribute { out.append(contentsOf: "&#\(byte);".utf8) } else { out.append(byte) }
        case 0x0D: out.append(contentsOf: "&#13;".utf8)
        case 0x00..<0x20, 0x7F:
          if controls == .caret { out += [UInt8(ascii: "^"), byte ^ 0x40] } else { replace(&out) }
        case 0xC2, 0xD8, 0xE2, 0xEF:
          let length = byte < 0xE0 ? 2 : 3
          let character = bytes[at..<min(bytes.count, at + length)]
          if isRefused(character) {
            replace(&out)
          } else if let code = referenced(character) {
            out.append(contentsOf: "&#x\(String(code, radix: 16, uppercase: true));".utf8)
          } else {
            out.append(contentsOf: character)
          }
          at += length - 1
        default: out.append(byte)
        }
        at += 1
      }
      return String(decoding: out, as: UTF8.self)
    }
  }

  private static func replace(_ out: inout [UInt8]) { out += [0xEF, 0xBF, 0xBD] }

  /// U+0080 to U+009F, U+202A to U+202E, U+2066 to U+2069, U+FFFE and U+FFFF.
  private static func isRefused(_ character: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let bytes = (character.first ?? 0, character.dropFirst().first ?? 0, character.last ?? 0)
    return switch bytes {
    case (0xC2, 0x80..<0xA0, _): true
    case (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA6...0xA9): true
    case (0xEF, 0xBF, 0xBE...0xBF): true
    default: false
    }
  }

  /// The code of U+061C, U+200E, U+200F, U+2028 and U+2029; nil for any other character.
  ///
  /// Hebrew and Arabic need the marks, so a parser gets them back.
  private static func referenced(_ character: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    let bytes = (character.first ?? 0, character.dropFirst().first ?? 0, character.last ?? 0)
    return switch bytes {
    case (0xD8, 0x9C, _): 0x061C
    case (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xA8...0xA9): 0x2000 + UInt32(bytes.2 & 0x3F)
    default: nil
    }
  }

  /// ` name="value"`.
  package static func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(escaped(value, attribute: true))\""
  }
}
