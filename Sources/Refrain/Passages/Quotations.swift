// Whether a passage stands in quotation marks or a block quotation.

import RefrainCorpus
import RefrainModel
import RefrainText

extension LoadedText {
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
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

enum Quotations {
  private static let opening: Set<Unicode.Scalar> = ["“", "«", "„", "‹", "「", "『", "《"]
  private static let closing: Set<Unicode.Scalar> = ["”", "»", "›", "」", "』", "》"]

  /// The quoted stretches of a text in order: block quotations, and what stands in marks.
  ///
  /// O(bytes).
  static func all(_ prose: Prose) -> [ByteRange] {
    prose.blocks.flatMap { block in
      block.kind == .blockquote ? [block.range] : spans(prose.text, block.range)
    }
  }

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
