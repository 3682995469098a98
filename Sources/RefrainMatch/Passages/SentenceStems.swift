// The stems of each sentence as a set, and what they weigh: one array for all sentences, since there are
// a hundred thousand of them in a manual.

import RefrainText

/// What a sentence weighs.
struct SentenceWeight: Sendable {
  /// Each stem once.
  var stems = 0
  /// Of these the ones that are no content.
  var common = 0
  /// Each word, repeats included.
  var words = 0
}

/// The sentences of several texts as sets of stems.
///
/// 4 bytes a distinct stem of a sentence and 32 a sentence.
struct SentenceStems: Sendable {
  /// The number of each text's first sentence.
  private var bases: [Int] = []
  /// Where each sentence begins in `stems`, and the end.
  private var starts = [0]
  private var stems: [UInt32] = []
  private var weights: [SentenceWeight] = []

  /// The sentences of `texts`, which `context` numbers and weighs.
  ///
  /// O(words log words of a sentence).
  init(_ texts: [AnalyzedText], _ context: StemContext) {
    var own: [UInt32] = []
    for (text, analysis) in texts.enumerated() {
      bases.append(weights.count)
      for sentence in 0..<analysis.sentenceCount {
        var weight = SentenceWeight()
        own.removeAll(keepingCapacity: true)
        for stem in context.stems[text][analysis.words(of: sentence)] {
          own.append(stem)
          weight.words += Int(context.weights[Int(stem)])
        }
        own.sort()
        var last: UInt32?
        for stem in own where stem != last {
          last = stem
          stems.append(stem)
          let value = Int(context.weights[Int(stem)])
          weight.stems += value
          if value < StemContext.content { weight.common += value }
        }
        starts.append(stems.count)
        weights.append(weight)
      }
    }
  }

  /// How many sentences there are.
  var count: Int { weights.count }

  func weight(of sentence: SentenceID) -> SentenceWeight { weights[number(of: sentence)] }

  /// The distinct stems of a sentence, ascending.
  func stems(of sentence: SentenceID) -> ArraySlice<UInt32> {
    let number = number(of: sentence)
    return stems[starts[number]..<starts[number + 1]]
  }

  private func number(of sentence: SentenceID) -> Int {
    bases[sentence.text] + sentence.sentence
  }
}
