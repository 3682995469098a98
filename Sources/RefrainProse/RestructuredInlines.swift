// The inline markup of reStructuredText: what of a paragraph's bytes is text, code or a link.
//
// Emphasis, literals, interpreted text, references and targets lose their marks, links their
// targets, roles their names; footnote references go, and substitutions are read as what they stand for.
// Where markup begins and ends follows the inline markup recognition rules of the specification, but
// for those about matching quotes.

import RefrainModel

/// Takes the inline markup out of a paragraph.
struct RestructuredInlines {
  private typealias Mark = InlineText.Mark

  private static let backquote = UInt8(ascii: "`")
  private static let underscore = UInt8(ascii: "_")

  private static let special = ASCIISet("\\*`:|[_")
  private static let openers = ASCIISet("'\"([{<-/:")
  private static let closers = ASCIISet("'\")]}>-/:.,;!?\\_")
  private static let roleMarks = ASCIISet("-+.:")
  private static let referenceMarks = ASCIISet("-+.")

  /// A name of a role is no longer than this, in bytes.
  private static let longestRole = 128

  /// What the names between bars stand for.
  var values: MarkupValues

  /// Chooses what stays of `text`.
  ///
  /// O(bytes).
  mutating func strip(_ text: inout InlineText) {
    let special = Self.special
    let count = text.bytes.count
    var at = 0
    while at < count {
      at = text.next(of: special, from: at, before: count)
      guard at < count, let end = markup(&text, at, text.bytes[at]) else {
        at += 1
        continue
      }
      at = end
      text.rest = end
    }
    text.keepRest(upTo: count)
  }

