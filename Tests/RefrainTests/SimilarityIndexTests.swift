// The library over values: exact similarities, sketches that outlive a run and an index in memory.

import Refrain
import TestSupport
import Testing

struct SimilarityIndexTests {
  /// 300 texts, a third of them edited copies of earlier ones.
  private func texts(_ count: Int = 300) -> [String] {
    var prose = RandomProse(seed: 41)
    var known: [[String]] = []
    return (0..<count).map { number in
      var words = prose.words(40 + number % 50)
      if number % 3 == 2 {
        words = prose.edited(prose.random.pick(known), changes: number % 5)
      }
      known.append(words)
      return RandomProse.text(words)
    }
  }

  @Test func theExampleOfTheDocumentation() throws {
    let overlap = try similarity(
      "The ship sailed on Monday.", "The ship sailed on Tuesday.", ngram: 2)
    #expect(overlap == Overlap(shared: 3, left: 4, right: 4))
    #expect(overlap.jaccard == 0.6)
    #expect(overlap.containment == 0.75)
    #expect(try similarity("", "word") == Overlap(shared: 0, left: 0, right: 1))
  }

  @Test func sketchesEstimateAndCanBeStored() throws {
    let texts = texts(60)
    for (a, b) in zip(texts, texts.dropFirst()) + [(texts[0], texts[0])] {
      let exact = try similarity(a, b).jaccard
      let left = try Sketch(a, slots: 1024)
      let right = try Sketch(bytes: try Sketch(b, slots: 1024).bytes)
      #expect(abs(try left.estimate(right) - exact) <= 0.08)
    }
    #expect(try Sketch("").estimate(try Sketch("")) == 0)
    #expect(throws: RefrainError.self) { try Sketch("a").estimate(try Sketch("a", slots: 64)) }
    #expect(throws: RefrainError.self) { try Sketch("a", ngram: 3).estimate(try Sketch("a")) }
    let bytes = try Sketch(texts[0]).bytes
    for cut in [0, 3, 20, bytes.count - 1] {
      #expect(throws: RefrainError.self) { try Sketch(bytes: Array(bytes[..<cut])) }
    }
  }

  @Test func valuesOutOfRangeThrow() {
    for threshold in [0, -1, 1.1, .nan, .infinity] {
      #expect(throws: RefrainError.self) { try SimilarityIndex<Int>(threshold: threshold) }
    }
    for recall in [0, 1, .nan] {
      #expect(throws: RefrainError.self) { try SimilarityIndex<Int>(recall: recall) }
    }
    for ngram in [0, 65, -3] {
      #expect(throws: RefrainError.self) { try SimilarityIndex<Int>(ngram: ngram) }
      #expect(throws: RefrainError.self) { try similarity("a", "b", ngram: ngram) }
      #expect(throws: RefrainError.self) { try Sketch("a", ngram: ngram) }
    }
    #expect(throws: RefrainError.self) { try Sketch("a", slots: 0) }
    #expect(throws: RefrainError.self) { try Sketch("a", slots: 1025) }
  }

  /// Every match is what `similarity` says, the nearest first, and none that is very near is missed.
  @Test func matchesAreExactAndNearestFirst() throws {
    let texts = texts()
    var index = try SimilarityIndex<Int>(threshold: 0.5, recall: 0.999)
    for (number, text) in texts.enumerated() { try index.insert(number, text) }
    #expect(index.count == texts.count)
    var missed = 0
    for (number, text) in texts.enumerated() {
      let matches = index.query(text)
      #expect(matches.first?.reason == .identical)
      #expect(matches.map(\.overlap.jaccard) == matches.map(\.overlap.jaccard).sorted(by: >))
      for match in matches {
        #expect(match.overlap == (try similarity(texts[match.id], text)))
      }
      let found = Set(matches.map(\.id))
      for other in texts.indices where !found.contains(other) {
        if try similarity(texts[other], text).jaccard >= 0.8 { missed += 1 }
      }
      #expect(index.query(text, limit: 1).map(\.id) == [matches[0].id])
      #expect(number < texts.count)
    }
    #expect(missed == 0)
  }

  @Test func whatIsRemovedIsNotFound() throws {
    var index = try SimilarityIndex<String>()
    try index.insert("a", "The ship sailed on Monday with forty passengers on board.")
    #expect(throws: RefrainError.self) { try index.insert("a", "Another text.") }
    let copy = index
    let wasThere = index.remove("a")
    let isThere = index.remove("a")
    #expect(wasThere && !isThere)
    #expect(index.query("The ship sailed on Monday with forty passengers on board.").isEmpty)
    #expect(copy.query("the ship sailed on monday with forty passengers on board").count == 1)
    try index.insert("a", "Another text.")
    #expect(index.query("another text").map(\.reason) == [.sameWords])
    #expect(index.query("").isEmpty)
  }
}
