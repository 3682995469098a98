// What site generators add to Markdown, rewritten into Markdown that means the same to a parser: admonitions and
// tabs of MkDocs, containers of Docusaurus, Pandoc and VuePress, directives of MyST, attribute lists of
// kramdown and Pandoc, footnotes.
//
// Nothing moves: marks are blanked or overwritten in the copy that the parser sees.

internal import RefrainModel

/// What the parser cannot know about some lines.
struct MarkdownRegion: Hashable {
  /// Whole lines.
  var range: ByteRange
  /// What a paragraph in it is.
  var kind: ProseBlock.Kind
  /// Whether the list item that the parser sees around them is none.
  var isFalseItem: Bool
}

/// Rewrites the extensions of a page.
///
/// O(bytes).
struct MarkdownExtensions {
  private var source: MaskedSource
  /// The bytes as they were: slices of those that change would be copied with each change.
  private let bytes: [UInt8]
  private var regions: [MarkdownRegion] = []
  /// What is open at the current line, from the outside in.
  private var containers: [Container] = []
  /// How many of them each mark opened.
  private var depths: [UInt8: Int] = [:]
  /// The mark of the open block of code, and how long it is.
  private var fence: (mark: UInt8, length: Int)?
  /// Whether the current line stands below the first of a directive, where its options are.
  private var areOptions = false
  /// The next place at or behind the current line where a mark inside of a line may begin.
  private var mark: Int
  /// The indented bodies of MkDocs that are open: how far their marks are indented.
  private var bodies: [(indent: Int, region: Int)] = []

  private struct Container {
    var mark: UInt8
    var length: Int
    var region: Int
  }

  /// What a line begins with that `read` looks at.
  private static let beginnings = ASCIISet("`~:!?=(")
  /// Directives, and classes of containers, that make a box.
  private static let admonitions: Set<String> = [
    "admonition", "alert", "attention", "callout", "caution", "danger", "error", "example", "fail",
    "failure", "hint", "important", "info", "note", "question", "quote", "seealso", "success",
    "tip", "todo", "warning",
  ]
  /// Directives of MyST, besides these, whose bodies are Markdown.
  private static let bodiesOfText: Set<String> = [
    "aside", "card", "deprecated", "dropdown", "epigraph", "figure", "glossary", "grid",
    "grid-item", "grid-item-card", "margin", "only", "pull-quote", "sidebar", "tab", "tab-item",
    "tab-set", "table", "topic", "versionadded", "versionchanged",
  ]

  private init(_ source: MaskedSource) {
    self.source = source
    bytes = source.masked
    mark = bytes.nextIndex(of: MarkdownInlineMarks.beginnings, from: source.start)
  }

  /// Rewrites the page, and tells what the parser has to be told.
  static func rewrite(_ source: inout MaskedSource) -> [MarkdownRegion] {
    var extensions = MarkdownExtensions(source)
    for line in source.lines where !extensions.passes(line) { extensions.read(line) }
    extensions.endBodies(below: 0, at: source.bytes.count)
    for container in extensions.containers {
      extensions.regions[container.region].range.end = source.bytes.count
    }
    source = extensions.source
    return extensions.regions.filter { $0.kind != .paragraph || $0.isFalseItem }
  }

  // MARK: Lines

  /// Passes over a line that holds nothing of this, as most do, without the slices that a closer look takes.
  private mutating func passes(_ line: ByteRange) -> Bool {
    var start = line.start
    while start < line.end, bytes[start].isWhiteSpace { start += 1 }
    if start == line.end { return true }
    let first = bytes[start]
    if let fence { return first != fence.mark }
    if Self.beginnings.contains(first) { return false }
    if mark < start { mark = bytes.nextIndex(of: MarkdownInlineMarks.beginnings, from: start) }
    while mark < line.end {
      if MarkdownInlineMarks.mayBegin(bytes, at: mark, of: line) { return false }
      mark = bytes.nextIndex(of: MarkdownInlineMarks.beginnings, from: mark + 1)
    }
    areOptions = false
    if !bodies.isEmpty {
      endBodies(below: Self.columns(bytes, line.start..<start), at: line.start)
    }
    return true
  }

  /// How far white space indents what stands behind it.
  private static func columns(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var columns = 0
    for at in range {
      columns = bytes[at] == UInt8(ascii: "\t") ? (columns / 4 + 1) * 4 : columns + 1
    }
    return columns
  }

