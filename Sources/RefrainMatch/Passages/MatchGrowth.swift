// Neighbouring matches become one passage, overlapping ones too: few findings, each whole.

/// Joins the matches of each pair of texts.
package enum MatchGrowth {
  /// Words that may lie between two matches of one passage, on either side.
  private static let gap = 4

  /// The joined matches, in order.
  ///
  /// Two matches are joined where they follow one another on both sides over at most `gap` words,
  /// or overlap on both sides; never so that the two places of one text would touch. O(n log n) but
  /// for matches that crowd in one place.
  package static func grow(_ matches: [PassageMatch]) -> [PassageMatch] {
    var grown: [PassageMatch] = []
    var groupStart = 0
    for match in matches.sorted(by: PassageMatch.inOrder) {
      if let last = grown.last,
        last.first.text != match.first.text || last.second.text != match.second.text
      {
        groupStart = Self.start(of: match, in: grown) ?? grown.count
      }
      let near = grown.indices[groupStart...].suffix(64).filter { index in
        grown[index].second.text == match.second.text && follows(grown[index], match)
      }
      // What the match is part of comes before what it goes on with, and that before what it swaps
      // places with.
      let previous =
        near.last { overlap(grown[$0], match) }
        ?? near.last { grown[$0].second < match.second } ?? near.last
      if let previous, let joined = joined(grown[previous], match) {
        grown[previous] = joined
      } else {
        grown.append(match)
      }
    }
    return grown.sorted(by: PassageMatch.inOrder)
  }

  /// Where the matches of this first text begin.
  private static func start(of match: PassageMatch, in grown: [PassageMatch]) -> Int? {
    guard let last = grown.last, last.first.text == match.first.text else { return nil }
    var start = grown.count - 1
    while start > 0, grown[start - 1].first.text == match.first.text, grown.count - start < 256 {
      start -= 1
    }
    return start
  }

  private static func follows(_ a: PassageMatch, _ b: PassageMatch) -> Bool {
    func near(_ x: Range<Int>, _ y: Range<Int>) -> Bool {
      y.lowerBound - x.upperBound <= gap && x.lowerBound - y.upperBound <= gap
    }
    guard near(a.first.words, b.first.words), near(a.second.words, b.second.words)
    else { return false }
    // One sentence may say what two say; but what goes over the same words on one side and over
    // much more on the other is a third place.
    let (first, second) = (a.first.common(with: b.first), a.second.common(with: b.second))
    if min(first, second) > 0 || max(first, second) <= gap { return true }
    let (one, two) = (a.first.union(b.first).words.count, a.second.union(b.second).words.count)
    let (same, new) = first > 0 ? (one, two) : (two, one)
    return new * 2 <= same * 3
  }

  /// Whether two matches share words on both sides.
  private static func overlap(_ a: PassageMatch, _ b: PassageMatch) -> Bool {
    a.first.common(with: b.first) > 0 && a.second.common(with: b.second) > 0
  }

  private static func joined(_ a: PassageMatch, _ b: PassageMatch) -> PassageMatch? {
    let first = a.first.union(b.first)
    let second = a.second.union(b.second)
    if first.text == second.text, first.words.overlaps(second.words) { return nil }
    let isOne = overlap(a, b)
    var match = PassageMatch(
      first, second, score: isOne ? max(a.score, b.score) : a.score + b.score,
      weight: isOne ? max(a.weight, b.weight) : a.weight + b.weight,
      isVerbatim: a.isVerbatim || b.isVerbatim)
    // The sentences that have more in common speak for the others.
    let isFirst = (a.measures?.shared ?? 0) >= (b.measures?.shared ?? 0)
    match.measures = isFirst ? a.measures ?? b.measures : b.measures
    return match
  }
}
