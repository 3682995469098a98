// What a passage that two texts share is worth: the verbatim runs in it, and its sentences by the scorer.

package import RefrainText

/// Judges passages between texts.
///
/// Not thread-safe: each worker has a copy.
package final class PassageJudge {
  private let texts: [AnalyzedText]
  /// The same with their longest sentences cut, which is how they are scored.
  private let pieces: [AnalyzedText]
  private let scorer: SentenceScorer

  /// A judge of passages of `texts`; `pieces` are these with their longest sentences cut.
  package init(_ pieces: [AnalyzedText], of texts: [AnalyzedText]) {
    self.pieces = pieces
    self.texts = texts
    scorer = SentenceScorer(pieces, of: texts)
  }

  private init(_ other: PassageJudge) {
    texts = other.texts
    pieces = other.pieces
    scorer = other.scorer.copy()
  }

  /// A judge of the same passages for another thread.
  package func copy() -> PassageJudge { PassageJudge(self) }

  /// The passage as matches: what is to be told of it, which are its verbatim runs and the sentences that have
  /// a score, or, where they are too little, all of it as a hint.
  package func matches(_ passage: SeededPassage) -> [PassageMatch] {
    let parts = scored(passage)
    let score = parts.reduce(0) { $0 + $1.score }
    guard score >= Self.least || parts.contains(where: \.isVerbatim) else {
      return [PassageMatch(passage.first, passage.second, score: score, weight: passage.weight)]
    }
    let all = parts.dropFirst().reduce(parts[0]) { all, part in
      PassageMatch(
        all.first.union(part.first), all.second.union(part.second), score: score,
        weight: passage.weight)
    }
    // Edits do not break a passage: what joins its parts is one of them.
    return parts + [Self.whole(all, passage)]
  }

  /// A match with what goes on of its passage at either side, where that is more than some stray words.
  private static func whole(_ match: PassageMatch, _ passage: SeededPassage) -> PassageMatch {
    var match = match
    let (first, second) = (match.first.words, match.second.words)
    let before = passage.runs.reduce(0) { sum, run in
      sum + max(0, min(run.length, first.lowerBound - run.first, second.lowerBound - run.second))
    }
    let behind = passage.runs.reduce(0) { sum, run in
      let (endA, endB) = (run.first + run.length, run.second + run.length)
      return sum + max(0, min(run.length, endA - first.upperBound, endB - second.upperBound))
    }
    if before > mostStray {
      match.first.words =
        min(first.lowerBound, passage.first.words.lowerBound)..<match.first.words.upperBound
      match.second.words =
        min(second.lowerBound, passage.second.words.lowerBound)..<match.second.words.upperBound
    }
    if behind > mostStray {
      match.first.words =
        match.first.words.lowerBound..<max(first.upperBound, passage.first.words.upperBound)
      match.second.words =
        match.second.words.lowerBound..<max(second.upperBound, passage.second.words.upperBound)
    }
    return match
  }

  /// So many equal words beside the sentences that have a score may be chance.
  private static let mostStray = 5

  /// A match across texts must be worth this many times a match within one, since texts on one matter share
  /// facts by right: sixteen, which is four times the weight at equal containment.
  package static let least = 16 * 1024

  /// The parts of a passage that have a score.
  private func scored(_ passage: SeededPassage) -> [PassageMatch] {
    let (a, b) = (passage.first.text, passage.second.text)
    var matches: [PassageMatch] = []
    var pairs: [(Int, Int)] = []
    for run in passage.runs {
      if run.length >= VerbatimRuns.leastWords {
        matches.append(
          VerbatimRuns.match(a, run.first, b, run.second, length: run.length, in: texts))
      }
      // The sentences that go along in the run.
      var word = 0
      while word < run.length {
        let first = pieces[a].sentence(of: run.first + word)
        let second = pieces[b].sentence(of: run.second + word)
        let end = min(
          run.length, pieces[a].words(of: first).upperBound - run.first,
          pieces[b].words(of: second).upperBound - run.second)
        // A long run is told word for word, without the little that its sentences have besides.
        let words = max(pieces[a].words(of: first).count, pieces[b].words(of: second).count)
        let isTold = run.length >= VerbatimRuns.leastWords && (end - word) * 2 >= words
        if !isTold, !pairs.suffix(4).contains(where: { $0 == (first, second) }) {
          pairs.append((first, second))
        }
        word = end
      }
    }
    for (first, second) in pairs {
      let score = scorer.score(
        SentenceID(text: a, sentence: first), SentenceID(text: b, sentence: second))
      guard let score else { continue }
      matches.append(
        PassageMatch(
          PassageSpan(text: a, words: score.firstWords),
          PassageSpan(text: b, words: score.secondWords), score: score.score))
    }
    return matches
  }
}
