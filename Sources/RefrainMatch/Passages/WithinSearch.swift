// What one text says twice, sentence against sentence.

import RefrainText

/// Finds the sentence pairs of one text that say the same.
///
/// A pair must share content of some least weight to be scored. In a text of few sentences that is added up for
/// all pairs at once, stem by stem. In a longer one an inverted index proposes: a pair needs an alignment of some
/// least weight, so the stems that both hold weigh as much in either; sorted with the rarest first, the first that
/// is in both stands before the last ones of either that weigh less together. Only the stems before those
/// are keys (prefix filtering, after Bayardo, Ma, Srikant, WWW 2007), and nothing is lost by it.
/// In a long text, where a stem stands in hundreds of sentences, and in a text of sentences that are
/// all alike, the rarest keys, the nearest sentences and the likest ones come first, and the others are
/// left out. Of a crowd of sentences with equal words the nearest ones do: each leads on to those before it.
package struct WithinSearch {
  /// In a text of so many sentences all pairs are looked at.
  private static let few = 128
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

  private let general: StemWeights
  private var scorer = SentenceScorer()
  private var matches: [PassageMatch] = []
  private var isHeading: [Bool] = []
  private var isQuoted: [Bool] = []
  private var lead: Int?
  /// The second sentence that is no heading.
  private var second = 0
  /// Whether the text is an article in English, of whose sentence pairs measures are taken.
  private var isMeasured = false

  /// Of a short text: what every two sentences share, row by row.
  private var shared: [Int32] = []
  /// The sentences of each stem, those of one stem after the other; where they begin, and where they end so far.
  private var postings: [Int32] = []
  private var starts: [Int32] = []
  private var ends: [Int32] = []

  /// A search of texts whose stems weigh `general`.
  package init(_ general: StemWeights) { self.general = general }

  private var table: SentenceTable { _read { yield scorer.table } }

  /// The pairs of a text, by second and then first sentence.
  ///
  /// Of an article in English these are the candidates, with their measures and whatever score; of other texts the
  /// pairs that reach the least score.
  /// O(words log words of a sentence), and for each sentence as many others as the limits allow.
  ///
  /// `isTold` says of a pair of sentences that another text says it too, where it is reported.
  package mutating func find(
    _ text: TokenText, isTold: (Int, Int) -> Bool = { _, _ in false }
  ) -> [PassageMatch] {
    matches.removeAll(keepingCapacity: true)
    scorer.table.load(text, general)
    if table.count < 2 { return [] }
    scorer.begin(sentences: table.sentences)
    setRoles(text)
    if table.count <= Self.few { findInShort(isTold) } else { findInLong(isTold) }
    return matches
  }

  /// Which sentence is the lead, and which are title and headings.
  private mutating func setRoles(_ text: TokenText) {
    isHeading.removeAll(keepingCapacity: true)
    isQuoted.removeAll(keepingCapacity: true)
    (lead, second) = (nil, 0)
    var opening = 0
    for sentence in 0..<table.count {
      let role = text.role(of: table.range(of: sentence))
      isHeading.append(role == WordColumns.Role.heading)
      isQuoted.append(role == WordColumns.Role.quoted)
      if role == WordColumns.Role.lead { lead = sentence }
      if role != WordColumns.Role.heading, opening < 2 {
        opening += 1
        second = sentence
      }
    }
    isMeasured = text.isArticle && text.isEnglish
  }

  private mutating func findInShort(_ isTold: (Int, Int) -> Bool) {
    let n = table.count
    addUp()
    var candidates: [Candidate] = []
    for sentence in 1..<n where !isHeading[sentence] {
      candidates.removeAll(keepingCapacity: true)
      shared.withUnsafeBufferPointer { shared in
        for other in 0..<sentence where shared[sentence * n + other] >= SentenceScorer.leastShared {
          candidates.append(Candidate(sentence: other, shared: Int(shared[sentence * n + other])))
        }
      }
      candidates.removeAll { isHeading[$0.sentence] }
      if !candidates.isEmpty { score(candidates, sentence, isTold) }
    }
  }

  /// Adds up what every two sentences share: `shared[later * n + earlier]`.
  private mutating func addUp() {
    let table = scorer.table
    let n = table.count
    shared.removeAll(keepingCapacity: true)
    shared.append(contentsOf: repeatElement(0, count: n * n))
    starts.removeAll(keepingCapacity: true)
    var end: Int32 = 0
    for stem in 0..<table.stemCount {
      starts.append(end)
      end += Int32(table.frequency(stem))
    }
    ends.removeAll(keepingCapacity: true)
    ends.append(contentsOf: starts)
    postings.removeAll(keepingCapacity: true)
    postings.append(contentsOf: repeatElement(0, count: Int(end)))
    let (distinct, weights) = (table.distinct, table.weights)
    // SAFETY: a stem has as many postings as sentences hold it, and sentences are below n.
    distinct.withUnsafeBufferPointer { distinct in
      weights.withUnsafeBufferPointer { weights in
        shared.withUnsafeMutableBufferPointer { shared in
          postings.withUnsafeMutableBufferPointer { postings in
            ends.withUnsafeMutableBufferPointer { ends in
              for sentence in 0..<n {
                let row = sentence * n
                for index in table.stemRange(of: sentence) {
                  let stem = Int(distinct[index])
                  let weight = Int32(weights[stem])
                  if weight < StemWeights.content { continue }
                  let last = Int(ends[stem])
                  for posting in Int(starts[stem])..<last {
                    shared[row + Int(postings[posting])] += weight
                  }
                  postings[last] = Int32(sentence)
                  ends[stem] += 1
                }
              }
            }
          }
        }
      }
    }
  }

  private mutating func score(
    _ candidates: [Candidate], _ sentence: Int, _ isTold: (Int, Int) -> Bool
  ) {
    let likest = likest(candidates, sentence, isTold)
    for other in likest {
      if isMeasured {
        measure(other, sentence)
        continue
      }
      guard let pair = scorer.score(other, sentence, emphasis: emphasis(of: other)) else {
        continue
      }
      matches.append(
        PassageMatch(
          PassageSpan(text: 0, words: pair.firstWords),
          PassageSpan(text: 0, words: pair.secondWords), score: pair.score))
    }
  }

  /// Adds the pair of two sentences with their measures, if it is a candidate.
  private mutating func measure(_ sentence: Int, _ later: Int) {
    guard
      let measured = scorer.measure(sentence, later, emphasis: emphasis(of: sentence))
    else { return }
    var match = PassageMatch(
      PassageSpan(text: 0, words: measured.pair.firstWords),
      PassageSpan(text: 0, words: measured.pair.secondWords), score: measured.pair.score)
    var measures = measured.measures
    measures.isLead = sentence <= second
    measures.isQuoted = isQuoted[later]
    match.measures = measures
    matches.append(match)
  }

  /// The weight of an alignment with this sentence as the first counts so many halves.
  private func emphasis(of sentence: Int) -> Int { sentence == lead ? 3 : 2 }

  /// Those candidates that may reach the least score, ascending; the likest where they are many.
  private func likest(
    _ candidates: [Candidate], _ sentence: Int, _ isTold: (Int, Int) -> Bool
  ) -> [Int] {
    var likest = candidates.filter {
      (isMeasured
        ? scorer.mayBeCandidate($0.sentence, sentence, sharedContent: $0.shared)
        : scorer.mayReach(
          $0.sentence, sentence, sharedContent: $0.shared, emphasis: emphasis(of: $0.sentence)))
        && !isTold($0.sentence, sentence)
    }
    let words = likest.reduce(0) { $0 + table.range(of: $1.sentence).count }
    if likest.count > Self.mostScored || words > Self.mostScoredWords {
      likest.sort { ($0.shared, $0.sentence) > ($1.shared, $1.sentence) }
      var room = Self.mostScoredWords
      likest = Array(
        likest.prefix(Self.mostScored).enumerated().prefix {
          room -= table.range(of: $0.element.sentence).count
          return $0.offset == 0 || room >= 0
        }.map(\.element))
    }
    return likest.map(\.sentence).sorted()
  }

  private mutating func findInLong(_ isTold: (Int, Int) -> Bool) {
    let index = LongTextIndex(table)
    for sentence in 0..<index.count where !isHeading[sentence] {
      let lead = lead.flatMap { $0 < sentence && !isHeading[$0] ? $0 : nil }
      var candidates: [Candidate] = []
      index.forEachCandidate(
        of: sentence, lead: lead, leastAlignment: scorer.leastAlignment
      ) { candidates.append(Candidate(sentence: $0, shared: $1)) }
      score(candidates, sentence, isTold)
    }
  }
}

