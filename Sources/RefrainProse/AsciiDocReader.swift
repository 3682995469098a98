// AsciiDoc to prose, line by line: headings, block titles, paragraphs, lists, quotations and what
// stands in examples, sidebars and admonitions are prose; the header's author and revision,
// attributes, comments, listings, literal and passthrough blocks, tables, block macros (images,
// includes, conditionals) are not.
//
// The rules are those of the AsciiDoc language documentation, as Asciidoctor reads it, as far as
// they decide what is prose. Nothing is included and no attribute is resolved.

internal import RefrainModel

/// Reads an AsciiDoc file.
///
/// O(bytes).
struct AsciiDocReader {
  private let bytes: [UInt8]
  private let lines: [MarkupLine]
  private var builder: ProseBuilder
  private var at = 0

  /// What the attribute lines above the next block make of it.
  private enum Style { case plain, quotation, code }
  private var style = Style.plain
  /// The delimiters of the blocks that are open, and whether each is a quotation.
  private var open: [(delimiter: [UInt8], isQuotation: Bool)] = []
  /// Whether the paragraph to come hangs on a list item, so that its indentation means nothing.
  private var isInList = false
  /// Whether no block has come so far, so that a title is the document's.
  private var isTop = true

  init(_ source: MaskedSource) {
    bytes = source.masked
    lines = MarkupLines.cut(source.masked, from: source.start)
    builder = ProseBuilder(source)
  }

  consuming func read() -> Prose {
    while at < lines.count { readBlock() }
    return builder.finish()
  }

  private func slice(_ range: ByteRange) -> ArraySlice<UInt8> { bytes[range.start..<range.end] }

  private var isQuotation: Bool { style == .quotation || open.contains { $0.isQuotation } }

  // MARK: Blocks

  /// Reads what begins at the current line.
  private mutating func readBlock() {
    let line = lines[at]
    let text = slice(line.content)
    if text.isEmpty || AsciiDocLine.isIgnored(text) {
      at += 1
      return
    }
    if text.elementsEqual("+".utf8) {
      isInList = true
      at += 1
      return
    }
    if let block = AsciiDocLine.delimiter(text) { return readDelimiter(block, Array(text)) }
    if AsciiDocLine.isAttributeEntry(text) { return skipAttributeEntry() }
    if AsciiDocLine.isAttributeList(text) {
      readStyle(text)
      at += 1
      return
    }
    defer { isTop = false }
    if let width = AsciiDocLine.headingMarker(text), line.indent == 0 {
      at += 1
      add([ByteRange(line.content.start + width, line.content.end)], kind: .heading)
      if isTop, width <= 2 { skipHeader() }
      return
    }
    if let width = AsciiDocLine.titleMarker(text), line.indent == 0 {
      at += 1
      let kept = style
      add([ByteRange(line.content.start + width, line.content.end)], kind: .heading)
      style = kept
      return
    }
    if isTwoLineTitle(line) {
      at += 2
      add([line.content], kind: .heading)
      if isTop { skipHeader() }
      return
    }
    if let width = AsciiDocLine.listMarker(text) { return readItem(line.content, marker: width) }
    if let term = AsciiDocLine.term(text) { return readTerm(line.content, term) }
    if style == .code || line.indent > 0 && !isInList { return skipParagraph() }
    readParagraph(line.content, kind: .paragraph)
  }

  private mutating func readParagraph(_ first: ByteRange, kind: ProseBlock.Kind) {
    var start = first
    start.start += AsciiDocLine.admonitionLabel(slice(first))
    let isMarkdownQuote = slice(first).starts(with: "> ".utf8)
    var ranges = [start]
    let isItem = kind == .listItem || isInList
    at += 1
    while at < lines.count, !endsParagraph(lines[at], isItem: isItem) {
      // A comment in the middle of a paragraph is no part of it.
      if !AsciiDocLine.isComment(slice(lines[at].content)) { ranges.append(lines[at].content) }
      at += 1
    }
    if isMarkdownQuote {
      ranges = ranges.map {
        slice($0).first == UInt8(ascii: ">") ? ByteRange($0.start + 1, $0.end) : $0
      }
    }
    add(ranges, kind: isMarkdownQuote ? .quotation : kind)
  }

