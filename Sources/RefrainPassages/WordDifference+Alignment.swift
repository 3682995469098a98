// From an alignment of word numbers to the text that a person reads.

package import RefrainMatch
package import RefrainModel
import RefrainProse
import RefrainText

extension WordDifference {
  /// What differs between words of two documents.
  package init(
    _ a: Document, _ wordsA: Range<Int>, _ b: Document, _ wordsB: Range<Int>,
    _ alignment: WordAlignment
  ) {
    let moved = MovedWords(alignment, a.analysis.words, b.analysis.words)
    var pieces: [Piece] = []
    for stretch in alignment.stretches {
      switch stretch.kind {
      case .equal:
        pieces.append(Piece(kind: .equal, text: Self.text(a, stretch.first)))
      case .onlyFirst:
        pieces += Self.pieces(a, stretch.first, moved.first, .removed, .movedAway)
      case .onlySecond:
        pieces += Self.pieces(b, stretch.second, moved.second, .added, .movedHere)
      }
    }
    self.init(
      pieces: pieces, equalWords: alignment.equalWords, firstWords: wordsA.count,
      secondWords: wordsB.count, longestRun: alignment.longestRun)
  }

  /// A stretch cut where moved words begin and end.
  private static func pieces(
    _ text: Document, _ range: Range<Int>, _ moved: Set<Int>, _ plain: Piece.Kind,
    _ away: Piece.Kind
  ) -> [Piece] {
    var pieces: [Piece] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let isMoved = moved.contains(start)
      var end = start + 1
      while end < range.upperBound, moved.contains(end) == isMoved { end += 1 }
      pieces.append(Piece(kind: isMoved ? away : plain, text: Self.text(text, start..<end)))
      start = end
    }
    return pieces
  }

  /// The words as they stand, with the punctuation behind each up to the next white space.
  private static func text(_ text: Document, _ words: Range<Int>) -> String {
    guard !words.isEmpty else { return "" }
    var range = text.analysis.bytes(of: words)
    let next =
      words.upperBound < text.analysis.words.count
      ? Int(text.analysis.starts[words.upperBound]) : text.prose.text.count
    while range.end < next, text.prose.text[range.end] > 0x20 { range.end += 1 }
    if let plain = text.plainString(range) { return plain }
    return text.string(range).split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
      .joined(separator: " ")
  }
}