  /// Reads what begins at a mark, and returns where it ends; nil where nothing does.
  private mutating func markup(_ text: inout InlineText, _ at: Int, _ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "\\"):
      // An escaped blank is nothing at all; any other character is itself.
      text.keepRest(upTo: at)
      if !text[at + 1].isWhiteSpace { text.keep(at + 1..<min(at + 2, text.bytes.count)) }
      return min(at + 2, text.bytes.count)
    case UInt8(ascii: "*"): return Self.emphasis(&text, at)
    case Self.backquote where text[at + 1] == byte: return Self.literal(&text, at)
    case Self.backquote: return Self.interpreted(&text, at, role: nil)
    case UInt8(ascii: ":"): return Self.role(&text, at)
    case UInt8(ascii: "|"): return substitution(&text, at)
    case UInt8(ascii: "["): return Self.footnoteReference(&text, at)
    default: return Self.reference(&text, at)
    }
  }

  private static func mayOpen(_ text: borrowing InlineText, _ at: Int, _ width: Int) -> Bool {
    let before = text[at - 1]
    let isBoundary = before.isWhiteSpace || before >= 0x80 || openers.contains(before)
    return isBoundary && !text[at + width].isWhiteSpace
  }

  private static func mayClose(_ text: borrowing InlineText, _ at: Int, _ width: Int) -> Bool {
    let after = text[at + width]
    let isBoundary = after.isWhiteSpace || after >= 0x80 || closers.contains(after)
    return isBoundary && !text[at - 1].isWhiteSpace && text[at - 1] != UInt8(ascii: "\\")
  }

  /// `*text*`, `**text**`: the marks go.
  private static func emphasis(_ text: inout InlineText, _ at: Int) -> Int? {
    let mark = Mark(byte: UInt8(ascii: "*"), count: text[at + 1] == UInt8(ascii: "*") ? 2 : 1)
    guard mayOpen(text, at, mark.count) else { return nil }
    let close = text.firstIndex(of: mark, from: at + mark.count + 1) {
      mayClose($0, $1, mark.count)
    }
    guard let close else { return nil }
    text.keepRest(upTo: at)
    keepEscaped(&text, at + mark.count..<close)
    return close + mark.count
  }

  /// `|name|`: what it stands for, or else the name.
  private mutating func substitution(_ text: inout InlineText, _ at: Int) -> Int? {
    guard Self.mayOpen(text, at, 1) else { return nil }
    let close = text.firstIndex(of: Mark(byte: UInt8(ascii: "|")), from: at + 2) {
      Self.mayClose($0, $1, 1)
    }
    guard let close else { return nil }
    text.keepRest(upTo: at)
    var end = close + 1
    // `|name|_` is a reference, too.
    while text[end] == Self.underscore { end += 1 }
    let value = values.text(of: text.bytes[at + 1..<close])
    text.within(end > close + 1 ? .link : []) {
      if let value {
        $0.replace(at..<close + 1, by: value)
      } else {
        Self.keepEscaped(&$0, at + 1..<close)
      }
    }
    return end
  }

  /// Two backquotes on both sides: code, as it stands.
  private static func literal(_ text: inout InlineText, _ at: Int) -> Int? {
    guard mayOpen(text, at, 2) else { return nil }
    let close = text.firstIndex(of: Mark(byte: backquote, count: 2), from: at + 3) {
      // In three backquotes the last two close.
      $0[$1 + 2] != backquote && !$0[$1 - 1].isWhiteSpace
    }
    guard let close else { return nil }
    text.keepRest(upTo: at)
    text.within(.code) { $0.keep(at + 2..<close) }
    return close + 2
  }

  /// `:name:` before interpreted text.
  private static func role(_ text: inout InlineText, _ at: Int) -> Int? {
    var end = at + 1
    while end < at + longestRole, text[end].isWordByte || roleMarks.contains(text[end]) {
      end += 1
    }
    guard end > at + 2, text[end] == backquote, text[end - 1] == UInt8(ascii: ":"),
      text[end + 1] != backquote, at == 0 || !text[at - 1].isWordByte
    else { return nil }
    return interpreted(&text, end, role: at + 1..<end - 1)
  }

  /// `` `text <target>`_ ``, `` `text`:role: ``: the text.
  private static func interpreted(_ text: inout InlineText, _ at: Int, role: Range<Int>?) -> Int? {
    guard mayOpen(text, at, 1) || text[at - 1] == underscore else { return nil }
    let close = text.firstIndex(of: Mark(byte: backquote), from: at + 2) { mayClose($0, $1, 1) }
    guard let close else { return nil }
    var end = close + 1
    var role = role
    if text[end] == UInt8(ascii: ":") {
      var roleEnd = end + 1
      while roleEnd < end + longestRole, text[roleEnd].isWordByte || text[roleEnd] == 0x2D {
        roleEnd += 1
      }
      if roleEnd > end + 1, text[roleEnd] == UInt8(ascii: ":") {
        role = end + 1..<roleEnd
        end = roleEnd + 1
      }
    }
    let isReference = text[end] == underscore
    while text[end] == underscore { end += 1 }
    text.keepRest(upTo: role.map { min($0.lowerBound - 1, at) } ?? at)
    var markup: InlineMarkup? = isReference ? .link : []
    if let role { markup = RestructuredRole.markup(of: text.bytes[role]) }
    guard let markup else { return end }
    let label = label(text, at + 1..<close)
    text.within(markup) { keepEscaped(&$0, label) }
    return end
  }

  /// The part of interpreted text that is read: without the target, and the mark that tells how to
  /// show a reference (`~package.name`, `!name`).
  private static func label(_ text: borrowing InlineText, _ range: Range<Int>) -> Range<Int> {
    var label = range
    if text[label.lowerBound] == UInt8(ascii: "~") || text[label.lowerBound] == UInt8(ascii: "!") {
      label = label.dropFirst()
    }
    if text[range.upperBound - 1] == UInt8(ascii: ">"),
      let open = text.bytes[label].lastIndex(of: UInt8(ascii: "<")), open > label.lowerBound,
      text[open - 1].isWhiteSpace
    {
      label = label.lowerBound..<open
    }
    while let last = label.last, text[last].isWhiteSpace { label = label.dropLast() }
    return label
  }

  /// `[1]_`, `[#name]_`, `[CIT2002]_`.
  private static func footnoteReference(_ text: inout InlineText, _ at: Int) -> Int? {
    var end = at + 1
    while text[end].isWordByte || "#*-.".utf8.contains(text[end]) { end += 1 }
    guard end > at + 1, text[end] == UInt8(ascii: "]"), text[end + 1] == underscore else {
      return nil
    }
    text.keepRest(upTo: at)
    return end + 2
  }

  /// The underscores of `name_` and `name__`, and the one before `` _`inline target` ``.
  private static func reference(_ text: inout InlineText, _ at: Int) -> Int? {
    if text[at + 1] == backquote, !text[at - 1].isWordByte {
      text.keepRest(upTo: at)
      return at + 1
    }
    guard at > 0, text[at - 1].isWordByte else { return nil }
    var end = at
    while end < at + 3, text[end] == underscore { end += 1 }
    guard end - at <= 2, !text[end].isWordByte else { return nil }
    var start = at
    while start > text.rest, text[start - 1].isWordByte || referenceMarks.contains(text[start - 1])
    {
      start -= 1
    }
    while referenceMarks.contains(text[start]) { start += 1 }
    text.keepRest(upTo: start)
    text.within(.link) { $0.keepRest(upTo: at) }
    return end
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
