// Matches to passages with all their places: each match is told, and chains are not.

import RefrainMatch
import TestSupport
import Testing

struct StarGroupsTests {
  private func span(_ text: Int, _ words: Range<Int>) -> PassageSpan {
    PassageSpan(text: text, words: words)
  }

  /// Some group holds both places of each match, whatever is like what.
  @Test(arguments: UInt64(0)..<40)
  func everyMatchIsTold(seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 900)
    let spans = (0..<30).map { _ in
      let start = Int.random(in: 0..<60, using: &random)
      return span(
        Int.random(in: 0..<12, using: &random),
        start..<(start + Int.random(in: 8...30, using: &random)))
    }
    var matches: [PassageMatch] = []
    while matches.count < 40 {
      let (a, b) = (random.pick(spans), random.pick(spans))
      if a.text == b.text { continue }
      var match = PassageMatch(a, b, score: 0, weight: Int.random(in: 300...900, using: &random))
      match.isHint = true
      matches.append(match)
    }
    let threshold = Int.random(in: 0...4, using: &random)
    let groups = StarGroups.group(matches) { a, b in (a.text + b.text) % 5 >= threshold }
    func holds(_ group: PassageGroup, _ span: PassageSpan) -> Bool {
      group.places.contains { $0.common(with: span) * 2 > max($0.words.count, span.words.count) }
    }
    for match in matches {
      #expect(groups.contains { holds($0, match.first) && holds($0, match.second) })
    }
    for group in groups {
      #expect(group.places.count > 1 && group.isHint)
      #expect(group.places == group.places.sorted())
    }
    #expect(groups.reversed().sorted { $0.places.lexicographicallyPrecedes($1.places) } == groups)
  }

  /// A passage in a thousand documents, found from one to the next, is one.
  @Test func chainOfAlikePlacesIsOne() {
    let matches = (1..<1000).map {
      PassageMatch(span($0 - 1, 5..<40), span($0, 5..<40), score: 0, weight: 400)
    }
    let groups = StarGroups.group(matches) { _, _ in true }
    #expect(groups.count == 1)
    #expect(groups.first?.places.count == 1000)
    // Where each is like its neighbours alone, none is told with what it has nothing to do with.
    let parted = StarGroups.group(matches) { abs($0.text - $1.text) < 2 }
    #expect(parted.allSatisfy { $0.places.count <= 3 })
  }
}
