// What two texts share word for word: maximal runs, joined over a few changed words.

import RefrainIndex
import RefrainText

/// A stretch that two texts share almost word for word.
struct VerbatimChain: Hashable {
  var a: Range<Int>
  var b: Range<Int>
  /// Words of its longest run.
  var longest: Int
  /// Words of all its runs.
  var covered: Int
}

/// Finds verbatim stretches.
enum VerbatimChains {
  /// A chain must hold a run of this many words.
  static let leastRun = 25
  /// Words that may differ between two runs of a chain, on either side.
  private static let gap = 4
  /// How often one 8-gram is looked up, at most.
  private static let lookups = 64

  /// The chains with a run of `leastRun` words or more, in order, none inside another on either
  /// side.
  ///
  /// O(8-grams + matches * chains near).
  static func find(
    _ a: ComparedText, _ b: ComparedText, leastRun: Int = leastRun
  ) -> [VerbatimChain] {
    let chains = chain(runs(a, b)).filter { $0.longest >= leastRun }
    let byCover = chains.sorted {
      $0.covered != $1.covered
        ? $0.covered > $1.covered
        : ($0.a.lowerBound, $0.b.lowerBound) < ($1.a.lowerBound, $1.b.lowerBound)
    }
    var kept: [VerbatimChain] = []
    for chain in byCover {
      let isInside = kept.contains {
        $0.a.lowerBound <= chain.a.lowerBound && chain.a.upperBound <= $0.a.upperBound
          || $0.b.lowerBound <= chain.b.lowerBound && chain.b.upperBound <= $0.b.upperBound
      }
      if !isInside { kept.append(chain) }
    }
    return kept.sorted { ($0.a.lowerBound, $0.b.lowerBound) < ($1.a.lowerBound, $1.b.lowerBound) }
  }

  /// The maximal equal runs of eight words or more, by start.
  private static func runs(_ a: ComparedText, _ b: ComparedText) -> [VerbatimChain] {
    let wordsA = a.text.words
    let wordsB = b.text.words
    var starts: [Seed] = []
    var i = 0
    var j = 0
    while i < a.grams.count, j < b.grams.count {
      let hash = a.grams[i].key
      if hash < b.grams[j].key {
        i += 1
      } else if hash > b.grams[j].key {
        j += 1
      } else {
        var end = j
        while end < b.grams.count, b.grams[end].key == hash { end += 1 }
        while i < a.grams.count, a.grams[i].key == hash {
          let placeA = Int(a.grams[i].id)
          for k in j..<min(end, j + lookups) {
            let placeB = Int(b.grams[k].id)
            if placeA > 0, placeB > 0, wordsA[placeA - 1] == wordsB[placeB - 1] { continue }
            starts.append(Seed(a: placeA, b: placeB))
          }
          i += 1
        }
        j = end
      }
    }
    starts.sort()
    return starts.compactMap { start in
      var length = 0
      while start.a + length < wordsA.count, start.b + length < wordsB.count,
        wordsA[start.a + length] == wordsB[start.b + length]
      {
        length += 1
      }
      guard length >= ComparedText.gram else { return nil }
      return VerbatimChain(
        a: start.a..<(start.a + length), b: start.b..<(start.b + length), longest: length,
        covered: length)
    }
  }

  /// Joins runs that follow one another on both sides.
  private static func chain(_ runs: [VerbatimChain]) -> [VerbatimChain] {
    var chains: [VerbatimChain] = []
    for run in runs {
      let recent = chains.indices.suffix(lookups)
      let previous = recent.last { index in
        let between = (
          run.a.lowerBound - chains[index].a.upperBound,
          run.b.lowerBound - chains[index].b.upperBound
        )
        return (0...gap).contains(between.0) && (0...gap).contains(between.1)
      }
      if let previous {
        chains[previous].a = chains[previous].a.lowerBound..<run.a.upperBound
        chains[previous].b = chains[previous].b.lowerBound..<run.b.upperBound
        chains[previous].longest = max(chains[previous].longest, run.longest)
        chains[previous].covered += run.covered
      } else {
        chains.append(run)
      }
    }
    return chains
  }
}
