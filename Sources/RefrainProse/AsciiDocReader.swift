// AsciiDoc to prose, line by line: headings, block titles, paragraphs, lists, quotations, cells of
// tables and what stands in examples, sidebars and admonitions are prose, and so is the page's
// description; the header's author and revision, other attributes, comments, listings, literal and
// passthrough blocks and block macros (includes, conditionals) are not.
//
// The rules are those of the AsciiDoc language documentation, as Asciidoctor reads it. Nothing is
// included, no condition is asked, and of attributes those are known that the page defines itself.

internal import RefrainModel

/// Reads an AsciiDoc file.
///
/// O(bytes).
struct AsciiDocReader {
  let bytes: [UInt8]
  let lines: [MarkupLine]
  /// The line to be read next.
  var at = 0
  private var builder: ProseBuilder
  private var inlines: AsciiDocInlines
  private var text = InlineText()

  /// What the attribute lines above the next block make of it.
  private enum Style { case plain, quotation, admonition, code }
  private var style = Style.plain
  /// Whether they say that a table is one of values with separators.
  private var isSeparated = false
  /// The delimiters of the blocks that are open, and what running text in each is.
  private var open: [(delimiter: [UInt8], kind: ProseBlock.Kind)] = []
  /// Whether the paragraph to come hangs on a list item, so that its indentation means nothing.
  private var isInList = false
  /// Whether a plus sign says so.
  private var isAttached = false
  /// Whether no block has come so far, so that a title is the document's.
  private var isTop = true

  init(_ source: MaskedSource) {
    bytes = source.masked
    lines = MarkupLines.cut(source.masked, from: source.start)
    builder = ProseBuilder(source)
    inlines = AsciiDocInlines(
      attributes: AsciiDocAttributes(sourceCount: source.bytes.count - source.start))
  }

  consuming func read() -> Prose {
    while at < lines.count { readBlock() }
    return builder.finish()
  }

  func slice(_ range: ByteRange) -> ArraySlice<UInt8> { bytes[range.start..<range.end] }

  // MARK: Blocks

  /// Reads what begins at the current line.
  private mutating func readBlock() {
    let line = lines[at]
    let text = slice(line.content)
    if text.isEmpty {
      at += 1
    } else if text.equals("+") {
      isInList = true
      isAttached = true
      at += 1
    } else if let block = AsciiDocLine.delimiter(text) {
      readDelimiter(block, Array(text))
    } else if AsciiDocLine.isIgnored(text) {
      at += 1
      if let description = AsciiDocLine.description(text) { addCaption(description) }
    } else if AsciiDocLine.isAttributeEntry(text) {
      readAttributeEntry()
    } else if AsciiDocLine.isAttributeList(text) {
      readStyle(text)
      at += 1
    } else {
      readText(line, text)
      isTop = false
    }
  }

  /// Reads a heading, a title, an item or a paragraph.
  private mutating func readText(_ line: MarkupLine, _ text: ArraySlice<UInt8>) {
    if let width = AsciiDocLine.headingMarker(text), line.indent == 0 {
      at += 1
      let title = text.dropFirst(width).trimmed
      // A title may close with the marks that it opens with.
      let tail = text.prefix(width - 1)
      let isClosed =
        title.suffix(width).dropFirst().elementsEqual(tail)
        && title.dropLast(width - 1).last?.isBlank == true
      let end = isClosed ? title.endIndex - width : title.endIndex
      builder.level = width - 1
      add([ByteRange(title.startIndex, end)], kind: .heading)
      if isTop, width <= 2 { readHeader() }
    } else if let width = AsciiDocLine.titleMarker(text), line.indent == 0 {
      at += 1
      addCaption(ByteRange(line.content.start + width, line.content.end))
    } else if isTwoLineTitle(line) {
      builder.level = AsciiDocLine.depth(slice(lines[at + 1].content))
      at += 2
      add([line.content], kind: .heading)
      if isTop { readHeader() }
    } else if let width = AsciiDocLine.listMarker(text) {
      readItem(line.content, marker: width)
    } else if let term = AsciiDocLine.term(text) {
      readTerm(line.content, term)
    } else if style == .code || line.indent > 0 && !isInList {
      skipParagraph()
    } else {
      readParagraph(line.content, kind: isAttached || line.indent > 0 ? .listItem : .paragraph)
    }
  }

