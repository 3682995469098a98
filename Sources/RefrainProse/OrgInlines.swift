// The inline markup of Org: what of a paragraph's bytes is text, code or a link.
//
// Emphasis loses its marks, links their targets; targets, timestamps, macros, snippets for one exporter,
// citations, statistics and references to footnotes go, while the text of footnotes stays.

import RefrainModel

/// Takes the inline markup out of a paragraph.
enum OrgInlines {
  private typealias Mark = InlineText.Mark

  private static let special = ASCIISet("*/_+=~[]<{@\\")
  private static let before = ASCIISet("-({'\"/*_+")
  private static let behind = ASCIISet("-.,;:!?'\")}]\\/*_+[")
  private static let nameMarks = ASCIISet("-+:")

  /// How names of pictures end.
  private static let pictures: Set<String> = [".gif", ".jpg", ".png", ".svg", "jpeg", "webp"]

  /// No timestamp, citation or name of a footnote is longer, in bytes.
  private static let longest = 256

  /// Chooses what stays of `text`.
  ///
  /// O(bytes).
  static func strip(_ text: inout InlineText) { strip(&text, 0..<text.bytes.count) }

  private static func strip(_ text: inout InlineText, _ range: Range<Int>) {
    let special = Self.special
    var closers: [Int] = []
    /// How many footnotes are open whose text stands in the line.
    var notes = 0
    text.rest = range.lowerBound
    var at = range.lowerBound
    while at < range.upperBound {
      at = text.next(of: special, from: at, before: range.upperBound)
      guard at < range.upperBound else { break }
      let byte = text.bytes[at]
      if let index = closers.firstIndex(of: at) {
        closers.remove(at: index)
        text.keepRest(upTo: at)
        at += 1
        text.rest = at
      } else if byte == UInt8(ascii: "]") {
        if notes > 0 {
          notes -= 1
          text.keepRest(upTo: at)
          text.rest = at + 1
        }
        at += 1
      } else if let end = markup(&text, at, byte, range.upperBound, &closers, &notes) {
        at = end
        text.rest = end
        closers.removeAll { $0 < end }
      } else {
        at += 1
      }
    }
    text.keepRest(upTo: range.upperBound)
  }

  /// Reads what begins at a mark, and returns where it ends; nil where nothing does.
  private static func markup(
    _ text: inout InlineText, _ at: Int, _ byte: UInt8, _ end: Int, _ closers: inout [Int],
    _ notes: inout Int
  ) -> Int? {
    switch byte {
    case UInt8(ascii: "["):
      return text[at + 1] == byte ? link(&text, at, end) : bracket(&text, at, end, &notes)
    case UInt8(ascii: "<"): return angle(&text, at, end)
    case UInt8(ascii: "{"): return macro(&text, at, end)
    case UInt8(ascii: "@"): return snippet(&text, at, end)
    case UInt8(ascii: "\\"):
      // Two of them at the end of a line break it.
      guard text[at + 1] == byte, text[at + 2] == UInt8(ascii: "\n") || at + 2 == end else {
        return nil
      }
      text.keepRest(upTo: at)
      return at + 2
    default:
      guard let close = close(&text, at, byte, end), !closers.contains(close) else { return nil }
      text.keepRest(upTo: at)
      if byte == UInt8(ascii: "=") || byte == UInt8(ascii: "~") {
        text.within(.code) { $0.keep(at + 1..<close) }
        return close + 1
      }
      closers.append(close)
      return at + 1
    }
  }

