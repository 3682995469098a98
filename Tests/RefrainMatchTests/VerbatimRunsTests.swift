// Promise 3 at its root: every run of the least length that stands in two places is found, against a
// program that tries all pairs of places.

import RefrainMatch
import RefrainText
import TestSupport
import Testing

struct VerbatimRunsTests {
  /// A window of the least length in one of the texts.
  private struct Window: Hashable {
    var text: Int
    var start: Int
  }

  /// Windows with equal words, by the words.
  private func windows(_ texts: [[UInt64]], _ least: Int) -> [[Window]] {
    var places: [ArraySlice<UInt64>: [Window]] = [:]
    for (text, words) in texts.enumerated() where words.count >= least {
      for start in 0...(words.count - least) {
        places[words[start..<(start + least)], default: []].append(Window(text: text, start: start))
      }
    }
    return places.values.filter { $0.count > 1 }
  }

  private func apart(_ a: Window, _ b: Window, _ least: Int) -> Bool {
    a.text != b.text || abs(a.start - b.start) >= least
  }

  /// Asserts that each match is true and as long as can be, or cut only where it would meet itself.
  private func checkSound(_ matches: [PassageMatch], _ texts: [[UInt64]], _ least: Int) {
    for match in matches {
      let (a, b) = (match.first, match.second)
      let isEqual = texts[a.text][a.words] == texts[b.text][b.words]
      #expect(isEqual && a.words.count >= least && match.isVerbatim, "\(match) \(texts)")
      #expect(a.text != b.text || !a.words.overlaps(b.words), "\(match) \(texts)")
      let shift = b.words.lowerBound - a.words.lowerBound
      if a.text == b.text, a.words.count == shift { continue }
      let (x, y) = (texts[a.text], texts[b.text])
      let (i, j) = (a.words.upperBound, b.words.upperBound)
      let goesOn = i < x.count && j < y.count && x[i] == y[j]
      #expect(!goesOn, "\(match) \(texts)")
    }
  }

  /// The windows that stand in some place of a match.
  private func covered(_ matches: [PassageMatch], _ least: Int) -> Set<Window> {
    var covered: Set<Window> = []
    for span in matches.flatMap({ [$0.first, $0.second] }) {
      for start in span.words.lowerBound...(span.words.upperBound - least) {
        covered.insert(Window(text: span.text, start: start))
      }
    }
    return covered
  }

  /// Whether matches join two windows, at one place after the other.
  private func joined(_ matches: [PassageMatch], _ least: Int) -> (Window) -> Window {
    var parents: [Window: Window] = [:]
    func root(_ window: Window) -> Window {
      var at = window
      while let parent = parents[at], parent != at { at = parent }
      return at
    }
    for match in matches {
      for offset in 0...(match.first.words.count - least) {
        let a = root(
          Window(text: match.first.text, start: match.first.words.lowerBound + offset))
        let b = root(
          Window(text: match.second.text, start: match.second.words.lowerBound + offset))
        if a != b { parents[a] = b }
      }
    }
    return root
  }

  /// Whether a window lies in a stretch that repeats itself at once: the run that it shares with
  /// another in its text goes on into that one.
  private func isPeriodic(_ window: Window, _ places: [Window], _ words: [UInt64]) -> Bool {
    places.contains { other in
      if other.text != window.text || other == window { return false }
      var (low, high) = (min(window.start, other.start), max(window.start, other.start))
      let shift = high - low
      while low > 0, words[low - 1] == words[high - 1] { (low, high) = (low - 1, high - 1) }
      var length = 0
      while high + length < words.count, words[low + length] == words[high + length] { length += 1 }
      return length > shift
    }
  }