  private mutating func readParagraph(_ first: ByteRange, kind: ProseBlock.Kind) {
    let label = AsciiDocLine.admonitionLabel(slice(first))
    let isMarkdownQuote = slice(first).begins(with: "> ")
    var ranges = [ByteRange(first.start + label, first.end)]
    let isItem = kind == .listItem || isInList
    at += 1
    while at < lines.count, !endsParagraph(lines[at], isItem: isItem) {
      // A comment or condition in the middle of a paragraph is no part of it.
      let text = slice(lines[at].content)
      if !AsciiDocLine.isComment(text), !AsciiDocLine.isBlockMacro(text) {
        ranges.append(lines[at].content)
      }
      at += 1
    }
    if isMarkdownQuote {
      ranges = ranges.map {
        slice($0).first == UInt8(ascii: ">") ? ByteRange($0.start + 1, $0.end) : $0
      }
    }
    add(ranges, kind: isMarkdownQuote ? .quotation : label > 0 ? .admonition : kind)
  }

  /// Whether a line is not the next one of the paragraph that is being read.
  private func endsParagraph(_ line: MarkupLine, isItem: Bool) -> Bool {
    let text = slice(line.content)
    if text.isEmpty || text.equals("+") || AsciiDocLine.delimiter(text) != nil { return true }
    if AsciiDocLine.isAttributeList(text), text.begins(with: "[[") || isItem { return true }
    if AsciiDocLine.isBlockMacro(text) { return !AsciiDocLine.isPreprocessor(text) }
    return isItem && (AsciiDocLine.listMarker(text) != nil || AsciiDocLine.term(text) != nil)
  }

