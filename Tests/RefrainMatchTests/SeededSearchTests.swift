// Passages between documents: all verbatim runs, edited ones whatever the size of the collection, and
// nothing that is not there.

import RefrainMatch
import RefrainModel
import RefrainText
import TestSupport
import Testing

struct SeededSearchTests {
  private let analyzer = TextAnalyzer()

  private func analyzed(_ words: [String]) -> AnalyzedText {
    analyzer.analyze(Array(RandomProse.text(words).utf8))
  }

  private func passages(
    _ texts: [AnalyzedText], family: [Int]? = nil, threads: Int = 2, budget: Int = 1 << 24,
    partitionSize: Int = 1 << 16
  ) throws -> [SeededPassage] {
    try SeededSearch(
      WordTokens(texts), family: family ?? Array(texts.indices), workers: Workers(threads: threads),
      budget: budget, partitionSize: partitionSize
    ).passages()
  }

  /// Texts of which some hold passages of others, edited.
  private func collection(_ seed: UInt64, count: Int) -> [[String]] {
    var prose = RandomProse(seed: seed, words: 900)
    var texts: [[String]] = []
    for _ in 0..<count {
      var words = prose.words(Int.random(in: 0...120, using: &prose.random))
      if let source = texts.randomElement(using: &prose.random), source.count > 40 {
        let start = Int.random(in: 0..<(source.count - 30), using: &prose.random)
        let passage = Array(source[start..<min(source.count, start + 60)])
        words += prose.edited(passage, changes: Int.random(in: 0...15, using: &prose.random))
        words += prose.words(10)
      }
      texts.append(words)
    }
    return texts
  }

  /// What is found is there: equal words in order, inside two documents of different families.
  @Test(arguments: UInt64(0)..<12)
  func passagesAreTrue(seed: UInt64) throws {
    let texts = collection(seed, count: 40).map(analyzed)
    let family = texts.indices.map { $0 % 5 == 4 ? $0 - 1 : $0 }
    let found = try passages(texts, family: family)
    #expect(!found.isEmpty)
    for passage in found {
      let (a, b) = (passage.first, passage.second)
      #expect(a.text < b.text && family[a.text] != family[b.text])
      #expect(a.words.upperBound <= texts[a.text].words.count)
      #expect(b.words.upperBound <= texts[b.text].words.count)
      var (i, j) = (a.words.lowerBound, b.words.lowerBound)
      for run in passage.runs {
        #expect(run.first >= i && run.second >= j)
        (i, j) = (run.first + run.length, run.second + run.length)
        #expect(texts[a.text].words[run.first..<i] == texts[b.text].words[run.second..<j])
      }
      #expect(i == a.words.upperBound && j == b.words.upperBound)
      #expect(passage.longestRun == passage.runs.map(\.length).max())
    }
  }

  /// The same for any number of threads, in memory and on disk, with all seeds at a time and with some.
  @Test(arguments: UInt64(20)..<24)
  func sameForAnyThreadsAndMemory(seed: UInt64) throws {
    let texts = collection(seed, count: 120).map(analyzed)
    let key = { (p: SeededPassage) in
      "\(p.first) \(p.second) \(p.weight) \(p.runs)"
    }
    let expected = try passages(texts, threads: 1).map(key)
    #expect(try passages(texts, threads: 3).map(key) == expected)
    #expect(try passages(texts, threads: 2, budget: 0).map(key) == expected)
    for partitionSize in [20, 300] {
      let some = try passages(texts, threads: 2, budget: 0, partitionSize: partitionSize)
      #expect(some.map(key) == expected)
    }
  }

  /// Two places of a text, by its number.
  private struct Window: Hashable {
    var text: Int
    var start: Int
  }

  /// Every run of 25 words that stands in two documents is found, against a program that tries all
  /// windows; where it stands in many, from one to the next.
  @Test(arguments: UInt64(40)..<48)
  func allVerbatimRunsAreLinked(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // A small alphabet: all short runs are hot. Runs of 25 to 40 words are pasted about.
    var texts = (0..<60).map { _ in
      WordTexts.random(Int.random(in: 30...90, using: &random), alphabet: 3, &random)
    }
    let runs = (0..<3).map { _ in
      WordTexts.random(Int.random(in: 25...40, using: &random), alphabet: 40, &random)
    }
    for index in texts.indices where Int.random(in: 0..<3, using: &random) > 0 {
      let at = Int.random(in: 0...texts[index].count, using: &random)
      texts[index].insert(contentsOf: random.pick(runs), at: at)
    }
    let least = VerbatimRuns.leastWords
    var windows: [ArraySlice<UInt64>: [Window]] = [:]
    for (text, words) in texts.enumerated() where words.count >= least {
      for start in 0...(words.count - least) {
        windows[words[start..<(start + least)], default: []].append(
          Window(text: text, start: start))
      }
    }
    let found = try passages(texts.map(WordTexts.text))
    var parents: [Window: Window] = [:]
    func root(_ window: Window) -> Window {
      var window = window
      while let parent = parents[window] { window = parent }
      return window
    }
    for passage in found {
      for run in passage.runs where run.length >= least {
        for offset in 0...(run.length - least) {
          let a = root(Window(text: passage.first.text, start: run.first + offset))
          let b = root(Window(text: passage.second.text, start: run.second + offset))
          if a != b { parents[b] = a }
        }
      }
    }
    let shared = windows.values.filter { Set($0.map(\.text)).count > 1 }
    #expect(!shared.isEmpty)
    for places in shared {
      // One place a document is enough to say that the document holds it.
      let firsts = Dictionary(grouping: places, by: \.text).values.map { $0[0] }
      #expect(Set(firsts.map(root)).count == 1, "\(places)")
    }
  }

