// All matches of a check: verbatim runs, sentences of one text, passages of several.

import RefrainMatch
import RefrainModel

/// Runs the searches that the scope asks for.
struct PassageSearch {
  let tokens: WordTokens
  let families: DocumentFamilies
  let settings: SearchSettings
  let progress: Progress.Handler

  /// Documents that a worker searches at a time.
  private static let piece = 64

  func matches() throws(RefrainError) -> [PassageMatch] {
    let workers = Workers(threads: settings.threads)
    var matches: [PassageMatch] = []
    if settings.scope != .across { matches = within(workers) }
    if settings.scope != .within, tokens.documentCount > 1 {
      let search = SeededSearch(
        tokens, family: families.first, workers: workers, budget: settings.memory / 2,
        progress: progress)
      let judge = PassageJudge(tokens)
      let judged = try search.map(state: { judge.copy() }) { judge, passage in
        judge.matches(passage)
      }
      matches += MatchGrowth.grow(judged).map { match in
        var match = match
        match.isHint = !match.isVerbatim && match.score < PassageJudge.least
        return match
      }
    }
    return matches.map { TokenEdges.settled($0, in: tokens) }
  }

  private func within(_ workers: Workers) -> [PassageMatch] {
    let relatives = families.earlierRelatives(atMost: ToldSentences.mostRelatives)
    let firsts = families.first.indices.filter { families.first[$0] == $0 }
    let general = StemWeights(tokens, sample: tokens.sample(of: firsts))
    let count = tokens.documentCount
    return workers.map(
      (count + Self.piece - 1) / Self.piece,
      state: { WithinTexts(tokens, relatives, general, keepsCandidates: settings.keepsCandidates) }
    ) { search, piece -> [PassageMatch]? in
      progress(Progress(stage: .rereading, done: piece * Self.piece, total: count))
      return (piece * Self.piece..<min(count, (piece + 1) * Self.piece)).flatMap {
        search.matches(of: $0)
      }
    }.flatMap(\.self)
  }
}

/// The searches within one text after the other.
///
/// Not thread-safe: each worker has its own.
private final class WithinTexts {
  private let tokens: WordTokens
  /// For each text the texts of its family that come before it.
  private let relatives: [[Int]]
  private var search: WithinSearch
  private let windows = RepeatedWindows()
  private let bridges: SeededSearch.Bridges
  private let judge = SentenceJudge()
  private let keepsCandidates: Bool

  init(
    _ tokens: WordTokens, _ relatives: [[Int]], _ general: StemWeights, keepsCandidates: Bool
  ) {
    self.keepsCandidates = keepsCandidates
    self.tokens = tokens
    self.relatives = relatives
    search = WithinSearch(general)
    bridges = SeededSearch.Bridges(tokens)
  }

  func matches(of text: Int) -> [PassageMatch] {
    let found = (sentences(text) + verbatim(text)).map { match in
      var match = match
      match.first.text = text
      match.second.text = text
      return match
    }
    return found.isEmpty
      ? [] : found + bridges.between(keepsCandidates ? found.filter { !$0.isHint } : found)
  }

  /// The pairs of sentences that are told: by their points alone, or by fewer points together with their score.
  ///
  /// Those that only their score tells are hints.
  private func judged(_ matches: [PassageMatch], _ text: Int) -> [PassageMatch] {
    matches.compactMap { match in
      guard let measures = match.measures else { return match }
      let level = judge.level(of: measures)
      let hasScore = match.score >= Self.leastScore
      if level == .error || level == .note && hasScore, isAlike(match, text) { return match }
      guard hasScore || keepsCandidates else { return nil }
      var match = match
      match.isHint = true
      return match
    }
  }

  /// Whether two sentences read alike: a sixteenth of their word bigrams is in both.
  private func isAlike(_ match: PassageMatch, _ text: Int) -> Bool {
    let words = tokens.text(text)
    let overlap = PassageSimilarity.overlap(
      words.hashes(match.first.words)[...], words.hashes(match.second.words)[...])
    return overlap.shared * Self.leastLikeness >= overlap.union
  }

  /// The least likeness of two sentences of an article, one of so many.
  ///
  /// Of the judged pairs whose points tell them, one repetition in twenty is less alike, and a quarter of all pairs.
  private static let leastLikeness = 16
  /// The least score of a pair of sentences of which no measures are taken.
  private static let leastScore = 1024

  /// The matches within a text; what an earlier document of its family says twice too is said once.
  private func sentences(_ text: Int) -> [PassageMatch] {
    if relatives[text].isEmpty { return judged(search.find(tokens.text(text)), text) }
    var told: ToldSentences?
    let found = search.find(tokens.text(text)) { a, b in
      let known = told ?? ToldSentences(text, relatives: relatives[text], in: tokens)
      told = known
      return known.isTold(a, b)
    }
    return judged(found, text)
  }

  /// The verbatim runs that a text holds twice; those that an earlier document of its family holds as often
  /// are told there.
  private func verbatim(_ text: Int) -> [PassageMatch] {
    guard windows.areIn(tokens.text(text)) else { return [] }
    let own = VerbatimRuns.find([tokens.text(text)], family: [0])
    let relatives = relatives[text].prefix(Self.mostRelatives)
    if own.isEmpty || relatives.isEmpty { return own }
    let all = relatives.map { tokens.text($0) } + [tokens.text(text)]
    return VerbatimRuns.find(all, family: all.map { _ in 0 })
      .filter { $0.isWithin && $0.first.text == all.count - 1 }
  }

  /// So many relatives are asked, the first ones.
  private static let mostRelatives = 8
}

/// Which sentences of a text its related texts hold too, a bit a related text.
private struct ToldSentences {
  /// As many related texts as there are bits.
  static let mostRelatives = 64

  private let hashes: [UInt64]
  /// The related texts that hold the sentence.
  private let holders: [UInt64]
  /// Those that hold it as often as this text does.
  private let repeaters: [UInt64]

  init(_ text: Int, relatives: [Int], in tokens: WordTokens) {
    let hashes = tokens.text(text).pieceHashes
    let own = Dictionary(hashes.map { ($0, 1) }, uniquingKeysWith: +)
    var holders: [UInt64: UInt64] = [:]
    var repeaters: [UInt64: UInt64] = [:]
    for (bit, relative) in relatives.enumerated() {
      var times: [UInt64: Int] = [:]
      for hash in tokens.text(relative).pieceHashes where own[hash] != nil {
        times[hash, default: 0] += 1
      }
      for (hash, times) in times {
        holders[hash, default: 0] |= 1 << UInt64(bit)
        if times >= own[hash] ?? 1 { repeaters[hash, default: 0] |= 1 << UInt64(bit) }
      }
    }
    self.hashes = hashes
    self.holders = hashes.map { holders[$0] ?? 0 }
    self.repeaters = hashes.map { repeaters[$0] ?? 0 }
  }

  /// Whether a related text says twice too what two sentences of this one say.
  func isTold(_ a: Int, _ b: Int) -> Bool {
    hashes[a] == hashes[b] ? repeaters[a] != 0 : holders[a] & holders[b] != 0
  }
}
