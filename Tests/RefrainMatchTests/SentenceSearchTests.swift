// Sentences of a text that are alike, against a search that tries all pairs.

import RefrainMatch
import RefrainModel
import RefrainText
import TestSupport
import Testing

struct SentenceSearchTests {
  private let analyzer = TextAnalyzer()

  /// Sentences of which some come again, as they are or with words replaced.
  private func sentences(_ seed: UInt64, count: Int) -> [String] {
    var prose = RandomProse(seed: seed)
    var sentences: [[String]] = []
    for _ in 0..<count {
      let length = Int.random(in: 6...22, using: &prose.random)
      if !sentences.isEmpty, Int.random(in: 0..<4, using: &prose.random) == 0 {
        let old = prose.random.pick(sentences)
        sentences.append(prose.edited(old, changes: Int.random(in: 0...3, using: &prose.random)))
      } else {
        sentences.append(prose.words(length))
      }
    }
    return sentences.map { RandomProse.text($0, sentence: 99) }
  }

  /// The index leaves out no pair that the scorer would take, and invents none.
  @Test(arguments: UInt64(0)..<25, [30, 150])
  func withinAgreesWithAllPairs(seed: UInt64, count: Int) {
    let text = analyzer.analyze(
      Array(sentences(seed &+ 700, count: count).joined(separator: " ").utf8))
    let tokens = WordTokens([text])
    var scorer = SentenceScorer()
    scorer.table.load(tokens.text(0), .english)
    scorer.begin(sentences: text.sentenceCount)
    var expected: Set<PassageMatch> = []
    for later in 0..<text.sentenceCount {
      for earlier in 0..<later {
        guard let pair = scorer.score(earlier, later) else { continue }
        expected.insert(
          PassageMatch(
            PassageSpan(text: 0, words: pair.firstWords),
            PassageSpan(text: 0, words: pair.secondWords), score: pair.score))
      }
    }
    var search = WithinSearch(.english)
    let found = search.find(tokens.text(0))
    #expect(Set(found) == expected)
    #expect(found.count == expected.count)
  }

  /// A heading is in no pair, whatever it says.
  @Test func headingsAreInNoPair() {
    let all = sentences(731, count: 12)
    let text = analyzer.analyze(Array((all + all).joined(separator: " ").utf8))
    let headings = Set(0..<12)
    let columns = WordColumns()
    columns.append(text)
    var search = WithinSearch(.english)
    let plain = WordTokens(columns, lengths: [text.words.count])
    #expect(!search.find(plain.text(0)).isEmpty)
    for heading in headings {
      columns.set(WordColumns.Role.heading, at: text.words(of: heading).lowerBound)
    }
    let tokens = WordTokens(columns, lengths: [text.words.count])
    for match in search.find(tokens.text(0)) {
      for span in [match.first, match.second] {
        #expect(!headings.contains(text.sentence(of: span.words.lowerBound)))
      }
    }
  }
}
