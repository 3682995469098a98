// Puts prose together piece by piece and keeps its promises: blocks without white space at either
// end, one blank line between two, none within one, and a map that knows where all of it came from.

internal import RefrainModel

/// Grows a `Prose` in the order of its source.
///
/// A block opens with the first piece that is not white space and closes with `endBlock`.
struct ProseBuilder {
  /// The file's bytes, from which verbatim pieces are copied.
  private let source: [UInt8]
  private var text: [UInt8] = []
  private var map = OffsetMap()
  private var blocks: [ProseBlock] = []
  /// Where the open block begins in `text`; nil between blocks.
  private var start: Int?
  private var kind = ProseBlock.Kind.paragraph

  init(source: [UInt8], expecting count: Int) {
    self.source = source
    text.reserveCapacity(count)
  }

  /// Whether a block is open whose last byte but blanks is a line feed.
  var endsWithLineBreak: Bool {
    guard let start else { return false }
    let last = text[start...].last { !$0.isBlank }
    return last == UInt8(ascii: "\n")
  }

  /// Adds source bytes as they are, and opens a block of `kind` where none is open.
  mutating func append(_ range: ByteRange, kind: ProseBlock.Kind) {
    var range = range
    if start == nil {
      while !range.isEmpty, source[range.start].isWhiteSpace { range.start += 1 }
      guard !range.isEmpty else { return }
      open(kind, at: range.start)
    }
    text.append(contentsOf: source[range.start..<range.end])
    map.appendVerbatim(range)
  }

  /// Adds bytes that stand for the source range as a whole.
  mutating func append(_ bytes: [UInt8], for range: ByteRange, kind: ProseBlock.Kind) {
    if start == nil {
      guard !bytes.allSatisfy(\.isWhiteSpace) else { return }
      open(kind, at: range.start)
    }
    text.append(contentsOf: bytes)
    map.appendDecoded(bytes.count, source: range)
  }

  /// Adds a line feed for the source range; nothing between blocks or behind another line feed,
  /// since two of them would look like the end of the block.
  mutating func appendLineBreak(for range: ByteRange) {
    guard start != nil, !endsWithLineBreak else { return }
    if range.count == 1, source[range.start] == UInt8(ascii: "\n") {
      append(range, kind: kind)
    } else {
      append([UInt8(ascii: "\n")], for: range, kind: kind)
    }
  }

  /// Adds the blocks of a prose that was taken out of the source from `offset` on.
  mutating func append(_ prose: Prose, shiftedBy offset: Int) {
    endBlock()
    var blocks = prose.blocks[...]
    for (index, segment) in prose.map.segments.enumerated() {
      let next =
        index + 1 < prose.map.segments.count ? prose.map.segments[index + 1].text : prose.map.count
      // A segment may reach over a blank line into the next block.
      while let block = blocks.first {
        let (start, end) = (max(segment.text, block.range.start), min(next, block.range.end))
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
    text.removeSubrange(end...)
    map.truncate(to: end)
    blocks.append(ProseBlock(kind: kind, range: ByteRange(begin, end)))
    start = nil
  }

  /// Whether the open block is a table whose delimiter row (`|-|-|`) is too short for md4c, which
  /// asks for three hyphens a cell where GitHub asks for one.
  ///
  /// Complexity: O(length of its first two lines).
  var openBlockIsTable: Bool {
    guard let start else { return false }
    let header = text[start...].prefix { $0 != UInt8(ascii: "\n") }
    guard header.contains(UInt8(ascii: "|")) else { return false }
    let row = text[header.endIndex...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
    return row.contains(UInt8(ascii: "|")) && row.contains(UInt8(ascii: "-"))
      && row.allSatisfy { $0.isBlank || "|-:".utf8.contains($0) }
  }

  /// Takes the open block back, with the blank line before it.
  mutating func dropBlock() {
    guard start != nil else { return }
    let end = blocks.last?.range.end ?? 0
    text.removeSubrange(end...)
    map.truncate(to: end)
    start = nil
  }

  /// Closes the last block and hands over all of it.
  consuming func finish() -> Prose {
    endBlock()
    return Prose(text: text, map: map, blocks: blocks)
  }

  /// Opens a block whose first source byte is `sourceStart`, behind a blank line for what lies
  /// between it and the block before.
  private mutating func open(_ kind: ProseBlock.Kind, at sourceStart: Int) {
    if !blocks.isEmpty {
      let gap = ByteRange(map.sourceEnd, sourceStart)
      let blankLine = [UInt8(ascii: "\n"), UInt8(ascii: "\n")]
      text.append(contentsOf: blankLine)
      if gap.count == 2, source[gap.start..<gap.end].elementsEqual(blankLine) {
        map.appendVerbatim(gap)
      } else {
        map.appendDecoded(blankLine.count, source: gap)
      }
    }
    start = text.count
    self.kind = kind
  }
}
