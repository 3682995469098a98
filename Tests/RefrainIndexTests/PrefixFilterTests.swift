// The exact mode misses no pair: prefix candidates against all pairs.

import RefrainIndex
import RefrainModel
import TestSupport
import Testing

struct PrefixFilterTests {
  /// Random sets, many of them edited copies of others, with some common shingles.
  private func sets(_ count: Int, _ random: inout SeededGenerator) -> [[UInt64]] {
    let common = (0..<20).map { _ in random.next() }
    var sets: [[UInt64]] = []
    for index in 0..<count {
      var set: Set<UInt64> = []
      if index > 0, index % 3 != 0 {
        set = Set(random.pick(sets).filter { _ in Int.random(in: 0..<10, using: &random) > 1 })
      }
      for _ in 0..<Int.random(in: 0...12, using: &random) { set.insert(random.next()) }
      for _ in 0..<Int.random(in: 0...6, using: &random) { set.insert(random.pick(common)) }
      sets.append(set.sorted())
    }
    return sets
  }

  @Test(arguments: ["0.05", "0.3", "0.5", "0.55", "0.7", "0.8", "0.95", "1"])
  func missesNoPair(threshold text: String) throws {
    let threshold = try #require(Threshold(decimal: text))
    for seed in UInt64(0)..<6 {
      var random = SeededGenerator(seed: seed)
      let sets = sets(150, &random)
      let flat = sets.flatMap { $0 }
      var starts = [0]
      for set in sets { starts.append(starts[starts.count - 1] + set.count) }
      flat.withUnsafeBufferPointer { memory in
        let buckets = PrefixFilter.buckets(
          items: sets.count, threshold: threshold, workers: Workers(threads: 2)
        ) { UnsafeBufferPointer(rebasing: memory[starts[$0]..<starts[$0 + 1]]) }
        var marks = CandidateMarks(items: sets.count)
        var found: [UInt32] = []
        var missed = 0
        for (b, right) in sets.enumerated() {
          let cut = buckets.collect(before: b, marks: &marks, into: &found)
          if cut != 0 { missed += 1 }
          for (a, left) in sets[..<b].enumerated() {
            let shared = Set(left).intersection(right).count
            let overlap = Overlap(shared: shared, left: left.count, right: right.count)
            if threshold.isReached(by: overlap), !found.contains(UInt32(a)) { missed += 1 }
          }
        }
        #expect(missed == 0, "seed \(seed)")
      }
    }
  }

  /// Sets whose similarity is the threshold itself, for every size: where `ceil(t * n)` in floating
  /// point goes wrong.
  @Test(arguments: [(11, 20), (55, 100), (7, 10), (29, 50), (1, 3), (4, 5)])
  func pairsAtTheThresholdItself(numerator: Int, denominator: Int) throws {
    let threshold = try #require(Threshold(numerator, over: denominator))
    var random = SeededGenerator(seed: 3)
    for factor in 1...8 {
      // A subset of numerator * factor elements of a set of denominator * factor.
      let all = (0..<(denominator * factor)).map { _ in random.next() }
      let part = Array(all.shuffled(using: &random)[..<(numerator * factor)])
      let flat = all + part
      flat.withUnsafeBufferPointer { memory in
        let buckets = PrefixFilter.buckets(
          items: 2, threshold: threshold, workers: Workers(threads: 1)
        ) { UnsafeBufferPointer(rebasing: $0 == 0 ? memory[..<all.count] : memory[all.count...]) }
        var marks = CandidateMarks(items: 2)
        var found: [UInt32] = []
        _ = buckets.collect(before: 1, marks: &marks, into: &found)
        #expect(found == [0], "\(numerator * factor) of \(denominator * factor)")
      }
    }
  }
}
