// Texts in memory that can be asked which of them resembles another one.

import RefrainIndex
import RefrainMatch
public import RefrainModel
import RefrainSketch

/// An index of texts in memory: insert, query, remove.
///
/// ```swift
/// var index = try SimilarityIndex<String>(threshold: 0.7)
/// try index.insert("monday", "The ship sailed on Monday with forty passengers on board.")
/// for match in index.query("The ship sailed on Monday with forty passengers aboard.") {
///   print(match.id, match.overlap.jaccard, match.reason)
/// }
/// ```
///
/// Signatures only propose: each match was compared on its exact sets of word n-grams. A value type;
/// copies share storage until one of them changes. Some 10 bytes an n-gram, and 30 a band.
public struct SimilarityIndex<ID: Hashable & Sendable>: Sendable {
  /// A text of the index that resembles the one that was asked about.
  public struct Match: Sendable {
    /// What the text was inserted as.
    public let id: ID
    /// The exact overlap of the two sets; `left` is that of the text in the index.
    public let overlap: Overlap
    /// Why it is a match.
    ///
    /// Texts with the same words match whatever the threshold.
    public let reason: PairReason
  }

  private struct Entry: Sendable {
    /// nil for a text that is only asked about.
    var id: ID?
    var text: String
    var wording: Wording
    var shingles: [UInt64]
    var keys: [UInt64]
  }

  private let threshold: Threshold
  private let plan: BandPlan
  private let ngram: Int
  private var entries: [UInt32: Entry] = [:]
  private var numbers: [ID: UInt32] = [:]
  private var byWords: [WordsHash: [UInt32]] = [:]
  private var buckets = CandidateIndex()
  private var next: UInt32 = 0

  /// An empty index.
  ///
  /// - Parameters:
  ///   - threshold: the least Jaccard similarity of a match, above 0 and at most 1, to six digits.
  ///   - recall: the least probability with which a text at the threshold is found, between 0 and 1.
  ///   - ngram: words in an n-gram, 1 to 64.
  /// - Throws: `RefrainError.badSetting` for values out of range.
  public init(threshold: Double = 0.8, recall: Double = 0.99, ngram: Int = 5) throws(RefrainError) {
    self.threshold = try validated(threshold: threshold)
    self.ngram = try validated(ngram: ngram)
    plan = BandPlan(threshold: self.threshold, recall: try validated(recall: recall))
  }

  /// How many texts it holds.
  public var count: Int { entries.count }

  /// Adds a text.
  ///
  /// Linear in the text.
  ///
  /// - Throws: `RefrainError.badSetting` where the id is taken: remove that text first.
  public mutating func insert(_ id: ID, _ text: String) throws(RefrainError) {
    guard numbers[id] == nil else {
      throw .badSetting(name: "id", cause: "\(id) is already in the index; remove it first")
    }
    let entry = entry(id, text)
    let number = next
    next += 1
    numbers[id] = number
    entries[number] = entry
    if entry.shingles.isEmpty { return }
    byWords[entry.wording.words, default: []].append(number)
    buckets.insert(number, keys: entry.keys)
  }

  /// Takes a text out; whether there was one.
  @discardableResult
  public mutating func remove(_ id: ID) -> Bool {
    guard let number = numbers.removeValue(forKey: id),
      let entry = entries.removeValue(forKey: number)
    else { return false }
    if entry.shingles.isEmpty { return true }
    byWords[entry.wording.words]?.removeAll { $0 == number }
    if byWords[entry.wording.words]?.isEmpty == true { byWords[entry.wording.words] = nil }
    buckets.remove(number, keys: entry.keys)
    return true
  }

  /// The texts that have the same words or reach the threshold, the nearest first, equal ones in the
  /// order of their insertion.
  ///
  /// A text without a word matches nothing. In a crowded bucket the first 64 texts are compared, as
  /// everywhere in Refrain; those with the same words are always found.
  ///
  /// - Parameter limit: how many matches are returned at most.
  public func query(_ text: String, limit: Int = .max) -> [Match] {
    let asked = entry(nil, text)
    if asked.shingles.isEmpty { return [] }
    let table = UnsafeShingleTable()
    // SAFETY: the table copies what it is filled with, and looks other sets up only within the
    // call.
    asked.shingles.withUnsafeBufferPointer { table.fill($0) }
    let equal = Set(byWords[asked.wording.words] ?? [])
    let proposed = equal.union(buckets.candidates(for: asked.keys).items)
    var found: [(number: UInt32, match: Match)] = []
    for number in proposed {
      guard let entry = entries[number], let id = entry.id else { continue }
      let overlap = entry.shingles.withUnsafeBufferPointer { table.overlap($0) }
      guard equal.contains(number) || threshold.isReached(by: overlap) else { continue }
      let reason: PairReason =
        !equal.contains(number)
        ? .near : entry.text.utf8.elementsEqual(text.utf8) ? .identical : .sameWords
      found.append((number, Match(id: id, overlap: overlap, reason: reason)))
    }
    found.sort { a, b in
      // J of a above J of b, as a comparison of integers.
      let left = a.match.overlap.shared * b.match.overlap.union
      let right = b.match.overlap.shared * a.match.overlap.union
      return left != right ? left > right : a.number < b.number
    }
    return found.prefix(limit).map(\.match)
  }

  private func entry(_ id: ID?, _ text: String) -> Entry {
    let sketcher = TextSketcher(width: ngram, plan: plan)
    let shingles = sketcher.shingleSet(text).sorted()
    var keys: [UInt64] = []
    if !shingles.isEmpty { sketcher.appendKeys(to: &keys) }
    return Entry(id: id, text: text, wording: sketcher.wording, shingles: shingles, keys: keys)
  }
}
