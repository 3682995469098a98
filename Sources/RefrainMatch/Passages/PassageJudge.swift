// What a passage that two texts share is worth: the verbatim runs in it, and its sentences by the scorer.

/// Judges passages between documents of a collection.
///
/// Not thread-safe: each worker has a copy.
package final class PassageJudge {
  private let tokens: WordTokens
  private let statistics: SentenceStatistics
  private var scorer = SentenceScorer()
  /// The sentences that go along in the present passage, of either document, and the pairs of them.
  private var own: [Range<Int>] = []
  private var others: [Range<Int>] = []
  private var pairs: [(Int, Int)] = []

  /// A judge of passages of a collection.
  ///
  /// Linear in a sample of it.
  package convenience init(_ tokens: WordTokens) {
    let sample = tokens.sample(of: Array(0..<tokens.documentCount))
    self.init(tokens, SentenceStatistics(tokens, sample: sample))
  }

  private init(_ tokens: WordTokens, _ statistics: SentenceStatistics) {
    self.tokens = tokens
    self.statistics = statistics
  }

  /// A judge of the same passages for another thread.
  package func copy() -> PassageJudge { PassageJudge(tokens, statistics) }

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
    let (first, second) = (tokens.text(a), tokens.text(b))
    var matches: [PassageMatch] = []
    own.removeAll(keepingCapacity: true)
    others.removeAll(keepingCapacity: true)
    pairs.removeAll(keepingCapacity: true)
    for run in passage.runs {
      if run.length >= VerbatimRuns.leastWords {
        let told = VerbatimRuns.withoutStrays(
          first, run.first, second, run.second, run.length, least: VerbatimRuns.leastWords)
        matches.append(
          VerbatimRuns.match(
            PassageSpan(text: a, words: told.first), PassageSpan(text: b, words: told.second)))
      }
      // The sentences that go along in the run.
      var word = 0
      while word < run.length {
        let (mine, other) = (first.piece(of: run.first + word), second.piece(of: run.second + word))
        let end = min(
          run.length, mine.upperBound - run.first, other.upperBound - run.second)
        // A long run is told word for word, without the little that its sentences have besides.
        let words = max(mine.count, other.count)
        let isTold = run.length >= VerbatimRuns.leastWords && (end - word) * 2 >= words
        if !isTold { pair(mine, other) }
        word = end
      }
    }
    if pairs.isEmpty { return matches }
    scorer.table.load(first, own, second, others, statistics)
    scorer.begin(sentences: tokens.sentenceCount)
    for (i, j) in pairs {
      guard let pair = scorer.score(i, own.count + j) else { continue }
      matches.append(
        PassageMatch(
          PassageSpan(text: a, words: pair.firstWords),
          PassageSpan(text: b, words: pair.secondWords), score: pair.score))
    }
    return matches
  }

  /// Makes two sentences a pair, once.
  private func pair(_ mine: Range<Int>, _ other: Range<Int>) {
    func index(_ piece: Range<Int>, _ pieces: inout [Range<Int>]) -> Int {
      if let known = pieces.lastIndex(of: piece) { return known }
      pieces.append(piece)
      return pieces.count - 1
    }
    let pair = (index(mine, &own), index(other, &others))
    if !pairs.suffix(4).contains(where: { $0 == pair }) { pairs.append(pair) }
  }
}