/// The sentences of a long text by the stems that they hold.
private final class LongTextIndex {
  /// Of the sentences that hold a key so many are looked at, the nearest.
  private static let mostPostings = 256
  /// Of those that hold any key so many, by the rarest keys first.
  private static let mostProposed = 256
  /// Where more sentences than that have equal words, they are a crowd.
  private static let crowd = 64
  /// Of a crowd so many are looked at, the nearest.
  private static let mostOfCrowd = 8

  private let table: SentenceTable
  /// The order of the stems as keys: content before the others, then the rarest first.
  private var ranks: [UInt32]
  /// The sentences of each key as chains: the last one, and behind each entry the one before it.
  private var lastEntry: [Int32]
  private var entries: [(sentence: Int32, previous: Int32)] = []
  /// The stems of the present sentence bear its stamp, and the sentences proposed for it.
  private var stemStamps: [Int32]
  private var sentenceStamps: [Int32]
  /// For each sentence the first one with the same words.
  private let originals: [Int32]
  /// By the first one, how many have its words.
  private let copies: [Int32]
  /// By the first one, how many with its words the present sentence was shown, and which sentence that was.
  private var shown: [(count: Int32, stamp: Int32)]

  /// How many sentences there are.
  var count: Int { table.count }

  init(_ table: SentenceTable) {
    self.table = table
    let weights = table.weights
    let order = weights.indices.sorted {
      let (a, b) = (weights[$0] < StemWeights.content, weights[$1] < StemWeights.content)
      if a != b { return b }
      return (table.frequency($0), $0) < (table.frequency($1), $1)
    }
    ranks = [UInt32](repeating: 0, count: weights.count)
    for (rank, stem) in order.enumerated() { ranks[stem] = UInt32(rank) }
    lastEntry = [Int32](repeating: -1, count: weights.count)
    stemStamps = lastEntry
    sentenceStamps = [Int32](repeating: -1, count: table.count)
    originals = Self.originals(table)
    copies = originals.reduce(into: [Int32](repeating: 0, count: table.count)) {
      $0[Int($1)] += 1
    }
    shown = [(Int32, Int32)](repeating: (0, -1), count: table.count)
  }

