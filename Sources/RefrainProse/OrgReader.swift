// Org to prose, line by line: headlines, paragraphs, lists, quotations, notes, captions, cells of tables,
// and the document's title and description are prose; listings, examples, comments, drawers, planning
// and all other keywords are not.
//
// The rules are those of the Org Syntax document, as far as they decide what is prose.

internal import RefrainModel

/// Reads an Org file.
///
/// O(bytes).
struct OrgReader {
  private let bytes: [UInt8]
  private let lines: [MarkupLine]
  private var at = 0
  private var builder: ProseBuilder
  private var text = InlineText()

  /// More blocks in one another are not told apart.
  private static let deepest = 64
  /// The blocks that are open, and what running text in each is.
  private var open: [(name: String, kind: ProseBlock.Kind)] = []
  /// How far the markers of the list items that are open are indented.
  private var items: [Int] = []
  /// Words for the state of a task that the file names.
  private var keywords: Set<String> = []
  /// Blocks that no line closes behind here, and what else is known not to end.
  private var missing: Set<String> = []
  /// Up to which line no drawer ends.
  private var drawersEndBehind = 0

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

  // MARK: Blocks

  /// Reads what begins at the current line.
  private mutating func readBlock() {
    let line = lines[at]
    let text = slice(line.content)
    guard let first = text.first else {
      at += 1
      return
    }
    if line.indent == 0, let stars = OrgLine.stars(text) { return readHeadline(text, stars) }
    while let last = items.last, line.indent <= last { items.removeLast() }
    if first == UInt8(ascii: "#"), readKeyword(line, text) { return }
    if first == UInt8(ascii: "|") {
      at += 1
      return readRow(text)
    }
    if OrgLine.isDrawer(text) { return skipDrawer() }
    if OrgLine.isIgnored(text) {
      at += 1
    } else if text.begins(with: "\\begin{") {
      skipEnvironment()
    } else if let width = OrgLine.listMarker(text, indent: line.indent) {
      items.append(line.indent)
      readItem(ByteRange(line.content.start + width, line.content.end))
    } else if line.indent == 0, let width = OrgLine.footnote(text) {
      items.removeAll()
      readParagraph(ByteRange(line.content.start + width, line.content.end), kind: .paragraph)
    } else {
      readParagraph(line.content, kind: items.isEmpty ? .paragraph : .listItem)
    }
  }

  private mutating func readHeadline(_ line: ArraySlice<UInt8>, _ stars: Int) {
    items = []
    open = []
    at += 1
    builder.level = stars
    let title = OrgLine.title(line, keywords: keywords)
    guard title.begins(with: "COMMENT"), title.count == 7 || title[title.startIndex + 7].isBlank
    else { return add([ByteRange(title.startIndex, title.endIndex)], kind: .heading) }
    // All below such a headline is a comment, too.
    while at < lines.count {
      let text = slice(lines[at].content)
      if lines[at].indent == 0, let next = OrgLine.stars(text), next <= stars { break }
      at += 1
    }
  }

  private mutating func readItem(_ content: ByteRange) {
    guard !content.isEmpty else {
      at += 1
      return
    }
    let text = slice(content)
    guard let colon = OrgLine.termEnd(text) else { return readParagraph(content, kind: .listItem) }
    add([ByteRange(content.start, colon)], kind: .listItem)
    readParagraph(ByteRange(min(colon + 2, content.end), content.end), kind: .listItem)
  }

  private mutating func readParagraph(_ first: ByteRange, kind: ProseBlock.Kind) {
    var ranges = [first]
    at += 1
    while at < lines.count, !endsParagraph(lines[at]) {
      ranges.append(lines[at].content)
      at += 1
    }
    add(ranges, kind: kind)
  }

  /// Whether a line is not the next one of the paragraph that is being read.
  private func endsParagraph(_ line: MarkupLine) -> Bool {
    let text = slice(line.content)
    guard let first = text.first else { return true }
    // An item ends where a line is no further indented than its marker.
    if let item = items.last, line.indent <= item { return true }
    if line.indent == 0, OrgLine.stars(text) != nil { return true }
    switch first {
    case UInt8(ascii: "#"):
      return text.begins(with: "#+") || OrgLine.isIgnored(text)
    case UInt8(ascii: "|"): return true
    case UInt8(ascii: "["): return line.indent == 0 && OrgLine.footnote(text) != nil
    case UInt8(ascii: "\\"): return text.begins(with: "\\begin{")
    default: break
    }
    return OrgLine.isIgnored(text) || OrgLine.isDrawer(text)
      || OrgLine.listMarker(text, indent: line.indent) != nil
  }