  private mutating func read(_ line: ByteRange) {
    let content = Content(bytes, line)
    if let open = fence {
      if content.run(of: open.mark) >= open.length, content.isRun { fence = nil }
      return
    }
    guard let first = content.first else { return }
    endBodies(below: content.indent, at: line.start)
    if areOptions {
      if isOption(content) { return source.omit(content.range) }
      areOptions = false
    }
    switch first {
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      if content.run(of: first) >= 3 { return readFence(content, mark: first) }
    case UInt8(ascii: ":"):
      if content.run(of: first) >= 3 { return readColons(content) }
      // A definition, which is indented as an item is.
      if content.bytes.dropFirst().first?.isBlank == true {
        source.show(UInt8(ascii: "-"), at: content.range.start)
      }
    case UInt8(ascii: "!"), UInt8(ascii: "?"):
      if readBody(content, marks: first == UInt8(ascii: "!") ? ["!!!"] : ["???+", "???"]) {
        return
      }
    case UInt8(ascii: "="):
      if readBody(content, marks: ["==="]) { return }
    case UInt8(ascii: "("):
      // A target of MyST.
      if content.bytes.reversed().starts(with: "=)".utf8), !content.bytes.contains(0x20) {
        return source.omit(content.range)
      }
    default: break
    }
    readInline(content)
  }

  /// `:name: value`, as the first lines of a directive have it.
  private func isOption(_ content: Content) -> Bool {
    guard content.first == UInt8(ascii: ":") else { return false }
    let name = content.bytes.dropFirst().prefix { $0.isWordByte || $0 == UInt8(ascii: "-") }
    return !name.isEmpty && content.bytes[name.endIndex...].first == UInt8(ascii: ":")
  }

  // MARK: Containers

  /// Three backquotes or tildes: code, or a directive of MyST with a body of text.
  private mutating func readFence(_ content: Content, mark: UInt8) {
    let length = content.run(of: mark)
    let info = content.bytes.dropFirst(length).drop { $0.isBlank }
    if mark == UInt8(ascii: "`"), info.contains(mark) { return readInline(content) }
    if info.isEmpty, let last = containers.last, last.mark == mark, length >= last.length {
      return close(content)
    }
    guard info.first == UInt8(ascii: "{"), let end = info.firstIndex(of: UInt8(ascii: "}")) else {
      fence = (mark, length)
      return
    }
    let name = info[(info.startIndex + 1)..<end].string
    guard Self.admonitions.contains(name) || Self.bodiesOfText.contains(name) else {
      fence = (mark, length)
      return
    }
    // What stands behind the name of these is a title; behind a figure's, its file.
    let title = name == "figure" ? info[info.endIndex...] : info[(end + 1)...]
    open(content, mark: mark, length: length, name: name, title: title)
  }

  /// Three colons or more: a container of whatever dialect.
  private mutating func readColons(_ content: Content) {
    let mark = UInt8(ascii: ":")
    let length = content.run(of: mark)
    let rest = content.bytes.dropFirst(length).drop { $0.isBlank }
    if rest.isEmpty { return close(content) }
    if rest.first == UInt8(ascii: "{") {
      guard let end = rest.firstIndex(of: UInt8(ascii: "}")) else { return readInline(content) }
      let inner = rest[(rest.startIndex + 1)..<end]
      // Of Pandoc's attributes the first class counts: `{.callout-note title="x"}`.
      let classes = inner.drop { !$0.isWordByte }
      let name = classes.prefix { $0.isWordByte || $0 == UInt8(ascii: "-") }.string
      let isFigure = name == "figure" || name == "image"
      return open(
        content, mark: mark, length: length, name: name,
        title: isFigure ? rest[rest.endIndex...] : rest[(end + 1)...])
    }
    let name = rest.prefix { $0.isWordByte || $0 == UInt8(ascii: "-") }
    var title = rest[name.endIndex...]
    // "::::" and the like between other words is no container.
    guard !name.isEmpty, title.first.map({ $0.isBlank || "[{:".utf8.contains($0) }) ?? true else {
      return readInline(content)
    }
    if title.first == UInt8(ascii: "["), let end = title.firstIndex(of: UInt8(ascii: "]")) {
      title = title[(title.startIndex + 1)..<end]
    } else if title.first == UInt8(ascii: "{"), let end = title.firstIndex(of: UInt8(ascii: "}")) {
      title = title[(end + 1)...]
    }
    // A heading of colons may be closed by colons.
    while let last = title.last, last == mark || last.isBlank { title = title.dropLast() }
    open(content, mark: mark, length: length, name: name.string, title: title)
  }

  private mutating func open(
    _ content: Content, mark: UInt8, length: Int, name: String, title: ArraySlice<UInt8>
  ) {
    let kind = name.lowercased().split(separator: "-").first.map(String.init) ?? ""
    makeHeading(of: content, title: title, at: content.range.start)
    depths[mark, default: 0] += 1
    containers.append(Container(mark: mark, length: length, region: regions.count))
    regions.append(
      MarkdownRegion(
        range: ByteRange(content.range.start, content.range.start),
        kind: Self.admonitions.contains(kind)
          ? .admonition : kind == "figure" ? .caption : .paragraph,
        isFalseItem: false))
    areOptions = true
  }

