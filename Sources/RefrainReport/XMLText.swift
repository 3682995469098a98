// Text inside XML and HTML: nothing in it can end an element, an attribute or a script.

package enum XMLText {
  /// Text for element content and attribute values in either kind of quotes.
  ///
  /// What XML 1.0 cannot hold, control characters above all, becomes U+FFFD. Line ends and tabs in
  /// attributes become character references, since parsers make blanks of them there. O(bytes).
  package static func escaped(_ text: String, attribute: Bool = false) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\t", "\n":
        if attribute { out += "&#\(scalar.value);" } else { out.unicodeScalars.append(scalar) }
      case "\r": out += "&#13;"
      default: out.unicodeScalars.append(isAllowed(scalar.value) ? scalar : "\u{FFFD}")
      }
    }
    return out
  }

  /// Whether XML 1.0 allows the character and does not discourage it.
  private static func isAllowed(_ value: UInt32) -> Bool {
    value >= 0x20 && !(0x7F..<0xA0).contains(value) && value & 0xFFFE != 0xFFFE
  }

  /// ` name="value"`.
  package static func attribute(_ name: String, _ value: String) -> String {
    " \(name)=\"\(escaped(value, attribute: true))\""
  }
}
