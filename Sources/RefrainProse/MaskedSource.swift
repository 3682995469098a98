// A source beside the same source without what is prose to nobody: what readers parse, and what they
// take their text from.
//
// Markup of other languages (templates, conflict markers, attribute lists) stands anywhere in a page,
// also where its own markup says something else. It is blanked in a copy of the same length, so that a
// parser never sees it and all offsets stay what they are; its ranges are kept, so that nothing of
// it comes back when text is copied from the source.

internal import RefrainModel

/// A source, and what of it a reader may see.
struct MaskedSource {
  /// The file's own bytes.
  let bytes: [UInt8]
  /// As many bytes as a parser is to read them: what is masked is blank, and all line ends are LF or CR LF.
  private(set) var masked: [UInt8]
  /// Where the text begins: behind byte order mark, front matter and licence header.
  private(set) var start: Int
  /// What is masked, in no order, and the part of it that stands between words.
  private var ranges: [ByteRange] = []
  private var inline: [ByteRange] = []

  /// Masks what is no prose in any page of this format.
  ///
  /// O(bytes).
  init(_ bytes: [UInt8], from start: Int, format: TextFormat) {
    self.bytes = bytes
    masked = bytes
    self.start = start
    LineEnds.settle(&masked, from: start)
    guard format != .notebook else { return }
    self.start = FrontMatter.end(in: masked, from: start)
    self.start = LicenceHeader.end(in: masked, from: self.start)
    ConflictMarkers.mask(&self)
    if format != .plain { TemplateMarkup.mask(&self) }
    settle()
  }

  /// A source in which nothing is masked.
  init(plain bytes: [UInt8]) {
    self.bytes = bytes
    masked = bytes
    start = 0
  }

  /// Takes a range out of the text: blank to the parser, line ends excepted, and never copied.
  ///
  /// O(bytes of the range).
  mutating func omit(_ range: ByteRange) {
    guard !range.isEmpty else { return }
    ranges.append(range)
    fill(range, with: UInt8(ascii: " "))
  }

  /// Takes a range out of the text that may stand between words; `settle` decides what a parser sees there.
  mutating func omitInline(_ range: ByteRange) {
    omit(range)
    if !range.isEmpty { inline.append(range) }
  }

  /// Makes a word of what was taken out of the middle of a line.
  ///
  /// Blanks might indent the rest of it, or part marks of emphasis from what they enclose. A line with nothing
  /// else in it stays blank.
  ///
  /// O(bytes), once for what was taken out since the last time.
  mutating func settle() {
    if inline.isEmpty { return }
    let omitted = Self.joined(inline)
    inline = []
    var first = 0
    var at = omitted[0].start
    while at < masked.count {
      while first < omitted.count, omitted[first].end <= at { first += 1 }
      guard first < omitted.count else { return }
      // Lines between two of them are passed over.
      let lineEnd = masked.lastIndex(of: UInt8(ascii: "\n"), from: at, before: omitted[first].start)
      let start = lineEnd.map { $0 + 1 } ?? at
      // An iterator over lines would be a second owner of the bytes, and the first change would copy them all.
      var end = masked.nextIndex(of: UInt8(ascii: "\n"), from: start) ?? masked.count
      at = end + 1
      if end > start, masked[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      let line = ByteRange(start, end)
      guard omitted[first].start < line.end,
        hasInk(before: omitted[first].start, or: line)
      else { continue }
      for range in omitted[first...] {
        if range.start >= line.end { break }
        fill(
          ByteRange(max(range.start, line.start), min(range.end, line.end)),
          with: UInt8(ascii: "x"))
      }
    }
  }

  /// Whether a line, or what stands before its first byte that is looked at, holds more than blanks.
  private func hasInk(before start: Int, or line: ByteRange) -> Bool {
    if masked[line.start..<line.end].contains(where: { !$0.isWhiteSpace }) { return true }
    // The first line is cut at what was taken out of it.
    let before = masked[..<line.start].reversed().first { !$0.isBlank }
    return start == line.start && before.map { $0 != 0x0A && $0 != 0x0D } ?? false
  }

  private mutating func fill(_ range: ByteRange, with byte: UInt8) {
    for at in range.start..<range.end where masked[at] != 0x0A && masked[at] != 0x0D {
      masked[at] = byte
    }
  }

  /// Shows the parser another byte, which must be one that no text is copied from: of markup, or of a
  /// range that is omitted.
  mutating func show(_ byte: UInt8, at offset: Int) { masked[offset] = byte }

  /// What is masked, in order, overlaps joined.
  ///
  /// O(n log n) in their number.
  var omissions: [ByteRange] { Self.joined(ranges) }

  private static func joined(_ ranges: [ByteRange]) -> [ByteRange] {
    var joined: [ByteRange] = []
    for range in ranges.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      if let last = joined.indices.last, joined[last].end >= range.start {
        joined[last].end = max(joined[last].end, range.end)
      } else {
        joined.append(range)
      }
    }
    return joined
  }

