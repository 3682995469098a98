// What two texts share, against a program that tries all pairs of words.

import RefrainMatch
import RefrainModel
import RefrainText
import TestSupport
import Testing

struct PairComparerTests {
  private let analyzer = TextAnalyzer()

  private func side(_ text: String) -> ComparedText {
    let bytes = Array(text.utf8)
    return ComparedText(analyzer.analyze(bytes), bytes: bytes)
  }

  /// Two texts of random sentences; `planted` words of the first stand in the second, in pieces.
  private func pair(_ seed: UInt64, planted: [Int]) -> (a: ComparedText, b: ComparedText) {
    var prose = RandomProse(seed: seed)
    var a: [String] = []
    var pieces: [[String]] = []
    for length in planted {
      let piece = prose.words(length)
      let before = prose.words(Int.random(in: 0...40, using: &prose.random))
      a += before + piece
      pieces.append(piece)
    }
    a += prose.words(20)
    pieces.shuffle(using: &prose.random)
    var b = prose.words(15)
    for piece in pieces {
      b += piece
      b += prose.words(Int.random(in: 5...40, using: &prose.random))
    }
    return (side(RandomProse.text(a)), side(RandomProse.text(b, sentence: 11)))
  }

  /// The maximal equal runs of at least `least` words.
  private func runs(_ a: [UInt64], _ b: [UInt64], _ least: Int) -> [(a: Range<Int>, b: Range<Int>)]
  {
    var runs: [(a: Range<Int>, b: Range<Int>)] = []
    for i in a.indices {
      for j in b.indices where a[i] == b[j] && (i == 0 || j == 0 || a[i - 1] != b[j - 1]) {
        var n = 0
        while i + n < a.count, j + n < b.count, a[i + n] == b[j + n] { n += 1 }
        if n >= least { runs.append((i..<(i + n), j..<(j + n))) }
      }
    }
    return runs
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func everyVerbatimRunIsTold(seed: UInt64) {
    let (a, b) = pair(seed, planted: [30, 60, 26])
    let passages = PairComparer.compare(a, b)
    let runs = runs(a.text.words, b.text.words, 25)
    #expect(runs.count >= 3)
    for run in runs {
      let isTold = passages.contains {
        $0.a.lowerBound <= run.a.lowerBound && run.a.upperBound <= $0.a.upperBound
          && $0.b.lowerBound <= run.b.lowerBound && run.b.upperBound <= $0.b.upperBound
      }
      #expect(isTold, "\(run) of \(passages)")
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func passagesLieInTheTextsInOrder(seed: UInt64) {
    let (a, b) = pair(seed, planted: [40, 33])
    let passages = PairComparer.compare(a, b)
    for passage in passages {
      #expect(!passage.a.isEmpty && a.text.words.indices.contains(passage.a.upperBound - 1))
      #expect(!passage.b.isEmpty && b.text.words.indices.contains(passage.b.upperBound - 1))
      // The bytes hold the words; an edge may take the punctuation beside it along.
      let words = a.text.bytes(of: passage.a)
      #expect(passage.bytesA.start <= words.start && words.end <= passage.bytesA.end)
    }
    let starts = passages.map(\.bytesA)
    #expect(starts == starts.sorted())
  }

  /// Nothing is told of texts that have nothing in common, and all of one that is compared with itself.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func nothingAndAll(seed: UInt64) {
    let (a, b) = pair(seed, planted: [])
    #expect(PairComparer.compare(a, b).isEmpty)
    let (c, _) = pair(seed, planted: [50, 50])
    let own = PairComparer.compare(c, c)
    #expect(own.contains { $0.a == c.text.words.indices && $0.b == $0.a })
  }
}
