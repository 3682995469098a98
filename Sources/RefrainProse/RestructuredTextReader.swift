// reStructuredText to prose, line by line: headings, paragraphs, lists, definitions, quotations,
// footnotes, and the bodies of directives that hold text; literal blocks, comments, grid and simple
// tables, substitution definitions, targets and doctests are not.
//
// The rules are those of the reStructuredText Markup Specification of docutils, as far as they
// decide what is prose. Blocks follow from indentation: a stack holds how far each open list item,
// definition or quotation is indented.

internal import RefrainModel

/// Reads a reStructuredText file.
///
/// O(bytes): a level of nesting takes a column.
struct RestructuredTextReader {
  let bytes: [UInt8]
  let lines: [MarkupLine]
  /// The line to be read next.
  var at = 0
  var builder: ProseBuilder
  private var inlines: RestructuredInlines
  private var text = InlineText()

  /// What is open around the lines to come, from the outside in.
  private struct Level {
    var indent: Int
    var kind: ProseBlock.Kind
    var isGlossary = false
  }
  private var levels: [Level] = []
  /// What marks headings, which nothing but the order in which it comes says how deep.
  private struct Adornment: Hashable {
    var mark: UInt8
    var isAbove: Bool
  }
  private var adornments: [Adornment] = []
  /// Whether no simple table ends behind here.
  private var isWithoutTableEnd = false
  /// How many list markers on one line may stand before the text; more of them are text.
  private static let deepestLine = 16

  /// The indentation of a paragraph that announced a literal block.
  private var literalBelow: Int?
  /// Whether nothing but blank lines and headings came so far, where bibliographic fields stand.
  var isTop = true

  init(_ source: MaskedSource) {
    bytes = source.masked
    lines = MarkupLines.cut(source.masked, from: source.start)
    builder = ProseBuilder(source)
    inlines = RestructuredInlines(
      values: RestructuredSubstitutions.collect(bytes, lines, start: source.start))
  }

  consuming func read() -> Prose {
    while at < lines.count {
      let line = lines[at]
      if line.isBlank {
        at += 1
      } else if skipLiteral(line) {
        continue
      } else {
        readBlock(line.content.start, indent: line.indent)
      }
    }
    return builder.finish()
  }

  func slice(_ range: ByteRange) -> ArraySlice<UInt8> { bytes[range.start..<range.end] }

  /// What running text at this place is.
  var kind: ProseBlock.Kind { levels.last?.kind ?? .paragraph }

  /// Opens a level.
  ///
  /// All within a quotation is one, and all within a cell is part of it.
  mutating func open(_ indent: Int, _ kind: ProseBlock.Kind, isGlossary: Bool = false) {
    let isFixed = self.kind == .quotation || self.kind == .tableCell && kind == .listItem
    levels.append(Level(indent: indent, kind: isFixed ? self.kind : kind, isGlossary: isGlossary))
  }

  // MARK: Blocks

  /// Reads the block that begins at `start` of the current line, which is that far indented.
  private mutating func readBlock(_ start: Int, indent: Int, depth: Int = 0) {
    while let last = levels.last, last.indent > indent { levels.removeLast() }
    let content = ByteRange(start, lines[at].content.end)
    let text = slice(content)
    if indent > (levels.last?.indent ?? 0) {
      // A list that is indented for its looks is no quotation.
      let isList = RestructuredLine.listMarker(text) != nil
      open(indent, isList ? kind : .quotation)
    }
    if RestructuredLine.isExplicit(text) { return readExplicit(content, indent: indent) }
    if text.begins(with: "__ ") || text.begins(with: ">>> ") { return skipParagraph() }
    if RestructuredLine.isGridBorder(text) { return skipParagraph() }
    if RestructuredLine.isSimpleBorder(text) { return skipSimpleTable() }
    if let heading = heading(content, indent: indent) {
      readHeading(heading.title, lines: heading.lines)
      return
    }
    if text.isRun(atLeast: 4), RestructuredLine.isAdornment(text) {
      at += 1
      return
    }
    if let width = RestructuredLine.fieldMarker(text) {
      if isTop { return skipIndented(below: indent) }
      return readItem(content, marker: width, indent: indent, body: nil)
    }
    isTop = false
    if depth < Self.deepestLine, let width = RestructuredLine.listMarker(text) {
      return readItem(content, marker: width, indent: indent, body: indent + width, depth: depth)
    }
    if let width = RestructuredLine.optionMarker(text) {
      return readItem(content, marker: width, indent: indent, body: nil)
    }
    readParagraph(content, indent: indent)
  }

  /// Reads a list item or field: what stands behind its marker, and from there on what is indented
  /// as far as its body.
  private mutating func readItem(
    _ content: ByteRange, marker: Int, indent: Int, body: Int?, depth: Int = 0,
    kind: ProseBlock.Kind = .listItem
  ) {
    let start = content.start + marker
    let next = at + 1 < lines.count ? lines[at + 1] : nil
    // The body of a field begins wherever its second line does.
    let below = next.flatMap { !$0.isBlank && $0.indent > indent ? $0.indent : nil }
    let column = body ?? below ?? indent + 1
    let blanks = slice(ByteRange(min(start, content.end), content.end)).prefix { $0.isBlank }.count
    open(body == nil ? column : column + blanks, kind)
    guard start < content.end else {
      at += 1
      return
    }
    if body == nil {
      readParagraph(ByteRange(start + blanks, content.end), indent: column)
    } else {
      readBlock(start + blanks, indent: column + blanks, depth: depth + 1)
    }
  }

