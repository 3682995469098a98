// Seeds: runs of words that stand in few documents, from each text in one pass.

import RefrainIndex
import RefrainModel

/// Places where two documents hold the same rare run of words.
///
/// A seed is a run of three words that stands in at most `most` documents. A run that stands in more is hot,
/// and is lengthened in place, to the next of `lengths`, until it is rare; one that is still hot at the last
/// length is linked to the two places before it and to the first, so that hits stay linear. Words are taken
/// as they are, stop words and numbers included. A text of one family counts as its first text that has the
/// run. The passages that this finds are those that share a rare run, and, of the last length, all.
/// O(words) values of 8 bytes sorted for the first length, those of hot runs for the others, and up to
/// `most`^2 / 2 hits for each rare run.
struct RareSeeds {
  /// Words of a seed: what it is lengthened to.
  static let lengths = [3, 4, 6, 9, 14, VerbatimRuns.leastWords]
  /// A seed lies in so many documents at most, a family counted once.
  static let most = 10

  /// A run of fewer words is a seed of two documents only where its surroundings agree.
  private static let longEnough = 9

  private let tokens: WordTokens
  /// For each document the one that speaks for its family.
  private let family: [Int]
  private let workers: Workers
  private let budget: Int
  private let progress: Progress.Handler

  /// Values of a partition, about: 8 MiB to sort.
  private static let partitionSize = 1 << 20

  init(
    _ tokens: WordTokens, family: [Int], workers: Workers, budget: Int,
    progress: @escaping Progress.Handler
  ) {
    self.tokens = tokens
    self.family = family
    self.workers = workers
    self.budget = budget
    self.progress = progress
  }

  /// The hits, in partitions by where the earlier document stands; each is the place of a word in the earlier
  /// document, and below it the one in the later.
  func hits() throws(RefrainError) -> SeedHits {
    let hits = SeedHits(words: tokens.wordCount, budget: budget / 2)
    var hot: WordSet?
    for (index, length) in Self.lengths.enumerated() {
      let isLast = index == Self.lengths.count - 1
      let next = isLast ? nil : WordSet(tokens.wordCount)
      let postings = postings(of: length, only: hot)
      pair(postings, length, hits, next)
      try postings.requireWhole()
      hot = next
      if let hot, hot.isEmpty { break }
    }
    try hits.store.requireWhole()
    return hits
  }

  /// The hash of each run of so many words, and where it stands; of those that were hot, where there are any.
  private func postings(of length: Int, only hot: WordSet?) -> PartitionedValues {
    let expected = hot?.count ?? tokens.wordCount
    var bits: UInt64 = 0
    while expected >> Int(bits) > Self.partitionSize, bits < 12 { bits += 1 }
    let store = PartitionedValues(partitions: 1 << Int(bits), budget: budget / 2)
    let pieces = pieces()
    workers.forEach(pieces.count, state: { PartitionWriter(store) }) { writer, piece in
      let words = tokens.words
      for document in pieces[piece] {
        let range = tokens.range(of: document)
        guard range.count >= length else { continue }
        for start in range.lowerBound...(range.upperBound - length) {
          if let hot, !hot.contains(start) { continue }
          var hash: UInt64 = 0
          for i in start..<(start + length) {
            hash = (hash ^ UInt64(words[i] >> 4)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
          }
          hash = hash &* 0xD6E8_FEB8_6659_FD93
          let partition = bits == 0 ? 0 : Int(truncatingIfNeeded: hash >> (64 - bits))
          writer.append(
            (hash >> 8) << 32 | UInt64(truncatingIfNeeded: start), to: partition)
        }
      }
      writer.flush()
    }
    return store
  }

  /// Documents by pieces of about 64 Ki words.
  private func pieces() -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    var first = 0
    for document in 0..<tokens.documentCount
    where tokens.starts[document + 1] - tokens.starts[first] >= 1 << 16
      || document == tokens.documentCount - 1
    {
      pieces.append(first..<(document + 1))
      first = document + 1
    }
    return pieces
  }

  /// Hits of rare runs; hot ones go to `next`, or are linked where there is none.
  private func pair(
    _ postings: PartitionedValues, _ length: Int, _ hits: SeedHits, _ next: WordSet?
  ) {
    let contexts = length < Self.longEnough ? SeedContexts(tokens) : nil
    workers.forEach(
      postings.partitions, state: { Pairing(tokens, family, length, contexts, hits, next) }
    ) {
      pairing, partition in
      progress(Progress(stage: .bucketing, done: partition, total: postings.partitions))
      postings.take(partition, scratch: pairing.scratch) { pairing.pair($0) }
      pairing.flush()
    }
  }

  /// One worker's tools: an object, for a value would be copied for each run of equal keys.
  private final class Pairing {
    let scratch = ValueScratch()
    private let sorter = ValueSorter()
    private let tokens: WordTokens
    private let family: [Int]
    private let hits: SeedHits
    private let writer: PartitionWriter
    private let next: WordSet?
    private let length: Int
    /// nil where a run of this length needs nothing else in common.
    private let contexts: SeedContexts?
    private var surroundings: [SeedContext] = []
    private var hot: [UInt32] = []
    private var places: [(word: UInt32, family: UInt32)] = []