  /// Closes the innermost container of the line's mark, and all inside of it.
  private mutating func close(_ content: Content) {
    source.omit(content.range)
    // Those that nothing closes are not looked through at every mark.
    guard let mark = content.first, depths[mark, default: 0] > 0,
      let index = containers.lastIndex(where: { $0.mark == mark })
    else { return }
    for container in containers[index...] {
      regions[container.region].range.end = content.range.start
      depths[container.mark, default: 0] -= 1
    }
    containers.removeSubrange(index...)
  }

  /// Blanks a line but for the title in it, which becomes a heading.
  private mutating func makeHeading(of content: Content, title: ArraySlice<UInt8>, at mark: Int) {
    var title = title.drop { $0.isBlank }
    while let last = title.last, last.isBlank { title = title.dropLast() }
    if title.count > 1, title.first == UInt8(ascii: "\""), title.last == UInt8(ascii: "\"") {
      title = title.dropFirst().dropLast()
    }
    if title.isEmpty { return source.omit(content.range) }
    source.omit(ByteRange(content.range.start, title.startIndex))
    source.omit(ByteRange(title.endIndex, content.range.end))
    source.show(UInt8(ascii: "#"), at: mark)
  }

  // MARK: Bodies by indentation

  /// Reads `!!! note "Title"`, `??? note`, `=== "Tab"`.
  ///
  /// What is indented below is its body, which a parser would take for code. The line is made the first of a
  /// list item, which the body is indented enough to be part of.
  private mutating func readBody(_ content: Content, marks: [String]) -> Bool {
    guard let mark = marks.first(where: { content.bytes.starts(with: $0.utf8) }) else {
      return false
    }
    let isTab = mark == "==="
    var rest = content.bytes.dropFirst(mark.utf8.count)
    // `===! "Tab"`, `===+ "Tab"`.
    if isTab { rest = rest.drop { "!+".utf8.contains($0) } }
    rest = rest.drop { $0.isBlank }
    let types = rest.prefix { $0 != UInt8(ascii: "\"") }
    let title = rest[types.endIndex...]
    let isTitled = title.count > 1 && title.last == UInt8(ascii: "\"")
    let areTypes = types.allSatisfy { $0.isWordByte || $0 == UInt8(ascii: "-") || $0.isBlank }
    guard areTypes, isTitled || title.isEmpty, isTab ? types.isEmpty && isTitled : !types.isEmpty
    else { return false }
    let at = content.range.start
    makeHeading(of: content, title: title, at: at + 3)
    source.show(UInt8(ascii: "-"), at: at)
    source.show(UInt8(ascii: "#"), at: at + 3)
    beginBody(at, indent: content.indent, kind: isTab ? .paragraph : .admonition)
    return true
  }

  private mutating func beginBody(_ start: Int, indent: Int, kind: ProseBlock.Kind) {
    bodies.append((indent, regions.count))
    regions.append(
      MarkdownRegion(range: ByteRange(start, start), kind: kind, isFalseItem: true))
  }

  /// Ends the bodies that a line which is so far indented is no part of.
  private mutating func endBodies(below indent: Int, at end: Int) {
    while let last = bodies.last, indent <= last.indent {
      regions[last.region].range.end = end
      bodies.removeLast()
    }
  }

  // MARK: Inside lines

  /// Takes out attribute lists, names of roles, footnote marks and codes of emoji.
  private mutating func readInline(_ content: Content) {
    var marks = MarkdownInlineMarks(content.bytes)
    while let mark = marks.next() {
      switch mark {
      case .inline(let range): source.omitInline(range)
      case .footnote(let range):
        source.omit(range)
        // What is indented below belongs to the note, as to an item; its first line must not be code.
        source.show(UInt8(ascii: "-"), at: range.start)
        source.show(UInt8(ascii: "x"), at: range.start + 3)
        beginBody(range.start, indent: content.indent, kind: .paragraph)
      }
    }
  }

  /// A line without the white space around it.
  private struct Content {
    let bytes: ArraySlice<UInt8>
    /// How many columns stand before it.
    let indent: Int

    init(_ source: [UInt8], _ line: ByteRange) {
      var start = line.start
      while start < line.end, source[start].isWhiteSpace { start += 1 }
      var end = line.end
      while end > start, source[end - 1].isWhiteSpace { end -= 1 }
      bytes = source[start..<end]
      indent = MarkdownExtensions.columns(source, line.start..<start)
    }

    var first: UInt8? { bytes.first }
    var range: ByteRange { ByteRange(bytes.startIndex, bytes.endIndex) }
    func run(of mark: UInt8) -> Int { bytes.prefix { $0 == mark }.count }
    var isRun: Bool { bytes.isRun(atLeast: 1) }
  }
}