  /// A passage of 60 words of which 18 are replaced is found among two documents and among hundreds.
  @Test(arguments: [2, 20, 400])
  func doesNotDependOnTheCollection(count: Int) throws {
    var prose = RandomProse(seed: 77)
    var texts = (0..<count).map { _ in prose.words(80) }
    let passage = Array(texts[0][10..<70])
    texts[count - 1] += prose.edited(passage, changes: 18) + prose.words(20)
    let found = try passages(texts.map(analyzed))
    let isFound = found.contains {
      $0.first.text == 0 && $0.second.text == count - 1 && $0.first.words.count > 30
        && $0.weight > 24 * 16
    }
    #expect(isFound, "\(found)")
  }

  /// Texts of one template: hits, and so time and memory, grow as they do, and all are linked.
  @Test func templateIsLinear() throws {
    func found(_ count: Int) throws -> Int {
      var prose = RandomProse(seed: 78)
      let template = prose.words(60)
      let texts = (0..<count).map { _ in analyzed(prose.words(5) + template + prose.words(5)) }
      let passages = try passages(texts)
      var parents = Array(0..<count)
      func root(_ text: Int) -> Int { parents[text] == text ? text : root(parents[text]) }
      for passage in passages { parents[root(passage.second.text)] = root(passage.first.text) }
      #expect(Set((0..<count).map(root)).count == 1)
      return passages.count
    }
    let (small, large) = (try found(100), try found(400))
    #expect(large < small * 6)
  }

  /// A verbatim run is found whatever it is made of: one word over and over, two, the commonest ones.
  @Test(arguments: [["zorb"], ["zorb", "blit"], ["the", "of"], ["7", "of", "the"]])
  func runsOfFewDifferentWords(cycle: [String]) throws {
    var prose = RandomProse(seed: 83)
    let run = (0..<25).map { cycle[$0 % cycle.count] }
    let texts = (0..<2).map { _ in
      let (before, behind) = (prose.words(20), prose.words(20))
      // One sentence, so that no capital parts the two places.
      return analyzer.analyze(Array((before + run + behind).joined(separator: " ").utf8))
    }
    let found = try passages(texts)
    #expect(found.contains { $0.longestRun >= 25 })
  }

  /// What is common here weighs little, what is common anywhere does from the first document on.
  @Test func weightsSayWhatIsCommon() {
    var prose = RandomProse(seed: 79)
    let texts = (0..<300).map { _ in
      analyzed((0..<40).flatMap { _ in ["zorblang", "the"] + prose.words(3) })
    }
    func weight(_ word: String, _ texts: [AnalyzedText]) -> Int {
      let text = analyzer.analyze(Array(word.utf8))
      let asked = WordTokens([text])
      return withExtendedLifetime(asked) {
        WordTokens(texts).weights.weight(of: [0..<1], in: asked.text(0))
      }
    }
    let few = Array(texts.prefix(1))
    #expect(weight("the", few) < 2 * 16)
    #expect(weight("the", texts) < 2 * 16)
    #expect(weight("zorblang", few) > 3 * 16)
    #expect(weight("zorblang", texts) < 2 * 16)
    #expect(weight("unheardof", few) > 9 * 16)
    #expect(weight("1987", texts) == 24)
  }

  /// Twice the documents, four times as many pairs; a bit more, half as many findings.
  @Test func chanceIsCounted() {
    let chance = Chance(documents: 100, words: 12_800)
    #expect(chance.expect(0) == 5_000)
    #expect(chance.expect(16) == 2_500)
    #expect(Chance(documents: 200, words: 25_600).expect(0) == 20_000)
    #expect(chance.explains(8 * 16))
    #expect(!chance.explains(9 * 16))
  }
}
