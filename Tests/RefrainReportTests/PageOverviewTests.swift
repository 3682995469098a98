// The overview by page against the naive answer: every word of a page marked by hand.

import RefrainModel
import RefrainReport
import TestSupport
import Testing

struct PageOverviewTests {
  /// Words of ten bytes: a place is a range of them.
  private func place(_ page: Int, _ words: Range<Int>) -> Occurrence {
    var place = Occurrence(
      path: "p\(page).md", id: nil, recordLine: nil,
      start: Place(byte: words.lowerBound * 10, line: 1, column: 1),
      end: Place(byte: words.upperBound * 10, line: 1, column: 1), text: "x", overlap: nil)
    place.words = words.count
    return place
  }

  private func finding(_ places: [Occurrence], gates: Bool) -> Finding {
    Finding(
      id: "a", kind: gates ? .exactRepeat : .quotation, scope: .across,
      overlap: Overlap(shared: 1, left: 1, right: 1), words: places[0].words, longestRun: 1,
      occurrences: places,
      difference: WordDifference(
        pieces: [], equalWords: 1, firstWords: 1, secondWords: 1, longestRun: 1),
      shared: [], weight: 1)
  }

  @Test(arguments: UInt64(0)..<40)
  func wordsCountOnce(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var findings: [Finding] = []
    var (repeated, gating) = ([Int: Set<Int>](), [Int: Set<Int>]())
    var pairs: [[Int]: Int] = [:]
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let gates = Bool.random(using: &random)
      var places: [Occurrence] = []
      var pages: Set<Int> = []
      for _ in 0..<Int.random(in: 2...5, using: &random) {
        let page = Int.random(in: 0..<6, using: &random)
        let start = Int.random(in: 0..<80, using: &random)
        let words = start..<(start + Int.random(in: 1...20, using: &random))
        places.append(place(page, words))
        pages.insert(page)
        repeated[page, default: []].formUnion(words)
        if gates { gating[page, default: []].formUnion(words) }
      }
      for a in pages { for b in pages where a < b { pairs[[a, b], default: 0] += 1 } }
      findings.append(finding(places, gates: gates))
    }
    let overview = PageOverview(CheckResult(findings: findings))
    #expect(overview.repeatedWords == repeated.values.reduce(0) { $0 + $1.count })
    let found = overview.pages.reduce(into: [:]) {
      $0[$1.path] = [$1.repeatedWords, $1.gatingWords]
    }
    let expected = repeated.reduce(into: [:]) {
      $0["p\($1.key).md"] = [$1.value.count, gating[$1.key, default: []].count]
    }
    #expect(found == expected)
    let weights = overview.pages.map { ($0.gatingWords, $0.repeatedWords) }
    #expect(zip(weights, weights.dropFirst()).allSatisfy { $0 >= $1 })
    for pair in overview.pairs {
      let names = [overview.pages[pair.first].path, overview.pages[pair.second].path].sorted()
      let key = names.map { Int($0.dropFirst().prefix(1)) ?? -1 }
      #expect(pairs[key] == pair.findings)
      #expect(pair.first < pair.second)
    }
    #expect(overview.pairs.count == pairs.count)
  }

  /// A footer under a thousand pages makes no half a million pairs.
  @Test func aCrowdIsPairedOnlyAtItsHead() {
    let places = (0..<1000).map { place($0, 0..<10) }
    #expect(PageOverview(CheckResult(findings: [finding(places, gates: true)])).pairs.count == 28)
  }
}