  /// The lines from the start of the text on, without their ends.
  var lines: SourceLines { SourceLines(masked, from: start) }
}

/// The lines of some bytes, one after the other, without LF or CR LF.
struct SourceLines: Sequence, IteratorProtocol {
  private let bytes: [UInt8]
  /// Where the next line begins.
  private(set) var position: Int

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    position = start
  }

  mutating func next() -> ByteRange? {
    guard position < bytes.count else { return nil }
    let start = position
    var end = bytes.nextIndex(of: UInt8(ascii: "\n"), from: start) ?? bytes.count
    position = Swift.min(end + 1, bytes.count)
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return ByteRange(start, end)
  }
}

/// Line ends as people's editors write them.
private enum LineEnds {
  /// Makes line feeds of what ends a line and is none: a CR without LF, a form feed, and NEL (U+0085), whose
  /// two bytes become CR LF.
  ///
  /// O(bytes).
  static func settle(_ bytes: inout [UInt8], from start: Int) {
    var at = start
    while at < bytes.count {
      let end = min(at + block, bytes.count)
      // Most blocks hold none of them, and a text without any is not copied.
      guard bytes.withUnsafeBufferPointer({ holdsOther($0, at..<end) }) else {
        at = end
        continue
      }
      while at < end {
        if bytes[at] == 0x0D {
          if at + 1 == bytes.count || bytes[at + 1] != 0x0A { bytes[at] = 0x0A }
        } else if bytes[at] == 0x0C {
          bytes[at] = 0x0A
        } else if bytes[at] == 0xC2, at + 1 < bytes.count, bytes[at + 1] == 0x85 {
          bytes[at] = 0x0D
          bytes[at + 1] = 0x0A
          at += 1
        }
        at += 1
      }
    }
  }

  private static let block = 256

  /// Whether a byte is there that may end a line and is no LF; without a branch a byte.
  private static func holdsOther(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    var found: UInt8 = 0
    for index in range {
      let byte = bytes[index]
      found |= (byte == 0x0D ? 1 : 0) | (byte == 0x0C ? 1 : 0) | (byte == 0xC2 ? 1 : 0)
    }
    return found != 0
  }
}

/// What git leaves in a file when a merge fails.
private enum ConflictMarkers {
  private static let width = 7

  /// Masks the lines of markers; what stands between them is text of two versions.
  ///
  /// A line of `=` alone may be anything outside of a conflict, so it goes only between the lines that open
  /// and close one. O(bytes).
  static func mask(_ source: inout MaskedSource) {
    guard holdsOpening(source.masked, from: source.start) else { return }
    var pending: [ByteRange] = []
    var marked: [ByteRange] = []
    for line in source.lines where line.count >= width {
      let bytes = source.masked[line.start..<line.end]
      guard let mark = bytes.first, "<|=>".utf8.contains(mark),
        bytes.prefix(width).allSatisfy({ $0 == mark }),
        line.count == width || bytes[line.start + width] == UInt8(ascii: " ")
      else { continue }
      switch mark {
      case UInt8(ascii: "<"): pending = [line]
      case UInt8(ascii: ">") where pending.count > 1:
        marked += pending + [line]
        pending = []
      default: if !pending.isEmpty { pending.append(line) }
      }
    }
    for line in marked { source.omit(line) }
  }

  /// Whether the marks that open a conflict stand anywhere: in most files not, and that is all they pay.
  private static func holdsOpening(_ bytes: [UInt8], from start: Int) -> Bool {
    let mark = UInt8(ascii: "<")
    var at = start
    while let open = bytes.nextIndex(of: mark, from: at) {
      let run = bytes[open...].prefix(width + 1).prefix { $0 == mark }.count
      if run == width { return true }
      at = open + run
    }
    return false
  }
}
