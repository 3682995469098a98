// How much two sentences say the same: the weight that they share in the same order, and the share
// of the smaller one that it is.

package import RefrainText

/// Two sentences of the scorer's texts and how alike they are.
package struct SentencePair: Hashable, Sendable {
  /// Text and sentence of each side.
  package var first: SentenceID
  package var second: SentenceID
  /// The words of either side that say the same: the sentence, or what is aligned of a long one.
  package var firstWords: Range<Int>
  package var secondWords: Range<Int>
  /// The score in units of the least that is reported: 1024 is just enough.
  package var score: Int
  /// The weight shared, of the lighter sentence's, in 1/1024.
  package var containment: Int
  /// What the best local alignment earns, in sixteenths of a bit.
  package var weight: Int
}

/// A sentence of one of several texts.
package struct SentenceID: Hashable, Sendable, Comparable {
  package var text: Int
  package var sentence: Int

  package init(text: Int, sentence: Int) {
    self.text = text
    self.sentence = sentence
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.text, a.sentence) < (b.text, b.sentence)
  }
}

/// Scores sentence pairs within a context.
///
/// With C the shared weight as a share of the lighter sentence's (halved for each number on either
/// side that the other lacks, up to three: different numbers in the same frame are different facts)
/// and S the best local alignment of the two (a match earns the stem's weight, a skipped word costs
/// a quarter of its own), the score is S^2 * C^3, in integers. The exponents and the least score
/// were fitted on judged sentence pairs of news articles; the optimum is flat.
package final class SentenceScorer {
  /// T of score >= T: fitted.
  private static let least: UInt64 = 100 * 256 << 30
  /// S of the least score where all is shared.
  private static let leastEarned = (0...4095).first { reaches($0, 1024) } ?? 4096
  /// A pair needs this much shared weight, eight bits, to be scored at all.
  static let leastShared = 128
  /// So many of them must be words and not numbers.
  private static let leastWordsHeavy = 2
  /// A pair needs as many distinct content stems in its alignment.
  private static let leastHeavy = 3
  /// Numbers that one side has and the other lacks count up to so many.
  private static let mostLonely = 3
  /// Sentences of the articles on which the least score was fitted.
  private static let usualSentences = 32
  /// Bits that a match must be worth more for each doubling of the pairs: twice what independent
  /// chances would ask, for the sentences of a long manual are not independent of each other.
  private static let bitsADoubling = 2
  /// A shorter sentence says too little to be said twice.
  private static let leastWords = 5
  /// A longer sentence is often no sentence but text without stops: where less than half of it is
  /// aligned, that half is what repeats.
  private static let longSentence = 64

  private let texts: [AnalyzedText]
  let context: StemContext
  /// The distinct stems and weights of all sentences.
  private let sentences: SentenceStems
  private var alignment = LocalAlignment()
  /// The stems that the two sentences compared last share bear the present stamp.
  private var marks: [UInt32]
  private var stamp: UInt32 = 0
  /// What chance alone brings forth among so many pairs, in sixteenths of a bit.
  private let allowance: Int

  /// A scorer of the sentences of `texts`, weighed as one context: as the sentences of `wholes` where
  /// `texts` are these with their longest sentences cut.
  package init(
    _ texts: [AnalyzedText], of wholes: [AnalyzedText]? = nil, corpus: StemFrequencies? = nil
  ) {
    self.texts = texts
    let wholes = wholes ?? texts
    let context = StemContext(wholes, corpus: corpus)
    self.context = context
    sentences = SentenceStems(texts, context)
    marks = [UInt32](repeating: 0, count: context.weights.count)
    allowance = Self.allowance(wholes.reduce(0) { $0 + $1.sentenceCount })
  }

  /// A scorer of the same sentences for another thread.
  package func copy() -> SentenceScorer { SentenceScorer(self) }

  private init(_ other: SentenceScorer) {
    texts = other.texts
    context = other.context
    sentences = other.sentences
    allowance = other.allowance
    marks = [UInt32](repeating: 0, count: other.marks.count)
  }

  /// The distinct stems of a sentence, ascending.
  func stems(of sentence: SentenceID) -> ArraySlice<UInt32> { sentences.stems(of: sentence) }

  /// Whether a pair that shares content stems of this weight could reach the least score: false says
  /// that `score` would give nothing, for a fraction of its time.
  ///
  /// What is shared besides is at most all of the lesser sentence's common stems, and the alignment
  /// earns at most what either sentence weighs. O(1).
  func mayReach(
    _ a: SentenceID, _ b: SentenceID, sharedContent: Int, emphasis: Int
  ) -> Bool {
    let (x, y) = (sentences.weight(of: a), sentences.weight(of: b))
    let lightest = min(x.stems, y.stems)
    guard lightest > 0 else { return false }
    let shared = min(lightest, sharedContent + min(x.common, y.common))
    return Self.reaches(
      earned(min(x.words, y.words), emphasis), UInt64(1024 * shared / lightest))
  }

  /// What the alignment of a pair must earn at least, without emphasis, whatever else they share.
  var leastAlignment: Int { Self.leastEarned + allowance }

  /// S of a local alignment that earns so much.
  private func earned(_ score: Int, _ emphasis: Int) -> Int {
    max(0, min(score * emphasis / 2, 4095) - allowance)
  }

  /// The pair if it reaches the least score.
  ///
  /// `emphasis` multiplies the alignment in halves: 3 for a lead. O(product of the sentences'
  /// words).
  package func score(_ a: SentenceID, _ b: SentenceID, emphasis: Int = 2) -> SentencePair? {
    let left = stems(of: a)
    let right = stems(of: b)
    let (weightA, weightB) = (sentences.weight(of: a), sentences.weight(of: b))
    let lightest = min(weightA.stems, weightB.stems)
    guard lightest > 0 else { return nil }
    let (shared, lonely) = compare(left, right)
    let containment = 1024 * shared / lightest
    let c = UInt64(containment >> lonely)
    let wordsA = context.stems[a.text][texts[a.text].words(of: a.sentence)]
    let wordsB = context.stems[b.text][texts[b.text].words(of: b.sentence)]
    guard min(wordsA.count, wordsB.count) >= Self.leastWords else { return nil }
    // The alignment earns at most what either sentence weighs, repeats included; when even that is
    // too little, it need not be made.
    guard Self.reaches(earned(min(weightA.words, weightB.words), emphasis), c) else { return nil }
    let (marks, stamp) = (marks, stamp)
    let best = alignment.align(wordsA, wordsB, context.weights) { marks[Int($0)] == stamp }
    let s = earned(best.score, emphasis)
    guard Self.reaches(s, c), heavy(wordsA[best.a], wordsB[best.b]) >= Self.leastHeavy
    else { return nil }
    let score = UInt64(s * s) * c * c * c
    return SentencePair(
      first: a, second: b, firstWords: Self.trimmed(wordsA.indices, best.a),
      secondWords: Self.trimmed(wordsB.indices, best.b),
      score: Int(min(score / (Self.least >> 10), UInt64(Int32.max))),
      containment: containment, weight: s)
  }

  private static func trimmed(_ words: Range<Int>, _ aligned: Range<Int>) -> Range<Int> {
    words.count > longSentence && aligned.count * 2 < words.count ? aligned : words
  }

  private static func reaches(_ s: Int, _ c: UInt64) -> Bool {
    let s = UInt64(min(s, 4095))
    return s * s * c * c * c >= least
  }

  /// The bits that the number of sentence pairs is larger than in a text of `usualSentences`: among
  /// n sentences there are n^2 / 2 chances for a likeness that means nothing.
  private static func allowance(_ sentences: Int) -> Int {
    2 * bitsADoubling * max(0, StemContext.log16(sentences + 1) - StemContext.log16(usualSentences))
  }

  /// The weight of the shared stems, and how many numbers each side has that the other lacks, the
  /// lesser of the two and at most two.
  private func compare(
    _ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>
  ) -> (shared: Int, lonely: Int) {
    stamp += 1
    var shared = 0
    var onlyA = 0
    var onlyB = 0
    var i = a.startIndex
    var j = b.startIndex
    while i < a.endIndex || j < b.endIndex {
      if j == b.endIndex || i < a.endIndex && a[i] < b[j] {
        if context.isNumber[Int(a[i])] { onlyA += 1 }
        i += 1
      } else if i == a.endIndex || b[j] < a[i] {
        if context.isNumber[Int(b[j])] { onlyB += 1 }
        j += 1
      } else {
        shared += Int(context.weights[Int(a[i])])
        marks[Int(a[i])] = stamp
        i += 1
        j += 1
      }
    }
    return (shared, min(Self.mostLonely, onlyA, onlyB))
  }

  /// How many distinct content stems two stretches share; numbers alone are none, since rows of
  /// figures share figures.
  private func heavy(_ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>) -> Int {
    let right = b.sortedDistinct()
    let shared = a.sortedDistinct().common(with: right).filter {
      Int(context.weights[Int($0)]) >= StemContext.content
    }
    let words = shared.count { !context.isNumber[Int($0)] }
    return words < Self.leastWordsHeavy ? 0 : shared.count
  }
}
