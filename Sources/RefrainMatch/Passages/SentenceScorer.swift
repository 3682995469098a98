// How much two sentences say the same: the weight that they share in the same order, and the share
// of the smaller one that it is.

import RefrainText

/// Two sentences of a table and how alike they are.
package struct SentencePair: Hashable, Sendable {
  /// The words of either side that say the same, as words of their texts: the sentence, or what is aligned of a
  /// long one.
  package var firstWords: Range<Int>
  package var secondWords: Range<Int>
  /// The score in units of the least that is reported: 1024 is just enough.
  package var score: Int
  /// The weight shared, of the lighter sentence's, in 1/1024.
  package var containment: Int
  /// What the best local alignment earns, in sixteenths of a bit.
  package var weight: Int
}

/// Scores pairs of sentences of its table.
///
/// With C the shared weight as a share of the lighter sentence's (halved for each number on either
/// side that the other lacks, up to three: different numbers in the same frame are different facts)
/// and S the best local alignment of the two (a match earns the stem's weight, a skipped word costs
/// a quarter of its own), the score is S^2 * C^3, in integers. The exponents and the least score
/// were fitted on judged sentence pairs of news articles; the optimum is flat.
package struct SentenceScorer {
  /// T of score >= T: fitted.
  private static let least: UInt64 = 100 * 256 << 30
  /// S of the least score where all is shared.
  private static let leastEarned = (0...4095).first { reaches($0, 1024) } ?? 4096
  /// A pair needs this much shared weight, eight bits, to be scored at all.
  static let leastShared = 128
  /// So many of them must be words and not numbers.
  private static let leastWordsHeavy = 2
  /// A pair needs as many distinct content stems in its alignment.
  static let leastHeavy = 3
  /// Numbers that one side has and the other lacks count up to so many.
  private static let mostLonely = 3
  /// Sentences of the articles on which the least score was fitted.
  private static let usualSentences = 32
  /// Bits that a match must be worth more for each doubling of the pairs: twice what independent
  /// chances would ask, for the sentences of a long manual are not independent of each other.
  private static let bitsADoubling = 2
  /// A shorter sentence says too little to be said twice.
  static let leastWords = 5
  /// A longer sentence is often no sentence but text without stops: where less than half of it is
  /// aligned, that half is what repeats.
  private static let longSentence = 64

  /// The sentences; see `begin`.
  package var table = SentenceTable()
  var alignment = LocalAlignment()
  /// The stems of the first sentence bear the present stamp in the upper bits, and those that the second one
  /// shares the lowest bit besides.
  private(set) var marks: [UInt32] = []
  private var stamp: UInt32 = 0
  /// What chance alone brings forth among so many pairs, in sixteenths of a bit.
  private(set) var allowance = 0

  package init() {}

  /// To be called when the table was filled anew; `sentences` is how many sentences there are to be alike by
  /// chance.
  package mutating func begin(sentences: Int) {
    allowance = Self.allowance(sentences)
    if marks.count < table.stemCount {
      marks = [UInt32](repeating: 0, count: max(table.stemCount, marks.count * 2))
      stamp = 0
    }
    if stamp > 1 << 30 {
      for index in marks.indices { marks[index] = 0 }
      stamp = 0
    }
  }

  /// Whether a pair that shares content stems of this weight could reach the least score: false says
  /// that `score` would give nothing, for a fraction of its time.
  ///
  /// What is shared besides is at most all of the lesser sentence's common stems, and the alignment
  /// earns at most what either sentence weighs. O(1).
  func mayReach(
    _ a: Int, _ b: Int, sharedContent: Int, emphasis: Int
  ) -> Bool {
    let (x, y) = (table.weight(of: a), table.weight(of: b))
    let lightest = min(x.stems, y.stems)
    guard lightest > 0 else { return false }
    let shared = min(lightest, sharedContent + min(x.common, y.common))
    return Self.reaches(
      earned(min(x.words, y.words), emphasis), UInt64(1024 * shared / lightest))
  }

  /// What the alignment of a pair must earn at least, without emphasis, whatever else they share.
  var leastAlignment: Int { Self.leastEarned + allowance }

  /// S of a local alignment that earns so much.
  func earned(_ score: Int, _ emphasis: Int) -> Int {
    max(0, min(score * emphasis / 2, 4095) - allowance)
  }

  /// The pair if it reaches the least score.
  ///
  /// `emphasis` multiplies the alignment in halves: 3 for a lead. O(product of the sentences'
  /// words).
  package mutating func score(_ a: Int, _ b: Int, emphasis: Int = 2) -> SentencePair? {
    let (weightA, weightB) = (table.weight(of: a), table.weight(of: b))
    let lightest = min(weightA.stems, weightB.stems)
    guard lightest > 0 else { return nil }
    let compared = compare(a, b)
    let (shared, lonely) = (compared.shared, compared.lonely)
    let containment = 1024 * shared / lightest
    let c = UInt64(containment >> lonely)
    let wordsA = table.words[table.wordRange(of: a)]
    let wordsB = table.words[table.wordRange(of: b)]
    guard min(wordsA.count, wordsB.count) >= Self.leastWords else { return nil }
    // The alignment earns at most what either sentence weighs, repeats included; when even that is
    // too little, it need not be made.
    guard Self.reaches(earned(min(weightA.words, weightB.words), emphasis), c) else { return nil }
    let isShared = sharedMark
    let marks = marks
    let best = alignment.align(wordsA, wordsB, table.weights) { marks[Int($0)] == isShared }
    let s = earned(best.score, emphasis)
    guard Self.reaches(s, c), heavy(wordsA[best.a], wordsB[best.b]) >= Self.leastHeavy
    else { return nil }
    return SentencePair(
      firstWords: Self.trimmed(wordsA.indices, best.a, table.range(of: a)),
      secondWords: Self.trimmed(wordsB.indices, best.b, table.range(of: b)),
      score: Self.score(s, c), containment: containment, weight: s)
  }

  /// The mark of the stems that the present two sentences share.
  var sharedMark: UInt32 { stamp << 1 | 1 }

  /// The score of a weight and a containment in 1/1024, in units of the least that is reported.
  static func score(_ s: Int, _ c: UInt64) -> Int {
    Int(min(UInt64(s * s) * c * c * c / (least >> 10), UInt64(Int32.max)))
  }

  /// What is told of a sentence, as `own` words of its text.
  static func trimmed(
    _ words: Range<Int>, _ aligned: Range<Int>, _ own: Range<Int>
  ) -> Range<Int> {
    if words.count <= longSentence || aligned.count * 2 >= words.count { return own }
    let start = own.lowerBound + aligned.lowerBound - words.lowerBound
    return start..<(start + aligned.count)
  }

  static func reaches(_ s: Int, _ c: UInt64) -> Bool {
    let s = UInt64(min(s, 4095))
    return s * s * c * c * c >= least
  }

  /// The bits that the number of sentence pairs is larger than in a text of `usualSentences`: among
  /// n sentences there are n^2 / 2 chances for a likeness that means nothing.
  private static func allowance(_ sentences: Int) -> Int {
    2 * bitsADoubling * max(0, Log16.of(sentences + 1) - Log16.of(usualSentences))
  }

  /// What two sentences have in common and what they have alone.
  struct Comparison {
    /// The weight of the shared stems.
    var shared = 0
    /// Numbers that the first has and the second lacks, and the other way round.
    var onlyFirst = 0
    var onlySecond = 0

    /// The lesser of the two, at most three.
    var lonely: Int { min(SentenceScorer.mostLonely, onlyFirst, onlySecond) }
  }

  /// Compares two sentences stem by stem, and marks what they share.
  ///
  /// O(distinct stems of both).
  mutating func compare(_ a: Int, _ b: Int) -> Comparison {
    stamp += 1
    let own = stamp << 1
    var numbers = 0
    for index in table.stemRange(of: a) {
      let stem = Int(table.distinct[index])
      marks[stem] = own
      if table.isNumber[stem] { numbers += 1 }
    }
    var shared = 0
    var onlyA = numbers
    var onlyB = 0
    for index in table.stemRange(of: b) {
      let stem = Int(table.distinct[index])
      if marks[stem] == own {
        marks[stem] = own | 1
        shared += Int(table.weights[stem])
        if table.isNumber[stem] { onlyA -= 1 }
      } else if table.isNumber[stem] {
        onlyB += 1
      }
    }
    return Comparison(shared: shared, onlyFirst: onlyA, onlySecond: onlyB)
  }

  /// How many distinct content stems two stretches share; numbers alone are none, since rows of
  /// figures share figures.
  func heavy(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>) -> Int {
    let right = b.sortedDistinct()
    let shared = a.sortedDistinct().common(with: right).filter {
      Int(table.weights[Int($0)]) >= StemWeights.content
    }
    let words = shared.count { !table.isNumber[Int($0)] }
    return words < Self.leastWordsHeavy ? 0 : shared.count
  }
}
