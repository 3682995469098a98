// What the tests of passages share: texts given by the numbers of their words.

import RefrainMatch
import RefrainText
import TestSupport

/// Texts whose words are numbers: as many sentences as `sentences` says, by their lengths.
enum WordTexts {
  /// A text of one sentence with these words, which are their own stems.
  static func text(_ words: [UInt64]) -> AnalyzedText {
    var text = AnalyzedText()
    text.words = words
    text.stems = words
    text.starts = words.indices.map { UInt32($0 * 2) }
    text.ends = words.indices.map { UInt32($0 * 2 + 1) }
    text.shapes = words.map { _ in [] }
    text.sentenceStarts = words.isEmpty ? [0] : [0, UInt32(words.count)]
    return text
  }

  /// The verbatim runs of texts.
  static func runs(
    _ texts: [AnalyzedText], least: Int = VerbatimRuns.leastWords, family: [Int]
  ) -> [PassageMatch] {
    let tokens = WordTokens(texts)
    return withExtendedLifetime(tokens) {
      VerbatimRuns.find(texts.indices.map { tokens.text($0) }, least: least, family: family)
    }
  }

  /// Random words of an alphabet, spread over 64 bits as hashes are.
  static func random(
    _ count: Int, alphabet: Int, _ random: inout SeededGenerator
  ) -> [UInt64] {
    (0..<count).map { _ in
      UInt64(Int.random(in: 1...alphabet, using: &random)) &* 0x9E37_79B9_7F4A_7C15
    }
  }
}