  /// Whether a line is not the next one of the paragraph that is being read.
  private func endsParagraph(_ line: MarkupLine, isItem: Bool) -> Bool {
    let text = slice(line.content)
    if text.isEmpty || text.elementsEqual("+".utf8) || AsciiDocLine.delimiter(text) != nil {
      return true
    }
    if AsciiDocLine.isAttributeList(text), text.starts(with: "[[".utf8) || isItem { return true }
    if AsciiDocLine.isBlockMacro(text) { return true }
    return isItem && (AsciiDocLine.listMarker(text) != nil || AsciiDocLine.term(text) != nil)
  }

  private mutating func readItem(_ content: ByteRange, marker: Int) {
    isInList = true
    var start = content.start + marker
    // Check boxes of task lists.
    let text = slice(ByteRange(start, content.end))
    if ["[ ] ", "[x] ", "[*] "].contains(where: { text.starts(with: $0.utf8) }) { start += 4 }
    readParagraph(ByteRange(start, content.end), kind: .listItem)
    isInList = true
  }

  /// Reads `term:: definition`; the definition may begin on a later line.
  private mutating func readTerm(_ content: ByteRange, _ term: AsciiDocLine.Term) {
    let end = content.start + term.length
    let rest = content.start + term.definition
    add([ByteRange(content.start, end)], kind: .listItem)
    isInList = true
    if rest < content.end {
      readParagraph(ByteRange(rest, content.end), kind: .listItem)
    } else {
      at += 1
    }
    isInList = true
  }

  private mutating func add(_ ranges: [ByteRange], kind: ProseBlock.Kind) {
    var text = InlineText()
    for range in ranges where !range.isEmpty { text.append(range, of: bytes) }
    AsciiDocInlines.strip(&text)
    text.add(to: &builder, kind: isQuotation ? .quotation : kind)
    style = .plain
    isInList = false
  }

  /// A title with a line of `=`, `-`, `~`, `^` or `+` below that is as long but for two.
  private func isTwoLineTitle(_ line: MarkupLine) -> Bool {
    guard line.indent == 0, at + 1 < lines.count, lines[at + 1].indent == 0 else { return false }
    let under = slice(lines[at + 1].content)
    guard under.isRun(atLeast: 3), let mark = under.first, "=-~^+".utf8.contains(mark) else {
      return false
    }
    let columns = slice(line.content).reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return abs(columns - under.count) <= 2
  }

  // MARK: What is no prose

  /// Opens or closes a delimited block, or passes over one.
  private mutating func readDelimiter(_ block: AsciiDocLine.Delimiter, _ delimiter: [UInt8]) {
    isInList = false
    at += 1
    if let index = open.lastIndex(where: { $0.delimiter == delimiter }) {
      open.removeSubrange(index...)
      style = .plain
      return
    }
    builder.endBlock()
    if block == .container, style != .code {
      let isQuote = delimiter.first == UInt8(ascii: "_") || style == .quotation
      open.append((delimiter, isQuote))
    } else {
      // One that is never closed reaches to the end.
      while at < lines.count, !slice(lines[at].content).elementsEqual(delimiter) {
        // A Markdown fence closes without the language behind it.
        if block == .fence, slice(lines[at].content).elementsEqual("```".utf8) { break }
        at += 1
      }
      at = min(at + 1, lines.count)
    }
    style = .plain
  }

  private mutating func skipParagraph() {
    while at < lines.count, !lines[at].isBlank { at += 1 }
    style = .plain
  }

  /// Passes over author, revision and attributes below the document's title.
  private mutating func skipHeader() {
    while at < lines.count, !lines[at].isBlank { at += 1 }
  }

  private mutating func skipAttributeEntry() {
    while at < lines.count, slice(lines[at].content).last == UInt8(ascii: "\\") { at += 1 }
    at = min(at + 1, lines.count)
  }

  private mutating func readStyle(_ line: ArraySlice<UInt8>) {
    let name = line.dropFirst().prefix { $0.isWordByte }.string
    switch name {
    case "quote", "verse": style = .quotation
    case "source", "listing", "literal", "pass", "stem", "latexmath", "asciimath", "comment":
      style = .code
    default: break
    }
  }
}
