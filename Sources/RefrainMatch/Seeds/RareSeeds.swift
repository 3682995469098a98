// Seeds: runs of words that stand in few documents, from each text in one pass.

import CKernels
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

  /// Postings of a partition, about.
  private let partitionSize: Int
  /// Partitions that are made at a time at least, whatever the budget: 32 MiB.
  private static let leastPartitions = 64

  init(
    _ tokens: WordTokens, family: [Int], workers: Workers, budget: Int, partitionSize: Int,
    progress: @escaping Progress.Handler
  ) {
    self.tokens = tokens
    self.family = family
    self.workers = workers
    self.budget = budget
    self.partitionSize = partitionSize
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
      try pair(length, only: hot, hits, next)
      hot = next
      if let hot, hot.isEmpty { break }
    }
    try hits.store.requireWhole()
    return hits
  }

  /// Hits of the rare runs of a length; hot ones go to `next`, or are linked where there is none.
  ///
  /// Runs are taken by their hashes, as many partitions of them at a time as the budget has room for. To hash all
  /// of them again for the next ones takes less time than to write them to a file and to read them back.
  private func pair(
    _ length: Int, only hot: WordSet?, _ hits: SeedHits, _ next: WordSet?
  ) throws(RefrainError) {
    let expected = hot?.count ?? tokens.wordCount
    var bits: UInt64 = 0
    while expected >> Int(bits) > partitionSize, bits < 16 { bits += 1 }
    let all = 1 << Int(bits)
    let bytes = max(1, expected >> Int(bits)) * MemoryLayout<UInt64>.stride
    let atATime = min(all, max(Self.leastPartitions, budget / 2 / bytes))
    let store = PartitionedValues(partitions: atATime, budget: .max)
    let contexts = length < Self.longEnough ? SeedContexts(tokens) : nil
    for first in stride(from: 0, to: all, by: atATime) {
      let partitions = first..<min(all, first + atATime)
      post(length, only: hot, partitions, bits, store)
      workers.forEach(
        partitions.count,
        state: { SeedPairing(tokens, family, length, contexts, hits, next) },
        finish: { $0.flush() }
      ) { pairing, partition in
        progress(Progress(stage: .bucketing, done: first + partition, total: all))
        store.take(partition, scratch: pairing.scratch) { pairing.pair($0) }
      }
    }
  }

  /// Posts the runs of so many words whose hashes are of these partitions: what is left of the hash, and below it
  /// where the run stands; of those that were hot, where there are any.
  private func post(
    _ length: Int, only hot: WordSet?, _ partitions: Range<Int>, _ bits: UInt64,
    _ store: PartitionedValues
  ) {
    guard let words = tokens.words.baseAddress else { return }
    let pieces = pieces()
    workers.forEach(pieces.count, state: { Posting(store, bits) }, finish: { $0.flush() }) {
      posting, piece in
      for document in pieces[piece] {
        let range = tokens.range(of: document)
        guard range.count >= length else { continue }
        let starts = range.lowerBound..<(range.upperBound - length + 1)
        if let hot {
          hot.forEach(in: starts) { posting.hash(words, from: $0, length: length) }
        } else {
          posting.hash(words, starts, length: length)
        }
        posting.post(partitions)
      }
    }
  }

  /// One worker's tools: hashes of the runs of a document, and where each begins.
  private struct Posting {
    private let writer: PartitionWriter
    private let bits: UInt64
    private var hashes: [UInt64] = []
    private var starts: [UInt32] = []
    private var selected: [UInt32] = []

    init(_ store: PartitionedValues, _ bits: UInt64) {
      writer = PartitionWriter(store)
      self.bits = bits
    }

    /// Hashes the run that begins at a word.
    @inline(__always)
    mutating func hash(_ words: UnsafePointer<UInt32>, from start: Int, length: Int) {
      // SAFETY: the run lies in a document.
      hashes.append(refrain_run_hash(words + start, length))
      starts.append(UInt32(truncatingIfNeeded: start))
    }

    /// Hashes the runs that begin at these words.
    mutating func hash(_ words: UnsafePointer<UInt32>, _ range: Range<Int>, length: Int) {
      hashes.append(contentsOf: repeatElement(0, count: range.count))
      // SAFETY: the runs lie in a document, and there is room for a hash of each.
      refrain_run_hashes(words + range.lowerBound, range.count, length, &hashes)
      for start in range { starts.append(UInt32(truncatingIfNeeded: start)) }
    }

    /// Hands over the runs of some partitions, and forgets all.
    mutating func post(_ partitions: Range<Int>) {
      if selected.count < hashes.count {
        selected = [UInt32](repeating: 0, count: hashes.count * 2)
      }
      // SAFETY: there is room for the number of each hash.
      let found = refrain_select_hashes(
        hashes, hashes.count, UInt32(bits), UInt64(partitions.lowerBound),
        UInt64(partitions.count), &selected)
      for index in selected[..<found] {
        let hash = hashes[Int(index)]
        // A shift by 64 gives 0.
        let partition = Int(truncatingIfNeeded: hash >> (64 - bits)) - partitions.lowerBound
        writer.append((hash >> 8) << 32 | UInt64(starts[Int(index)]), to: partition)
      }
      hashes.removeAll(keepingCapacity: true)
      starts.removeAll(keepingCapacity: true)
    }

    func flush() { writer.flush() }
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
