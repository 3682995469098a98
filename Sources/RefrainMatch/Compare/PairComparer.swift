// The passages that two texts share: verbatim ones by their exact edges, edited ones grown from
// sentences that are alike.

package import RefrainModel
import RefrainText

/// A passage that two texts share.
package struct SharedPassage: Hashable, Sendable {
  /// Words of either text.
  package var a: Range<Int>
  package var b: Range<Int>
  package var bytesA: ByteRange
  package var bytesB: ByteRange
}

/// Compares texts pair by pair.
package enum PairComparer {
  /// A verbatim passage with a run of this many words changes what else is believed: beside it, a
  /// grown passage must be more alike.
  private static let longRun = 40
  /// The cosine, in percent, that a grown passage must exceed beside a long verbatim one.
  private static let alikeBeside = 50

  /// What both sides of a passage measure at least, in bytes, where nothing shorter is asked for.
  package static let leastPassage = PassageGrowth.leastBytes

  /// The passages that `a` and `b` share, by place.
  ///
  /// Where less than `leastPassage` is asked for, sentences that both hold are told, too: eight words word
  /// for word, fifteen that were edited.
  ///
  /// About O(units of a * units of b) at worst, with a small constant.
  /// - Parameter leastBytes: what is shorter on either side is left out; at `leastPassage` 25 words word for
  ///   word are told whatever they measure.
  package static func compare(
    _ a: ComparedText, _ b: ComparedText, leastBytes: Int = leastPassage
  ) -> [SharedPassage] {
    let chains = VerbatimChains.find(a, b, leastRun: SharedSentences.leastRun)
    let hasUnits = a.unitCount > 0 && b.unitCount > 0
    let context = hasUnits ? ComparisonContext(a, b) : nil
    let seeds = context.map(SeedSearch.find) ?? []
    var kept = passages(a, b, context, seeds)
    if leastBytes < leastPassage {
      let sentences = SharedSentences.find(a, b, chains: chains, seeds: seeds, context: context)
      for passage in sentences
      where min(passage.bytesA.count, passage.bytesB.count) >= leastBytes
        && !isTold(passage, kept)
      {
        kept.append(passage)
      }
    } else if leastBytes > leastPassage {
      kept.removeAll { min($0.bytesA.count, $0.bytesB.count) < leastBytes }
    }
    return kept.sorted { ($0.bytesA, $0.bytesB) < ($1.bytesA, $1.bytesB) }
  }

  /// The passages proper.
  private static func passages(
    _ a: ComparedText, _ b: ComparedText, _ context: ComparisonContext?, _ seeds: [Seed]
  ) -> [SharedPassage] {
    var verbatim = VerbatimChains.find(a, b).map { chain in
      Candidate(
        passage: SharedPassage(
          a: chain.a, b: chain.b, bytesA: a.text.bytes(of: chain.a),
          bytesB: b.text.bytes(of: chain.b)), isLong: chain.longest >= longRun, strength: 0)
    }
    let grown = grow(a, b, context, seeds, &verbatim)
    var kept = verbatim.map(\.passage)
    let strongest = grown.sorted {
      $0.strength != $1.strength
        ? $0.strength > $1.strength
        : ($0.passage.bytesA, $0.passage.bytesB) < ($1.passage.bytesA, $1.passage.bytesB)
    }
    for candidate in strongest where !isTold(candidate.passage, kept) {
      kept.append(candidate.passage)
    }
    return kept
  }

  /// One to one: what is told in half already, on either side, is not told again.
  private static func isTold(_ passage: SharedPassage, _ kept: [SharedPassage]) -> Bool {
    kept.contains {
      2 * common($0.bytesA, passage.bytesA) >= passage.bytesA.count
        || 2 * common($0.bytesB, passage.bytesB) >= passage.bytesB.count
    }
  }

  private struct Candidate {
    var passage: SharedPassage
    var isLong: Bool
    var strength: Int
  }

  private static func common(_ x: ByteRange, _ y: ByteRange) -> Int {
    x.intersection(y)?.count ?? 0
  }

  /// The grown passages; verbatim ones that they absorb are taken out of `verbatim`.
  private static func grow(
    _ a: ComparedText, _ b: ComparedText, _ context: ComparisonContext?, _ seeds: [Seed],
    _ verbatim: inout [Candidate]
  ) -> [Candidate] {
    guard let context else { return [] }
    let growth = PassageGrowth(
      context: context,
      lengthA: { length(a.unitBytes, $0) }, lengthB: { length(b.unitBytes, $0) })
    var edges = PassageEdges(context)
    let hasLong = verbatim.contains(where: \.isLong)
    var absorbed: Set<Int> = []
    var grown: [Candidate] = []
    for seedBox in growth.grow(seeds) {
      let box = edges.adjust(seedBox)
      guard min(growth.lengthA(box.a), growth.lengthB(box.b)) >= PassageGrowth.leastBytes
      else { continue }
      let words = edges.trim(box)
      var passage = SharedPassage(
        a: words.a, b: words.b, bytesA: a.bytes(of: words.a), bytesB: b.bytes(of: words.b))
      let (lengthA, lengthB) = (passage.bytesA.count, passage.bytesB.count)
      guard min(lengthA, lengthB) >= PassageGrowth.leastBytes else { continue }
      let cosine = context.cosine(box)
      if hasLong, !cosine.exceeds(percent: alikeBeside) { continue }
      let touched = verbatim.indices.filter {
        verbatim[$0].passage.bytesA.overlaps(passage.bytesA)
          && verbatim[$0].passage.bytesB.overlaps(passage.bytesB)
      }
      let long = touched.filter { verbatim[$0].isLong }
      let coverA = long.reduce(0) { $0 + common(verbatim[$1].passage.bytesA, passage.bytesA) }
      let coverB = long.reduce(0) { $0 + common(verbatim[$1].passage.bytesB, passage.bytesB) }
      // Verbatim edges are the better ones where they tell most of it.
      if !long.isEmpty, 5 * coverA >= 2 * lengthA || 5 * coverB >= 2 * lengthB { continue }
      for index in touched {
        absorbed.insert(index)
        let other = verbatim[index].passage
        passage.a =
          min(
            passage.a.lowerBound, other.a.lowerBound)..<max(
            passage.a.upperBound, other.a.upperBound)
        passage.b =
          min(
            passage.b.lowerBound, other.b.lowerBound)..<max(
            passage.b.upperBound, other.b.upperBound)
        passage.bytesA = passage.bytesA.union(other.bytesA)
        passage.bytesB = passage.bytesB.union(other.bytesB)
      }
      let strength = cosine.in1024ths * (256 * (lengthA + lengthB)).squareRoot
      grown.append(Candidate(passage: passage, isLong: false, strength: strength))
    }
    verbatim = verbatim.indices.filter { !absorbed.contains($0) }.map { verbatim[$0] }
    return grown
  }

  private static func length(_ bytes: [ByteRange], _ units: ClosedRange<Int>) -> Int {
    bytes[units.upperBound].end - bytes[units.lowerBound].start
  }
}
