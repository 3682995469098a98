// The inline markup of AsciiDoc: what of a paragraph's bytes is text, code or a link.
//
// Formatted text loses its marks, links and cross references their targets; images leave their
// description, footnotes and menus their text; anchors, icons, formulas, passthroughs and hidden index
// terms go; attributes are read as their values. A mark is constrained (`*word*`) or, doubled, not
// (`**w**ord`).

import RefrainModel

/// Takes the inline markup out of a paragraph.
struct AsciiDocInlines {
  typealias Mark = InlineText.Mark

  /// Macros of which nothing shows that could be read.
  private static let silent: Set<String> = [
    "anchor", "asciimath", "bibanchor", "icon", "indexterm", "latexmath", "pass", "stem", "toc",
  ]
  /// What begins an address.
  static let schemes: Set<String> = ["http", "https", "ftp", "irc", "mailto", "file"]

  private static let special = ASCIISet("\\*_`#+^~<[({&:")
  private static let escapable = ASCIISet("*_`#+^~<[{&(|")
  private static let roleMarks = ASCIISet(".#-%, =\"")

  /// A target is no longer than this, in bytes, nor are the roles before formatted text.
  static let longestTarget = 2_048
  private static let longestName = 32
  /// What follows a name that stands for the first part of a target is no longer, in bytes.
  private static let longestPath = 256

  /// What the names in braces stand for.
  var attributes: AsciiDocAttributes

  /// Where the last target was looked for, with neither blank nor bracket in it.
  private var target = 0..<0

  init(attributes: AsciiDocAttributes) { self.attributes = attributes }

  /// Chooses what stays of `text`.
  ///
  /// O(bytes).
  mutating func strip(_ text: inout InlineText) {
    target = 0..<0
    strip(&text, 0..<text.bytes.count)
  }

  /// A mark that is open: where it closes, how wide it is, and whether it encloses code.
  private struct Closer {
    var close: Int
    var width: Int
    var isCode: Bool
  }

  private mutating func strip(_ text: inout InlineText, _ range: Range<Int>) {
    let special = Self.special
    let outer = text.markup
    // Never more than there are marks, for what opens one twice finds the same end.
    var closers: [Closer] = []
    text.rest = range.lowerBound
    var at = range.lowerBound
    while at < range.upperBound {
      at = text.next(of: special, from: at, before: range.upperBound)
      guard at < range.upperBound else { break }
      let byte = text.bytes[at]
      if let index = closers.firstIndex(where: { $0.close == at }) {
        let closer = closers.remove(at: index)
        text.keepRest(upTo: at)
        at += closer.width
        text.rest = at
        text.markup = closers.contains(where: \.isCode) ? outer.union(.code) : outer
      } else if let end = markup(&text, at, byte, before: range.upperBound, &closers) {
        at = end
        text.rest = end
        // What a link's text reaches over closes nothing any more.
        if closers.contains(where: { $0.close < end }) {
          closers.removeAll { $0.close < end }
          text.markup = closers.contains(where: \.isCode) ? outer.union(.code) : outer
        }
      } else {
        at += 1
      }
    }
    text.keepRest(upTo: range.upperBound)
    text.markup = outer
  }

  /// Reads what begins at a mark, and returns where it ends; nil where nothing does.
  private mutating func markup(
    _ text: inout InlineText, _ at: Int, _ byte: UInt8, before end: Int, _ closers: inout [Closer]
  ) -> Int? {
    switch byte {
    case UInt8(ascii: "\\"):
      guard Self.escapable.contains(text[at + 1]), at + 1 < end else { return nil }
      text.keepRest(upTo: at)
      text.keep(at + 1..<at + 2)
      return at + 2
    case UInt8(ascii: "<"): return crossReference(&text, at, end)
    case UInt8(ascii: "["): return Self.bracket(&text, at, end)
    case UInt8(ascii: "("): return AsciiDocPieces.indexTerm(&text, at, end)
    case UInt8(ascii: "{"): return attribute(&text, at, end)
    case UInt8(ascii: "&"): return AsciiDocPieces.entity(&text, at, end)
    case UInt8(ascii: ":"): return macro(&text, at, end)
    case UInt8(ascii: "+"): return AsciiDocPieces.passthrough(&text, at, end)
    default:
      guard let mark = AsciiDocMark.find(&text, at, before: end),
        !closers.contains(where: { $0.close == mark.close })
      else { return nil }
      text.keepRest(upTo: at)
      let isCode = byte == UInt8(ascii: "`") && !AsciiDocMark.isQuote(text, at, mark.close)
      closers.append(Closer(close: mark.close, width: mark.width, isCode: isCode))
      if isCode { text.markup.formUnion(.code) }
      return at + mark.width
    }
  }

  /// `<<id,text>>`: the text.
  private mutating func crossReference(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    guard text[at + 1] == UInt8(ascii: "<") else { return nil }
    let mark = Mark(byte: UInt8(ascii: ">"), count: 2)
    guard let close = text.firstIndex(of: mark, from: at + 3, before: end) else { return nil }
    text.keepRest(upTo: at)
    if let comma = text.bytes[(at + 2)..<close].firstIndex(of: UInt8(ascii: ",")) {
      link(&text, Self.unquoted(text, (comma + 1)..<close))
    }
    return close + 2
  }

  private mutating func link(_ text: inout InlineText, _ label: Range<Int>) {
    let outer = text.markup
    text.markup.formUnion(.link)
    strip(&text, label)
    text.markup = outer
  }

