// Puts prose together piece by piece and keeps its promises: blocks without white space at either
// end, one blank line between two, none within one, and a map that knows where all of it came from.

internal import RefrainModel

/// Grows a `Prose` in the order of its source.
///
/// A block opens with the first piece that is not white space and closes with `endBlock`.
struct ProseBuilder {
  /// A cell of a table with fewer words is no prose: a figure, a name, a yes or no.
  static let leastCellWords = 5
  /// One with more is a page that is laid out in a table.
  private static let mostCellWords = 60

  /// The file's bytes, from which verbatim pieces are copied.
  private let source: [UInt8]
  /// What of the source is never copied, in order; those before `omission` lie behind.
  private let omissions: [ByteRange]
  private var omission = 0
  private var text: [UInt8] = []
  private var map = OffsetMap()
  private var blocks: [ProseBlock] = []
  private var spans: [ProseSpan] = []
  private var listings: [Int] = []
  /// Whether the last byte is a space that stands for something else, behind which blanks are too many.
  private var endsWithSpace = false
  /// Where the last source ended that other bytes stand for.
  private var decodedEnd = 0
  /// What the pieces to come are besides running text.
  var markup: InlineMarkup = []
  /// How deep the headings to come lie.
  var level = 0
  /// Where the open block begins in `text`; nil between blocks.
  private var start: Int?
  private var kind = ProseBlock.Kind.paragraph

  init(_ source: MaskedSource) {
    self.source = source.bytes
    omissions = source.omissions
    text.reserveCapacity(source.bytes.count - source.start)
  }

  /// Whether a block is open whose last byte but blanks is a line feed.
  var endsWithLineBreak: Bool {
    guard let start else { return false }
    var end = text.count
    while end > start, text[end - 1].isBlank { end -= 1 }
    return end > start && text[end - 1] == UInt8(ascii: "\n")
  }

  /// Adds source bytes as they are, and opens a block of `kind` where none is open.
  ///
  /// Of what is omitted at most a space is left, where words would run together without.
  mutating func append(_ range: ByteRange, kind: ProseBlock.Kind) {
    var rest = range
    if cutsLineEnd(rest.start) { rest.start += 1 }
    if cutsLineEnd(rest.end) { rest.end = max(rest.end - 1, rest.start) }
    while omission > 0, omissions[omission - 1].end > rest.start { omission -= 1 }
    while omission < omissions.count, omissions[omission].end <= rest.start { omission += 1 }
    while omission < omissions.count, omissions[omission].start < rest.end {
      let omitted = omissions[omission]
      if omitted.start > rest.start { copy(ByteRange(rest.start, omitted.start), kind: kind) }
      let next = min(omitted.end, rest.end)
      if start != nil, next < rest.end, !source[next].isWhiteSpace, text.last?.isWhiteSpace == false
      {
        let gap = ByteRange(max(omitted.start, rest.start), next)
        append(UInt8(ascii: " "), for: gap, kind: kind)
      }
      rest.start = next
      if omitted.end > rest.end { return }
      omission += 1
    }
    if !rest.isEmpty { copy(rest, kind: kind) }
  }

  private mutating func copy(_ range: ByteRange, kind: ProseBlock.Kind) {
    var range = range
    if start == nil {
      while !range.isEmpty, source[range.start].isWhiteSpace { range.start += 1 }
      guard !range.isEmpty else { return }
      open(kind, at: range.start)
    }
    // Blanks at both sides of what was omitted would be two.
    let isBehindOmission = omission > 0 && omissions[omission - 1].end == range.start
    if endsWithSpace || isBehindOmission && text.last?.isBlank == true {
      while !range.isEmpty, source[range.start].isBlank { range.start += 1 }
    }
    if range.isEmpty { return }
    endsWithSpace = false
    noteMarkup(range.count)
    // A slice of the array would be counted as one more owner of it.
    source.withUnsafeBufferPointer { text.append(contentsOf: $0[range.start..<range.end]) }
    map.appendVerbatim(range)
    map.makeRoom(forSourceOf: source.count)
  }

  /// Whether an offset lies inside a NEL, of whose two bytes a reader sees CR and LF.
  private func cutsLineEnd(_ offset: Int) -> Bool {
    offset > 0 && offset < source.count && source[offset] == 0x85 && source[offset - 1] == 0xC2
  }