  @Test(arguments: [(2, 4), (3, 3), (3, 5), (6, 4), (40, 3)])
  func everyRunIsFound(alphabet: Int, least: Int) {
    var random = SeededGenerator(seed: UInt64(alphabet * 100 + least))
    for _ in 0..<300 {
      let texts = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        WordTexts.random(Int.random(in: 0...40, using: &random), alphabet: alphabet, &random)
      }
      check(texts, least)
    }
  }

  /// Copies of stretches in texts without other repeats, more than two of many.
  @Test func plantedRunsOfManyLengths() {
    var random = SeededGenerator(seed: 31)
    for _ in 0..<200 {
      var texts = (0..<3).map { _ in (0..<40).map { _ in random.next() } }
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let from = Int.random(in: 0..<3, using: &random)
        let length = Int.random(in: 3...12, using: &random)
        let start = Int.random(in: 0...(texts[from].count - length), using: &random)
        let run = texts[from][start..<(start + length)]
        let to = Int.random(in: 0..<3, using: &random)
        texts[to].insert(
          contentsOf: run, at: Int.random(in: 0...texts[to].count, using: &random))
      }
      check(texts, 5)
    }
  }

  /// Repetitions that follow each other at once, whole and cut off, between other words.
  @Test func periodicStretches() {
    var random = SeededGenerator(seed: 32)
    for _ in 0..<300 {
      let texts = (0..<2).map { _ -> [UInt64] in
        let period = WordTexts.random(Int.random(in: 1...7, using: &random), alphabet: 9, &random)
        let count = Int.random(in: 0...36, using: &random)
        let before = (0..<Int.random(in: 0...3, using: &random)).map { _ in random.next() }
        let after = (0..<Int.random(in: 0...3, using: &random)).map { _ in random.next() }
        return before + (0..<count).map { period[$0 % period.count] } + after
      }
      check(texts, 5)
      check([texts[0]], 5)
    }
  }

  private func check(_ texts: [[UInt64]], _ least: Int) {
    let matches = WordTexts.runs(
      texts.map { WordTexts.text($0) }, least: least, family: Array(texts.indices))
    checkSound(matches, texts, least)
    let covered = covered(matches, least)
    let root = joined(matches, least)
    for places in windows(texts, least) {
      let paired = places.filter { place in places.contains { apart(place, $0, least) } }
      let whole = paired.filter { !isPeriodic($0, places, texts[$0.text]) }
      for place in whole { #expect(covered.contains(place), "\(place) of \(texts): \(matches)") }
      // All of them are one passage; pieces of a stretch that repeats itself may tear one.
      if whole.count == paired.count {
        #expect(Set(whole.map(root)).count <= 1, "\(whole) of \(texts): \(matches)")
      }
      // In a stretch that repeats itself a window, or an equal one that overlaps it, is met, if not
      // taken in whole by one place: what is left over at its end is shorter than a run.
      for place in paired {
        let near = places.filter { !apart(place, $0, least) }
        let isMet = matches.flatMap { [$0.first, $0.second] }.contains { span in
          near.contains {
            $0.text == span.text && span.words.overlaps($0.start..<($0.start + least))
          }
        }
        #expect(isMet, "\(place) of \(texts): \(matches)")
      }
    }
    // Nothing where nothing repeats.
    if windows(texts, least).isEmpty { #expect(matches.isEmpty) }
  }

  /// Three copies of a paragraph, one behind the other, are three places.
  @Test func copiesThatFollowEachOther() {
    let paragraph = (1...40).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    let matches = WordTexts.runs(
      [WordTexts.text([7] + paragraph + paragraph + paragraph + [8])], family: [0])
    let places = Set(matches.flatMap { [$0.first.words, $0.second.words] })
    #expect(places == [1..<41, 41..<81, 81..<121])
  }

  /// One word ten thousand times over is told in few matches, which leave little out.
  @Test func oneWordOverAndOver() {
    for count in [49, 50, 51, 75, 1000, 10_000] {
      let text = WordTexts.text([UInt64](repeating: 0xABCD_EF01_2345_6789, count: count))
      let matches = WordTexts.runs([text], family: [0])
      if count < 50 {
        #expect(matches.isEmpty)
        continue
      }
      #expect((1...64).contains(matches.count))
      let words = Set(matches.flatMap { Array($0.first.words) + Array($0.second.words) })
      #expect(words.count > count - 25, "\(count)")
    }
  }

  /// A word or two of a neighbouring sentence, equal by chance, are no part of what repeats.
  ///
  /// Whole sentences are, and so is what is needed for the least length.
  @Test(arguments: [
    // Sentences by length; the run of each text is words 10 ..< 10 + run.
    (11, 8, 9, 8), (12, 8, 10, 8), (13, 8, 10, 10), (10, 8, 10, 8), (11, 5, 7, 7),
  ])
  func straysAreLeftOut(firstEnds: Int, passage: Int, run: Int, expected: Int) {
    var random = SeededGenerator(seed: 21)
    let shared = WordTexts.random(run, alphabet: 1 << 40, &random)
    let texts = (0..<2).map { _ -> AnalyzedText in
      let around = (0..<2).map { _ in WordTexts.random(10, alphabet: 1 << 40, &random) }
      var text = WordTexts.text(around[0] + shared + around[1])
      text.sentenceStarts = [0, UInt32(firstEnds), UInt32(firstEnds + passage), UInt32(20 + run)]
      return text
    }
    let found = WordTexts.runs(texts, least: 7, family: [0, 1])
    #expect(found.map(\.first.words.count) == [expected])
    #expect(found.map(\.second.words) == found.map(\.first.words))
  }

  /// Texts of one family speak with one voice; what only a later one says twice is still said.
  @Test func familiesAreOneText() {
    let a = (1...40).map { UInt64($0) &* 0x9E37_79B9_7F4A_7C15 }
    let b = (1...30).map { UInt64($0) &* 0xD6E8_FEB8_6659_FD93 }
    let texts = [a + b, a + b, b].map { WordTexts.text($0) }
    let matches = WordTexts.runs(texts, family: [0, 0, 2])
    #expect(matches.map { [$0.first.text, $0.second.text] } == [[0, 2]])
    #expect(WordTexts.runs(Array(texts[..<2]), family: [0, 0]).isEmpty)
    let doubled = WordTexts.runs([a + b, a + b + a].map { WordTexts.text($0) }, family: [0, 0])
    #expect(doubled.map { [$0.first.text, $0.second.text] } == [[1, 1]])
    #expect(doubled.first?.first.words == 0..<40)
    #expect(doubled.first?.second.words == 70..<110)
  }
}
