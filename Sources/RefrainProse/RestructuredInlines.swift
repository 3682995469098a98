// The inline markup of reStructuredText: what of a paragraph's bytes is text.
//
// Emphasis, literals, interpreted text, references and targets lose their marks, links their
// targets, roles their names; footnote references go. Where markup begins and ends follows the
// inline markup recognition rules of the specification, but for those about matching quotes.

import RefrainModel

/// Takes the inline markup out of a paragraph.
enum RestructuredInlines {
  private static let backquote = UInt8(ascii: "`")
  private static let underscore = UInt8(ascii: "_")

  /// A name of a role is no longer than this, in bytes.
  private static let longestRole = 128

  /// Chooses what stays of `text`.
  ///
  /// O(bytes).
  static func strip(_ text: inout InlineText) {
    var at = 0
    while at < text.bytes.count {
      let byte = text[at]
      let next: Int?
      switch byte {
      case UInt8(ascii: "\\"):
        // An escaped blank is nothing at all; any other character is itself.
        if !text[at + 1].isWhiteSpace { text.keep(at + 1..<min(at + 2, text.bytes.count)) }
        next = at + 2
      case UInt8(ascii: "*"):
        next = enclosed(&text, at, text[at + 1] == byte ? "**" : "*")
      case backquote where text[at + 1] == backquote: next = literal(&text, at)
      case backquote: next = interpreted(&text, at)
      case UInt8(ascii: ":"): next = role(&text, at)
      case UInt8(ascii: "|"): next = enclosed(&text, at, "|")
      case UInt8(ascii: "["): next = footnoteReference(text, at)
      case underscore: next = reference(text, at)
      default: next = nil
      }
      if let next {
        at = next
      } else {
        text.keep(at..<(at + 1))
        at += 1
      }
    }
  }

  private static func mayOpen(_ text: InlineText, _ at: Int, _ width: Int) -> Bool {
    let before = text[at - 1]
    let isBoundary = before.isWhiteSpace || before >= 0x80 || "'\"([{<-/:".utf8.contains(before)
    return isBoundary && !text[at + width].isWhiteSpace
  }

  private static func mayClose(_ text: InlineText, _ at: Int, _ width: Int) -> Bool {
    let after = text[at + width]
    let isBoundary =
      after.isWhiteSpace || after >= 0x80 || "'\")]}>-/:.,;!?\\_".utf8.contains(after)
    return isBoundary && !text[at - 1].isWhiteSpace && text[at - 1] != UInt8(ascii: "\\")
  }

  /// `*text*`, `**text**`, `|text|`: the marks go.
  private static func enclosed(_ text: inout InlineText, _ at: Int, _ mark: String) -> Int? {
    let mark = Array(mark.utf8)
    guard mayOpen(text, at, mark.count) else { return nil }
    let close = text.firstIndex(of: mark, use: "enclosed", from: at + mark.count + 1) {
      mayClose($0, $1, mark.count)
    }
    guard let close else { return nil }
    keepEscaped(&text, at + mark.count..<close)
    var end = close + mark.count
    // `|name|_` is a reference, too.
    while mark == [UInt8(ascii: "|")], text[end] == underscore { end += 1 }
    return end
  }

  /// Two backquotes on both sides: code, as it stands.
  private static func literal(_ text: inout InlineText, _ at: Int) -> Int? {
    guard mayOpen(text, at, 2) else { return nil }
    let mark = [backquote, backquote]
    let close = text.firstIndex(of: mark, use: "literal", from: at + 3) {
      // In three backquotes the last two close.
      $0[$1 + 2] != backquote && !$0[$1 - 1].isWhiteSpace
    }
    guard let close else { return nil }
    text.keep(at + 2..<close)
    return close + 2
  }

  /// `:name:` before interpreted text.
  private static func role(_ text: inout InlineText, _ at: Int) -> Int? {
    var end = at + 1
    while end < at + longestRole, text[end].isWordByte || "-+.:".utf8.contains(text[end]) {
      end += 1
    }
    guard end > at + 2, text[end] == backquote, text[end - 1] == UInt8(ascii: ":"),
      text[end + 1] != backquote, at == 0 || !text[at - 1].isWordByte
    else { return nil }
    return interpreted(&text, end)
  }

  /// `` `text <target>`_ ``, `` `text`:role: ``: the text.
  private static func interpreted(_ text: inout InlineText, _ at: Int) -> Int? {
    guard mayOpen(text, at, 1) || text[at - 1] == underscore else { return nil }
    let close = text.firstIndex(of: [backquote], use: "interpreted", from: at + 2) {
      mayClose($0, $1, 1)
    }
    guard let close else { return nil }
    var label = at + 1..<close
    // `~package.name` and `!name` tell how to show a reference.
    if "~!".utf8.contains(text[label.lowerBound]) { label = label.dropFirst() }
    if text[close - 1] == UInt8(ascii: ">"),
      let open = text.bytes[label].lastIndex(of: UInt8(ascii: "<")), open > label.lowerBound,
      text[open - 1].isWhiteSpace
    {
      label = label.lowerBound..<open
    }
    while let last = label.last, text[last].isWhiteSpace { label = label.dropLast() }
    keepEscaped(&text, label)
    var end = close + 1
    if text[end] == UInt8(ascii: ":") {
      var roleEnd = end + 1
      while text[roleEnd].isWordByte || text[roleEnd] == UInt8(ascii: "-") { roleEnd += 1 }
      if roleEnd > end + 1, text[roleEnd] == UInt8(ascii: ":") { return roleEnd + 1 }
    }
    while text[end] == underscore { end += 1 }
    return end
  }

  /// `[1]_`, `[#name]_`, `[CIT2002]_`.
  private static func footnoteReference(_ text: InlineText, _ at: Int) -> Int? {
    var end = at + 1
    while text[end].isWordByte || "#*-.".utf8.contains(text[end]) { end += 1 }
    guard end > at + 1, text[end] == UInt8(ascii: "]"), text[end + 1] == underscore else {
      return nil
    }
    return end + 2
  }

  /// The underscores of `name_` and `name__`, and the one before `` _`inline target` ``.
  private static func reference(_ text: InlineText, _ at: Int) -> Int? {
    if text[at + 1] == backquote, !text[at - 1].isWordByte { return at + 1 }
    guard at > 0, text[at - 1].isWordByte else { return nil }
    var end = at
    while end < at + 3, text[end] == underscore { end += 1 }
    return end - at <= 2 && !text[end].isWordByte ? end : nil
  }

  /// Keeps a range without the backslashes in it.
  private static func keepEscaped(_ text: inout InlineText, _ range: Range<Int>) {
    var start = range.lowerBound
    while start < range.upperBound {
      let end = text.bytes[start..<range.upperBound].firstIndex(of: UInt8(ascii: "\\"))
      text.keep(start..<(end ?? range.upperBound))
      guard let end else { return }
      if end + 1 < range.upperBound, !text[end + 1].isWhiteSpace { text.keep(end + 1..<end + 2) }
      start = end + 2
    }
  }
}
