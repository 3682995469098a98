// Jupyter notebooks to prose: the Markdown cells, each read as a page of its own. Code, output and raw
// cells are no prose.
//
// A cell's text lies in the file as strings of JSON, with an escape for each line end; a map leads from
// the text to the file, and the map of the prose goes through it. So a place is a place in the file.

internal import RefrainModel

/// Reads a notebook of nbformat 3 or 4.
enum NotebookReader {
  /// Takes the prose out of all Markdown cells.
  ///
  /// O(bytes), but for what md4c makes of hostile input.
  /// - Throws: `notText` for what is no JSON or no notebook.
  static func read(_ bytes: [UInt8], from start: Int, path: String) throws(RefrainError) -> Prose {
    var scanner = NotebookScanner(bytes, from: start)
    let cells: [NotebookCell]
    do {
      cells = try scanner.cells()
    } catch {
      let line = bytes[..<error.offset].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
      throw .notText(path: path, line: line, cause: error.cause)
    }
    var prose = Prose.none
    for cell in cells {
      let text = cell.text(in: bytes)
      let source = MaskedSource(text.bytes, from: 0, format: .markdown)
      let page = try MarkdownReader.read(source, format: .markdown, path: path)
      append(page, map: text.map, to: &prose)
    }
    return prose
  }

  /// Adds the prose of a cell behind a blank line.
  /// - Parameter map: from the text of the cell to the file.
  private static func append(_ page: Prose, map: OffsetMap, to prose: inout Prose) {
    guard let first = page.map.segments.first else { return }
    if !prose.blocks.isEmpty {
      let gap = ByteRange(prose.map.sourceEnd, map.source(of: first.source).start)
      prose.text += [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
      prose.map.appendDecoded(2, source: gap)
    }
    let base = prose.text.count
    func shifted(_ range: ByteRange) -> ByteRange {
      ByteRange(range.start + base, range.end + base)
    }
    prose.text += page.text
    prose.listings += page.listings.map { $0 + prose.blocks.count }
    prose.blocks += page.blocks.map {
      ProseBlock(kind: $0.kind, range: shifted($0.range), level: $0.level)
    }
    prose.spans += page.spans.map { ProseSpan(markup: $0.markup, range: shifted($0.range)) }
    var cursor = 0
    for (index, segment) in page.map.segments.enumerated() {
      let segments = page.map.segments
      let end = index + 1 < segments.count ? segments[index + 1].text : page.map.count
      if segment.isVerbatim {
        append(segment.source, through: map, &cursor, to: &prose.map)
      } else {
        prose.map.appendDecoded(end - segment.text, source: map.source(of: segment.source))
      }
    }
  }

  /// Maps bytes of a cell's text that stand as they are in the prose.
  /// - Parameter cursor: a segment of the cell's map at or before the first byte; then the last byte's.
  private static func append(
    _ range: ByteRange, through map: OffsetMap, _ cursor: inout Int, to whole: inout OffsetMap
  ) {
    let segments = map.segments
    func end(_ index: Int) -> Int {
      index + 1 < segments.count ? segments[index + 1].text : map.count
    }
    while cursor < segments.count, end(cursor) <= range.start { cursor += 1 }
    var at = range.start
    while at < range.end, cursor < segments.count {
      let segment = segments[cursor]
      let next = min(end(cursor), range.end)
      if segment.isVerbatim {
        let start = segment.source.start + at - segment.text
        whole.appendVerbatim(ByteRange(start, start + next - at))
      } else {
        whole.appendDecoded(next - at, source: segment.source)
      }
      at = next
      if at < range.end { cursor += 1 }
    }
  }
}

/// A cell with prose.
struct NotebookCell {
  /// The strings that its text is cut into, without their quotes.
  var strings: [ByteRange]
  /// Whether it is a heading of nbformat 3, which has no mark of Markdown.
  var isHeading = false

  /// The text, decoded, with the way from it to the file.
  ///
  /// O(bytes).
  func text(in source: [UInt8]) -> (bytes: [UInt8], map: OffsetMap) {
    var bytes: [UInt8] = []
    var map = OffsetMap()
    if isHeading, let first = strings.first {
      bytes = [UInt8(ascii: "#"), UInt8(ascii: " ")]
      map.appendDecoded(bytes.count, source: ByteRange(first.start, first.start))
    }
    for string in strings {
      var at = string.start
      while at < string.end {
        let plain = source[at..<string.end].firstIndex(of: UInt8(ascii: "\\")) ?? string.end
        bytes += source[at..<plain]
        map.appendVerbatim(ByteRange(at, plain))
        guard plain < string.end else { break }
        let escape = NotebookEscape(source, at: plain, before: string.end)
        bytes += escape.character
        map.appendDecoded(escape.character.count, source: ByteRange(plain, escape.end))
        at = escape.end
      }
    }
    return (bytes, map)
  }
}

/// What a backslash and what follows it in a string of JSON stand for.
struct NotebookEscape {
  private(set) var character: [UInt8]
  /// Where it ends in the file.
  private(set) var end: Int

  /// Decodes an escape that is known to be well formed.
  ///
  /// A half of a surrogate pair without the other is U+FFFD.
  init(_ source: [UInt8], at start: Int, before limit: Int) {
    let mark = source[start + 1]
    end = start + 2
    switch mark {
    case UInt8(ascii: "n"): character = [0x0A]
    case UInt8(ascii: "t"): character = [0x09]
    case UInt8(ascii: "r"): character = [0x0D]
    case UInt8(ascii: "b"): character = [0x08]
    case UInt8(ascii: "f"): character = [0x0C]
    case UInt8(ascii: "u"):
      var value = Self.unit(source[(start + 2)..<(start + 6)])
      end = start + 6
      if (0xD800..<0xDC00).contains(value), end + 6 <= limit, source[end] == UInt8(ascii: "\\"),
        source[end + 1] == UInt8(ascii: "u")
      {
        let low = Self.unit(source[(end + 2)..<(end + 6)])
        if (0xDC00..<0xE000).contains(low) {
          value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
          end += 6
        }
      }
      character = Array(String(Character(Unicode.Scalar(value) ?? "\u{FFFD}")).utf8)
    default: character = [mark]
    }
  }

  private static func unit(_ digits: ArraySlice<UInt8>) -> UInt32 {
    digits.reduce(0) { $0 << 4 | UInt32($1.isASCIIDigit ? $1 & 0x0F : ($1 & 0x0F) + 9) }
  }
}