  /// Reads the lines up to a blank one, or up to one that is indented otherwise.
  /// - Parameter isArgument: whether the first line stands behind the name of a directive, so that
  ///   options may follow.
  mutating func readParagraph(_ first: ByteRange, indent: Int, isArgument: Bool = false) {
    var ranges = [first]
    at += 1
    while at < lines.count, !lines[at].isBlank, lines[at].indent == indent {
      let content = lines[at].content
      if isArgument, RestructuredLine.fieldMarker(slice(content)) != nil { break }
      ranges.append(content)
      at += 1
    }
    let next = at < lines.count ? lines[at] : nil
    let announcesLiteral = ranges.last.map { slice($0).suffix(2).equals("::") } ?? false
    if let next, !next.isBlank, next.indent > indent, !announcesLiteral, !isArgument,
      ranges.count == 1 || levels.last?.isGlossary == true
    {
      // Terms with their definition right below; its indentation is that of a quotation otherwise.
      let kind = kind == .quotation || kind == .tableCell ? kind : .listItem
      for range in ranges { add([range], kind: kind) }
      return open(next.indent, .listItem)
    }
    if announcesLiteral, let last = ranges.indices.last {
      literalBelow = indent
      // "text::" reads as "text:", "text ::" as "text".
      ranges[last].end -= 1
      let before = slice(ranges[last]).dropLast().last
      if before == nil || before?.isBlank == true { ranges[last].end -= 1 }
    }
    if slice(first).begins(with: "| ") {
      ranges = ranges.map { range in
        slice(range).first == UInt8(ascii: "|") ? ByteRange(range.start + 1, range.end) : range
      }
    }
    add(ranges, kind: kind)
  }

  mutating func add(_ ranges: [ByteRange], kind: ProseBlock.Kind) {
    text.clear()
    for range in ranges where !range.isEmpty { text.append(range, of: bytes) }
    inlines.strip(&text)
    text.add(to: &builder, kind: levels.last?.kind == .quotation ? .quotation : kind)
  }

  /// Reads a heading, which lies as deep as others that are marked like it.
  private mutating func readHeading(_ title: ByteRange, lines count: Int) {
    let mark = slice(lines[at + (count == 3 ? 0 : 1)].content).first ?? 0
    let adornment = Adornment(mark: mark, isAbove: count == 3)
    let known = adornments.firstIndex(of: adornment)
    if known == nil { adornments.append(adornment) }
    builder.level = (known ?? adornments.count - 1) + 1
    at += count
    add([title], kind: .heading)
  }

  /// The heading that begins at the current line, with how many lines it has.
  private func heading(_ content: ByteRange, indent: Int) -> (title: ByteRange, lines: Int)? {
    func line(_ offset: Int) -> MarkupLine? {
      at + offset < lines.count ? lines[at + offset] : nil
    }
    guard let second = line(1), !second.isBlank else { return nil }
    let text = slice(content)
    if RestructuredLine.isAdornment(text), let third = line(2),
      slice(third.content).elementsEqual(text), !RestructuredLine.isAdornment(slice(second.content))
    {
      return (second.content, 3)
    }
    let under = slice(second.content)
    guard second.indent == indent, let mark = under.first, RestructuredLine.isPunctuation(mark),
      under.isRun(atLeast: 1)
    else { return nil }
    let columns = text.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return under.count >= min(columns, 4) ? (content, 2) : nil
  }

  // MARK: What is no prose

  /// Reads what begins with `..`: a comment, target, directive, footnote or substitution.
  private mutating func readExplicit(_ content: ByteRange, indent: Int) {
    switch RestructuredLine.explicit(slice(content)) {
    case .footnote(let width):
      isTop = false
      readItem(content, marker: width, indent: indent, body: nil, kind: .paragraph)
    case .directive(let directive, let width):
      readDirective(
        directive, argument: ByteRange(content.start + width, content.end), indent: indent)
    case .other: skipIndented(below: indent)
    }
  }

  /// Passes over the current line, and all behind it that are blank or indented further.
  mutating func skipIndented(below indent: Int) {
    at += 1
    while at < lines.count, lines[at].isBlank || lines[at].indent > indent { at += 1 }
  }

  private mutating func skipParagraph() {
    while at < lines.count, !lines[at].isBlank { at += 1 }
  }

  /// Passes over a simple table: up to a border with a blank line behind it; up to the next blank
  /// line where there is none.
  private mutating func skipSimpleTable() {
    var end = at + 1
    while end < lines.count, !isWithoutTableEnd {
      let isBorder = RestructuredLine.isSimpleBorder(slice(lines[end].content))
      if isBorder, end + 1 >= lines.count || lines[end + 1].isBlank {
        at = end + 1
        return
      }
      end += 1
    }
    isWithoutTableEnd = true
    skipParagraph()
  }

  /// Passes over a literal block that was announced: an indented one, or a quoted one, each of whose
  /// lines begins with the same mark.
  private mutating func skipLiteral(_ line: MarkupLine) -> Bool {
    guard let below = literalBelow else { return false }
    literalBelow = nil
    if line.indent > below {
      skipIndented(below: below)
      builder.passListing()
      return true
    }
    // Any mark may quote; those are taken that begin neither lists nor headings nor emphasis.
    guard line.indent == below, let mark = slice(line.content).first, ">|$%#".utf8.contains(mark)
    else { return false }
    while at < lines.count, slice(lines[at].content).first == mark { at += 1 }
    builder.passListing()
    return true
  }
}
