// What the tests of this module share: shingle sets in memory, and corpora with near-duplicates.

import RefrainIndex
import RefrainMatch
import RefrainModel
import TestSupport

/// Hands out shingle sets that lie in memory.
final class SetLoader: ShingleLoader {
  private let memory: UnsafeMutableBufferPointer<UInt64>
  private let starts: [Int]

  init(_ sets: [[UInt64]]) {
    let flat = sets.flatMap { $0 }
    memory = .allocate(capacity: flat.count)
    _ = memory.initialize(from: flat)
    starts = sets.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
  }

  deinit { memory.deallocate() }

  func load(_ item: Int) -> UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(rebasing: memory[starts[item]..<starts[item + 1]])
  }
}

/// Sets of shingles as a corpus of items.
struct SetCorpus: Sendable {
  var sets: [[UInt64]] = []

  /// Families of edited copies in random order; `repeats` puts some shingles in twice.
  init(items: Int, seed: UInt64, repeats: Bool = true) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<items {
      var set = Set((0..<Int.random(in: 1...30, using: &random)).map { _ in random.next() })
      if !sets.isEmpty, Int.random(in: 0..<4, using: &random) > 0 {
        let kept = Int.random(in: 7...10, using: &random)
        set = Set(random.pick(sets).filter { _ in Int.random(in: 0..<10, using: &random) < kept })
        for _ in 0..<Int.random(in: 0...3, using: &random) { set.insert(random.next()) }
      }
      var list = set.sorted()
      if repeats { list += list.filter { _ in Int.random(in: 0..<6, using: &random) == 0 } }
      sets.append(list)
    }
  }

  func overlap(_ a: Int, _ b: Int) -> Overlap {
    let left = Set(sets[a])
    let right = Set(sets[b])
    return Overlap(
      shared: left.intersection(right).count, left: left.count, right: right.count)
  }

  /// The least shingle under one of four orders: a band of a one-row MinHash.
  static func key(_ set: [UInt64], _ band: Int) -> UInt64 {
    set.map { ($0 ^ UInt64(band + 1) &* 0x9E37_79B9_7F4A_7C15) &* 0xBF58_476D_1CE4_E5B9 }.min() ?? 0
  }

  /// A verifier over all pairs that share a prefix (`limit` nil), or over buckets by single
  /// shingles with a limit, of which `stride` decides how many there are.
  func verifier(
    _ threshold: Threshold, threads: Int, budget: Int = .max, limit: Int? = nil,
    classes: EqualClasses? = nil
  ) -> Verifier {
    let workers = Workers(threads: threads)
    let sets = self.sets
    let unique = SetLoader(sets.map { Set($0).sorted() })
    let buckets: Buckets
    if let limit {
      // Four bands by the least shingles under four orders: a one-row MinHash.
      buckets = Buckets(
        items: sets.count, keySets: 4, largestSet: sets.count, limit: limit, workers: workers
      ) { band, entries in
        var n = 0
        for item in sets.indices where classes?.isRepresentative(item) != false {
          entries.initializeElement(
            at: n, to: KeyedEntry(key: Self.key(sets[item], band), id: UInt32(item)))
          n += 1
        }
        return n
      }
    } else {
      buckets = withExtendedLifetime(unique) {
        PrefixFilter.buckets(items: sets.count, threshold: threshold, workers: workers) {
          unique.load($0)
        }
      }
    }
    let store = ShingleStore(
      items: sets.count, budget: budget, workers: workers, loader: { SetLoader(sets) },
      isNeeded: { buckets.hasCandidates($0) })
    return Verifier(
      items: sets.count, buckets: buckets, classes: classes, store: store, threshold: threshold,
      workers: workers,
      loader: { SetLoader(sets) }, progress: { _ in })
  }
}
