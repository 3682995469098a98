// What is measured of two sentences of an article, by hand.

import RefrainMatch
import RefrainText
import Testing

struct SentenceMeasuresTests {
  /// Each measure keeps its value beside the others, and none more than it can hold.
  @Test func measuresKeepApart() {
    var measures = SentenceMeasures()
    for (numbers, contrast, rare) in [(0, 0, 0), (4, 3, 5), (2, 1, 4), (3, 0, 1), (9, 9, 9)] {
      (measures.numbers, measures.contrast, measures.rare) = (numbers, contrast, rare)
      (measures.isLead, measures.isQuoted) = (numbers % 2 == 0, rare % 2 == 0)
      #expect(measures.numbers == min(numbers, 4))
      #expect(measures.contrast == min(contrast, 3))
      #expect(measures.rare == min(rare, 5))
      #expect(measures.isLead == (numbers % 2 == 0))
      #expect(measures.isQuoted == (rare % 2 == 0))
    }
    measures.numbers = -1
    #expect(measures.numbers == 0)
  }

  private static let article = """
    The council of Sparta said the old granary would close its doors in the spring. \
    Nobody had asked the farmers what they thought of the plan, or when it was made. \
    Last year the granary held 4,512 sacks of barley and 87 of wheat from the hills. \
    "The granary will close its doors in spring," a clerk of the council told us. \
    It held 4,512 sacks of barley in the last year, and 31 of rye from the plain.
    """

  /// The matches of the article, with the lead and what is quoted marked as `Document` would.
  private func matches(isArticle: Bool) -> [PassageMatch] {
    let text = TextAnalyzer().analyze(Array(Self.article.utf8))
    let columns = WordColumns()
    columns.append(text)
    func start(_ sentence: Int) -> Int { text.words(of: sentence).lowerBound }
    columns.set(WordColumns.Role.lead, at: start(0))
    columns.set(WordColumns.Role.quoted, at: start(3))
    if isArticle { columns.set(WordColumns.Role.article, at: text.words.count - 1) }
    var search = WithinSearch(.english)
    let tokens = WordTokens(columns, lengths: [text.words.count])
    return withExtendedLifetime(tokens) { search.find(tokens.text(0)) }
  }

  @Test func sentencesOfAnArticleAreMeasured() throws {
    let text = TextAnalyzer().analyze(Array(Self.article.utf8))
    func measures(_ a: Int, _ b: Int) -> SentenceMeasures? {
      let found = matches(isArticle: true).first {
        $0.first.words == text.words(of: a) && $0.second.words == text.words(of: b)
      }
      return found?.measures
    }
    let quotation = try #require(measures(0, 3))
    #expect(quotation.isLead && quotation.isQuoted)
    #expect(quotation.numbers == 0 && quotation.figures == 0)
    #expect(quotation.rare >= 2 && quotation.contained > 50 && quotation.shared > 20)
    let figures = try #require(measures(2, 4))
    #expect(!figures.isLead && !figures.isQuoted)
    // 87 and 31 stand in one of the two each, and 4,512 is a figure in both.
    #expect(figures.numbers == 2 && figures.contrast == 1 && figures.figures == 1)
  }

  /// Without the mark nothing is measured, and only what reaches the least score is a match.
  @Test func otherTextsAreNotMeasured() {
    let plain = matches(isArticle: false)
    #expect(plain.allSatisfy { $0.measures == nil && $0.score >= 1024 })
    let measured = matches(isArticle: true)
    #expect(measured.allSatisfy { $0.measures != nil })
    // What the score tells is a candidate, with the same score.
    for match in plain {
      #expect(
        measured.contains {
          $0.first == match.first && $0.second == match.second && $0.score == match.score
        })
    }
  }
}
