// Whole documents that repeat each other: said once, and not paragraph by paragraph.

import RefrainIndex
package import RefrainModel
import RefrainSketch
package import RefrainText

/// Texts grouped by whole-text likeness.
package struct DocumentFamilies: Sendable {
  /// Texts whose word 5-grams overlap by half or more are duplicates: two thirds of either are in
  /// the other, and a finding a paragraph would say the same thirty times.
  package static let threshold = Threshold.half
  /// The n of the word n-grams.
  private static let width = 5

  /// For each text the one that speaks for its family: the first like it, or itself.
  package private(set) var first: [Int]
  /// For each text that is not the first of its family, its overlap with the first.
  package private(set) var overlaps: [Overlap?]

  /// Families of one text each.
  package init(single count: Int) {
    first = Array(0..<count)
    overlaps = [Overlap?](repeating: nil, count: count)
  }

  /// Groups texts: each joins the first text before it that is no duplicate itself and that it
  /// directly resembles.
  ///
  /// Candidates by MinHash, each verified on exact sets.
  package init(_ texts: [AnalyzedText], workers: Workers) {
    let classes = Self.classes(texts)
    let plan = BandPlan(threshold: Self.threshold, recall: 0.99)
    let hasher = MinHasher(slots: plan.slots)
    let keys = workers.map(texts.count, state: { TextShingles(texts, Self.width) }) {
      loader, item -> [UInt64]? in
      let shingles = loader.load(item)
      if shingles.isEmpty || !classes.isRepresentative(item) { return [] }
      let signature = hasher.sketch(Array(shingles))
      var keys = [UInt64](repeating: 0, count: plan.bands)
      signature.withUnsafeBufferPointer { signature in
        keys.withUnsafeMutableBufferPointer { keys in
          // SAFETY: the signature has `plan.slots` elements and the keys `plan.bands`.
          if let slots = signature.baseAddress, let target = keys.baseAddress {
            plan.writeKeys(of: slots, to: target)
          }
        }
      }
      return keys
    }
    let buckets = Buckets(
      items: texts.count, keySets: plan.bands, largestSet: texts.count,
      limit: Buckets.representatives, workers: workers
    ) { band, entries in
      var n = 0
      for item in texts.indices where !keys[item].isEmpty {
        // SAFETY: there is room for an entry a text.
        entries.initializeElement(at: n, to: KeyedEntry(key: keys[item][band], id: UInt32(item)))
        n += 1
      }
      return n
    }
    let loader = { TextShingles(texts, Self.width) }
    let store = ShingleStore(
      items: texts.count, budget: 1 << 30, workers: workers, loader: loader,
      isNeeded: { buckets.hasCandidates($0) })
    let verifier = Verifier(
      items: texts.count, buckets: buckets, classes: classes, store: store,
      threshold: Self.threshold,
      workers: workers, loader: loader, progress: { _ in })
    var first = Array(texts.indices)
    var overlaps = [Overlap?](repeating: nil, count: texts.count)
    for pair in verifier.survivors().removals {
      first[Int(pair.later)] = Int(pair.earlier)
      overlaps[Int(pair.later)] = pair.overlap
    }
    for item in texts.indices where !classes.isRepresentative(item) {
      // The same words in the same sentences: the same shingles, and the same figures with any other.
      let representative = Int(classes.firstOfWording[item])
      first[item] = first[representative]
      let n = max(1, texts[item].words.count)
      overlaps[item] = overlaps[representative] ?? Overlap(shared: n, left: n, right: n)
    }
    self.first = first
    self.overlaps = overlaps
  }

  /// The texts with equal words, compared word by word.
  private static func classes(_ texts: [AnalyzedText]) -> EqualClasses {
    var classes = EqualClasses(items: texts.count) { item in
      let text = texts[item]
      if text.words.isEmpty { return nil }
      // SAFETY: the bytes are hashed within the closures.
      return text.words.withUnsafeBytes { words in
        text.sentenceStarts.withUnsafeBytes { Wording(words: words, sentences: $0) }
      }
    }
    classes.separate(
      texts.indices.filter { item in
        let first = classes.firstOfWords[item]
        return first != item && texts[item].words != texts[Int(first)].words
      }.map { UInt32($0) })
    return classes
  }

  /// Makes each of these texts a family of its own, so that it is compared passage by passage.
  package mutating func release(_ texts: some Sequence<Int>) {
    for text in texts {
      first[text] = text
      overlaps[text] = nil
    }
  }

  /// For each text the texts of its family that come before it, the first so many of them.
  ///
  /// O(texts).
  package func earlierRelatives(atMost limit: Int) -> [[Int]] {
    var members: [Int: [Int]] = [:]
    return first.indices.map { text in
      let earlier = members[first[text], default: []]
      if earlier.count < limit { members[first[text], default: []].append(text) }
      return earlier
    }
  }

  /// The families of two texts and more: the first, then the others, in order.
  package var groups: [[Int]] {
    var members: [Int: [Int]] = [:]
    for (text, first) in first.enumerated() where text != first {
      members[first, default: [first]].append(text)
    }
    return members.values.sorted { $0[0] < $1[0] }
  }
}

/// The shingles of analysed texts.
private final class TextShingles: ShingleLoader {
  private let texts: [AnalyzedText]
  private let shingler: Shingler

  init(_ texts: [AnalyzedText], _ width: Int) {
    self.texts = texts
    shingler = Shingler(width: width)
  }

  func load(_ item: Int) -> UnsafeBufferPointer<UInt64> { shingler.shingle(texts[item]) }
}
