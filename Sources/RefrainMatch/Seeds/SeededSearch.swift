// What documents say alike: seeds, the passages around them, and what of that is found at all.

import RefrainIndex
package import RefrainModel
import RefrainText

/// A passage that two documents share.
package struct SeededPassage: Sendable {
  package var first: PassageSpan
  package var second: PassageSpan
  /// What the words that stand in both weigh, in sixteenths of a bit.
  package var weight: Int
  /// Words of the longest run of equal words.
  package var longestRun: Int
  /// The runs of equal words, by their places in either document, in order.
  package var runs: [(first: Int, second: Int, length: Int)]
}

/// Finds passages that documents of different families share.
package struct SeededSearch {
  /// The least that the words of a passage weigh, each counted once: seventeen bits.
  private static let leastWeight = 17 * 16
  /// The least words that stand in both places, numbers aside.
  private static let leastMatched = 8
  /// The least different ones of them that are no names.
  private static let leastPlain = 4
  /// Of five words of the shorter place so many stand in the other one, too.
  private static let density = 2

  /// Hits of relatives are of one passage where no more words lie between them, in either document.
  fileprivate static let gap = 15

  private let tokens: WordTokens
  fileprivate let family: [Int]
  private let workers: Workers
  private let budget: Int
  private let partitionSize: Int
  private let progress: Progress.Handler

  /// A search of documents; `family` gives for each the one that speaks for its family.
  ///
  /// - Parameters:
  ///   - budget: bytes of seeds and hits that stay in memory.
  ///   - partitionSize: seeds that are sorted at a time, about; so many stay in the cache of a processor. Neither
  ///     changes a result.
  package init(
    _ tokens: WordTokens, family: [Int], workers: Workers, budget: Int = 1 << 30,
    partitionSize: Int = 1 << 16, progress: @escaping Progress.Handler = { _ in }
  ) {
    self.tokens = tokens
    self.family = family
    self.workers = workers
    self.budget = budget
    self.partitionSize = partitionSize
    self.progress = progress
  }

  /// The passages, by where the earlier document stands.
  package func passages() throws(RefrainError) -> [SeededPassage] {
    try map(state: {}) { _, passage in [passage] }
  }

  /// What `body` makes of each passage, with a state of its thread's own, in the order of the passages.
  package func map<State, Result>(
    state: () -> State, _ body: (inout State, SeededPassage) -> [Result]
  ) throws(RefrainError) -> [Result] {
    let seeds = RareSeeds(
      tokens, family: family, workers: workers, budget: budget, partitionSize: partitionSize,
      progress: progress)
    let hits = try seeds.hits()
    let parts = workers.map(
      hits.store.partitions, state: { (matching: Matching(tokens, self), own: state()) }
    ) { state, partition -> [Result]? in
      progress(Progress(stage: .matching, done: partition, total: hits.store.partitions))
      let passages = hits.store.take(partition, scratch: state.matching.scratch) {
        state.matching.passages($0)
      }
      return passages.flatMap { body(&state.own, $0) }
    }
    try hits.store.requireWhole()
    return parts.flatMap(\.self)
  }

  /// One worker's tools.
  private struct Matching {
    let scratch = ValueScratch()
    private let sorter = ValueSorter()
    private let tokens: WordTokens
    private let walk: TokenWalk
    private var found: [SeededPassage] = []
    private var seen: [WalkedPassage] = []

    private let search: SeededSearch

    init(_ tokens: WordTokens, _ search: SeededSearch) {
      self.tokens = tokens
      self.search = search
      walk = TokenWalk(tokens)
    }

    /// The passages that these hits lead to, in order.
    mutating func passages(_ hits: UnsafeMutableBufferPointer<UInt64>) -> [SeededPassage] {
      found = []
      sorter.sort(hits, from: 0, to: 64)
      var i = 0
      while i < hits.count {
        let first = tokens.document(of: Int(hits[i] >> 32))
        let end = UInt64(tokens.range(of: first).upperBound)
        var next = i
        // By the second document, and in it by the first place.
        while next < hits.count, hits[next] >> 32 < end {
          let word = Int(truncatingIfNeeded: hits[next] & 0xFFFF_FFFF)
          walk.prefetch(word)
          let second = tokens.document(of: word)
          order.append(UInt64(second) << 32 | UInt64(next - i))
          next += 1
        }
        order.sort()
        var j = 0
        while j < order.count {
          var k = j
          pair.removeAll(keepingCapacity: true)
          while k < order.count, order[k] >> 32 == order[j] >> 32 {
            pair.append(hits[i + Int(truncatingIfNeeded: order[k] & 0xFFFF_FFFF)])
            k += 1
          }
          take(first, Int(order[j] >> 32))
          j = k
        }
        order.removeAll(keepingCapacity: true)
        i = next
      }
      return found
    }

    /// Whether a hit leads nowhere new: it lies on a passage that was walked, or beside the way through one and
    /// in no run that must be found.
    private func isSeen(_ a: Int, _ b: Int, _ rangeA: Range<Int>, _ rangeB: Range<Int>) -> Bool {
      var isInside = false
      for passage in seen where passage.first.contains(a) && passage.second.contains(b) {
        isInside = true
        if passage.runs.contains(where: {
          $0.first <= a && a < $0.first + $0.length && a - $0.first == b - $0.second
        }) {
          return true
        }
      }
      if !isInside { return false }
      let least = VerbatimRuns.leastWords
      guard a + least <= rangeA.upperBound, b + least <= rangeB.upperBound else { return true }
      return !(0..<least).allSatisfy {
        WordTokens.isSame(tokens.words[a + $0], tokens.words[b + $0])
      }
    }

    /// What the words of a passage weigh that stand in both places, each counted once: a name that comes again
    /// in a headline, its dateline and the lead says no more than once.
    private mutating func countOnce(_ passage: inout WalkedPassage) {
      distinct.removeAll(keepingCapacity: true)
      let (words, weights) = (tokens.words, tokens.weights)
      for run in passage.runs {
        for offset in 0..<run.length {
          let (token, other) = (words[run.first + offset], words[run.second + offset])
          let previous = offset > 0 ? words[run.first + offset - 1] : 0
          // A name has a capital inside a sentence, in either place: a lost case makes no names.
          let look = token & other
          let isName =
            look & WordColumns.Look.capital != 0 && look & WordColumns.Look.sentenceStart == 0
          let weight = weights.weight(of: token, behind: previous) * (isName ? 3 : 4) / 4
          let isPlain = !isName && look & WordColumns.Look.number == 0
          distinct.append(
            UInt64(token >> 4) << 32 | (isPlain ? 1 << 16 : 0) | UInt64(weight))
        }
      }
      distinct.sort()
      passage.weight = 0
      for (index, entry) in distinct.enumerated()
      where index + 1 == distinct.count || distinct[index + 1] >> 32 != entry >> 32 {
        passage.weight += Int(truncatingIfNeeded: entry & 0xFFFF)
        passage.plainWords += Int(truncatingIfNeeded: entry >> 16 & 1)
      }
    }

    private var distinct: [UInt64] = []

    private static func words(_ hit: UInt64) -> (Int, Int) {
      (Int(hit >> 32), Int(truncatingIfNeeded: hit & 0xFFFF_FFFF))
    }

    /// The words that the hits of the pair lie in from one of them on, without a gap.
    private func ownWords(
      from index: Int, _ whole: (Range<Int>, Range<Int>)
    ) -> (Range<Int>, Range<Int>) {
      let start = Self.words(pair[index])
      var end = (start.0 + RareSeeds.lengths[0], start.1 + RareSeeds.lengths[0])
      for hit in pair[(index + 1)...] {
        let (a, b) = Self.words(hit)
        if a > end.0 + SeededSearch.gap { break }
        if b < start.1 || b > end.1 + SeededSearch.gap { continue }
        end = (
          max(end.0, a + RareSeeds.lengths[0]), max(end.1, b + RareSeeds.lengths[0])
        )
      }
      return (
        start.0..<min(end.0, whole.0.upperBound), start.1..<min(end.1, whole.1.upperBound)
      )
    }

    private var order: [UInt64] = []
    /// The hits of one pair of documents.
    private var pair: [UInt64] = []

    /// Walks from the hits of one pair of documents; those on a passage that was walked already are of it.
    private mutating func take(_ first: Int, _ second: Int) {
      let (rangeA, rangeB) = (tokens.range(of: first), tokens.range(of: second))
      seen.removeAll(keepingCapacity: true)
      let isFirst = search.family[first] == first || search.family[second] == second
      for (index, hit) in pair.enumerated() {
        let (a, b) = Self.words(hit)
        if isSeen(a, b, rangeA, rangeB) { continue }
        // What relatives of theirs share is told of those: of these it goes as far as hits do.
        let own = isFirst ? (rangeA, rangeB) : ownWords(from: index, (rangeA, rangeB))
        guard
          var passage = walk.passage(
            a, in: own.0, b, in: own.1, least: SeededSearch.leastWeight)
        else { continue }
        if passage.weight >= SeededSearch.leastWeight, search.mayBeFound(passage) {
          countOnce(&passage)
        }
        seen.append(passage)
      }
      for passage in seen where search.isFound(passage) {
        let runs = passage.runs.map {
          (
            first: $0.first - rangeA.lowerBound, second: $0.second - rangeB.lowerBound,
            length: $0.length
          )
        }
        found.append(
          SeededPassage(
            first: tokens.span(passage.first, of: first),
            second: tokens.span(passage.second, of: second), weight: passage.weight,
            longestRun: passage.longestRun,
            runs: runs))
      }
    }
  }

  /// Whether a passage is rows of figures: three numbers and more, a fifth of the words, of which less than
  /// half are equal, and no run of eight equal words between them.
  private func isTable(_ passage: WalkedPassage) -> Bool {
    let numbers = min(tokens.numbers(in: passage.first), tokens.numbers(in: passage.second))
    let words = min(passage.first.count, passage.second.count)
    return numbers > 2 && numbers * 5 >= words && passage.matchedNumbers * 2 < numbers
      && passage.longestRun < 8
  }

  /// Whether a passage is found if what it says, each word counted once, is enough.
  private func mayBeFound(_ passage: WalkedPassage) -> Bool {
    if passage.longestRun >= VerbatimRuns.leastWords { return true }
    return passage.matched >= Self.leastMatched
      && (passage.matched + passage.matchedNumbers) * 5
        >= min(passage.first.count, passage.second.count) * Self.density
      && !isTable(passage)
  }

  private func isFound(_ passage: WalkedPassage) -> Bool {
    if passage.longestRun >= VerbatimRuns.leastWords { return true }
    return passage.weight >= Self.leastWeight && passage.plainWords >= Self.leastPlain
      && mayBeFound(passage)
  }
}
