// The markup of template languages in the middle of a page: Liquid, Jinja, Hugo and their kin.
//
// `{% tag %}`, `{{ value }}`, `{# comment #}`, `{{< shortcode >}}`, `{{% shortcode %}}` and
// `{{/* comment */}}` are no prose, nor is what stands between the tags of comments and listings. What
// `raw` and `verbatim` enclose is text as it stands, and so is what begins a piece of inline code, for that is
// a page about templates.

import RefrainModel

/// Masks templates.
enum TemplateMarkup {
  /// Tags whose bodies are no prose.
  private static let silent: [StaticString] = [
    "comment", "highlight", "codeblock", "mermaid", "plantuml", "math", "katex", "chart",
  ]
  /// Tags whose bodies are not parsed.
  private static let literal: [StaticString] = ["raw", "verbatim"]
  /// No tag or value is longer, in bytes; comments may be.
  private static let longest = 2_048

  /// Masks all of them.
  ///
  /// O(bytes): what is not closed is looked for once.
  static func mask(_ source: inout MaskedSource) {
    var scanner = Scanner(source.masked, from: source.start)
    while let range = scanner.next() { source.omitInline(range) }
  }

  /// Finds one piece of template after the other.
  private struct Scanner {
    private let bytes: [UInt8]
    private var at: Int
    private var search: ForwardSearch
    /// The closing tags that were looked for in vain.
    private var missing: Set<String> = []
    /// Where a literal body ends.
    private var literalEnd = 0

    init(_ bytes: [UInt8], from start: Int) {
      self.bytes = bytes
      at = start
      search = ForwardSearch(bytes)
    }

    mutating func next() -> ByteRange? {
      while at + 1 < bytes.count, let open = bytes.nextIndex(of: UInt8(ascii: "{"), from: at) {
        at = open + 1
        guard at < bytes.count else { return nil }
        let before = open > 0 ? bytes[open - 1] : 0
        if before == UInt8(ascii: "\\") || open < literalEnd && !isEndOfLiteral(open) { continue }
        let isCode = before == UInt8(ascii: "`")
        let end: Int?
        switch bytes[at] {
        case UInt8(ascii: "%"): end = isCode ? nil : tag(open)
        case UInt8(ascii: "{"): end = isCode ? nil : value(open)
        case UInt8(ascii: "#"): end = isCode ? nil : comment(open)
        default: end = nil
        }
        if let end {
          at = end
          return ByteRange(open, end)
        }
      }
      return nil
    }

    private func isEndOfLiteral(_ open: Int) -> Bool {
      bytes.holds("{%", at: open) && bytes[name(open + 2, before: bytes.count)].begins(with: "end")
    }

    /// The end of `{% ... %}`, or of all up to the tag that closes it.
    private mutating func tag(_ open: Int) -> Int? {
      guard let end = index(of: "%}", from: open + 2, atMost: TemplateMarkup.longest) else {
        return nil
      }
      let name = name(open + 2, before: end)
      if isOne(of: literal, name), let close = closing("{%", "end", name, from: end) {
        literalEnd = close.start + 1
      }
      guard isOne(of: silent, name), let close = closing("{%", "end", name, from: end) else {
        return end
      }
      return self.end(of: "%}", behind: close, else: end)
    }

    /// Where the tag ends that closes a body; the opening tag stands alone where it never does.
    private mutating func end(of mark: StaticString, behind close: ByteRange, else end: Int) -> Int
    {
      index(of: mark, from: close.end, atMost: TemplateMarkup.longest) ?? end
    }

    /// The end of `{{ ... }}`, of a shortcode, or of all up to the shortcode that closes it.
    private mutating func value(_ open: Int) -> Int? {
      if bytes.holds("/*", at: open + 2) || bytes.holds("- /*", at: open + 2) {
        return index(of: "*/}}", from: open + 4, atMost: .max)
          ?? index(of: "*/ -}}", from: open + 4, atMost: .max)
      }
      let mark = open + 2 < bytes.count ? bytes[open + 2] : 0
      guard mark == UInt8(ascii: "<") || mark == UInt8(ascii: "%") else {
        guard let end = index(of: "}}", from: open + 2, atMost: TemplateMarkup.longest) else {
          return nil
        }
        // A value fits on a line; braces of other languages need not.
        if search.index(of: "\n", from: open, before: end) != nil { return nil }
        return end < bytes.count && bytes[end] == UInt8(ascii: "}") ? end + 1 : end
      }
      let isAngle = mark == UInt8(ascii: "<")
      let close: StaticString = isAngle ? ">}}" : "%}}"
      // `{{</* name */>}}` shows a shortcode and is none, though no prose either.
      guard let end = index(of: close, from: open + 3, atMost: TemplateMarkup.longest) else {
        return nil
      }
      let name = name(open + 3, before: end)
      guard isOne(of: silent, name),
        let closing = closing(isAngle ? "{{<" : "{{%", "/", name, from: end)
      else { return end }
      return self.end(of: close, behind: closing, else: end)
    }

    /// The end of `{# ... #}`; what has no blank behind the mark is an id or a heading's anchor.
    private mutating func comment(_ open: Int) -> Int? {
      guard open + 2 < bytes.count, bytes[open + 2].isWhiteSpace || bytes[open + 2] == 0x2D else {
        return nil
      }
      return index(of: "#}", from: open + 2, atMost: .max)
    }

    /// Where the name of a tag stands, without the mark for blanks before it.
    private func name(_ start: Int, before end: Int) -> Range<Int> {
      var at = start
      while at < end, bytes[at].isWhiteSpace || bytes[at] == 0x2D || bytes[at] == 0x2B { at += 1 }
      let first = at
      while at < end, bytes[at].isWordByte || bytes[at] == 0x2D || bytes[at] == 0x2F { at += 1 }
      return first..<at
    }

    private func isOne(of names: [StaticString], _ name: Range<Int>) -> Bool {
      names.contains { name.count == $0.utf8CodeUnitCount && bytes.holds($0, at: name.lowerBound) }
    }

    /// Where the tag begins that closes `name`: its opening mark.
    ///
    /// Its own name is that with a prefix.
    private mutating func closing(
      _ mark: StaticString, _ prefix: StaticString, _ name: Range<Int>, from start: Int
    ) -> ByteRange? {
      let wanted = prefix.description + bytes[name].string
      let key = mark.description + wanted
      if missing.contains(key) { return nil }
      var at = start
      while let open = bytes.nextIndex(of: UInt8(ascii: "{"), from: at) {
        at = open + 1
        guard bytes.holds(mark, at: open) else { continue }
        let inner = open + mark.utf8CodeUnitCount
        let end = min(inner + TemplateMarkup.longest, bytes.count)
        if bytes[self.name(inner, before: end)].elementsEqual(wanted.utf8) {
          return ByteRange(open, inner)
        }
      }
      missing.insert(key)
      return nil
    }

    /// Behind the next `mark`, where that is so near.
    private mutating func index(of mark: StaticString, from start: Int, atMost limit: Int) -> Int? {
      let end = limit < bytes.count - start ? start + limit : bytes.count
      return search.index(of: mark, from: start, before: end).map { $0 + mark.utf8CodeUnitCount }
    }
  }
}
