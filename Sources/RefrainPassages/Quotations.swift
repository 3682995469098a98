// Whether a passage stands in quotation marks or a block quotation.

package import RefrainModel
package import RefrainProse
import RefrainText

extension Document {
  /// Whether at least nine tenths of the words lie inside quotation marks or a block quotation.
  ///
  /// Marks pair up inside a block; a straight mark opens and closes by turns; a quotation that is not
  /// closed ends with its block, as quotations of several paragraphs do. O(words, and log blocks).
  func quotes(_ words: Range<Int>) -> Bool {
    let bytes = analysis.bytes(of: words)
    var quoted = 0
    // The stretches come in order and so do the words: each is passed once.
    var at = quotations.partition(before: bytes.start)
    for word in words {
      let place = analysis.bytes(of: word..<(word + 1))
      while at < quotations.count, quotations[at].end <= place.start { at += 1 }
      if at == quotations.count { break }
      if quotations[at].overlaps(place) { quoted += 1 }
    }
    return quoted * 10 >= words.count * 9
  }
}

extension [ByteRange] {
  /// The first of these ranges, in order and apart, that ends behind `offset`.
  ///
  /// O(log count).
  fileprivate func partition(before offset: Int) -> Int {
    indices.partitionPoint { self[$0].end > offset }
  }
}

/// Finds what stands in quotation marks.
package enum Quotations {
  /// What a mark does to a quotation.
  private enum Mark {
    /// Opens and closes by turns: `"`.
    case straight
    case opening
    /// Opens, or closes what `„` opened: `“`.
    case high
    /// Opens what `“` closes: `„`.
    case low
    case closing
  }

  /// `"`, and the bytes that other marks begin with: most of a text is neither.
  private static let candidates = ByteMarks([UInt8(ascii: "\""), 0xC2, 0xE2, 0xE3])

  /// The quoted stretches of a text in order: block quotations, and what stands in marks.
  ///
  /// O(bytes).
  package static func all(_ prose: Prose) -> [ByteRange] {
    var ranges: [ByteRange] = []
    // The first candidate from where the last one was looked for on.
    var next = prose.text.nextIndex(of: candidates, from: 0)
    for block in prose.blocks {
      if block.kind == .quotation {
        ranges.append(block.range)
      } else {
        addSpans(prose.text, block.range, &next, to: &ranges)
      }
    }
    return ranges
  }

  /// Adds the quoted stretches of a block.
  ///
  /// - Parameter next: a candidate, before which none lies in this block.
  private static func addSpans(
    _ text: [UInt8], _ block: ByteRange, _ next: inout Int, to spans: inout [ByteRange]
  ) {
    var start: Int?
    var isLow = false
    if next < block.start { next = text.nextIndex(of: candidates, from: block.start) }
    while next < block.end {
      let at = next
      let found = mark(text, at, block.end)
      next = text.nextIndex(of: candidates, from: at + (found?.width ?? 1))
      guard let (mark, width) = found else { continue }
      if let open = start {
        if mark == .straight || mark == .closing || mark == .high && isLow {
          spans.append(ByteRange(open, at))
          start = nil
        }
      } else if mark != .closing {
        start = at + width
        isLow = mark == .low
      }
    }
    if let open = start { spans.append(ByteRange(open, block.end)) }
  }

  /// The mark at an offset and its bytes; nil where none stands there.
  private static func mark(_ text: [UInt8], _ at: Int, _ end: Int) -> (Mark, width: Int)? {
    let second = at + 1 < end ? text[at + 1] : 0
    let third = at + 2 < end ? text[at + 2] : 0
    return switch (text[at], second, third) {
    case (UInt8(ascii: "\""), _, _): (.straight, 1)
    case (0xC2, 0xAB, _): (.opening, 2)  // «
    case (0xC2, 0xBB, _): (.closing, 2)  // »
    case (0xE2, 0x80, 0x9C): (.high, 3)  // “
    case (0xE2, 0x80, 0x9D): (.closing, 3)  // ”
    case (0xE2, 0x80, 0x9E): (.low, 3)  // „
    case (0xE2, 0x80, 0xB9): (.opening, 3)  // ‹
    case (0xE2, 0x80, 0xBA): (.closing, 3)  // ›
    case (0xE3, 0x80, 0x8A), (0xE3, 0x80, 0x8C), (0xE3, 0x80, 0x8E): (.opening, 3)  // 《 「 『
    case (0xE3, 0x80, 0x8B), (0xE3, 0x80, 0x8D), (0xE3, 0x80, 0x8F): (.closing, 3)  // 》 」 』
    default: nil
    }
  }
}