  /// Adds bytes that stand for the source range as a whole.
  mutating func append(_ bytes: [UInt8], for range: ByteRange, kind: ProseBlock.Kind) {
    guard
      let range = prepare(
        bytes.count, for: range, kind: kind, isBlank: bytes.allSatisfy(\.isWhiteSpace))
    else { return }
    text.append(contentsOf: bytes)
    map.appendDecoded(bytes.count, source: range)
  }

  /// Adds a byte that stands for the source range as a whole.
  mutating func append(_ byte: UInt8, for range: ByteRange, kind: ProseBlock.Kind) {
    guard let range = prepare(1, for: range, kind: kind, isBlank: byte.isWhiteSpace) else { return }
    text.append(byte)
    map.appendDecoded(1, source: range)
  }

  /// Opens a block for so many bytes that stand for the source range; gives all that they stand for, and nil where
  /// they begin no block.
  private mutating func prepare(
    _ count: Int, for range: ByteRange, kind: ProseBlock.Kind, isBlank: Bool
  ) -> ByteRange? {
    var range = range
    if cutsLineEnd(range.end) { range.end += 1 }
    // What came before may already stand for all of it.
    if cutsLineEnd(range.start) { range.start += range.start > decodedEnd ? -1 : 1 }
    decodedEnd = range.end
    if start == nil {
      guard !isBlank else { return nil }
      open(kind, at: range.start)
    }
    endsWithSpace = false
    noteMarkup(count)
    return range
  }

  /// Adds a space for the source range, where words would run together without.
  mutating func appendSpace(for range: ByteRange, kind: ProseBlock.Kind) {
    guard start != nil, text.last?.isWhiteSpace == false else { return }
    append(UInt8(ascii: " "), for: range, kind: kind)
    endsWithSpace = true
  }

  /// Remembers the markup of so many bytes that are about to be added.
  private mutating func noteMarkup(_ count: Int) {
    guard !markup.isEmpty, count > 0 else { return }
    let range = ByteRange(text.count, text.count + count)
    if let last = spans.indices.last, spans[last].markup == markup,
      spans[last].range.end == range.start
    {
      spans[last].range.end = range.end
    } else {
      spans.append(ProseSpan(markup: markup, range: range))
    }
  }

  /// Adds a line feed for the source range; nothing between blocks or behind another line feed,
  /// since two of them would look like the end of the block.
  mutating func appendLineBreak(for range: ByteRange) {
    guard start != nil, !endsWithLineBreak else { return }
    if range.count == 1, source[range.start] == UInt8(ascii: "\n") {
      append(range, kind: kind)
    } else {
      append(UInt8(ascii: "\n"), for: range, kind: kind)
    }
  }

  /// Adds the blocks of a prose that was taken out of the source from `offset` on.
  ///
  /// Its inline markup is left behind.
  mutating func append(_ prose: Prose, shiftedBy offset: Int) {
    endBlock()
    var blocks = prose.blocks[...]
    for (index, segment) in prose.map.segments.enumerated() {
      let next =
        index + 1 < prose.map.segments.count ? prose.map.segments[index + 1].text : prose.map.count
      // A segment may reach over a blank line into the next block.
      while let block = blocks.first {
        let (start, end) = (max(segment.text, block.range.start), min(next, block.range.end))
        level = block.level
        if start < end {
          if segment.isVerbatim {
            let source = segment.source.start + offset + start - segment.text
            append(ByteRange(source, source + end - start), kind: block.kind)
          } else {
            let source = ByteRange(segment.source.start + offset, segment.source.end + offset)
            append(Array(prose.text[start..<end]), for: source, kind: block.kind)
          }
        }
        if block.range.end > next { break }
        endBlock()
        blocks.removeFirst()
      }
    }
    endBlock()
  }

