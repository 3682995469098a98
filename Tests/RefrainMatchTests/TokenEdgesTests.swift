// Edges of matches: never between two words of one token, and what a match keeps all the same.

import RefrainMatch
import RefrainText
import TestSupport
import Testing

struct TokenEdgesTests {
  /// A text over a small alphabet, of whose words one in four goes on with the token before.
  private func text(_ count: Int, _ random: inout SeededGenerator) -> AnalyzedText {
    var text = WordTexts.text(WordTexts.random(count, alphabet: 6, &random))
    text.shapes = text.shapes.indices.map { index in
      index > 0 && Int.random(in: 0..<4, using: &random) == 0 ? .joined : []
    }
    return text
  }

  private func isInToken(_ edge: Int, _ text: AnalyzedText) -> Bool {
    edge > 0 && edge < text.words.count && text.shapes[edge].contains(.joined)
  }

  /// Whatever two places are settled, no edge lies in a token, neither place is empty, and two places
  /// of one text do not meet.
  @Test(arguments: UInt64(0)..<8)
  func noEdgeLiesInAToken(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<400 {
      let texts = [text(120, &random), text(120, &random)]
      let isWithin = Bool.random(using: &random)
      let first = Int.random(in: 0...20, using: &random)
      let second = Int.random(in: 60...80, using: &random)
      let (n, m) = (
        Int.random(in: 8...38, using: &random), Int.random(in: 8...38, using: &random)
      )
      let other = isWithin ? 0 : 1
      let match = PassageMatch(
        PassageSpan(text: 0, words: first..<(first + n)),
        PassageSpan(text: other, words: second..<(second + m)), score: 0,
        isVerbatim: false)
      let settled = TokenEdges.settled(match, in: WordTokens(texts))
      for place in [settled.first, settled.second] {
        #expect(!isInToken(place.words.lowerBound, texts[place.text]), "\(seed)")
        #expect(!isInToken(place.words.upperBound, texts[place.text]), "\(seed)")
        #expect(place.words.count >= 4)
      }
      #expect(!isWithin || !settled.first.words.overlaps(settled.second.words))
    }
  }

  /// A verbatim run of 25 words is not shortened below them, and one beyond is cut to its tokens.
  @Test(arguments: [25, 26, 27, 60])
  func promisedRunsStay(length: Int) {
    var random = SeededGenerator(seed: UInt64(length))
    let run = WordTexts.random(length, alphabet: 5000, &random)
    func side(_ shape: WordShape) -> AnalyzedText {
      var text = WordTexts.text(WordTexts.random(10, alphabet: 5000, &random) + run)
      text.shapes[10] = shape
      return text
    }
    let texts = [side(.joined), side([])]
    let place = 10..<(10 + length)
    let match = PassageMatch(
      PassageSpan(text: 0, words: place), PassageSpan(text: 1, words: place),
      score: 0, isVerbatim: true)
    let settled = TokenEdges.settled(match, in: WordTokens(texts))
    let start = length == 25 ? 9 : 11
    #expect(settled.first.words == start..<(10 + length))
    #expect(settled.second.words.count >= 25)
  }

  /// A text without any space is all one token, which is none.
  @Test func aTextWithoutSpacesHasNoTokens() {
    var random = SeededGenerator(seed: 3)
    var text = WordTexts.text(WordTexts.random(90, alphabet: 5000, &random))
    text.shapes = text.shapes.indices.map { $0 > 0 ? .joined : [] }
    #expect(whole(30..<60, in: text) == 30..<60)
    text.shapes[28] = []
    text.shapes[34] = []
    #expect(whole(30..<60, in: text) == 28..<60)
  }

  private func whole(_ words: Range<Int>, in text: AnalyzedText) -> Range<Int> {
    let tokens = WordTokens([text])
    return withExtendedLifetime(tokens) { TokenEdges.whole(words, in: tokens.text(0)) }
  }
}
