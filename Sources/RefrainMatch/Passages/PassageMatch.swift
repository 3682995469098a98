// Two places that say the same.

/// A stretch of whole words of one of several texts.
package struct PassageSpan: Hashable, Sendable, Comparable {
  package var text: Int
  /// Indices of words in the text.
  package var words: Range<Int>

  package init(text: Int, words: Range<Int>) {
    self.text = text
    self.words = words
  }

  /// How many words both hold.
  package func common(with other: PassageSpan) -> Int {
    guard text == other.text else { return 0 }
    let low = max(words.lowerBound, other.words.lowerBound)
    return max(0, min(words.upperBound, other.words.upperBound) - low)
  }

  /// The least span of the same text that covers both.
  package func union(_ other: PassageSpan) -> PassageSpan {
    PassageSpan(
      text: text,
      words: min(
        words.lowerBound, other.words.lowerBound)..<max(
          words.upperBound, other.words.upperBound))
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.text, a.words.lowerBound, a.words.upperBound)
      < (b.text, b.words.lowerBound, b.words.upperBound)
  }
}

/// A pair of spans that say the same, `first` before `second`.
package struct PassageMatch: Hashable, Sendable {
  package var first: PassageSpan
  package var second: PassageSpan
  /// What the match is worth: 1024 is what a match inside one text needs to be reported; 0 where nobody asked.
  package var score: Int
  /// What the words that stand in both places weigh, in sixteenths of a bit; 0 where nobody asked.
  package var weight: Int
  /// Whether it holds an equal run that is reported whatever the score.
  package var isVerbatim: Bool
  /// Whether it is true and no more: worth telling only to those who ask for all.
  package var isHint = false
  /// What was measured of two sentences of an article; nil for all other matches.
  package var measures: SentenceMeasures?

  package init(
    _ a: PassageSpan, _ b: PassageSpan, score: Int, weight: Int = 0, isVerbatim: Bool = false
  ) {
    first = min(a, b)
    second = max(a, b)
    self.score = score
    self.weight = weight
    self.isVerbatim = isVerbatim
  }

  /// Whether both places are of one text.
  package var isWithin: Bool { first.text == second.text }

  package static func inOrder(_ a: Self, _ b: Self) -> Bool {
    (a.first, a.second) < (b.first, b.second)
  }
}
