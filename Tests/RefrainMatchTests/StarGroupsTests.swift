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

  /// Two places that a finding tells together are told with a third one by the first of them alone.
  @Test func placesThatAreToldTogether() throws {
    func group(_ places: [PassageSpan]) throws -> PassageGroup {
      let matches = places.dropFirst().map { PassageMatch(places[0], $0, score: 0, weight: 400) }
      return try #require(StarGroups.group(matches) { _, _ in true }.first)
    }
    let told = ToldPlaces([try group([span(1, 0..<80), span(4, 100..<180)])])
    let places = [span(1, 10..<30), span(4, 110..<130), span(7, 0..<20)]
    let kept = try told.without(group(places)) { _, _ in true }
    #expect(kept?.places == [places[0], places[2]])
    // Where the finding may leave one of them out, all stay, and so does what goes beyond it.
    #expect(try told.without(group(places)) { _, _ in false }?.places == places)
    let wider = [span(1, 10..<30), span(4, 170..<190), span(7, 0..<20)]
    #expect(try told.without(group(wider)) { _, _ in true }?.places == wider)
    #expect(try told.without(group(Array(places[..<2]))) { _, _ in true } == nil)
  }
}