  private mutating func readItem(_ content: ByteRange, marker: Int) {
    isInList = true
    let text = slice(ByteRange(content.start + marker, content.end))
    let box = AsciiDocLine.hasCheckBox(text) ? 4 : 0
    readParagraph(ByteRange(text.startIndex + box, content.end), kind: .listItem)
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
      isAttached = true
    }
    isInList = true
  }

  /// Adds a title or the description of a picture; the style above it is that of what it belongs to.
  private mutating func addCaption(_ range: ByteRange) {
    let (kept, isSeparated) = (style, isSeparated)
    style = .plain
    add([range], kind: .caption)
    (style, self.isSeparated) = (kept, isSeparated)
  }

  mutating func add(_ ranges: [ByteRange], kind: ProseBlock.Kind) {
    text.clear()
    for range in ranges where !range.isEmpty { text.append(range, of: bytes) }
    inlines.strip(&text)
    let base = open.last?.kind ?? .paragraph
    let settled: ProseBlock.Kind
    if style == .quotation || base == .quotation {
      settled = .quotation
    } else if kind == .paragraph {
      settled = style == .admonition ? .admonition : base
    } else {
      settled = kind
    }
    text.add(to: &builder, kind: settled)
    settle()
  }

  /// Forgets what was said of the block that has come.
  private mutating func settle() {
    style = .plain
    isSeparated = false
    isInList = false
    isAttached = false
  }

  private func isTwoLineTitle(_ line: MarkupLine) -> Bool {
    guard line.indent == 0, at + 1 < lines.count, lines[at + 1].indent == 0 else { return false }
    let under = slice(lines[at + 1].content)
    // What closes an example is no line below a title.
    return AsciiDocLine.isUnderline(under, of: slice(line.content))
      && !open.contains { under.elementsEqual($0.delimiter) }
  }

  // MARK: Delimited blocks

  /// Opens or closes a delimited block, or passes over one.
  private mutating func readDelimiter(_ block: AsciiDocLine.Delimiter, _ delimiter: [UInt8]) {
    at += 1
    defer { settle() }
    if let index = open.lastIndex(where: { $0.delimiter == delimiter }) {
      open.removeSubrange(index...)
      return
    }
    builder.endBlock()
    if block == .table, !isSeparated, style != .code { return readTable(until: delimiter) }
    guard block == .container, style != .code else { return skipVerbatim(block, delimiter) }
    let outer = open.last?.kind ?? .paragraph
    let kind: ProseBlock.Kind
    if outer == .quotation || style == .quotation || delimiter.first == UInt8(ascii: "_") {
      kind = .quotation
    } else if style == .admonition {
      kind = .admonition
    } else {
      kind = isAttached && delimiter.first == UInt8(ascii: "-") ? .listItem : outer
    }
    open.append((delimiter, kind))
  }

  /// Whether a line closes a block that is passed over.
  func isClosing(_ line: MarkupLine, _ block: AsciiDocLine.Delimiter, _ delimiter: [UInt8]) -> Bool
  {
    let text = slice(line.content)
    // A Markdown fence closes without the language behind it.
    return text.elementsEqual(delimiter) || block == .fence && text.equals("```")
  }

  /// Passes over all up to a delimiter; what is never closed reaches to the end.
  private mutating func skipVerbatim(_ block: AsciiDocLine.Delimiter, _ delimiter: [UInt8]) {
    while at < lines.count, !isClosing(lines[at], block, delimiter) { at += 1 }
    at = min(at + 1, lines.count)
    builder.passListing()
  }

  private mutating func skipParagraph() {
    while at < lines.count, !lines[at].isBlank { at += 1 }
    settle()
  }

  // MARK: Attributes

  /// Reads the attributes below the document's title, and passes over author and revision.
  private mutating func readHeader() {
    while at < lines.count, !lines[at].isBlank {
      if AsciiDocLine.isAttributeEntry(slice(lines[at].content)) {
        readAttributeEntry()
      } else {
        at += 1
      }
    }
  }

  /// Reads `:name: value`: the description of the page is text, any other value where its name stands.
  private mutating func readAttributeEntry() {
    let line = slice(lines[at].content)
    let name = line.dropFirst().prefix { $0 != UInt8(ascii: ":") }
    var value = line[name.endIndex...].dropFirst().trimmed
    var ranges = [ByteRange(value.startIndex, value.endIndex)]
    at += 1
    while value.last == UInt8(ascii: "\\"), at < lines.count {
      ranges[ranges.count - 1].end = value.dropLast().trimmed.endIndex
      value = slice(lines[at].content)
      ranges.append(lines[at].content)
      at += 1
    }
    let isUnset = name.contains(UInt8(ascii: "!"))
    let word = name.filter { $0 != UInt8(ascii: "!") }[...]
    if word.equals("description"), !isUnset { add(ranges, kind: .metadata) }
    if ranges.count == 1, let inner = AsciiDocLine.passthrough(slice(ranges[0])) {
      ranges = [inner]
    }
    text.clear()
    for range in ranges where !range.isEmpty { text.append(range, of: bytes) }
    inlines.strip(&text)
    inlines.attributes.define(word, as: isUnset ? nil : text.plain)
  }

  private mutating func readStyle(_ line: ArraySlice<UInt8>) {
    let name = line.dropFirst().prefix { $0.isWordByte }.string
    switch name {
    case "quote", "verse": style = .quotation
    case "source", "listing", "literal", "pass", "stem", "latexmath", "asciimath", "comment",
      "plantuml", "ditaa", "graphviz", "mermaid":
      style = .code
    case _ where AsciiDocLine.admonitions.contains(name): style = .admonition
    default: break
    }
    if line.holds("format=") || line.holds("separator=") { isSeparated = true }
  }
}
