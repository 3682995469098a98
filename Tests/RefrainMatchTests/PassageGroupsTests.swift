// Matches to findings: what every grouping must keep, on random matches.

import RefrainMatch
import TestSupport
import Testing

struct PassageGroupsTests {
  /// Words by which a verbatim match may overhang the place that stands for it: four, and four more
  /// where the group of that place was merged into another.
  private static let overhang = 8

  /// Matches between places that gather around a few spots of some texts, so that they meet.
  private func matches(_ seed: UInt64, texts: Int) -> [PassageMatch] {
    var random = SeededGenerator(seed: seed)
    func span(_ text: Int) -> PassageSpan {
      let start = Int.random(in: 0..<4, using: &random) * 40 + Int.random(in: 0..<6, using: &random)
      let length = Int.random(in: 20...34, using: &random)
      return PassageSpan(text: text, words: start..<(start + length))
    }
    return (0..<Int.random(in: 1...30, using: &random)).map { _ in
      let a = Int.random(in: 0..<texts, using: &random)
      let b = (a + Int.random(in: 1..<texts, using: &random)) % texts
      return PassageMatch(
        span(a), span(b), score: Int.random(in: 500...3000, using: &random),
        isVerbatim: Bool.random(using: &random))
    }
  }

  /// Whether two spans are alike, by chance, and the same for the same spans.
  private func chance(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    let sum = a.text + b.text + a.words.lowerBound / 40 + b.words.lowerBound / 40
    return sum % 5 != 0
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func placesOfAGroupDoNotMeet(seed: UInt64) {
    for group in PassageGroups.group(matches(seed, texts: 4), strong: 1024, isAlike: chance) {
      #expect(group.places.count >= 2)
      #expect(group.places == group.places.sorted())
      for (i, place) in group.places.enumerated() {
        for other in group.places[(i + 1)...] { #expect(place.common(with: other) == 0) }
      }
    }
  }

  /// Each verbatim match stands in one group with both its places, but for a few words at an edge.
  @Test(arguments: 0..<300 as Range<UInt64>, [true, false])
  func everyVerbatimMatchIsTold(seed: UInt64, alike: Bool) {
    let matches = matches(seed, texts: 5)
    let groups = PassageGroups.group(matches, strong: 1024) { alike || chance($0, $1) }
    func holds(_ group: PassageGroup, _ span: PassageSpan) -> Int? {
      group.places.firstIndex { span.words.count - $0.common(with: span) <= Self.overhang }
    }
    for match in matches where match.isVerbatim {
      let isTold = groups.contains { group in
        guard let a = holds(group, match.first), let b = holds(group, match.second) else {
          return false
        }
        return a != b
      }
      #expect(isTold, "\(match)")
    }
  }

  /// A strong match is told or covered by half on both sides; what nobody proposed is in no group.
  @Test(arguments: 0..<300 as Range<UInt64>)
  func placesComeFromMatches(seed: UInt64) {
    let matches = matches(seed, texts: 4)
    let spans = matches.flatMap { [$0.first, $0.second] }
    let groups = PassageGroups.group(matches, strong: 1024, isAlike: chance)
    for place in groups.flatMap(\.places) {
      let parts = spans.filter { $0.text == place.text && $0.common(with: place) == $0.words.count }
      let covered = Set(parts.flatMap { Array($0.words) })
      #expect(covered == Set(place.words), "\(place)")
    }
    for match in matches where match.score >= 1024 {
      let isTold = groups.contains { group in
        [match.first, match.second].allSatisfy { span in
          group.places.contains {
            $0.common(with: span) * 2 >= min($0.words.count, span.words.count)
          }
        }
      }
      #expect(isTold, "\(match)")
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func theOrderOfMatchesDoesNotCount(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let matches = matches(seed, texts: 3)
    let groups = PassageGroups.group(matches, strong: 1024, isAlike: chance)
    for _ in 0..<3 {
      let shuffled = matches.shuffled(using: &random)
      #expect(PassageGroups.group(shuffled, strong: 1024, isAlike: chance) == groups)
    }
  }
}
