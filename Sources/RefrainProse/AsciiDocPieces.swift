// Inline markup of AsciiDoc that holds none of its own: passthroughs, index terms, character references.

import RefrainModel

/// Chooses what stays of such markup.
///
/// Each function returns where the markup ends that begins at `at`; nil where none does.
enum AsciiDocPieces {
  /// No character reference is longer, in bytes.
  private static let longestEntity = 32

  /// `+text+`, `++text++`: the text as it stands; `+++text+++`: not shown as it stands; ` +` at the end
  /// of a line: a line break.
  static func passthrough(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    if text[at - 1] == UInt8(ascii: " "), text[at + 1] == UInt8(ascii: "\n") {
      text.keepRest(upTo: at)
      return at + 1
    }
    let isRaw = text[at + 1] == UInt8(ascii: "+") && text[at + 2] == UInt8(ascii: "+")
    if isRaw {
      let mark = InlineText.Mark(byte: UInt8(ascii: "+"), count: 3)
      guard let close = text.firstIndex(of: mark, from: at + 3, before: end) else { return nil }
      text.keepRest(upTo: at)
      return close + 3
    }
    guard let mark = AsciiDocMark.find(&text, at, before: end) else { return nil }
    text.keepRest(upTo: at)
    text.keep(at + mark.width..<mark.close)
    return mark.close + mark.width
  }

  /// `((term))`: the term shows; `(((term)))` does not.
  static func indexTerm(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    guard text[at + 1] == UInt8(ascii: "(") else { return nil }
    let isHidden = text[at + 2] == UInt8(ascii: "(")
    let mark = InlineText.Mark(byte: UInt8(ascii: ")"), count: isHidden ? 3 : 2)
    guard let close = text.firstIndex(of: mark, from: at + mark.count, before: end) else {
      return nil
    }
    text.keepRest(upTo: at)
    if !isHidden { text.keep(at + 2..<close) }
    return close + mark.count
  }

  static func entity(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    let rest = text.bytes[(at + 1)..<min(end, at + longestEntity)]
    guard let close = rest.firstIndex(of: UInt8(ascii: ";")),
      let decoded = Entity.decode(text.bytes[at...close])
    else { return nil }
    text.keepRest(upTo: at)
    text.replace(at..<(close + 1), by: decoded)
    return close + 1
  }
}
