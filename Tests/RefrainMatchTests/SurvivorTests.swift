// Who survives: nothing is removed without a kept copy that it was compared with itself, and
// nothing stays that should have gone.

import RefrainMatch
import RefrainModel
import RefrainSketch
import TestSupport
import Testing

struct SurvivorTests {
  /// What every result must hold, whatever was proposed.
  private func check(
    _ removals: [VerifiedPair], _ corpus: SetCorpus, _ threshold: Threshold,
    at location: SourceLocation = #_sourceLocation
  ) {
    let removed = Set(removals.map(\.later))
    #expect(removed.count == removals.count, "one remover each", sourceLocation: location)
    #expect(removals.map(\.later) == removals.map(\.later).sorted(), sourceLocation: location)
    for pair in removals {
      let isKept = !removed.contains(pair.earlier)
      let exact = corpus.overlap(Int(pair.earlier), Int(pair.later))
      guard isKept, pair.earlier < pair.later, pair.overlap == exact, threshold.isReached(by: exact)
      else {
        Issue.record("\(pair), kept \(isKept), exactly \(exact)", sourceLocation: location)
        return
      }
    }
  }

  /// The definition: in order, an item goes when a kept one before it reaches the threshold.
  private func naive(_ corpus: SetCorpus, _ threshold: Threshold) -> [VerifiedPair] {
    var kept: [Int] = []
    var removals: [VerifiedPair] = []
    for item in corpus.sets.indices {
      let overlaps = kept.lazy.map { ($0, corpus.overlap($0, item)) }
      if let (other, overlap) = overlaps.first(where: { threshold.isReached(by: $0.1) }) {
        removals.append(
          VerifiedPair(earlier: UInt32(other), later: UInt32(item), overlap: overlap))
      } else {
        kept.append(item)
      }
    }
    return removals
  }

  @Test(arguments: ["0.3", "0.55", "0.8", "1"], UInt64(0)..<4)
  func withAllCandidatesTheResultIsTheDefinition(threshold text: String, seed: UInt64) throws {
    let threshold = try #require(Threshold(decimal: text))
    let corpus = SetCorpus(items: 400, seed: seed)
    let expected = naive(corpus, threshold)
    for threads in [1, 2, 8] {
      let (removals, counts) = corpus.verifier(threshold, threads: threads).survivors()
      check(removals, corpus, threshold)
      #expect(removals == expected, "\(threads) threads")
      #expect(counts.cutItems == 0)
    }
  }

  @Test(arguments: [1, 3, 64], UInt64(10)..<14)
  func withFewCandidatesNothingIsLost(limit: Int, seed: UInt64) throws {
    let threshold = try #require(Threshold(decimal: "0.6"))
    let corpus = SetCorpus(items: 1500, seed: seed)
    let (expected, counts) = corpus.verifier(threshold, threads: 1, limit: limit).survivors()
    check(expected, corpus, threshold)
    #expect(!expected.isEmpty)
    for threads in [2, 8] {
      let other = corpus.verifier(threshold, threads: threads, limit: limit).survivors()
      #expect(other.removals == expected)
      #expect(other.counts == counts)
    }
    // The memory decides the time, never the result.
    for budget in [0, 10_000] {
      let other = corpus.verifier(threshold, threads: 2, budget: budget, limit: limit).survivors()
      #expect(other.removals == expected)
    }
  }

  /// The definition in band mode: in order, an item goes exactly when an earlier kept one reaches the
  /// threshold that stands among the first so many of a bucket, or has the same words; it names the
  /// first such.
  private func naive(
    _ corpus: SetCorpus, _ threshold: Threshold, limit: Int, words: [Int]
  ) -> [VerifiedPair] {
    var members: [[UInt64: [Int]]] = Array(repeating: [:], count: 4)
    var kept: Set<Int> = []
    var removals: [VerifiedPair] = []
    for (item, set) in corpus.sets.enumerated() {
      var candidates = Set(kept.filter { words[$0] == words[item] })
      let equal = candidates
      for band in 0..<4 {
        let key = SetCorpus.key(set, band)
        candidates.formUnion((members[band][key] ?? []).prefix(limit).filter { kept.contains($0) })
        members[band][key, default: []].append(item)
      }
      let remover = candidates.sorted().first {
        equal.contains($0) || threshold.isReached(by: corpus.overlap($0, item))
      }
      if let remover {
        removals.append(
          VerifiedPair(
            earlier: UInt32(remover), later: UInt32(item), overlap: corpus.overlap(remover, item)))
      } else {
        kept.insert(item)
      }
    }
    return removals
  }

