// What one text says twice, sentence against sentence.

package import RefrainText

/// The sentences of a text that have a role, which changes what a likeness means.
package struct SentenceRoles: Hashable, Sendable {
  /// The lead, which often comes again on purpose, but then in other words.
  package var lead: Int?
  /// The title and the headings, which the text repeats by right.
  package var headings: Set<Int>

  package init(lead: Int?, headings: Set<Int>) {
    self.lead = lead
    self.headings = headings
  }

  /// No roles.
  package static let none = SentenceRoles(lead: nil, headings: [])
}

/// Finds the sentence pairs of one text that say the same.
///
/// An inverted index proposes, the scorer decides. A pair needs an alignment of some least weight, so
/// the stems that both hold weigh as much in either; sorted with the rarest first, the first that is
/// in both stands before the last ones of either that weigh less together. Only the stems before those
/// are keys (prefix filtering, after Bayardo, Ma, Srikant, WWW 2007), and nothing is lost by it.
/// In a long text, where a stem stands in hundreds of sentences, and in a text of sentences that are
/// all alike, the rarest keys, the nearest sentences and the likest ones come first, and the others are
/// left out.
package final class WithinSearch {
  /// Of the sentences that hold a key so many are looked at, the nearest.
  private static let mostPostings = 256
  /// Of those that hold any key so many, by the rarest keys first.
  private static let mostProposed = 256
  /// A sentence is scored with so many others, the likest.
  private static let mostScored = 128
  /// These hold so many words together, or are one.
  private static let mostScoredWords = 8192

  /// A sentence that may say the same as the present one.
  private struct Candidate {
    var sentence: Int
    /// The weight of the content stems that both hold.
    var shared: Int
  }

  private let roles: SentenceRoles
  private let scorer: SentenceScorer
  /// The order of the stems as keys: content before the others, then the rarest first.
  private var ranks: [UInt32]
  /// The sentences of each key as chains: the last one, and behind each entry the one before it.
  private var lastEntry: [Int32]
  private var entries: [(sentence: Int32, previous: Int32)] = []
  /// The stems of the present sentence bear its stamp, and the sentences proposed for it.
  private var stemStamps: [Int32]
  private var sentenceStamps: [Int32]

  /// The pairs, by first and then second sentence.
  ///
  /// O(words log words of a sentence), and for each sentence as many others as the limits allow.
  ///
  /// `text` may be `whole` with its longest sentences cut. `isTold` says of a pair of sentences that
  /// another text says it too, where it is reported.
  package static func find(
    _ text: AnalyzedText, of whole: AnalyzedText? = nil, roles: SentenceRoles,
    corpus: StemFrequencies? = nil, isTold: (Int, Int) -> Bool = { _, _ in false }
  ) -> [PassageMatch] {
    guard text.sentenceCount > 1 else { return [] }
    let search = WithinSearch(text, of: whole ?? text, roles, corpus)
    var matches: [PassageMatch] = []
    for sentence in 0..<text.sentenceCount where !roles.headings.contains(sentence) {
      let candidates = search.candidates(for: sentence, text)
      for other in search.likest(candidates, sentence, isTold, text) {
        let pair = search.scorer.score(
          SentenceID(text: 0, sentence: other), SentenceID(text: 0, sentence: sentence),
          emphasis: search.emphasis(of: other))
        guard let pair else { continue }
        matches.append(
          PassageMatch(
            PassageSpan(text: 0, words: pair.firstWords),
            PassageSpan(text: 0, words: pair.secondWords), score: pair.score))
      }
    }
    return matches
  }

  private init(
    _ text: AnalyzedText, of whole: AnalyzedText, _ roles: SentenceRoles,
    _ corpus: StemFrequencies?
  ) {
    self.roles = roles
    scorer = SentenceScorer([text], of: [whole], corpus: corpus)
    let weights = scorer.context.weights
    var frequencies = [UInt32](repeating: 0, count: weights.count)
    for sentence in 0..<text.sentenceCount {
      for stem in scorer.stems(of: SentenceID(text: 0, sentence: sentence)) {
        frequencies[Int(stem)] += 1
      }
    }
    let order = weights.indices.sorted {
      let (a, b) = (weights[$0] < StemContext.content, weights[$1] < StemContext.content)
      if a != b { return b }
      return (frequencies[$0], $0) < (frequencies[$1], $1)
    }
    ranks = [UInt32](repeating: 0, count: weights.count)
    for (rank, stem) in order.enumerated() { ranks[stem] = UInt32(rank) }
    lastEntry = [Int32](repeating: -1, count: weights.count)
    stemStamps = lastEntry
    sentenceStamps = [Int32](repeating: -1, count: text.sentenceCount)
  }

  /// The weight of an alignment with this sentence as the first counts so many halves.
  private func emphasis(of sentence: Int) -> Int { sentence == roles.lead ? 3 : 2 }

  /// The sentences before this one that share a key with it, and the lead; makes it one of those that
  /// are proposed.
  private func candidates(for sentence: Int, _ text: AnalyzedText) -> [Candidate] {
    let weights = scorer.context.weights
    let stamp = Int32(sentence)
    for stem in scorer.stems(of: SentenceID(text: 0, sentence: sentence))
    where weights[Int(stem)] >= StemContext.content {
      stemStamps[Int(stem)] = stamp
    }
    var candidates: [Candidate] = []
    sentenceStamps[sentence] = stamp
    // The lead counts more, and its pairs need less: it is compared with all.
    if let lead = roles.lead, lead < sentence, !roles.headings.contains(lead) {
      propose(lead, stamp, &candidates)
    }
    var room = Self.mostProposed
    for stem in keys(of: sentence, text) {
      var entry = lastEntry[Int(stem)]
      var count = 0
      while entry >= 0, count < min(Self.mostPostings, room) {
        let (other, previous) = entries[Int(entry)]
        propose(Int(other), stamp, &candidates)
        entry = previous
        count += 1
      }
      room -= count
      entries.append((stamp, lastEntry[Int(stem)]))
      lastEntry[Int(stem)] = Int32(entries.count - 1)
    }
    return candidates
  }

  private func propose(_ other: Int, _ stamp: Int32, _ candidates: inout [Candidate]) {
    if sentenceStamps[other] == stamp { return }
    sentenceStamps[other] = stamp
    var shared = 0
    for stem in scorer.stems(of: SentenceID(text: 0, sentence: other))
    where stemStamps[Int(stem)] == stamp {
      shared += Int(scorer.context.weights[Int(stem)])
    }
    if shared >= SentenceScorer.leastShared {
      candidates.append(Candidate(sentence: other, shared: shared))
    }
  }

  /// The stems of a sentence that are keys: content without which what is left weighs too little.
  private func keys(of sentence: Int, _ text: AnalyzedText) -> [UInt32] {
    let weights = scorer.context.weights
    let words = scorer.context.stems[0][text.words(of: sentence)]
      .sorted { ranks[Int($0)] < ranks[Int($1)] }
    var rest = words.reduce(0) { $0 + Int(weights[Int($1)]) }
    var keys: [UInt32] = []
    let least = scorer.leastAlignment
    for stem in words {
      if rest < least || weights[Int(stem)] < StemContext.content { break }
      if keys.last != stem { keys.append(stem) }
      rest -= Int(weights[Int(stem)])
    }
    return keys
  }

  /// Those candidates that may reach the least score, ascending; the likest where they are many.
  private func likest(
    _ candidates: [Candidate], _ sentence: Int, _ isTold: (Int, Int) -> Bool, _ text: AnalyzedText
  ) -> [Int] {
    let second = SentenceID(text: 0, sentence: sentence)
    var likest = candidates.filter {
      scorer.mayReach(
        SentenceID(text: 0, sentence: $0.sentence), second, sharedContent: $0.shared,
        emphasis: emphasis(of: $0.sentence)) && !isTold($0.sentence, sentence)
    }
    let words = likest.reduce(0) { $0 + text.words(of: $1.sentence).count }
    if likest.count > Self.mostScored || words > Self.mostScoredWords {
      likest.sort { ($0.shared, $0.sentence) > ($1.shared, $1.sentence) }
      var room = Self.mostScoredWords
      likest = Array(
        likest.prefix(Self.mostScored).enumerated().prefix {
          room -= text.words(of: $0.element.sentence).count
          return $0.offset == 0 || room >= 0
        }.map(\.element))
    }
    return likest.map(\.sentence).sorted()
  }
}