  /// `[[anchor]]`, and the roles before formatted text, `[.lead]#text#`.
  private static func bracket(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    if text[at + 1] == UInt8(ascii: "[") {
      let mark = Mark(byte: UInt8(ascii: "]"), count: 2)
      guard let close = text.firstIndex(of: mark, from: at + 2, before: end) else { return nil }
      text.keepRest(upTo: at)
      return close + 2
    }
    let limit = min(end, at + longestTarget)
    var close = at + 1
    while close < limit, text[close].isWordByte || roleMarks.contains(text[close]) { close += 1 }
    guard close + 1 < end, text[close] == UInt8(ascii: "]"),
      "#*_`".utf8.contains(text[close + 1]), !text[close + 2].isWhiteSpace
    else { return nil }
    text.keepRest(upTo: at)
    return close + 1
  }

  /// `{name}`: the text that the name stands for; a name that nobody defined stays as it stands.
  ///
  /// Where a target follows (`{url}/page[text]`), the name stood for the first part of it.
  private mutating func attribute(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    let limit = min(end, at + Self.longestTarget)
    var close = at + 1
    while close < limit, text[close].isWordByte || text[close] == UInt8(ascii: "-") { close += 1 }
    if text[close] == UInt8(ascii: ":"), close < end {
      return Self.counter(&text, at, colon: close, end)
    }
    guard close > at + 1, close < end, text[close] == UInt8(ascii: "}") else { return nil }
    var open = close + 1
    if text[open] == UInt8(ascii: "/") || text[open] == UInt8(ascii: "#") {
      let limit = min(end, open + Self.longestPath)
      while open < limit, !text[open].isWhiteSpace, text[open] != UInt8(ascii: "[") { open += 1 }
    }
    if text[open] == UInt8(ascii: "["), open < end, let last = closeOfLabel(&text, open, end) {
      text.keepRest(upTo: at)
      addLabel(&text, "link", open + 1..<last)
      return last + 1
    }
    guard let value = attributes.text(of: text.bytes[at + 1..<close]) else { return nil }
    text.keepRest(upTo: at)
    text.replace(at..<close + 1, by: value)
    return close + 1
  }

  /// `{counter:name}`, `{set:name:value}`: no text.
  private static func counter(
    _ text: inout InlineText, _ at: Int, colon: Int, _ end: Int
  ) -> Int? {
    let name = text.bytes[at + 1..<colon]
    guard name.equals("counter") || name.equals("counter2") || name.equals("set") else {
      return nil
    }
    let limit = min(end, colon + longestName)
    guard let close = text.bytes[colon..<limit].firstIndex(of: UInt8(ascii: "}")) else {
      return nil
    }
    text.keepRest(upTo: at)
    return close + 1
  }

  /// Macros, whose name stands before the colon.
  ///
  /// Of `name:target[text]` and `https://target[text]` the text stays.
  private mutating func macro(_ text: inout InlineText, _ colon: Int, _ end: Int) -> Int? {
    var at = colon
    let floor = max(text.rest, colon - Self.longestName)
    while at > floor, text[at - 1].isASCIILetter || text[at - 1].isASCIIDigit { at -= 1 }
    guard at < colon, text[at].isASCIILetter, !text[at - 1].isWordByte,
      !text[colon + 1].isWhiteSpace, text[colon + 1] != UInt8(ascii: ":")
    else { return nil }
    let name = text.bytes[at..<colon].string
    // What the last search went over is no end of this target either.
    var open = target.contains(colon + 1) ? target.upperBound : colon + 1
    let limit = min(end, colon + Self.longestTarget)
    while open < limit, !text[open].isWhiteSpace, text[open] != UInt8(ascii: "[") { open += 1 }
    open = min(open, end)
    target = colon + 1..<max(open, colon + 1)
    guard open < end, text[open] == UInt8(ascii: "[") else {
      // A bare address is text, whatever marks are in it.
      guard Self.schemes.contains(name), open > colon + 3 else { return nil }
      text.keepRest(upTo: at)
      text.within(.link) { $0.keep(at..<open) }
      return open
    }
    guard let close = closeOfLabel(&text, open, end) else { return nil }
    text.keepRest(upTo: at)
    if !Self.silent.contains(name) { addLabel(&text, name, open + 1..<close) }
    return close + 1
  }

  private func closeOfLabel(_ text: inout InlineText, _ open: Int, _ end: Int) -> Int? {
    text.firstIndex(of: Mark(byte: UInt8(ascii: "]")), from: open + 1, before: end) {
      $0[$1 - 1] != UInt8(ascii: "\\")
    }
  }

  /// Chooses what stays of what stands in a macro's brackets.
  private mutating func addLabel(_ text: inout InlineText, _ name: String, _ range: Range<Int>) {
    var label = range
    let isAddress = Self.schemes.contains(name) || name == "link"
    let comma = text.bytes[label].firstIndex(of: UInt8(ascii: ","))
    let hasAttributes = text.bytes[label].contains(UInt8(ascii: "="))
    if let comma, name == "image" || hasAttributes && (isAddress || name == "xref") {
      label = label.lowerBound..<comma
    }
    if isAddress, let last = label.last, text[last] == UInt8(ascii: "^") {
      label = label.dropLast()
    }
    label = Self.unquoted(text, label)
    if isAddress || name == "xref" {
      link(&text, label)
    } else {
      let outer = text.markup
      if name == "kbd" { text.markup.formUnion(.code) }
      strip(&text, label)
      text.markup = outer
    }
  }

  /// A range without white space and the quotes around it.
  private static func unquoted(_ text: borrowing InlineText, _ range: Range<Int>) -> Range<Int> {
    let range = text.trimmed(range)
    let quote = UInt8(ascii: "\"")
    if range.count > 2, text[range.lowerBound] == quote, text[range.upperBound - 1] == quote {
      return range.dropFirst().dropLast()
    }
    return range
  }
}
