// Colours, where a terminal shows them, and the marks that say the same without.

package import RefrainModel

/// How text results are styled.
package struct TextStyle: Sendable {
  /// Whether escape sequences are written.
  package var isColored: Bool

  package init(isColored: Bool) { self.isColored = isColored }

  package func bold(_ text: String) -> String { styled(text, "1") }
  package func dim(_ text: String) -> String { styled(text, "2") }
  package func heading(_ text: String) -> String { styled(text, "1;36") }
  package func warning(_ text: String) -> String { styled(text, "33") }

  /// A word diff on one line: `[-only here-]`, `{+only there+}`, and moved text in `<` `>`.
  package func difference(_ difference: WordDifference) -> String {
    difference.pieces.map { piece in
      let text = Self.visible(piece.text)
      switch piece.kind {
      case .equal: return text
      case .removed: return styled("[-\(text)-]", "31")
      case .added: return styled("{+\(text)+}", "32")
      case .movedAway: return styled("[<\(text)<]", "35")
      case .movedHere: return styled("{>\(text)>}", "35")
      }
    }
    .joined(separator: " ")
  }

  /// Text on one line without what would steer a terminal: control characters, line and paragraph
  /// separators, and what turns the direction of the text around it.
  package static func visible(_ text: String) -> String {
    // Most texts hold nothing of the kind, which a look at their bytes tells.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xE2 }) {
      return text
    }
    return String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0..<0x20, 0x7F..<0xA0, 0x2028...0x202E, 0x2066...0x2069: " "
          default: scalar
          }
        }))
  }

  private func styled(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// `part` of `whole` in whole percent, 100 only for all of it.
  package static func percent(_ part: Int, of whole: Int) -> Int {
    guard whole > 0 else { return 0 }
    return part == whole ? 100 : min(99, (part * 200 + whole) / (2 * whole))
  }
}