  @Test(arguments: [1, 3, 64], UInt64(30)..<34)
  func candidatesFollowFromKeysAndOrderAlone(limit: Int, seed: UInt64) throws {
    let threshold = try #require(Threshold(decimal: "0.6"))
    var random = SeededGenerator(seed: seed)
    let corpus = SetCorpus(items: 1200, seed: seed)
    // Some items have the words of others and other sentences, so that their sets have nothing to do
    // with each other.
    let words = corpus.sets.indices.map {
      Int.random(in: 0..<4, using: &random) == 0
        ? Int.random(in: 0..<60, using: &random) : 1000 + $0
    }
    let classes = EqualClasses(items: words.count) {
      Wording(words: WordsHash(low: UInt64(words[$0]), high: 0), cut: UInt64($0))
    }
    let expected = naive(corpus, threshold, limit: limit, words: words)
    #expect(expected.contains { !threshold.isReached(by: $0.overlap) })
    for threads in [1, 2, 8] {
      let found = corpus.verifier(threshold, threads: threads, limit: limit, classes: classes)
        .survivors()
      #expect(found.removals == expected, "\(threads) threads")
    }
    // Appending changes nothing before it.
    var shorter = corpus
    shorter.sets.removeLast(400)
    let before = EqualClasses(items: 800) {
      Wording(words: WordsHash(low: UInt64(words[$0]), high: 0), cut: UInt64($0))
    }
    let found = shorter.verifier(threshold, threads: 2, limit: limit, classes: before).survivors()
    #expect(found.removals == expected.filter { $0.later < 800 })
  }

  /// A survivor of every family of equal sets, and one only.
  @Test func oneOfEachFamilyStays() throws {
    var random = SeededGenerator(seed: 77)
    var corpus = SetCorpus(items: 0, seed: 0)
    let families = (0..<40).map { _ in (0..<20).map { _ in random.next() } }
    corpus.sets = (0..<1000).map { _ in random.pick(families) }
    let (removals, _) = corpus.verifier(.documents, threads: 2).survivors()
    check(removals, corpus, .documents)
    #expect(removals.count == 1000 - Set(corpus.sets).count)
  }

  @Test func nothingIsDoneWithNothing() {
    for items in [0, 1] {
      let (removals, counts) = SetCorpus(items: items, seed: 1)
        .verifier(.documents, threads: 2).survivors()
      #expect(removals.isEmpty)
      #expect(counts == VerificationCounts())
    }
  }

  @Test(arguments: ["0.3", "0.55", "0.8", "1"])
  func pairsAreAllPairs(threshold text: String) throws {
    let threshold = try #require(Threshold(decimal: text))
    let corpus = SetCorpus(items: 400, seed: 21)
    var expected: [VerifiedPair] = []
    for later in corpus.sets.indices {
      for earlier in 0..<later {
        let overlap = corpus.overlap(earlier, later)
        if threshold.isReached(by: overlap) {
          expected.append(
            VerifiedPair(earlier: UInt32(earlier), later: UInt32(later), overlap: overlap))
        }
      }
    }
    for threads in [1, 2, 8] {
      let (pairs, counts) = corpus.verifier(threshold, threads: threads).pairs()
      #expect(pairs == expected)
      #expect(counts.accepted == expected.count)
      #expect(counts.compared <= counts.proposed)
    }
    #expect(corpus.verifier(threshold, threads: 1, budget: 0).pairs().pairs == expected)
  }
}
