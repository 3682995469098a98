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
  private static let silent: Set<String> = [
    "comment", "highlight", "codeblock", "mermaid", "plantuml", "math", "katex", "chart",
  ]
  /// Tags whose bodies are not parsed.
  private static let literal: Set<String> = ["raw", "verbatim"]
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
      bytes[open...].starts(with: "{%".utf8)
        && Self.name(bytes[(open + 2)...]).hasPrefix("end")
    }

    /// The end of `{% ... %}`, or of all up to the tag that closes it.
    private mutating func tag(_ open: Int) -> Int? {
      guard let end = index(of: "%}", from: open + 2, atMost: TemplateMarkup.longest) else {
        return nil
      }
      let name = Self.name(bytes[(open + 2)..<end])
      if literal.contains(name), let close = closing("{%", name, from: end) {
        literalEnd = close.start + 1
      }
      guard silent.contains(name), let close = closing("{%", name, from: end) else { return end }
      return self.end(of: "%}", behind: close, else: end)
    }

    /// Where the tag ends that closes a body; the opening tag stands alone where it never does.
    private mutating func end(of mark: StaticString, behind close: ByteRange, else end: Int) -> Int
    {
      index(of: mark, from: close.end, atMost: TemplateMarkup.longest) ?? end
    }

    /// The end of `{{ ... }}`, of a shortcode, or of all up to the shortcode that closes it.
    private mutating func value(_ open: Int) -> Int? {
      let rest = bytes[(open + 2)...]
      if rest.starts(with: "/*".utf8) || rest.starts(with: "- /*".utf8) {
        return index(of: "*/}}", from: open + 4, atMost: .max)
          ?? index(of: "*/ -}}", from: open + 4, atMost: .max)
      }
      guard let mark = rest.first, mark == UInt8(ascii: "<") || mark == UInt8(ascii: "%") else {
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
      let name = Self.name(bytes[(open + 3)..<end])
      guard silent.contains(name),
        let closing = closing(isAngle ? "{{<" : "{{%", "/" + name, from: end)
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

    /// The name of a tag, without the mark for blanks before it.
    private static func name(_ inner: ArraySlice<UInt8>) -> String {
      let ink = inner.drop { $0.isWhiteSpace || $0 == UInt8(ascii: "-") || $0 == 0x2B }
      return ink.prefix { $0.isWordByte || $0 == UInt8(ascii: "-") || $0 == 0x2F }.string
    }

    /// Where the tag begins that closes `name`: its opening mark.
    private mutating func closing(_ mark: StaticString, _ name: String, from start: Int)
      -> ByteRange?
    {
      let wanted = name.hasPrefix("/") ? name : "end" + name
      let key = mark.description + wanted
      if missing.contains(key) { return nil }
      let opening = Array(mark.description.utf8)
      var at = start
      while at < bytes.count, let open = bytes[at...].firstIndex(of: opening[0]) {
        at = open + 1
        guard bytes[open...].starts(with: opening) else { continue }
        let inner = open + opening.count
        if Self.name(bytes[inner...].prefix(TemplateMarkup.longest)) == wanted {
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
