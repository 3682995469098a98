// What one text says twice, sentence against sentence.

package import RefrainText

/// The sentences of a text that have a role, which changes what a likeness means.
package struct SentenceRoles: Hashable, Sendable {
  /// The lead, which often comes again on purpose, but then in other words.
  package var lead: Int?
  /// The title and the headings, which the text repeats by right.
  package var headings: Set<Int>

  package init(lead: Int?, headings: Set<Int>) {
    self.lead = lead
    self.headings = headings
  }

  /// No roles.
  package static let none = SentenceRoles(lead: nil, headings: [])
}

/// Finds the sentence pairs of one text that say the same.
package enum WithinSearch {
  /// The pairs, by first and then second sentence.
  ///
  /// An inverted index over content stems proposes the pairs that share eight bits or more; the
  /// scorer decides. O(sentences * postings of their content stems).
  ///
  /// `isTold` says of a pair of sentences that another text says it too, where it is reported.
  package static func find(
    _ text: AnalyzedText, roles: SentenceRoles, corpus: StemFrequencies? = nil,
    isTold: (Int, Int) -> Bool = { _, _ in false }
  ) -> [PassageMatch] {
    guard text.sentenceCount > 1 else { return [] }
    let scorer = SentenceScorer([text], corpus: corpus)
    let weights = scorer.context.weights
    // The sentences of each stem as chains: the last one, and behind each entry the one before it.
    var lastEntry = [Int32](repeating: -1, count: weights.count)
    var entries: [(sentence: Int32, previous: Int32)] = []
    var shared = [Int](repeating: 0, count: text.sentenceCount)
    var touched: [Int] = []
    var matches: [PassageMatch] = []
    for sentence in 0..<text.sentenceCount where !roles.headings.contains(sentence) {
      for stem in scorer.stems(of: SentenceID(text: 0, sentence: sentence))
      where weights[Int(stem)] >= StemContext.content {
        var entry = lastEntry[Int(stem)]
        while entry >= 0 {
          let (other, previous) = entries[Int(entry)]
          if shared[Int(other)] == 0 { touched.append(Int(other)) }
          shared[Int(other)] += Int(weights[Int(stem)])
          entry = previous
        }
        entries.append((Int32(sentence), lastEntry[Int(stem)]))
        lastEntry[Int(stem)] = Int32(entries.count - 1)
      }
      for other in touched.sorted() {
        let (a, b) = (SentenceID(text: 0, sentence: other), SentenceID(text: 0, sentence: sentence))
        let emphasis = other == roles.lead ? 3 : 2
        if shared[other] >= SentenceScorer.leastShared,
          scorer.mayReach(a, b, sharedContent: shared[other], emphasis: emphasis),
          !isTold(other, sentence)
        {
          if let pair = scorer.score(a, b, emphasis: emphasis) {
            matches.append(
              PassageMatch(
                PassageSpan(text: 0, words: pair.firstWords),
                PassageSpan(text: 0, words: pair.secondWords), score: pair.score))
          }
        }
        shared[other] = 0
      }
      touched.removeAll(keepingCapacity: true)
    }
    return matches
  }
}
