// From an alignment of words to stretches of two texts, cut where words move and sentences begin.

package import RefrainModel
package import RefrainText

/// The words of an alignment that stand on the other side too, elsewhere.
package struct MovedWords: Hashable, Sendable {
  /// Words that stand on the other side too, this many together, were moved.
  private static let least = 4

  /// Words of the first text that stand elsewhere in the second.
  package let first: Set<Int>
  /// Words of the second text that stand elsewhere in the first.
  package let second: Set<Int>

  /// What moved, of the words that either side has alone.
  ///
  /// O(words).
  package init(_ alignment: WordAlignment, _ a: [UInt64], _ b: [UInt64]) {
    let onlyA = alignment.stretches.filter { $0.kind == .onlyFirst }.map(\.first)
    let onlyB = alignment.stretches.filter { $0.kind == .onlySecond }.map(\.second)
    first = Self.moved(onlyA, a, among: onlyB, b)
    second = Self.moved(onlyB, b, among: onlyA, a)
  }

  /// The words of `stretches` that stand in a stretch of the other side, `least` together.
  private static func moved(
    _ stretches: [Range<Int>], _ words: [UInt64], among others: [Range<Int>], _ otherWords: [UInt64]
  ) -> Set<Int> {
    var grams: Set<UInt64> = []
    for range in others where range.count >= least {
      for i in range.lowerBound...(range.upperBound - least) {
        grams.insert(otherWords[i..<(i + least)].hashInOrder)
      }
    }
    var moved: Set<Int> = []
    if grams.isEmpty { return moved }
    for range in stretches where range.count >= least {
      for i in range.lowerBound...(range.upperBound - least)
      where grams.contains(words[i..<(i + least)].hashInOrder) {
        moved.formUnion(i..<(i + least))
      }
    }
    return moved
  }
}

/// A passage on its page.
package struct PassageText {
  let text: AnalyzedText
  let prose: [UInt8]
  let words: Range<Int>
  let bytes: ByteRange

  /// The passage of these words of a text, which is shown as `bytes` of its prose.
  package init(_ text: AnalyzedText, _ prose: [UInt8], words: Range<Int>, bytes: ByteRange) {
    self.text = text
    self.prose = prose
    self.words = words
    self.bytes = bytes
  }

  /// Whether a word is the first of its sentence.
  fileprivate func startsSentence(_ word: Int) -> Bool {
    text.words(of: text.sentence(of: word)).lowerBound == word
  }

  /// Where a word begins as it is shown, from the passage's start: behind the white space in front of
  /// it, with the marks that stand there; where there is none, behind the marks.
  fileprivate func shownStart(_ word: Int) -> Int {
    if word <= words.lowerBound { return 0 }
    if word >= words.upperBound { return bytes.count }
    let (end, start) = (Int(text.ends[word - 1]), Int(text.starts[word]))
    let space = WhiteSpace.first(in: prose, from: end, to: start)
    return min(bytes.end, max(end, space?.upperBound ?? start)) - bytes.start
  }

  /// The bytes that a range of words is shown as, from the passage's start.
  fileprivate func shown(_ range: Range<Int>) -> ByteRange {
    ByteRange(shownStart(range.lowerBound), shownStart(range.upperBound))
  }
}

/// Two passages side by side.
package enum PassageSpans {
  /// The stretches of two passages, from the beginning of both to their ends.
  ///
  /// `alignment` is that of their words, numbered as in their texts. O(words).
  package static func spans(
    _ a: PassageText, _ b: PassageText, _ alignment: WordAlignment
  ) -> [AlignedSpan] {
    let moved = MovedWords(alignment, a.text.words, b.text.words)
    var builder = Builder(a: a, b: b)
    for stretch in alignment.stretches {
      let (first, second) = (stretch.first, stretch.second)
      switch stretch.kind {
      case .equal:
        builder.add(first.count) { at in
          (.equal, first.lowerBound + at, second.lowerBound + at)
        }
      case .onlyFirst:
        builder.add(first.count) { at in
          let word = first.lowerBound + at
          return (moved.first.contains(word) ? .movedAway : .removed, word, nil)
        }
      case .onlySecond:
        builder.add(second.count) { at in
          let word = second.lowerBound + at
          return (moved.second.contains(word) ? .movedHere : .added, nil, word)
        }
      }
    }
    return builder.spans
  }

  private struct Builder {
    let a: PassageText
    let b: PassageText
    var spans: [AlignedSpan] = []
    /// Whether something stands on either side of the row that is being filled.
    private var holdsFirst = false
    private var holdsSecond = false

    init(a: PassageText, b: PassageText) {
      self.a = a
      self.b = b
    }

    /// Adds `count` steps, each a word of either side or of both.
    mutating func add(
      _ count: Int, _ step: (Int) -> (WordDifference.Piece.Kind, first: Int?, second: Int?)
    ) {
      for at in 0..<count {
        let (kind, first, second) = step(at)
        // Closures, for a method taken as a value holds a copy of the text.
        let startsFirst = holdsFirst && (first.map { a.startsSentence($0) } ?? false)
        let startsSecond = holdsSecond && (second.map { b.startsSentence($0) } ?? false)
        let startsRow = startsFirst || startsSecond
        if startsRow { (holdsFirst, holdsSecond) = (false, false) }
        holdsFirst = holdsFirst || first != nil
        holdsSecond = holdsSecond || second != nil
        let (x, y) = (
          first.map { a.shown($0..<($0 + 1)) }, second.map { b.shown($0..<($0 + 1)) }
        )
        if at > 0, !startsRow, let last = spans.last, last.kind == kind {
          if let x { spans[spans.count - 1].first.end = x.end }
          if let y { spans[spans.count - 1].second.end = y.end }
        } else {
          let (i, j) = (spans.last?.first.end ?? 0, spans.last?.second.end ?? 0)
          spans.append(
            AlignedSpan(
              kind: kind, first: x ?? ByteRange(i, i), second: y ?? ByteRange(j, j),
              startsRow: startsRow))
        }
      }
    }
  }
}
