// The JSX of an MDX page: imports and exports, expressions in braces, tags. What stands between tags is
// Markdown.

internal import RefrainModel

/// Masks the JSX of a page, for the Markdown parser to read the rest.
///
/// The rules are those of MDX 2 and later: no HTML but tags, no indented code, no autolinks. O(bytes).
struct JSXMarkup {
  private var source: MaskedSource
  private let bytes: [UInt8]
  private var at: Int
  /// Where a search for the end of inline code of so many backquotes failed, up to the end of its paragraph.
  private var unclosed: [Int: Int] = [:]
  /// How long an expression or a tag may be, in bytes: halved by each that nothing closes, so that a
  /// million of them cost no square time.
  private var reach = longest
  private static let longest = 1 << 16
  private static let leastReach = 1 << 8

  /// The bytes that may begin something, or end a line.
  private static let marks = ByteMarks("\n\\`{<")

  private static let nameMarks = ASCIISet("$.:-")

  /// Elements whose content is no prose.
  private static let silent: Set<String> = [
    "script", "style", "pre", "CodeBlock", "CodeGroup", "Code", "Mermaid", "math", "svg",
  ]

  private init(_ source: MaskedSource) {
    self.source = source
    bytes = source.masked
    at = source.start
  }

  static func mask(_ source: inout MaskedSource) {
    var scanner = JSXMarkup(source)
    scanner.run()
    source = scanner.source
  }

  private mutating func run() {
    var isLineStart = true
    while at < bytes.count {
      if isLineStart, readLineStart() { continue }
      isLineStart = bytes[at] == UInt8(ascii: "\n")
      switch bytes[at] {
      case UInt8(ascii: "\n"): at += 1
      case UInt8(ascii: "\\"): at += 2
      case UInt8(ascii: "`"): skipCode()
      case UInt8(ascii: "{"):
        if let end = expressionEnd(at) {
          omit(to: end)
        } else {
          giveUp()
        }
      case UInt8(ascii: "<"):
        if !readTag() { giveUp() }
      default: at = bytes.nextIndex(of: Self.marks, from: at + 1)
      }
    }
  }

  private mutating func giveUp() {
    at += 1
    reach = max(reach / 2, Self.leastReach)
  }

  private mutating func omit(to end: Int) {
    source.omitInline(ByteRange(at, end))
    at = end
  }

  // MARK: Lines

