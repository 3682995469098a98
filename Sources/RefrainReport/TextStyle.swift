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
      let text = VisibleText.prose(piece.text)
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

  private func styled(_ text: String, _ code: String) -> String {
    isColored && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// `part` of `whole` in whole percent, 100 only for all of it.
  package static func percent(_ part: Int, of whole: Int) -> Int {
    guard whole > 0 else { return 0 }
    return part == whole ? 100 : min(99, (part * 200 + whole) / (2 * whole))
  }
}
