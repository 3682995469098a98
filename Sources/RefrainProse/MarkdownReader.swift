// Markdown to prose: md4c parses, this reader picks the prose out of its events and finds each
// piece again in the source.
//
// Prose are paragraphs, headings, list items, quotations and cells of tables, with link texts and image
// descriptions, inline code, for "the `Get-Item` cmdlet" reads as a sentence, and the text of HTML
// blocks. Code blocks, tags, comments, link targets and autolinks are not. An alert ("> [!NOTE]") is
// written as a quotation and is none. `MarkdownExtensions` makes the parser see what generators of sites
// add, `JSXMarkup` what MDX does.

internal import CMarkdown
internal import RefrainModel

/// Turns the events of a Markdown parser into prose.
///
/// md4c hands over most text as pointers into the source, which tells the place. For what it makes
/// up (line breaks, the spaces for them in code, NUL) the place follows from the pieces around it.
struct MarkdownReader {
  private let bytes: [UInt8]
  /// Behind the last piece of source that the parser has handed over, prose or not.
  private var cursor: Int
  private var builder: ProseBuilder

  /// The open quotations: whether each is an alert.
  private var quotes: [Bool] = []
  /// Whether nothing of the innermost quotation was read yet.
  private var isQuoteStart = false
  /// What was read of an open HTML block; nil outside of one.
  private var html: ByteRange?
  /// How many list items, and blocks that are no prose, are open.
  private var items = 0
  private var skipped = 0
  private var isHeading = false
  private var cells = 0
  /// How many spans of code, links and images are open.
  private var spans = (code: 0, links: 0, images: 0)
  /// What the parser takes for something else, in order of where it begins; those before `region` have begun.
  private let regions: [MarkdownRegion]
  private var region = 0
  /// The regions that are open at the cursor.
  private var openRegions: [MarkdownRegion] = []
  /// A line break that waits for the text behind it, which tells where it stood.
  private var pendingBreak: LineBreak?
  /// Whether the next text is the first one in a link, and may be that of an autolink.
  private var isLinkStart = false
  /// Whether the last piece of a tag left it open, so that the next one is part of the same tag.
  private var isInsideTag = false

  private enum LineBreak { case soft, hard, code }

  private init(_ source: MaskedSource, _ regions: [MarkdownRegion]) {
    self.regions = regions
    bytes = source.masked
    cursor = source.start
    builder = ProseBuilder(source)
  }

  /// Takes the prose out of the Markdown, and any front matter, that begins at `start`.
  ///
  /// - Throws: `unreadable` for more than md4c can count, or when it runs out of memory.
  static func read(
    _ source: MaskedSource, format: TextFormat, path: String
  ) throws(RefrainError) -> Prose {
    var source = source
    let start = source.start
    guard source.bytes.count - start <= Int(MD_SIZE.max) else {
      throw .unreadable(path: path, cause: "Markdown of 4 GiB or more")
    }
    if format == .mdx { JSXMarkup.mask(&source) }
    source.settle()
    let regions = MarkdownExtensions.rewrite(&source)
    source.settle()
    let read = UnsafeMarkdownParser.parse(
      MarkdownLimits.applied(source.masked, from: start), from: start,
      hasIndentedCode: format != .mdx, into: MarkdownReader(source, regions))
    guard let read else {
      throw .unreadable(path: path, cause: "not enough memory to parse the Markdown")
    }
    return read.builder.finish()
  }

  // MARK: Blocks

  /// - Parameter level: how deep a heading lies.
  mutating func enter(_ block: MD_BLOCKTYPE, level: Int) {
    move(over: block, by: 1)
    if block == MD_BLOCK_H { builder.level = level }
  }

  mutating func leave(_ block: MD_BLOCKTYPE) { move(over: block, by: -1) }