  /// Passes over a block of code, or masks an import or export, that begins at the current line.
  private mutating func readLineStart() -> Bool {
    var ink = at
    let limit = min(at + 1 << 10, bytes.count)
    while ink < limit, bytes[ink].isBlank || bytes[ink] == UInt8(ascii: ">") { ink += 1 }
    guard ink < limit else { return false }
    let mark = bytes[ink]
    if mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") {
      let length = run(of: mark, at: ink, before: limit)
      let lineEnd = bytes.nextIndex(of: 0x0A, from: ink) ?? bytes.count
      guard length >= 3,
        mark != UInt8(ascii: "`")
          || bytes.nextIndex(of: mark, from: ink + length, before: lineEnd) == nil
      else { return false }
      skipFence(mark, length, from: lineEnd)
      return true
    }
    guard bytes.holds("import ", at: at) || bytes.holds("export ", at: at) else { return false }
    omit(to: moduleEnd())
    return true
  }

  /// How often a byte stands on end at a place.
  private func run(of mark: UInt8, at start: Int, before end: Int) -> Int {
    var at = start
    while at < end, bytes[at] == mark { at += 1 }
    return at - start
  }

  private mutating func skipFence(_ mark: UInt8, _ length: Int, from start: Int) {
    var lines = SourceLines(bytes, from: min(start + 1, bytes.count))
    while let line = lines.next() {
      var ink = line.start
      while ink < line.end, bytes[ink].isBlank || bytes[ink] == UInt8(ascii: ">") { ink += 1 }
      let run = run(of: mark, at: ink, before: line.end)
      if run >= length, bytes[(ink + run)..<line.end].allSatisfy(\.isWhiteSpace) { break }
    }
    at = lines.position
  }

  /// Behind an import or export: the next blank line outside of its braces.
  private func moduleEnd() -> Int {
    var lines = SourceLines(bytes, from: at)
    var depth = 0
    let limit = at + reach
    while lines.position < limit, let line = lines.next() {
      if depth <= 0, bytes[line.start..<line.end].allSatisfy(\.isWhiteSpace) { return line.start }
      for at in line.start..<line.end {
        switch bytes[at] {
        case UInt8(ascii: "{"), UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
        case UInt8(ascii: "}"), UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
        default: break
        }
      }
    }
    return lines.position
  }

  // MARK: Pieces

  /// Passes over inline code, or over backquotes that nothing closes.
  private mutating func skipCode() {
    let length = run(of: UInt8(ascii: "`"), at: at, before: bytes.count)
    at += length
    if let end = unclosed[length], at < end { return }
    var next = at
    var wasLineEnd = false
    while next < bytes.count {
      let byte = bytes[next]
      if byte == UInt8(ascii: "`") {
        let run = run(of: byte, at: next, before: bytes.count)
        next += run
        if run == length {
          at = next
          return
        }
        wasLineEnd = false
        continue
      }
      if byte == UInt8(ascii: "\n") {
        if wasLineEnd { break }
        wasLineEnd = true
      } else if !byte.isWhiteSpace {
        wasLineEnd = false
      }
      next += 1
    }
    unclosed[length] = next
  }

  /// Behind the brace that closes the one at `open`, strings and comments passed over.
  private func expressionEnd(_ open: Int) -> Int? {
    var depth = 0
    var at = open
    let end = min(bytes.count, open + reach)
    while at < end {
      switch bytes[at] {
      case UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "}"):
        depth -= 1
        if depth == 0 { return at + 1 }
      case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"):
        // An apostrophe in text between tags opens no string, so one ends with its line.
        if let close = stringEnd(at, before: end) { at = close - 1 }
      case UInt8(ascii: "/"):
        if bytes.holds("/*", at: at) {
          guard let close = index(of: "*/", from: at + 2, before: end) else { return nil }
          at = close + 1
        }
      default: break
      }
      at += 1
    }
    return nil
  }

  private func stringEnd(_ open: Int, before end: Int) -> Int? {
    let mark = bytes[open]
    var at = open + 1
    while at < end, bytes[at] != mark {
      if bytes[at] == UInt8(ascii: "\n"), mark != UInt8(ascii: "`") { return nil }
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return at < end ? at + 1 : nil
  }

  private func index(of mark: String, from start: Int, before end: Int) -> Int? {
    guard let first = mark.utf8.first else { return nil }
    var at = start
    while let next = bytes.nextIndex(of: first, from: at, before: end) {
      if bytes[next..<end].starts(with: mark.utf8) { return next }
      at = next + 1
    }
    return nil
  }

  // MARK: Tags

  /// Masks the tag or comment that begins here; false where none does.
  private mutating func readTag() -> Bool {
    if bytes.holds("<!--", at: at) {
      let close = index(of: "-->", from: at + 4, before: min(bytes.count, at + reach))
      guard let close else { return false }
      omit(to: close + 3)
      return true
    }
    var next = at + 1
    let isEnd = next < bytes.count && bytes[next] == UInt8(ascii: "/")
    if isEnd { next += 1 }
    var nameEnd = next
    while nameEnd < bytes.count,
      bytes[nameEnd].isWordByte || Self.nameMarks.contains(bytes[nameEnd])
    {
      nameEnd += 1
    }
    let name = bytes[next..<nameEnd]
    let isFragment = name.isEmpty && next < bytes.count && bytes[next] == UInt8(ascii: ">")
    guard isFragment || name.first.map({ $0.isASCIILetter || $0 == 0x5F || $0 == 0x24 }) == true,
      let (end, isClosed) = tagEnd(name.endIndex)
    else { return false }
    // Tags that join what stands at their sides are the parser's, unless they stand alone.
    if name.first.map({ $0 >= 0x61 }) == true, !isFragment,
      InlineTag(bytes, ByteRange(at, end)) == .formatting, !isAlone(at, end),
      !bytes[at..<end].contains(UInt8(ascii: "{"))
    {
      at = end
      return true
    }
    let start = at
    omit(to: end)
    if !isEnd, !isClosed, Self.silent.contains(name.string), let close = closing(name, from: end) {
      source.omitInline(ByteRange(start, close))
      at = close
    }
    return true
  }

  /// Behind `</name`, up to its `>`.
  private func closing(_ name: ArraySlice<UInt8>, from start: Int) -> Int? {
    let limit = min(bytes.count, start + reach)
    guard let open = index(of: "</" + name.string, from: start, before: limit) else { return nil }
    return bytes[open..<limit].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
  }

  /// Whether nothing else stands on the line of a tag.
  private func isAlone(_ start: Int, _ end: Int) -> Bool {
    let before = bytes[..<start].suffix(1 << 8).reversed().first { !$0.isBlank }
    let after = bytes[end...].first { !$0.isBlank && $0 != 0x0D }
    return (before ?? 0x0A) == 0x0A && (after ?? 0x0A) == 0x0A
  }

  /// Behind the `>` of a tag whose attributes begin at `start`, and whether it is `/>`.
  private func tagEnd(_ start: Int) -> (Int, isClosed: Bool)? {
    var at = start
    let end = min(bytes.count, start + reach)
    while at < end {
      switch bytes[at] {
      case UInt8(ascii: ">"): return (at + 1, bytes[at - 1] == UInt8(ascii: "/"))
      case UInt8(ascii: "<"): return nil
      case UInt8(ascii: "{"):
        guard let close = expressionEnd(at) else { return nil }
        at = close - 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // Values may reach over lines.
        guard let close = bytes[(at + 1)..<end].firstIndex(of: bytes[at]) else { return nil }
        at = close
      default: break
      }
      at += 1
    }
    return nil
  }
}
