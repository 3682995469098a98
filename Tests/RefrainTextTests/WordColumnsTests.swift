// Words in columns, held to the analysis of the same text.

import CKernels
import RefrainText
import TestSupport
import Testing

struct WordColumnsTests {
  /// Texts of every kind of word: names, numbers, tokens of several words, scripts without spaces, ligatures and
  /// characters that make several words, and one sentence of thousands of words.
  static let texts: [String] = [
    "", "One word. Two More words! 3,5 left-hand version 7.x of U.S. firms.",
    "東京の空は青い。大阪も。 กรุงเทพมหานคร mixed 東京 Tower", "½ ㏂ ﬁnding Ⅳ Ⅷ. Éclair école",
    String(repeating: "well then 1 2 Three four-five ", count: 900),
  ]

  @Test(arguments: texts.indices)
  func columnsAreThoseOfTheAnalysis(index: Int) {
    let bytes = Array(Self.texts[index].utf8)
    // Twice, since the second time all words are known.
    let analyzer = TextAnalyzer()
    for _ in 0..<2 {
      let (direct, analyzed) = (WordColumns(), WordColumns())
      let count = bytes.withUnsafeBytes { analyzer.append($0, to: direct) }
      let analysis = analyzer.analyze(bytes)
      analyzed.append(analysis)
      #expect(count == analysis.words.count)
      #expect(direct.count == count && analyzed.count == count)
      #expect((0..<count).allSatisfy { direct.words[$0] == analyzed.words[$0] })
      #expect((0..<count).allSatisfy { direct.stems[$0] == analyzed.stems[$0] })
      let located = bytes.withUnsafeBytes { analyzer.locate($0) }
      #expect(located.words == analysis.words && located.starts == analysis.starts)
      #expect(located.ends == analysis.ends && located.sentenceStarts == analysis.sentenceStarts)
    }
  }

  /// What is known of a word says nothing else than a first look at it, however many words are known.
  @Test func knownWordsAreWhatTheyWere() {
    var random = SeededGenerator(seed: 1)
    let analyzer = TextAnalyzer()
    let words = (0..<5000).map { index in
      let letters = (0..<Int.random(in: 1...9, using: &random)).map { _ in
        random.pick(["a", "e", "s", "ing", "ed", "L", "é", "'", "7", "空"])
      }
      return letters.joined() + String(index % 40)
    }
    for start in stride(from: 0, to: words.count, by: 100) {
      let text = (words[start..<(start + 100)] + words[..<100]).joined(separator: " ")
      let (own, fresh) = (
        analyzer.analyze(Array(text.utf8)), TextAnalyzer().analyze(Array(text.utf8))
      )
      #expect(own.stems == fresh.stems && own.shapes == fresh.shapes)
    }
  }

  /// Kernels ask for the same bits.
  @Test func looksAreThoseOfTheKernels() {
    #expect(WordColumns.Look.number == REFRAIN_LOOK_NUMBER)
    #expect(WordColumns.Look.capital == REFRAIN_LOOK_CAPITAL)
    #expect(WordColumns.Look.sentenceStart == REFRAIN_LOOK_SENTENCE_START)
    #expect(WordColumns.Look.joined == REFRAIN_LOOK_JOINED)
    #expect(WordColumns.Look.textStart == REFRAIN_LOOK_TEXT_START)
  }

  /// A sentence of thousands of words is one, in pieces of a bounded length.
  @Test func longSentencesHavePieces() {
    let columns = WordColumns()
    let bytes = Array(String(repeating: "word ", count: 2500).utf8)
    _ = bytes.withUnsafeBytes { TextAnalyzer().append($0, to: columns) }
    let starts = (0..<columns.count).filter {
      columns.stems[$0] & WordColumns.Role.pieceStart != 0
    }
    #expect(starts == [0, 1024, 2048])
    #expect(
      (0..<columns.count).count { columns.words[$0] & WordColumns.Look.sentenceStart != 0 } == 1)
  }
}