  /// Every edge of a block ends the text before it, also that of a list item before its sublist.
  private mutating func move(over block: MD_BLOCKTYPE, by step: Int) {
    pendingBreak = nil
    isInsideTag = false
    if builder.openBlockIsTable { builder.dropBlock() }
    builder.endBlock()
    switch block {
    case MD_BLOCK_QUOTE:
      if step > 0 { quotes.append(false) } else { _ = quotes.popLast() }
      isQuoteStart = step > 0
    case MD_BLOCK_HTML:
      if step < 0, let html { addHTML(html) }
      html = step > 0 ? ByteRange(cursor, cursor) : nil
    case MD_BLOCK_LI: items += step
    case MD_BLOCK_H: isHeading = step > 0
    case MD_BLOCK_CODE:
      skipped += step
      builder.passListing()
    case MD_BLOCK_TD, MD_BLOCK_TH: cells += step
    default: break
    }
  }

  private var kind: ProseBlock.Kind {
    if !quotes.isEmpty, quotes.contains(false) { return .quotation }
    if isHeading { return .heading }
    if cells > 0 { return .tableCell }
    let falseItems = openRegions.isEmpty ? 0 : openRegions.count(where: \.isFalseItem)
    if items > falseItems { return .listItem }
    // A quotation that is none is an alert.
    if !quotes.isEmpty { return .admonition }
    if openRegions.isEmpty { return .paragraph }
    return openRegions.last { $0.kind != .paragraph }?.kind ?? .paragraph
  }

  /// Keeps track of the regions that a piece lies in.
  private mutating func moveRegions(to offset: Int) {
    while region < regions.count, regions[region].range.start <= offset {
      openRegions.append(regions[region])
      region += 1
    }
    // Asked for each piece of text, of which few lie in any.
    if !openRegions.isEmpty { openRegions.removeAll { $0.range.end <= offset } }
  }

  // MARK: Spans

  mutating func enter(_ span: MD_SPANTYPE) {
    isLinkStart = span == MD_SPAN_A
    move(over: span, by: 1)
  }

  mutating func leave(_ span: MD_SPANTYPE) {
    isLinkStart = false
    move(over: span, by: -1)
  }

  private mutating func move(over span: MD_SPANTYPE, by step: Int) {
    switch span {
    case MD_SPAN_CODE: spans.code += step
    case MD_SPAN_A: spans.links += step
    case MD_SPAN_IMG: spans.images += step
    default: return
    }
    builder.markup = []
    if spans.code > 0 { builder.markup.insert(.code) }
    if spans.links > 0 { builder.markup.insert(.link) }
    if spans.images > 0 { builder.markup.insert(.image) }
  }

  // MARK: Text

  /// A piece of text at `range` of the source.
  mutating func add(_ type: MD_TEXTTYPE, _ range: ByteRange) {
    defer { cursor = max(cursor, range.end) }
    var range = range
    // A piece may begin with the end of an alert's mark, which was passed over.
    if type == MD_TEXT_NORMAL, range.start < cursor { range.start = min(cursor, range.end) }
    guard skipped == 0, range.start >= cursor, !range.isEmpty else { return }
    if let html {
      let isFirst = html.isEmpty
      self.html = ByteRange(isFirst ? range.start : html.start, range.end)
      return
    }
    moveRegions(to: range.start)
    if isQuoteStart, let last = quotes.indices.last {
      isQuoteStart = false
      if let end = alertMarkEnd(at: range.start) {
        quotes[last] = true
        cursor = end
        // What follows on the mark is the title of the box.
        if end < range.end { add(type, ByteRange(end, range.end)) }
        return
      }
    }
    if type == MD_TEXT_HTML { return addTag(range) }
    isInsideTag = false
    let isEscaped = type != MD_TEXT_CODE && isEscaped(range)
    let start = isEscaped ? range.start - 1 : range.start
    settleBreak(before: start)
    defer { isLinkStart = false }
    if isLinkStart, isAutolink(range) { return }
    if type == MD_TEXT_ENTITY {
      addEntity(range)
    } else if isEscaped {
      builder.append(bytes[range.start], for: ByteRange(start, range.end), kind: kind)
    } else {
      builder.append(range, kind: kind)
    }
  }

  /// A piece of text that the parser made up, for which there is no pointer into the source.
  mutating func addMadeUp(_ type: MD_TEXTTYPE) {
    guard skipped == 0 else { return }
    switch type {
    case MD_TEXT_SOFTBR: pendingBreak = pendingBreak ?? .soft
    case MD_TEXT_BR: pendingBreak = pendingBreak ?? .hard
    case MD_TEXT_CODE: pendingBreak = pendingBreak ?? .code
    case MD_TEXT_NULLCHAR:
      // NUL stays NUL, as in plain text.
      guard let at = bytes[cursor...].firstIndex(of: 0) else { return }
      add(MD_TEXT_NORMAL, ByteRange(at, at + 1))
    default: break
    }
  }

