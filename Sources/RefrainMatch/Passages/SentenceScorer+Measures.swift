// Two sentences of an article, measured: what its judge asks of them, from far below the least score on.

import RefrainText

/// Two sentences that may say the same, and what was measured of them.
struct MeasuredPair {
  /// Its score is as `SentenceScorer.score` has it; below 1024 where that would give nothing.
  var pair: SentencePair
  var measures: SentenceMeasures
}

extension SentenceScorer {
  /// The lighter sentence shares a quarter of its weight with the other, in 1/1024, or they are no candidates.
  private static let leastContainment = 256
  /// Candidates share so many content stems that are no numbers, figures taken for such.
  private static let leastCandidateWords = 2

  /// Whether a pair that shares content stems of this weight may be a candidate: false says that `measure` would give
  /// nothing.
  ///
  /// O(1).
  func mayBeCandidate(_ a: Int, _ b: Int, sharedContent: Int) -> Bool {
    let (x, y) = (table.weight(of: a), table.weight(of: b))
    let lightest = min(x.stems, y.stems)
    let shared = min(lightest, sharedContent + min(x.common, y.common))
    return lightest > 0 && 1024 * shared >= Self.leastContainment * lightest
  }

  /// Measures two sentences, `a` before `b`; nil where they are no candidates.
  ///
  /// Sets neither `isLead` nor `isQuoted`. O(words of both + product of the shared ones).
  mutating func measure(_ a: Int, _ b: Int, emphasis: Int) -> MeasuredPair? {
    let lightest = min(table.weight(of: a).stems, table.weight(of: b).stems)
    let wordsA = table.words[table.wordRange(of: a)]
    let wordsB = table.words[table.wordRange(of: b)]
    guard lightest > 0, min(wordsA.count, wordsB.count) >= Self.leastWords else { return nil }
    let compared = compare(a, b)
    let containment = 1024 * compared.shared / lightest
    guard containment >= Self.leastContainment,
      var measures = measuresOfShared(b, compared, containment)
    else { return nil }
    let isShared = sharedMark
    let marks = marks
    let best = alignment.align(wordsA, wordsB, table.weights) { marks[Int($0)] == isShared }
    measures.aligned = UInt8(clamping: earned(best.score, 2) / 16)
    let s = earned(best.score, emphasis)
    let c = UInt64(containment >> compared.lonely)
    let isTold =
      Self.reaches(s, c) && heavy(wordsA[best.a], wordsB[best.b]) >= Self.leastHeavy
    return MeasuredPair(
      pair: SentencePair(
        firstWords: Self.trimmed(wordsA.indices, best.a, table.range(of: a)),
        secondWords: Self.trimmed(wordsB.indices, best.b, table.range(of: b)),
        score: isTold ? Self.score(s, c) : min(1023, Self.score(s, c)), containment: containment,
        weight: s),
      measures: measures)
  }

  /// What is measured of the stems that were compared last, of which `b` is the second sentence; nil where too few of
  /// them are content.
  ///
  /// O(distinct stems of b).
  private func measuresOfShared(
    _ b: Int, _ compared: Comparison, _ containment: Int
  ) -> SentenceMeasures? {
    let isShared = sharedMark
    var (weight, words, rare, figures) = (0, 0, 0, 0)
    for index in table.stemRange(of: b) {
      let stem = Int(table.distinct[index])
      guard marks[stem] == isShared else { continue }
      let own = Int(table.weights[stem])
      let isContent = own >= StemWeights.content
      if table.isNumber[stem] {
        weight += own
        if table.isFigure(stem) { figures += 1 }
      } else if table.isName(stem) {
        // A name weighs three quarters in the table: four ninths of that is a third.
        weight += own * 4 / 9
        if isContent { words += 1 }
      } else {
        weight += own
        if isContent {
          words += 1
          if table.isRare(stem) { rare += 1 }
        }
      }
    }
    guard words + figures >= Self.leastCandidateWords else { return nil }
    var measures = SentenceMeasures()
    measures.shared = UInt8(clamping: max(0, weight - allowance) / 16)
    measures.contained = UInt8(clamping: containment * 100 / 1024)
    measures.numbers = compared.onlyFirst + compared.onlySecond
    measures.contrast = compared.lonely
    measures.rare = rare
    measures.figures = UInt8(min(2, figures))
    return measures
  }
}