    init(
      _ tokens: WordTokens, _ family: [Int], _ length: Int, _ contexts: SeedContexts?,
      _ hits: SeedHits, _ next: WordSet?
    ) {
      self.length = length
      self.contexts = contexts
      self.tokens = tokens
      self.family = family
      self.hits = hits
      self.next = next
      writer = PartitionWriter(hits.store)
    }

    /// Values ahead whose places are fetched.
    private static let foresight = 48

    func pair(_ values: UnsafeMutableBufferPointer<UInt64>) {
      sorter.sort(values, from: 32, to: 64)
      var i = 0
      var ahead = 0
      while i < values.count {
        let key = values[i] >> 32
        if let contexts {
          // Places of keys that come again are looked up soon, all over the collection.
          while ahead < min(values.count, i + Self.foresight) {
            let isShared =
              ahead > 0 && values[ahead - 1] >> 32 == values[ahead] >> 32
              || ahead + 1 < values.count && values[ahead + 1] >> 32 == values[ahead] >> 32
            if isShared { contexts.prefetch(Int(truncatingIfNeeded: values[ahead] & 0xFFFF_FFFF)) }
            ahead += 1
          }
        }
        var end = i + 1
        while end < values.count, values[end] >> 32 == key { end += 1 }
        if end - i > 1 { take(UnsafeMutableBufferPointer(rebasing: values[i..<end])) }
        i = end
      }
    }

    private func take(_ run: UnsafeMutableBufferPointer<UInt64>) {
      if run.count > 4 * RareSeeds.most, let next {
        lengthen(run, next)
        return
      }
      // Few places are never hot, and most of them have nothing else in common.
      if run.count <= RareSeeds.most, let contexts, !agree(run, contexts) { return }
      var run = run
      run.sort()
      // One place a family: the first.
      places.removeAll(keepingCapacity: true)
      var last: UInt32 = .max
      // A run that comes again at once is of a stretch that repeats itself, whose surroundings say little.
      var isPeriodic = false
      var lastWord: UInt32 = 0
      var families = 0
      for value in run {
        let word = UInt32(truncatingIfNeeded: value)
        let document = tokens.document(of: Int(word))
        isPeriodic = isPeriodic || word - lastWord <= UInt32(SeedContexts.reach) && lastWord != 0
        lastWord = word
        if UInt32(document) == last { continue }
        last = UInt32(document)
        let own = UInt32(family[document])
        if families <= RareSeeds.most, places.contains(where: { $0.family == own }) { continue }
        if let before = places.last, before.family == own { continue }
        places.append((word, own))
        families += 1
      }
      if places.count < 2 { return }
      if places.count <= RareSeeds.most {
        surroundings.removeAll(keepingCapacity: true)
        if let contexts {
          for place in places {
            surroundings.append(contexts.context(of: Int(place.word), length: length))
          }
        }
        for j in 1..<places.count {
          for i in 0..<j
          where contexts == nil || isPeriodic
            || surroundings[i].agrees(with: surroundings[j])
          {
            append(places[i].word, places[j].word)
          }
        }
      } else if let next {
        lengthen(run, next)
      } else {
        for j in 1..<places.count {
          append(places[j - 1].word, places[j].word)
          if j > 1 { append(places[j - 2].word, places[j].word) }
          if j > 2 { append(places[0].word, places[j].word) }
        }
      }
    }

    /// Whether the surroundings of any two places agree.
    private func agree(
      _ run: UnsafeMutableBufferPointer<UInt64>, _ contexts: SeedContexts
    ) -> Bool {
      surroundings.removeAll(keepingCapacity: true)
      for value in run {
        let place = Int(truncatingIfNeeded: value & 0xFFFF_FFFF)
        let context = contexts.context(of: place, length: length)
        if surroundings.contains(where: { $0.agrees(with: context) }) { return true }
        surroundings.append(context)
      }
      return false
    }

    private func lengthen(_ run: UnsafeMutableBufferPointer<UInt64>, _ next: WordSet) {
      for value in run { hot.append(UInt32(truncatingIfNeeded: value)) }
      if hot.count > 1 << 16 {
        next.insert(hot)
        hot.removeAll(keepingCapacity: true)
      }
    }

    @inline(__always)
    private func append(_ a: UInt32, _ b: UInt32) {
      writer.append(UInt64(a) << 32 | UInt64(b), to: hits.partition(of: a))
    }

    func flush() {
      next?.insert(hot)
      hot.removeAll(keepingCapacity: true)
      writer.flush()
    }
  }
}

/// Pairs of words where two documents go along for a seed's length, in partitions by the first word.
struct SeedHits: Sendable {
  let store: PartitionedValues
  private let shift: UInt32

  init(words: Int, budget: Int) {
    var shift: UInt32 = 0
    while words >> Int(shift) >= 1 << 8 { shift += 1 }
    self.shift = shift
    store = PartitionedValues(partitions: 1 << 8, budget: budget)
  }

  @inline(__always)
  func partition(of word: UInt32) -> Int { Int(word >> shift) }
}
