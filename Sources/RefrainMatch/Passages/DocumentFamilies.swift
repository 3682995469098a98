// Whole documents that repeat each other: said once, and not paragraph by paragraph.

import RefrainIndex
package import RefrainModel
import RefrainSketch

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

  /// Groups the documents of a collection: each joins the first one before it that is no duplicate itself and
  /// that it directly resembles.
  ///
  /// Candidates by MinHash, each verified on exact sets. Linear but for what is verified; band keys, and sets
  /// that are compared often, stay in memory up to `budget` bytes.
  /// - Throws: `unwritable` or `unreadable` where a temporary file fails.
  package init(_ tokens: WordTokens, workers: Workers, budget: Int = 1 << 30) throws(RefrainError) {
    let count = tokens.documentCount
    let plan = BandPlan(threshold: Self.threshold, recall: 0.99)
    let store = KeyStore(budget: budget / 3)
    let sketches = workers.map(
      (count + Self.piece - 1) / Self.piece, state: { FamilySketcher(tokens, plan, store) }
    ) { sketcher, piece -> FamilySketcher.Piece? in
      sketcher.sketch(piece * Self.piece..<min(count, (piece + 1) * Self.piece))
    }
    if let failure = sketches.lazy.compactMap(\.failure).first { throw failure }
    var classes = EqualClasses(items: count) { item in
      sketches[item / Self.piece].wordings[item % Self.piece]
    }
    classes.separate(
      (0..<count).filter { item in
        let first = Int(classes.firstOfWords[item])
        let (own, other) = (tokens.text(item), tokens.text(first))
        return first != item && !own.areSame(0..<own.count, 0..<other.count, of: other)
      }.map { UInt32($0) })
    let buckets = Buckets(
      items: count, keySets: plan.bands, largestSet: count, limit: Buckets.representatives,
      workers: workers
    ) { band, entries in
      var n = 0
      var scratch: [UInt64] = []
      for (index, sketch) in sketches.enumerated() {
        guard let keys = sketch.keys else { continue }
        let start = index * Self.piece
        store.withBand(band, of: keys, count: sketch.wordings.count, scratch: &scratch) { keys in
          for row in keys.indices
          where sketch.wordings[row] != nil && classes.isRepresentative(start + row) {
            // SAFETY: there is room for an entry a document.
            entries.initializeElement(
              at: n, to: KeyedEntry(key: keys[row], id: UInt32(start + row)))
            n += 1
          }
        }
      }
      return n
    }
    store.release()
    try store.requireRead()
    let loader = { TokenShingles(tokens, Self.width) }
    let sets = ShingleStore(
      items: count, budget: budget / 2, workers: workers, loader: loader,
      isNeeded: { buckets.hasCandidates($0) })
    let verifier = Verifier(
      items: count, buckets: buckets, classes: classes, store: sets, threshold: Self.threshold,
      workers: workers, loader: loader, progress: { _ in })
    var first = Array(0..<count)
    var overlaps = [Overlap?](repeating: nil, count: count)
    for pair in verifier.survivors().removals {
      first[Int(pair.later)] = Int(pair.earlier)
      overlaps[Int(pair.later)] = pair.overlap
    }
    for item in 0..<count where !classes.isRepresentative(item) {
      // The same words in the same sentences: the same shingles, and the same figures with any other.
      let representative = Int(classes.firstOfWording[item])
      first[item] = first[representative]
      let n = max(1, tokens.text(item).count)
      overlaps[item] = overlaps[representative] ?? Overlap(shared: n, left: n, right: n)
    }
    self.first = first
    self.overlaps = overlaps
  }

  /// Documents that a worker sketches at a time.
  private static let piece = 512
  fileprivate static var shingleWidth: Int { width }

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

/// Wordings and band keys of documents: what families are proposed by.
private final class FamilySketcher {
  /// Of some documents.
  struct Piece: Sendable {
    /// nil for a document without a word.
    var wordings: [Wording?] = []
    var keys: KeyStore.Keys?
    var failure: RefrainError?
  }

  private let shingles: TokenShingles
  private let plan: BandPlan
  private let hasher: MinHasher
  private let store: KeyStore
  private var signature: [UInt32]

  init(_ tokens: WordTokens, _ plan: BandPlan, _ store: KeyStore) {
    shingles = TokenShingles(tokens, DocumentFamilies.shingleWidth)
    self.plan = plan
    self.store = store
    hasher = MinHasher(slots: plan.slots)
    signature = [UInt32](repeating: 0, count: plan.slots)
  }

  func sketch(_ documents: Range<Int>) -> Piece {
    var piece = Piece()
    var keys = [UInt64](repeating: 0, count: documents.count * plan.bands)
    var own = [UInt64](repeating: 0, count: plan.bands)
    for (row, document) in documents.enumerated() {
      let grams = shingles.load(document)
      piece.wordings.append(shingles.wording)
      if grams.isEmpty { continue }
      signature.withUnsafeMutableBufferPointer { signature in
        own.withUnsafeMutableBufferPointer { own in
          // SAFETY: the signature has `plan.slots` elements and the keys `plan.bands`.
          guard let slots = signature.baseAddress, let target = own.baseAddress else { return }
          hasher.sketch(grams, into: slots)
          plan.writeKeys(of: slots, to: target)
        }
      }
      // Band by band, as the store wants them.
      for band in 0..<plan.bands { keys[band * documents.count + row] = own[band] }
    }
    do throws(RefrainError) {
      piece.keys = try store.add(keys)
    } catch {
      piece.failure = error
    }
    return piece
  }
}

/// The shingles of a collection's documents.
private final class TokenShingles: ShingleLoader {
  private let tokens: WordTokens
  private let shingler: Shingler
  /// The words of the document that was loaded last, and where its sentences begin.
  private var words: [UInt64] = []
  private var sentences: [UInt32] = []

  init(_ tokens: WordTokens, _ width: Int) {
    self.tokens = tokens
    shingler = Shingler(width: width)
  }

  func load(_ item: Int) -> UnsafeBufferPointer<UInt64> {
    let text = tokens.text(item)
    text.copy(into: &words, sentences: &sentences)
    return shingler.shingle(words, sentences: sentences)
  }

  /// The wording of the document that was loaded last; nil where it has no word.
  var wording: Wording? {
    if words.isEmpty { return nil }
    // SAFETY: the bytes are hashed within the closures.
    return words.withUnsafeBytes { words in
      sentences.withUnsafeBytes { Wording(words: words, sentences: $0) }
    }
  }
}