  /// Behind the mark that makes an alert of a quotation, `[!NOTE]` or `[!tip]-`.
  private func alertMarkEnd(at start: Int) -> Int? {
    guard bytes[start...].starts(with: "[!".utf8) else { return nil }
    let name = bytes[(start + 2)...].prefix { $0.isASCIILetter }
    guard !name.isEmpty, name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: "]")
    else { return nil }
    let rest = bytes[(name.endIndex + 1)...].drop { "+-".utf8.contains($0) }
    guard let next = rest.first else { return rest.startIndex }
    return next.isWhiteSpace ? rest.drop { $0.isBlank }.startIndex : nil
  }

  /// Adds the text of an HTML block, which ends the blocks around it.
  ///
  /// In a quotation or list the lines of the source hold marks that are no part of it; such a block is
  /// left out, as its tags are where nothing else is in it.
  private mutating func addHTML(_ range: ByteRange) {
    guard !range.isEmpty, quotes.isEmpty, items == 0,
      !HTMLPreparation.isMarkupAlone(bytes, range)
    else { return }
    let fragment = HTMLReader.read(MaskedSource(plain: Array(bytes[range.start..<range.end])))
    builder.append(fragment, shiftedBy: range.start)
  }

  /// `<https://example.org>`: a link whose text is its target.
  private func isAutolink(_ range: ByteRange) -> Bool {
    range.start > 0 && bytes[range.start - 1] == UInt8(ascii: "<")
      && range.end < bytes.count && bytes[range.end] == UInt8(ascii: ">")
  }

  /// Whether a piece is what a backslash before it escapes: md4c then hands over one byte alone,
  /// and the backslash was part of no piece.
  private func isEscaped(_ range: ByteRange) -> Bool {
    range.count == 1 && range.start > cursor && bytes[range.start - 1] == UInt8(ascii: "\\")
  }

  private mutating func addEntity(_ range: ByteRange) {
    guard let decoded = Entity.decode(bytes[range.start..<range.end]) else {
      return builder.append(range, kind: kind)
    }
    if decoded == [UInt8(ascii: "\n")] {
      builder.appendLineBreak(for: range)
    } else {
      builder.append(decoded, for: range, kind: kind)
    }
  }

  private mutating func addTag(_ range: ByteRange) {
    defer { isInsideTag = bytes[range.end - 1] != UInt8(ascii: ">") }
    guard !isInsideTag else { return }
    settleBreak(before: range.start)
    switch InlineTag(bytes, range) {
    case .formatting: break
    case .separator: builder.append(UInt8(ascii: " "), for: range, kind: kind)
    case .lineBreak:
      // Two of them are how people write paragraphs in HTML.
      if builder.endsWithLineBreak { builder.endBlock() }
      builder.appendLineBreak(for: range)
    }
  }

  /// Adds the line break that waits, for the last line end in the source before `next`.
  ///
  /// A hard break stands for the blanks or the backslash before the line end as well.
  private mutating func settleBreak(before next: Int) {
    guard let pending = pendingBreak else { return }
    pendingBreak = nil
    var last = next - 1
    while last >= cursor, bytes[last] != 0x0A, bytes[last] != 0x0D { last -= 1 }
    guard last >= cursor else {
      return builder.appendLineBreak(for: ByteRange(cursor, next))
    }
    var start = last
    if start > cursor, bytes[last] == 0x0A, bytes[start - 1] == 0x0D { start -= 1 }
    switch pending {
    case .soft: break
    case .code:
      return builder.append(UInt8(ascii: " "), for: ByteRange(start, last + 1), kind: kind)
    case .hard:
      while start > cursor, bytes[start - 1].isBlank { start -= 1 }
      if start > cursor, bytes[start - 1] == UInt8(ascii: "\\") { start -= 1 }
    }
    builder.appendLineBreak(for: ByteRange(start, last + 1))
  }
}
