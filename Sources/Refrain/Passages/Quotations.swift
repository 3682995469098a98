// Whether a passage stands in quotation marks or a block quotation.

import RefrainCorpus
import RefrainModel
import RefrainText

extension LoadedText {
  /// Whether at least nine tenths of the words lie inside quotation marks or a block quotation.
  ///
  /// Marks pair up inside a block; a straight mark opens and closes by turns; a quotation that is not
  /// closed ends with its block, as quotations of several paragraphs do. O(bytes of the blocks).
  func quotes(_ words: Range<Int>) -> Bool {
    let bytes = analysis.bytes(of: words)
    var quoted = 0
    for block in prose.blocks where block.range.overlaps(bytes) {
      if block.kind == .blockquote {
        quoted += words.reduce(0) {
          $0 + (block.range.overlaps(analysis.bytes(of: $1..<($1 + 1))) ? 1 : 0)
        }
        continue
      }
      let spans = Quotations.spans(prose.text, block.range)
      quoted += words.reduce(0) { sum, word in
        let place = analysis.bytes(of: word..<(word + 1))
        return sum + (spans.contains { $0.overlaps(place) } ? 1 : 0)
      }
    }
    return quoted * 10 >= words.count * 9
  }
}

enum Quotations {
  private static let opening: Set<Unicode.Scalar> = ["“", "«", "„", "‹", "「", "『", "《"]
  private static let closing: Set<Unicode.Scalar> = ["”", "»", "›", "」", "』", "》"]

  /// The quoted stretches of a block.
  static func spans(_ text: [UInt8], _ block: ByteRange) -> [ByteRange] {
    var spans: [ByteRange] = []
    var start: Int?
    var opener: Unicode.Scalar = "\""
    var at = block.start
    for scalar in String(decoding: text[block.start..<block.end], as: UTF8.self).unicodeScalars {
      let width = UTF8.width(scalar)
      if scalar == "\"" || (scalar == "“" && opener == "„" && start != nil) {
        if let open = start {
          spans.append(ByteRange(open, at))
          start = nil
        } else {
          start = at + width
          opener = scalar
        }
      } else if opening.contains(scalar) {
        if start == nil {
          start = at + width
          opener = scalar
        }
      } else if closing.contains(scalar), let open = start {
        spans.append(ByteRange(open, at))
        start = nil
      }
      at += width
    }
    if let open = start { spans.append(ByteRange(open, block.end)) }
    return spans
  }
}
