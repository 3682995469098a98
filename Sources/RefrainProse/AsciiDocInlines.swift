// The inline markup of AsciiDoc: what of a paragraph's bytes is text.
//
// Formatted text loses its marks, links and cross references their targets; images leave their
// description, footnotes and menus their text; anchors, icons, formulas and hidden index terms go.
// A mark is constrained (`*word*`) or, doubled, not (`**w**ord`).

import RefrainModel

/// Takes the inline markup out of a paragraph.
enum AsciiDocInlines {
  /// Macros of which nothing shows that could be read.
  private static let silent: Set<String> = [
    "anchor", "asciimath", "bibanchor", "icon", "indexterm", "latexmath", "stem", "toc",
  ]
  /// What begins an address.
  private static let schemes: Set<String> = ["http", "https", "ftp", "irc", "mailto", "file"]

  /// A target is no longer than this, in bytes, nor are the roles before formatted text.
  private static let longestTarget = 2_048

  /// Chooses what stays of `text`.
  ///
  /// O(bytes).
  static func strip(_ text: inout InlineText) {
    strip(&text, 0..<text.bytes.count)
  }

  private static func strip(_ text: inout InlineText, _ range: Range<Int>) {
    /// The marks that are open, each with where it closes.
    var closers: [Int: Int] = [:]
    var at = range.lowerBound
    while at < range.upperBound {
      if let width = closers.removeValue(forKey: at) {
        at += width
        continue
      }
      let byte = text[at]
      var next: Int?
      switch byte {
      case UInt8(ascii: "\\") where "*_`#+^~<[{&(:".utf8.contains(text[at + 1]):
        text.keep(at + 1..<min(at + 2, range.upperBound))
        next = min(at + 2, range.upperBound)
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "#"),
        UInt8(ascii: "+"), UInt8(ascii: "^"), UInt8(ascii: "~"):
        if byte == UInt8(ascii: "+"), isHardBreak(text, at) {
          next = at + 1
        } else if let mark = mark(&text, at, before: range.upperBound) {
          closers[mark.close] = mark.width
          next = at + mark.width
        }
      case UInt8(ascii: "<"): next = crossReference(&text, at, range.upperBound)
      case UInt8(ascii: "["): next = bracket(&text, at, range.upperBound)
      case UInt8(ascii: "("): next = indexTerm(&text, at, range.upperBound)
      case UInt8(ascii: "{"): next = attribute(&text, at, range.upperBound)
      case UInt8(ascii: "&"): next = entity(&text, at, range.upperBound)
      case _ where byte.isASCIILetter && !text[at - 1].isWordByte:
        next = macro(&text, at, range.upperBound)
      default: break
      }
      if let next {
        at = next
      } else {
        text.keep(at..<(at + 1))
        at += 1
      }
    }
  }

  private static func isHardBreak(_ text: InlineText, _ at: Int) -> Bool {
    text[at - 1] == UInt8(ascii: " ") && text[at + 1] == UInt8(ascii: "\n")
  }

  /// The mark of formatted text that opens at `at`, and where it closes.
  private static func mark(
    _ text: inout InlineText, _ at: Int, before end: Int
  ) -> (width: Int, close: Int)? {
    let byte = text[at]
    if text[at + 1] == byte, !"^~".utf8.contains(byte) {
      let close = text.firstIndex(of: [byte, byte], use: "double", from: at + 3, before: end)
      if let close { return (2, close) }
    }
    if "^~".utf8.contains(byte) {
      let close = text.firstIndex(of: [byte], use: "script", from: at + 2, before: end)
      guard let close, !text.bytes[(at + 1)..<close].contains(where: \.isWhiteSpace) else {
        return nil
      }
      return (1, close)
    }
    guard !text[at - 1].isWordByte, !text[at + 1].isWhiteSpace, text[at + 1] != byte else {
      return nil
    }
    let close = text.firstIndex(of: [byte], use: "single", from: at + 2, before: end) {
      !$0[$1 - 1].isWhiteSpace && !$0[$1 + 1].isWordByte && $0[$1 + 1] != byte
    }
    return close.map { (1, $0) }
  }

  /// `<<id,text>>`: the text.
  private static func crossReference(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    guard text[at + 1] == UInt8(ascii: "<") else { return nil }
    let close = text.firstIndex(of: Array(">>".utf8), use: "reference", from: at + 3, before: end)
    guard let close else { return nil }
    if let comma = text.bytes[(at + 2)..<close].firstIndex(of: UInt8(ascii: ",")) {
      strip(&text, trimmed(text, (comma + 1)..<close))
    }
    return close + 2
  }

  /// `[[anchor]]`, and the roles before formatted text, `[.lead]#text#`.
  private static func bracket(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    if text[at + 1] == UInt8(ascii: "[") {
      let mark = Array("]]".utf8)
      return text.firstIndex(of: mark, use: "anchor", from: at + 2, before: end).map { $0 + 2 }
    }
    let limit = min(end, at + longestTarget)
    var close = at + 1
    while close < limit, text[close].isWordByte || ".#-%, =\"".utf8.contains(text[close]) {
      close += 1
    }
    guard close + 1 < end, text[close] == UInt8(ascii: "]"),
      "#*_`".utf8.contains(text[close + 1]), !text[close + 2].isWhiteSpace
    else { return nil }
    return close + 1
  }

  /// `((term))`: the term shows; `(((term)))` does not.
  private static func indexTerm(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    guard text[at + 1] == UInt8(ascii: "(") else { return nil }
    let isHidden = text[at + 2] == UInt8(ascii: "(")
    let mark = [UInt8](repeating: UInt8(ascii: ")"), count: isHidden ? 3 : 2)
    let close = text.firstIndex(of: mark, use: "term", from: at + mark.count, before: end)
    guard let close else { return nil }
    if !isHidden { text.keep(at + 2..<close) }
    return close + mark.count
  }

  /// `{name}`: the name stands for the text that it refers to.
  private static func attribute(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    let limit = min(end, at + longestTarget)
    var close = at + 1
    while close < limit, text[close].isWordByte || text[close] == UInt8(ascii: "-") { close += 1 }
    guard close > at + 1, close < end, text[close] == UInt8(ascii: "}") else { return nil }
    text.keep(at + 1..<close)
    return close + 1
  }

  private static func entity(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    let rest = text.bytes[(at + 1)..<min(end, at + 32)]
    guard let close = rest.firstIndex(of: UInt8(ascii: ";")),
      let decoded = Entity.decode(text.bytes[at...close])
    else { return nil }
    text.replace(at..<(close + 1), by: decoded)
    return close + 1
  }

  /// `name:target[text]`, `https://target[text]`: the text.
  private static func macro(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    var colon = at
    while text[colon].isASCIILetter || text[colon].isASCIIDigit { colon += 1 }
    guard text[colon] == UInt8(ascii: ":"), colon < end else { return nil }
    let name = text.bytes[at..<colon].string
    var open = colon + 1
    let limit = min(end, colon + longestTarget)
    while open < limit, !text[open].isWhiteSpace, text[open] != UInt8(ascii: "[") { open += 1 }
    guard open < end, text[open] == UInt8(ascii: "[") else {
      // A bare address is text, whatever marks are in it.
      guard schemes.contains(name), open > colon + 3 else { return nil }
      text.keep(at..<open)
      return open
    }
    let isLink = schemes.contains(name) || name == "link"
    let close = text.firstIndex(of: [UInt8(ascii: "]")], use: "macro", from: open + 1, before: end)
    {
      $0[$1 - 1] != UInt8(ascii: "\\")
    }
    guard let close, text[colon + 1] != UInt8(ascii: ":") else { return nil }
    if silent.contains(name) { return close + 1 }
    var label = (open + 1)..<close
    let comma = text.bytes[label].firstIndex(of: UInt8(ascii: ","))
    let hasAttributes = text.bytes[label].contains(UInt8(ascii: "="))
    if let comma, name == "image" || hasAttributes && (isLink || name == "xref") {
      label = label.lowerBound..<comma
    }
    if isLink, text[label.upperBound - 1] == UInt8(ascii: "^"), !label.isEmpty {
      label = label.dropLast()
    }
    strip(&text, trimmed(text, label))
    return close + 1
  }

  /// A range without white space and the quotes around it.
  private static func trimmed(_ text: InlineText, _ range: Range<Int>) -> Range<Int> {
    var range = range
    while let first = range.first, text[first].isWhiteSpace { range = range.dropFirst() }
    while let last = range.last, text[last].isWhiteSpace { range = range.dropLast() }
    let quote = UInt8(ascii: "\"")
    if range.count > 2, text[range.lowerBound] == quote, text[range.upperBound - 1] == quote {
      range = range.dropFirst().dropLast()
    }
    return range
  }
}
