// Quality on a seeded corpus whose pairs are known: the exact mode finds all, the default what it
// promises, and the numbers are written down so that none of them slips unseen.

import RefrainCorpus
import RefrainModel
import RefrainSketch
import TestSupport
import Testing

struct QualityTests {
  /// 2,000 originals of 60 to 160 words, each with one copy in which some words are replaced, so
  /// that the similarities of the pairs spread over the whole range.
  private static func edited() throws -> TextCorpus {
    var prose = RandomProse(seed: 2024)
    var texts: [String] = []
    for number in 0..<2000 {
      let count = Int.random(in: 60...160, using: &prose.random)
      let words = prose.words(count)
      let copy = prose.edited(words, changes: 1 + number % (count / 8))
      texts.append(RandomProse.text(words))
      texts.append(RandomProse.text(copy))
    }
    return try TextCorpus(texts)
  }

  private func truth(_ overlaps: [[Int]: Overlap], _ threshold: Threshold) -> Set<[Int]> {
    Set(overlaps.filter { threshold.isReached(by: $0.value) }.keys)
  }

  /// The counts were recorded from a run, not derived: the first of each row follows from the
  /// corpus and the word rules, the second from the hashes too.
  ///
  /// A change of either is a change of the scheme.
  @Test func knownPairsAreFound() throws {
    let corpus = try Self.edited()
    let overlaps = corpus.overlaps()
    for (text, all, found) in [("0.8", 310, 309), ("0.5", 1203, 1201)] {
      let threshold = try #require(Threshold(decimal: text))
      let truth = truth(overlaps, threshold)
      #expect(truth.count == all, "threshold \(text)")
      let exact = try corpus.pairs {
        $0.threshold = threshold
        $0.exhaustive = true
      }
      #expect(exact == truth, "threshold \(text), exact")
      let banded = try corpus.pairs { $0.threshold = threshold }
      #expect(banded.isSubset(of: truth), "threshold \(text)")
      #expect(banded.count == found, "threshold \(text), default")
      // What the default promises of a pair at the threshold holds for all of them together.
      #expect(Double(banded.count) >= 0.99 * Double(truth.count), "threshold \(text)")
    }
  }

  /// The pairs found under a narrow plan are as many as its curve predicts for their similarities.
  @Test func theCurveHoldsFromEndToEnd() throws {
    let corpus = try Self.edited()
    let threshold = try #require(Threshold(decimal: "0.5"))
    let truth = truth(corpus.overlaps(), threshold)
    let overlaps = corpus.overlaps()
    for (bands, rows) in [(16, 8), (8, 16), (5, 5)] {
      let plan = try #require(BandPlan(bands: bands, rows: rows))
      let found = try corpus.pairs {
        $0.threshold = threshold
        $0.plan = plan
      }
      #expect(found.isSubset(of: truth))
      let chances = truth.map { plan.probability(at: overlaps[$0]?.jaccard ?? 0) }
      let expected = chances.reduce(0, +)
      let deviation = chances.reduce(0) { $0 + $1 * (1 - $1) }.squareRoot()
      #expect(
        abs(Double(found.count) - expected) <= 3 * deviation,
        "\(bands) x \(rows): \(found.count), expected \(expected) ± \(deviation)")
    }
  }

  /// Every removed record has a kept one; of each family at least one stays.
  @Test func survivorsOfTheKnownPairs() throws {
    let corpus = try Self.edited()
    let truth = truth(corpus.overlaps(), .documents)
    let exact = try corpus.dedup { $0.exhaustive = true }
    // Families are pairs here, so each true pair loses its second record.
    #expect(exact.removed == truth.count)
    #expect(exact.kept == corpus.texts.count - truth.count)
    let banded = try corpus.dedup()
    #expect(banded.kept >= exact.kept)
    #expect(banded.plan == BandPlan(threshold: .documents, recall: 0.99))
    #expect(exact.plan == nil)
  }
}
