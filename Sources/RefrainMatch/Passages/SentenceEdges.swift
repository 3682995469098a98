// Where a sentence begins and ends on the page, punctuation included.

package import RefrainModel
package import RefrainText

/// The edges of whole sentences in bytes.
package enum SentenceEdges {
  /// The marks that belong to what follows them: quotes and brackets that open.
  private static let opening: [[UInt8]] = [
    "\"", "'", "(", "[", "{", "\u{201C}", "\u{2018}", "\u{AB}", "\u{201E}", "\u{201A}", "\u{2039}",
    "\u{BF}",
    "\u{A1}", "\u{300C}", "\u{300E}", "\u{300A}", "\u{3008}", "\u{FF08}", "\u{3010}",
  ].map { Array($0.utf8) }

  /// The bytes of whole sentences: from the opening quotes and brackets that touch the first word to
  /// the terminators and closing marks that touch the last.
  ///
  /// O(length of the gaps on either side).
  package static func extent(
    of words: Range<Int>, in text: AnalyzedText, _ bytes: [UInt8]
  ) -> ByteRange {
    var range = text.bytes(of: words)
    let floor = words.lowerBound > 0 ? Int(text.ends[words.lowerBound - 1]) : 0
    let ceiling =
      words.upperBound < text.words.count ? Int(text.starts[words.upperBound]) : bytes.count
    // Most words stand behind white space, which ends no mark.
    while range.start > floor, bytes[range.start - 1] > 0x20,
      let mark = opening.first(where: { bytes[floor..<range.start].ends(with: $0) })
    {
      range.start -= mark.count
    }
    while range.end < ceiling, bytes[range.end] > 0x20 {
      // A straight mark closes here; only one that cannot close, none of which is ASCII, ends the sentence before
      // itself.
      if bytes[range.end] >= 0x80 {
        let rest = bytes[range.end..<ceiling]
        if opening.contains(where: { rest.starts(with: $0) }) { break }
      }
      range.end += 1
    }
    return range
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with suffix: [UInt8]) -> Bool {
    count >= suffix.count && self[(endIndex - suffix.count)...].elementsEqual(suffix)
  }
}
