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
  /// What is masked, in no order.
  private var ranges: [ByteRange] = []

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
    for at in range.start..<range.end where masked[at] != 0x0A && masked[at] != 0x0D {
      masked[at] = UInt8(ascii: " ")
    }
  }

  /// Shows the parser another byte, which must be one that no text is copied from: of markup, or of a
  /// range that is omitted.
  mutating func show(_ byte: UInt8, at offset: Int) { masked[offset] = byte }

  /// What is masked, in order, overlaps joined.
  ///
  /// O(n log n) in their number.
  var omissions: [ByteRange] {
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
    var end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    position = Swift.min(end + 1, bytes.count)
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return ByteRange(start, end)
  }
}

/// Line ends as people's editors write them.
private enum LineEnds {
  /// Makes line feeds of what ends a line and is none: a CR without LF, a form feed, and NEL (U+0085),
  /// whose first byte becomes a space.
  ///
  /// O(bytes).
  static func settle(_ bytes: inout [UInt8], from start: Int) {
    let count = bytes.count
    bytes.withUnsafeMutableBufferPointer { bytes in
      var at = start
      while at < count {
        let byte = bytes[at]
        // Most bytes are letters and blanks, which are none of the three.
        if byte == 0x0D {
          if at + 1 == count || bytes[at + 1] != 0x0A { bytes[at] = 0x0A }
        } else if byte == 0x0C {
          bytes[at] = 0x0A
        } else if byte == 0xC2, at + 1 < count, bytes[at + 1] == 0x85 {
          bytes[at] = 0x20
          bytes[at + 1] = 0x0A
        }
        at += 1
      }
    }
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
}
