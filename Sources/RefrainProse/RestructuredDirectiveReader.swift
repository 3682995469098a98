// Directives of reStructuredText to prose: where their argument, options and body begin, and what of
// that is read.

internal import RefrainModel

extension RestructuredTextReader {
  /// Reads a directive whose name stands on the current line.
  /// - Parameter argument: what stands behind `::`, maybe nothing.
  mutating func readDirective(
    _ directive: RestructuredDirective, argument: ByteRange, indent: Int
  ) {
    switch directive {
    case .silent:
      skipIndented(below: indent)
      builder.passListing()
    case .body(let kind):
      isTop = false
      open(bodyIndent(below: indent), kind ?? self.kind)
      readBody(argument, indent: indent)
    case .titled(let title, let body):
      isTop = false
      at += 1
      add([argument], kind: title)
      skipOptions(below: indent)
      open(bodyIndent(below: indent, from: at), body ?? kind)
    case .versioned:
      isTop = false
      open(bodyIndent(below: indent), kind)
      let version = slice(argument).prefix { !$0.isBlank }
      let text = slice(argument)[version.endIndex...].drop { $0.isBlank }
      readBody(ByteRange(text.startIndex, argument.end), indent: indent)
    case .container(let kind):
      isTop = false
      at += 1
      skipOptions(below: indent)
      open(bodyIndent(below: indent, from: at), kind ?? self.kind)
    case .object:
      isTop = false
      at += 1
      while at < lines.count, lines[at].indent > indent, !lines[at].isBlank { at += 1 }
      open(bodyIndent(below: indent, from: at), .paragraph)
    case .glossary:
      isTop = false
      at += 1
      skipOptions(below: indent)
      open(bodyIndent(below: indent, from: at), .listItem, isGlossary: true)
    case .listTable:
      isTop = false
      at += 1
      add([argument], kind: .caption)
      skipOptions(below: indent)
      open(bodyIndent(below: indent, from: at), .tableCell)
    case .table:
      add([argument], kind: .caption)
      skipIndented(below: indent)
    case .image: readFields(["alt"], kind: .caption, below: indent)
    case .meta: readFields(["description"], kind: .metadata, below: indent)
    case .unknown: readUnknown(indent: indent)
    }
  }

  /// Reads a body whose first line may stand behind the directive's name; its other lines follow in the
  /// level that is open.
  private mutating func readBody(_ first: ByteRange, indent: Int) {
    if first.isEmpty {
      at += 1
    } else {
      readParagraph(first, indent: bodyIndent(below: indent), isArgument: true)
    }
    skipOptions(below: indent)
  }

  /// How many lines of a paragraph are looked at.
  private static var longestLook: Int { 32 }

  /// Reads the body of a directive that nobody knows, if that begins with a sentence.
  ///
  /// Projects have directives of their own for boxes and for parts of programs as well as for
  /// listings and diagrams.
  private mutating func readUnknown(indent: Int) {
    let start = at
    at += 1
    skipOptions(below: indent)
    // Its lines may begin right below, without a blank one.
    let first = at < lines.count && lines[at].isBlank ? at + 1 : at
    guard first < lines.count, lines[first].indent > indent,
      isSentence(lines[first...].prefix(Self.longestLook).prefix { !$0.isBlank }.map(\.content))
    else {
      at = start
      return skipIndented(below: indent)
    }
    isTop = false
    open(lines[first].indent, kind)
  }

  /// Whether lines begin with a capital letter or with markup, end like a sentence, and have a few words.
  private func isSentence(_ lines: [ByteRange]) -> Bool {
    guard let first = lines.first, let last = lines.last else { return false }
    let head = bytes[first.start]
    let end = bytes[last.end - 1]
    let isHead = (0x41...0x5A).contains(head) || head >= 0x80 || "*`:".utf8.contains(head)
    let isEnd = ".:!?)".utf8.contains(end) || end >= 0x80 || lines.count == Self.longestLook
    guard isHead, isEnd else { return false }
    let words = lines.reduce(0) { $0 + slice($1).split(separator: UInt8(ascii: " ")).count }
    return words >= 4
  }

  /// Reads some of the options right below a directive, and nothing else of it.
  private mutating func readFields(_ names: [String], kind: ProseBlock.Kind, below indent: Int) {
    at += 1
    if at < lines.count, lines[at].isBlank, kind == .metadata { at += 1 }
    while at < lines.count, !lines[at].isBlank, lines[at].indent > indent {
      let line = lines[at]
      let text = slice(line.content)
      at += 1
      var ranges: [ByteRange] = []
      if let width = RestructuredLine.fieldMarker(text),
        names.contains(text.dropFirst().prefix { $0.isWordByte }.lowercased)
      {
        ranges = [ByteRange(line.content.start + width, line.content.end)]
      }
      while at < lines.count, !lines[at].isBlank, lines[at].indent > line.indent {
        if !ranges.isEmpty { ranges.append(lines[at].content) }
        at += 1
      }
      if !ranges.isEmpty { add(ranges, kind: kind) }
    }
    at -= 1
    skipIndented(below: indent)
  }

  /// Passes over options, with the lines that they go on for.
  private mutating func skipOptions(below indent: Int) {
    while at < lines.count, !lines[at].isBlank, lines[at].indent > indent,
      RestructuredLine.fieldMarker(slice(lines[at].content)) != nil
    {
      let option = lines[at].indent
      at += 1
      while at < lines.count, !lines[at].isBlank, lines[at].indent > option { at += 1 }
    }
  }

  /// How far the next line that is not blank is indented, if more than `indent`.
  /// - Parameter start: where lines are looked at; those behind the current one without.
  private func bodyIndent(below indent: Int, from start: Int? = nil) -> Int {
    let next = lines[min(start ?? at + 1, lines.count)...].first { !$0.isBlank }
    return max(next?.indent ?? 0, indent + 1)
  }
}