  /// For each sentence the first one with equal stems in the same order.
  ///
  /// Expected linear in the words.
  private static func originals(_ table: SentenceTable) -> [Int32] {
    var firsts: [ArraySlice<UInt32>: Int32] = [:]
    firsts.reserveCapacity(table.count)
    return (0..<table.count).map { sentence in
      let words = table.words[table.wordRange(of: sentence)]
      if let first = firsts[words] { return first }
      firsts[words] = Int32(sentence)
      return Int32(sentence)
    }
  }

  /// Calls `body` with the sentences before this one that share a key with it, and the lead, and with the weight
  /// of what they share; makes the sentence one of those that are proposed.
  func forEachCandidate(
    of sentence: Int, lead: Int?, leastAlignment: Int, _ body: (Int, Int) -> Void
  ) {
    let stamp = Int32(sentence)
    for index in table.stemRange(of: sentence) {
      let stem = Int(table.distinct[index])
      if table.weights[stem] >= StemWeights.content { stemStamps[stem] = stamp }
    }
    sentenceStamps[sentence] = stamp
    // The lead counts more, and its pairs need less: it is compared with all.
    if let lead { propose(lead, stamp, body) }
    var room = Self.mostProposed
    for stem in keys(of: sentence, leastAlignment) {
      var entry = lastEntry[Int(stem)]
      var count = 0
      while entry >= 0, count < min(Self.mostPostings, room) {
        let (other, previous) = entries[Int(entry)]
        propose(Int(other), stamp, body)
        entry = previous
        count += 1
      }
      room -= count
      entries.append((stamp, lastEntry[Int(stem)]))
      lastEntry[Int(stem)] = Int32(entries.count - 1)
    }
  }

  private func propose(_ other: Int, _ stamp: Int32, _ body: (Int, Int) -> Void) {
    if sentenceStamps[other] == stamp { return }
    sentenceStamps[other] = stamp
    let original = Int(originals[other])
    if copies[original] > Self.crowd {
      let count = shown[original].stamp == stamp ? shown[original].count : 0
      if count >= Self.mostOfCrowd { return }
      shown[original] = (count + 1, stamp)
    }
    var shared = 0
    for index in table.stemRange(of: other) {
      let stem = Int(table.distinct[index])
      if stemStamps[stem] == stamp { shared += Int(table.weights[stem]) }
    }
    if shared >= SentenceScorer.leastShared { body(other, shared) }
  }

  /// The stems of a sentence that are keys: content without which what is left weighs too little.
  private func keys(of sentence: Int, _ leastAlignment: Int) -> [UInt32] {
    let words = table.words[table.wordRange(of: sentence)]
      .sorted { ranks[Int($0)] < ranks[Int($1)] }
    var rest = words.reduce(0) { $0 + Int(table.weights[Int($1)]) }
    var keys: [UInt32] = []
    for stem in words {
      if rest < leastAlignment || table.weights[Int(stem)] < StemWeights.content { break }
      if keys.last != stem { keys.append(stem) }
      rest -= Int(table.weights[Int(stem)])
    }
    return keys
  }
}