  /// Reads the cells of one line of a table, which its borders are none.
  private mutating func readRow(_ line: ArraySlice<UInt8>) {
    guard !line.begins(with: "|-") else { return }
    var start = line.startIndex + 1
    while start < line.endIndex {
      let end = line[start...].firstIndex(of: UInt8(ascii: "|")) ?? line.endIndex
      let text = line[start..<end].trimmed
      if text.count > ProseBuilder.leastCellWords {
        add([ByteRange(text.startIndex, text.endIndex)], kind: .tableCell)
      }
      start = end + 1
    }
  }

  private mutating func add(_ ranges: [ByteRange], kind: ProseBlock.Kind) {
    text.clear()
    for range in ranges where !range.isEmpty { text.append(range, of: bytes) }
    OrgInlines.strip(&text)
    let base = open.last?.kind ?? .paragraph
    text.add(
      to: &builder, kind: base == .quotation ? base : kind == .paragraph ? base : kind)
  }

  // MARK: Keywords and what is no prose

  /// Reads a line that begins with `#`; false where that says nothing.
  private mutating func readKeyword(_ line: MarkupLine, _ text: ArraySlice<UInt8>) -> Bool {
    guard text.begins(with: "#+") else { return false }
    if let name = OrgLine.block(text, "begin_") {
      openBlock(name)
      return true
    }
    if let name = OrgLine.block(text, "end_") {
      at += 1
      if let index = open.lastIndex(where: { $0.name == name }) { open.removeSubrange(index...) }
      return true
    }
    if let keyword = OrgLine.keyword(text) {
      at += 1
      let value = ByteRange(line.content.start + keyword.width, line.content.end)
      switch keyword.name {
      case "title", "subtitle": add([value], kind: .heading)
      case "description": add([value], kind: .metadata)
      case "caption": add([value], kind: .caption)
      case "todo", "seq_todo", "typ_todo": defineKeywords(slice(value))
      default: break
      }
      return true
    }
    // Settings without a colon are none, but no prose either.
    at += 1
    return true
  }

  private mutating func openBlock(_ name: String) {
    at += 1
    if OrgLine.verbatim.contains(name) {
      skip(name) { OrgLine.block($0, "end_") == name }
      builder.passListing()
    } else if open.count < Self.deepest {
      let base = open.last?.kind ?? .paragraph
      open.append((name, base == .quotation ? base : OrgLine.kind(ofBlock: name) ?? base))
    }
  }

  /// Passes over all up to a line that ends something, and over that line; nothing where there is none.
  ///
  /// - Parameter name: of what ends, so that what never ends is looked for once.
  private mutating func skip(_ name: String, until isEnd: (ArraySlice<UInt8>) -> Bool) {
    guard !missing.contains(name) else { return }
    guard let end = lines[at...].firstIndex(where: { isEnd(slice($0.content)) }) else {
      missing.insert(name)
      return
    }
    at = end + 1
  }

  /// Passes over `\begin{name}` and all up to `\end{name}`.
  private mutating func skipEnvironment() {
    at += 1
    let line = slice(lines[at - 1].content)
    if line.indices.contains(where: { line[$0...].begins(with: "\\end{") }) { return }
    skip("\\") { $0.begins(with: "\\end{") }
  }

  /// Passes over a drawer, which no headline is in; over its first line where it never ends.
  private mutating func skipDrawer() {
    at += 1
    guard at > drawersEndBehind else { return }
    var end = at
    while end < lines.count {
      let text = slice(lines[end].content)
      if lines[end].indent == 0, OrgLine.stars(text) != nil { break }
      if text.count == 5, text.lowercased == ":end:" {
        at = end + 1
        return
      }
      end += 1
    }
    drawersEndBehind = end
  }

  /// `TODO(t) WAIT(w@/!) | DONE(d)`.
  private mutating func defineKeywords(_ line: ArraySlice<UInt8>) {
    for word in line.split(whereSeparator: \.isBlank) {
      let name = word.prefix { $0 != UInt8(ascii: "(") }
      if !name.isEmpty, name != [UInt8(ascii: "|")] { keywords.insert(name.string) }
    }
  }
}
