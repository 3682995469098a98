// Near-duplicates among texts in memory.

import RefrainCorpus
import RefrainMatch
public import RefrainModel
import RefrainSketch

/// Finds the near-duplicates among texts in memory.
///
/// ```swift
/// let result = try Deduplicator(threshold: 0.7).deduplicate(texts)
/// for gone in result.removed {
///   print(gone.id, "repeats", gone.kept, gone.overlap.jaccard, gone.reason)
/// }
/// ```
///
/// In the order of the texts, one goes exactly when an earlier kept one is among its candidates and
/// reaches the threshold, or has the same words; it names the first such one. Candidates come from
/// MinHash signatures cut into bands, and every pair is compared on its exact sets of word n-grams.
/// What `refrain dedup` removes of a file, this removes of its texts.
public struct Deduplicator: Sendable {
  private let settings: CorpusSettings

  /// A deduplicator with these settings.
  ///
  /// - Parameters:
  ///   - threshold: the least Jaccard similarity of near-duplicates, above 0 and at most 1, to six digits.
  ///   - recall: the least probability with which a pair at the threshold is proposed, between 0 and 1.
  ///   - ngram: words in an n-gram, 1 to 64.
  ///   - match: how far it goes in calling texts duplicates.
  ///   - exhaustive: whether no pair may be missed, at the cost of time that grows with the square of
  ///     what is alike.
  ///   - threads: as many as processors where nil. The result is the same for any number.
  /// - Throws: `RefrainError.badSetting` for values out of range.
  public init(
    threshold: Double = 0.8, recall: Double = 0.99, ngram: Int = 5, match: MatchLevel = .near,
    exhaustive: Bool = false, threads: Int? = nil
  ) throws(RefrainError) {
    var settings = CorpusSettings()
    settings.threshold = try validated(threshold: threshold)
    settings.recall = try validated(recall: recall)
    settings.shingleWidth = try validated(ngram: ngram)
    settings.match = match
    settings.exhaustive = exhaustive && match == .near
    settings.threads = try validated(threads: threads)
    self.settings = settings
  }

  /// What goes among texts, which are named by their numbers from 0.
  ///
  /// O(bytes), and for each text up to 64 comparisons a band. Memory: the texts once more, and some
  /// 300 bytes a text.
  ///
  /// - Throws: `RefrainError.badSetting` for a text of 4 GiB or more.
  public func deduplicate(
    _ texts: some Sequence<String>
  ) throws(RefrainError) -> Deduplication<Int> {
    let texts = Array(texts)
    return try deduplicate(Array(texts.indices), texts)
  }

  /// What goes among texts with ids of their own.
  ///
  /// An id may come twice; which of its texts is meant, only their order tells. Costs are those of
  /// texts without ids.
  ///
  /// - Throws: `RefrainError.badSetting` for a text of 4 GiB or more.
  public func deduplicate<ID: Hashable & Sendable>(
    _ texts: some Sequence<(ID, String)>
  ) throws(RefrainError) -> Deduplication<ID> {
    let pairs = Array(texts)
    return try deduplicate(pairs.map(\.0), pairs.map(\.1))
  }

  private func deduplicate<ID: Hashable & Sendable>(
    _ ids: [ID], _ texts: [String]
  ) throws(RefrainError) -> Deduplication<ID> {
    let corpus = try SketchedCorpus(
      TextRecords(texts), settings: settings, policyField: nil, progress: { _ in })
    let search = try CandidateSearch(corpus, order: nil, settings: settings, progress: { _ in })
    return Deduplication(ids: ids, graph: PairGraph(search), threshold: settings.threshold)
  }
}

/// Which texts stay, which go, and why.
public struct Deduplication<ID: Hashable & Sendable>: Sendable {
  /// A text that goes.
  public struct Removal: Sendable {
    public let id: ID
    /// The text that stays for it.
    public let kept: ID
    /// The exact overlap of the two sets of n-grams; `left` is that of the kept text.
    public let overlap: Overlap
    /// Why it goes.
    ///
    /// Texts with the same words are duplicates at any threshold.
    public let reason: PairReason
  }

  /// The ids of the texts that stay, in order.
  public let kept: [ID]
  /// The texts that go, in order.
  public let removed: [Removal]
  /// The clusters of two texts and more, by their kept text, which comes first in each.
  public let clusters: [[ID]]
  private let ids: [ID]
  private let graph: PairGraph
  private let threshold: Threshold

  init(ids: [ID], graph: PairGraph, threshold: Threshold) {
    self.ids = ids
    self.graph = graph
    self.threshold = threshold
    var kept: [ID] = []
    var removed: [Removal] = []
    var members: [[Int]] = Array(repeating: [], count: ids.count)
    for (item, removal) in graph.removals(at: threshold).enumerated() {
      guard let removal else {
        kept.append(ids[item])
        continue
      }
      members[removal.kept].append(item)
      removed.append(
        Removal(
          id: ids[item], kept: ids[removal.kept], overlap: removal.overlap, reason: removal.reason))
    }
    self.kept = kept
    self.removed = removed
    clusters = members.indices.filter { !members[$0].isEmpty }.map { first in
      [ids[first]] + members[first].map { ids[$0] }
    }
  }

  /// The same texts at a higher threshold, from the pairs that were verified for this one.
  ///
  /// O(texts + pairs); no text is read again.
  ///
  /// - Throws: `RefrainError.badSetting` for a threshold that is lower, or above 1.
  public func raised(to threshold: Double) throws(RefrainError) -> Deduplication {
    let higher = try validated(threshold: threshold)
    guard
      higher.numerator * self.threshold.denominator
        >= self.threshold.numerator * higher.denominator
    else {
      throw .badSetting(
        name: "threshold", cause: "\(threshold) is below the one that pairs were verified for")
    }
    return Deduplication(ids: ids, graph: graph, threshold: higher)
  }
}