  /// Closes the open block, if any, without the white space at its end.
  mutating func endBlock() {
    guard let begin = start else { return }
    var end = text.count
    while end > begin, text[end - 1].isWhiteSpace { end -= 1 }
    truncate(to: end)
    start = nil
    let range = ByteRange(begin, end)
    if kind == .tableCell {
      let words = cellWords(range)
      if words < Self.leastCellWords { return truncate(to: blocks.last?.range.end ?? 0) }
      if words > Self.mostCellWords { kind = .paragraph }
    }
    let kind = settledKind(range)
    blocks.append(ProseBlock(kind: kind, range: range, level: kind == .heading ? level : 0))
  }

  /// Closes the open block, and remembers that a listing stood behind it.
  mutating func passListing() {
    endBlock()
    if listings.last != blocks.count { listings.append(blocks.count) }
  }

  private mutating func truncate(to end: Int) {
    if end == text.count { return }
    text.removeSubrange(end...)
    map.truncate(to: end)
    while let last = spans.last, last.range.end > end {
      spans.removeLast()
      guard last.range.start < end else { continue }
      spans.append(ProseSpan(markup: last.markup, range: ByteRange(last.range.start, end)))
    }
  }

  /// The kind of a block, which is that of its inline markup where nothing else is in it.
  private func settledKind(_ block: ByteRange) -> ProseBlock.Kind {
    guard kind == .paragraph || kind == .listItem || kind == .tableCell else { return kind }
    var common: InlineMarkup = [.code, .link, .image]
    var at = block.start
    let first = spans.lastIndex { $0.range.start < block.start }.map { $0 + 1 } ?? 0
    for span in spans[first...] {
      if hasWords(ByteRange(at, span.range.start)) { return kind }
      if hasWords(span.range) { common.formIntersection(span.markup) }
      if common.isEmpty { return kind }
      at = span.range.end
    }
    if first == spans.count || hasWords(ByteRange(at, block.end)) { return kind }
    if common.contains(.image) { return .caption }
    return common.contains(.link) ? .linkList : .code
  }

  private func hasWords(_ range: ByteRange) -> Bool {
    text[range.start..<range.end].contains { $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 }
  }

  /// How many words begin with a letter; of scripts without spaces every two characters make one.
  private func cellWords(_ cell: ByteRange) -> Int {
    var words = 0
    var beyond = 0
    var isInWord = false
    for byte in text[cell.start..<cell.end] {
      if byte >= 0x80 { beyond += 1 }
      let isLetter = byte.isASCIILetter || byte >= 0x80
      if isLetter, !isInWord { words += 1 }
      isInWord = !byte.isWhiteSpace && (isInWord || isLetter)
    }
    return max(words, beyond / 6)
  }

  /// Whether the open block is a table whose delimiter row (`|-|-|`) is too short for md4c, which
  /// asks for three hyphens a cell where GitHub asks for one.
  ///
  /// Complexity: O(length of its first two lines).
  var openBlockIsTable: Bool {
    guard let start, text.nextIndex(of: UInt8(ascii: "|"), from: start) != nil else { return false }
    let header = text[start...].prefix { $0 != UInt8(ascii: "\n") }
    guard header.contains(UInt8(ascii: "|")) else { return false }
    let row = text[header.endIndex...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
    return row.contains(UInt8(ascii: "|")) && row.contains(UInt8(ascii: "-"))
      && row.allSatisfy { $0.isBlank || "|-:".utf8.contains($0) }
  }

  /// Takes the open block back, with the blank line before it.
  mutating func dropBlock() {
    guard start != nil else { return }
    truncate(to: blocks.last?.range.end ?? 0)
    start = nil
  }

  /// Closes the last block and hands over all of it.
  consuming func finish() -> Prose {
    endBlock()
    return Prose(text: text, map: map, blocks: blocks, spans: spans, listings: listings)
  }

  /// Opens a block whose first source byte is `sourceStart`, behind a blank line for what lies
  /// between it and the block before.
  private mutating func open(_ kind: ProseBlock.Kind, at sourceStart: Int) {
    if !blocks.isEmpty {
      let gap = ByteRange(map.sourceEnd, sourceStart)
      text.append(UInt8(ascii: "\n"))
      text.append(UInt8(ascii: "\n"))
      if gap.count == 2, source[gap.start] == 0x0A, source[gap.start + 1] == 0x0A {
        map.appendVerbatim(gap)
      } else {
        map.appendDecoded(2, source: gap)
      }
    }
    start = text.count
    self.kind = kind
  }
}
