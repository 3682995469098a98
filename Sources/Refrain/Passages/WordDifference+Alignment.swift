// From an alignment of word numbers to the text that a person reads.

import RefrainCorpus
import RefrainMatch
import RefrainModel
import RefrainText

extension WordDifference {
  /// Words of one side that stand on the other side too, this many together, were moved.
  private static let leastMoved = 4

  init(
    _ a: LoadedText, _ wordsA: Range<Int>, _ b: LoadedText, _ wordsB: Range<Int>,
    _ alignment: WordAlignment
  ) {
    let onlyA = alignment.stretches.filter { $0.kind == .onlyFirst }.map(\.first)
    let onlyB = alignment.stretches.filter { $0.kind == .onlySecond }.map(\.second)
    let movedA = Self.moved(onlyA, a.analysis.words, among: onlyB, b.analysis.words)
    let movedB = Self.moved(onlyB, b.analysis.words, among: onlyA, a.analysis.words)
    var pieces: [Piece] = []
    for stretch in alignment.stretches {
      switch stretch.kind {
      case .equal:
        pieces.append(Piece(kind: .equal, text: Self.text(a, stretch.first)))
      case .onlyFirst:
        pieces += Self.pieces(a, stretch.first, movedA, .removed, .movedAway)
      case .onlySecond:
        pieces += Self.pieces(b, stretch.second, movedB, .added, .movedHere)
      }
    }
    self.init(
      pieces: pieces, equalWords: alignment.equalWords, firstWords: wordsA.count,
      secondWords: wordsB.count, longestRun: alignment.longestRun)
  }

  /// The words of `stretches` that stand in a stretch of the other side, `leastMoved` together.
  private static func moved(
    _ stretches: [Range<Int>], _ words: [UInt64], among others: [Range<Int>], _ otherWords: [UInt64]
  ) -> Set<Int> {
    func gram(_ words: ArraySlice<UInt64>) -> UInt64 {
      words.reduce(0) { $0 &* 0x9E37_79B9_7F4A_7C15 &+ $1 }
    }
    var grams: Set<UInt64> = []
    for range in others where range.count >= leastMoved {
      for i in range.lowerBound...(range.upperBound - leastMoved) {
        grams.insert(gram(otherWords[i..<(i + leastMoved)]))
      }
    }
    var moved: Set<Int> = []
    if grams.isEmpty { return moved }
    for range in stretches where range.count >= leastMoved {
      for i in range.lowerBound...(range.upperBound - leastMoved)
      where grams.contains(gram(words[i..<(i + leastMoved)])) {
        moved.formUnion(i..<(i + leastMoved))
      }
    }
    return moved
  }

  /// A stretch cut where moved words begin and end.
  private static func pieces(
    _ text: LoadedText, _ range: Range<Int>, _ moved: Set<Int>, _ plain: Piece.Kind,
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
  private static func text(_ text: LoadedText, _ words: Range<Int>) -> String {
    guard !words.isEmpty else { return "" }
    var range = text.analysis.bytes(of: words)
    let next =
      words.upperBound < text.analysis.words.count
      ? Int(text.analysis.starts[words.upperBound]) : text.prose.text.count
    while range.end < next, text.prose.text[range.end] > 0x20 { range.end += 1 }
    return text.string(range).split { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" }
      .joined(separator: " ")
  }
}