  /// Where emphasis closes that opens at `at`: both marks stand at edges of words.
  private static func close(
    _ text: inout InlineText, _ at: Int, _ byte: UInt8, _ end: Int
  ) -> Int? {
    let previous = text[at - 1]
    guard previous.isWhiteSpace || before.contains(previous), !text[at + 1].isWhiteSpace,
      text[at + 1] != byte || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "~")
    else { return nil }
    return text.firstIndex(of: Mark(byte: byte), from: at + 2, before: end) {
      !$0[$1 - 1].isWhiteSpace && ($0[$1 + 1].isWhiteSpace || behind.contains($0[$1 + 1]))
    }
  }

  /// `[[target][text]]`: the text; `[[target]]`: an address or a name, but no picture.
  private static func link(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    let mark = Mark(byte: UInt8(ascii: "]"), count: 2)
    guard var close = text.firstIndex(of: mark, from: at + 2, before: end) else { return nil }
    // In three brackets the last two close.
    if text[close + 2] == UInt8(ascii: "]"), close + 2 < end { close += 1 }
    text.keepRest(upTo: at)
    let inner = at + 2..<close
    let bar = text.bytes[inner].indices.first {
      text.bytes[$0] == UInt8(ascii: "]") && text[$0 + 1] == UInt8(ascii: "[")
    }
    let outer = text.markup
    text.markup.formUnion(.link)
    if let bar {
      let label = min(bar + 2, close)..<close
      if !isPicture(text.bytes[label]) { strip(&text, label) }
    } else if !isPicture(text.bytes[inner]) {
      let isName = text[at + 2] == UInt8(ascii: "*") || text[at + 2] == UInt8(ascii: "#")
      text.keep(isName ? inner.dropFirst() : inner)
    }
    text.markup = outer
    return close + 2
  }

  private static func isPicture(_ target: ArraySlice<UInt8>) -> Bool {
    let isFile = target.begins(with: "file:") || target.begins(with: "./")
    return isFile || pictures.contains(target.suffix(4).lowercased)
  }

  /// `[fn:1]`, `[cite:@key]`, `[2024-01-01 Mon]`, `[2/3]`, `[50%]` go; `[fn:: text]` leaves its text.
  private static func bracket(
    _ text: inout InlineText, _ at: Int, _ end: Int, _ notes: inout Int
  ) -> Int? {
    let rest = text.bytes[(at + 1)..<min(end, at + longest)]
    if rest.begins(with: "fn:") {
      let name = rest.dropFirst(3).prefix { $0.isWordByte || $0 == UInt8(ascii: "-") }
      guard let next = rest[name.endIndex...].first else { return nil }
      guard next == UInt8(ascii: "]") || next == UInt8(ascii: ":") else { return nil }
      text.keepRest(upTo: at)
      if next == UInt8(ascii: ":") {
        notes += 1
        // The note's first word is not to run together with the word before.
        let isWord = text[at - 1].isWordByte
        if isWord { text.replace(at..<name.endIndex + 1, by: [UInt8(ascii: " ")]) }
        return rest[(name.endIndex + 1)...].drop { $0.isBlank }.startIndex
      }
      return name.endIndex + 1
    }
    guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let inner = text.bytes[(at + 1)..<close]
    let isStatistics =
      !inner.isEmpty
      && inner.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "%") }
      && (inner.contains(UInt8(ascii: "/")) || inner.last == UInt8(ascii: "%"))
    guard isStatistics || isTimestamp(inner) || inner.begins(with: "cite") && isCitation(inner)
    else { return nil }
    text.keepRest(upTo: at)
    return close + 1
  }

  private static func isCitation(_ inner: ArraySlice<UInt8>) -> Bool {
    inner.contains(UInt8(ascii: ":")) && inner.contains(UInt8(ascii: "@"))
  }

  /// `2024-01-01 Mon 10:00`.
  private static func isTimestamp(_ inner: ArraySlice<UInt8>) -> Bool {
    guard inner.count >= 10 else { return false }
    return inner.prefix(10).enumerated().allSatisfy { offset, byte in
      offset == 4 || offset == 7 ? byte == UInt8(ascii: "-") : byte.isASCIIDigit
    }
  }

  /// `<2024-01-01>` and `<<target>>` go; of `<<<word>>>` the word stays, and of `<https://x>` the address.
  private static func angle(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    let mark = UInt8(ascii: "<")
    if text[at + 1] == mark {
      let count = text[at + 2] == mark ? 3 : 2
      let close = text.firstIndex(
        of: Mark(byte: UInt8(ascii: ">"), count: count), from: at + count, before: end)
      guard let close, close > at + count else { return nil }
      text.keepRest(upTo: at)
      if count == 3 { text.keep(at + 3..<close) }
      return close + count
    }
    let rest = text.bytes[(at + 1)..<min(end, at + longest)]
    guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
    let inner = text.bytes[(at + 1)..<close]
    let isAddress = inner.begins(with: "http") || inner.begins(with: "mailto:")
    guard isAddress || isTimestamp(inner) || inner.begins(with: "%%(") else { return nil }
    text.keepRest(upTo: at)
    if isAddress { text.within(.link) { $0.keep(at + 1..<close) } }
    return close + 1
  }

  /// `{{{name(arguments)}}}`: nothing.
  private static func macro(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    guard text[at + 1] == UInt8(ascii: "{"), text[at + 2] == UInt8(ascii: "{") else { return nil }
    let mark = Mark(byte: UInt8(ascii: "}"), count: 3)
    guard let close = text.firstIndex(of: mark, from: at + 3, before: end) else { return nil }
    text.keepRest(upTo: at)
    return close + 3
  }

  /// `@@html:<b>@@`: nothing.
  private static func snippet(_ text: inout InlineText, _ at: Int, _ end: Int) -> Int? {
    guard text[at + 1] == UInt8(ascii: "@"), text[at + 2].isASCIILetter else { return nil }
    let mark = Mark(byte: UInt8(ascii: "@"), count: 2)
    guard let close = text.firstIndex(of: mark, from: at + 3, before: end) else { return nil }
    text.keepRest(upTo: at)
    return close + 2
  }
}
