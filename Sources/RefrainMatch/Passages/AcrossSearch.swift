// What several texts say alike, sentence against sentence: equal sentences by hash, edited ones by
// the stem trigrams that they share with few others.

import RefrainIndex
package import RefrainModel
package import RefrainText

/// Finds sentences that stand in several texts, equal or edited.
package struct AcrossSearch {
  /// A shorter sentence is no key of its own; it is found with its neighbours or not at all.
  private static let leastWords = 6
  /// A trigram that stands in more sentence classes proposes nothing.
  private static let commonTrigram = 32
  /// Trigrams that two classes share before they are compared.
  private static let leastShared = 2
  /// A class is compared with so many others, those that share most trigrams, as hold so many words
  /// together, or with one: hundreds of sentences, and few that are no sentences.
  private static let mostWords = 32_768

  private let scorer: SentenceScorer
  /// Sentences that may be alike.
  private let candidates: [(SentenceID, SentenceID)]

  /// Proposes what is to be compared between texts of different families.
  ///
  /// `family` gives the family of each text (texts already reported as duplicates of each other);
  /// of equal sentences in one family only the first counts. `texts` may be `wholes` with their longest
  /// sentences cut. O(words), on one thread.
  package init(_ texts: [AnalyzedText], of wholes: [AnalyzedText]? = nil, family: [Int]) {
    let classes = SentenceClasses(texts, family: family, leastWords: Self.leastWords)
    let scorer = SentenceScorer(texts, of: wholes)
    var candidates: [(SentenceID, SentenceID)] = []
    for places in classes.places where places.count > 1 {
      candidates += zip(places, places.dropFirst())
    }
    candidates += Self.candidates(classes, texts, family).map {
      (classes.places[$0.0][0], classes.places[$0.1][0])
    }
    self.scorer = scorer
    self.candidates = candidates
  }

  /// The matches, in order.
  ///
  /// Linear but for the comparisons, of which a class of equal sentences makes at most
  /// `commonTrigram` a trigram.
  package func matches(workers: Workers) -> [PassageMatch] {
    let pieceSize = 1024
    let pieces = (candidates.count + pieceSize - 1) / pieceSize
    let found = workers.map(pieces, state: { scorer.copy() }) { scorer, piece -> [PassageMatch]? in
      candidates[piece * pieceSize..<min(candidates.count, (piece + 1) * pieceSize)]
        .compactMap { scorer.score($0.0, $0.1).map(Self.match) }
    }
    return found.joined().sorted(by: PassageMatch.inOrder)
  }

  private static func match(_ pair: SentencePair) -> PassageMatch {
    PassageMatch(
      PassageSpan(text: pair.first.text, words: pair.firstWords),
      PassageSpan(text: pair.second.text, words: pair.secondWords), score: pair.score)
  }

  /// Pairs of classes of different families that share enough rare trigrams, in order.
  private static func candidates(
    _ classes: SentenceClasses, _ texts: [AnalyzedText], _ family: [Int]
  ) -> [(Int, Int)] {
    var keys: [KeyedEntry] = []
    var own: [UInt64] = []
    for (index, places) in classes.places.enumerated() {
      let place = places[0]
      let words = texts[place.text].words(of: place.sentence)
      let stems = texts[place.text].stems
      guard words.count >= 3 else { continue }
      own.removeAll(keepingCapacity: true)
      for i in words.lowerBound...(words.upperBound - 3) {
        own.append(stems[i..<(i + 3)].hashInOrder)
      }
      for key in own.sortedDistinct() { keys.append(KeyedEntry(key: key, id: UInt32(index))) }
    }
    // SAFETY: the keys are sorted and read within the closure.
    return keys.withUnsafeMutableBufferPointer { keys in
      RadixSorter().group(keys)
      var pairs: [UInt64] = []
      for run in KeyRuns(keys) where run.count > 1 && run.count <= commonTrigram {
        for i in run {
          for j in (i + 1)..<run.upperBound {
            let (a, b) = (min(keys[i].id, keys[j].id), max(keys[i].id, keys[j].id))
            let (textA, textB) = (
              classes.places[Int(a)][0].text, classes.places[Int(b)][0].text
            )
            if family[textA] != family[textB] { pairs.append(UInt64(a) << 32 | UInt64(b)) }
          }
        }
      }
      pairs.sort()
      var kept: [Proposal] = []
      var i = 0
      while i < pairs.count {
        var end = i + 1
        while end < pairs.count, pairs[end] == pairs[i] { end += 1 }
        if end - i >= leastShared {
          kept.append(
            Proposal(
              first: Int(pairs[i] >> 32), second: Int(pairs[i] & 0xFFFF_FFFF), shared: end - i))
        }
        i = end
      }
      return bounded(kept) { index in
        let place = classes.places[index][0]
        return texts[place.text].words(of: place.sentence).count
      }
    }
  }

  /// Two classes and how many rare trigrams they share.
  private struct Proposal {
    var first: Int
    var second: Int
    var shared: Int
  }

  /// The proposals without those that are too many for their second class, in order.
  private static func bounded(_ all: [Proposal], words: (Int) -> Int) -> [(Int, Int)] {
    var held: [Int: Int] = [:]
    for proposal in all { held[proposal.second, default: 0] += words(proposal.first) }
    var crowded: [Int: [Int]] = [:]
    for (index, proposal) in all.enumerated() where held[proposal.second, default: 0] > mostWords {
      crowded[proposal.second, default: []].append(index)
    }
    var isDropped = [Bool](repeating: false, count: all.count)
    for indices in crowded.values {
      var room = mostWords
      let byLikeness = indices.sorted {
        all[$0].shared != all[$1].shared ? all[$0].shared > all[$1].shared : $0 < $1
      }
      for index in byLikeness {
        if room <= 0 { isDropped[index] = true }
        room -= words(all[index].first)
      }
    }
    return zip(all, isDropped).filter { !$0.1 }.map { ($0.0.first, $0.0.second) }
  }
}

/// The classes of sentences with equal words, one place a family.
private struct SentenceClasses {
  /// For each class its places, in order.
  private(set) var places: [[SentenceID]] = []

  init(_ texts: [AnalyzedText], family: [Int], leastWords: Int) {
    var classes = HashNumbers()
    var lastFamily: [Int] = []
    for (index, text) in texts.enumerated() {
      for (sentence, hash) in text.sentenceHashes.enumerated()
      where text.words(of: sentence).count >= leastWords {
        let id = SentenceID(text: index, sentence: sentence)
        let (known, isNewClass) = classes.insert(hash)
        if !isNewClass {
          let isNew = !places[known].contains { family[$0.text] == family[index] }
          if places[known].count > 64 ? lastFamily[known] != family[index] : isNew {
            places[known].append(id)
            lastFamily[known] = family[index]
          }
        } else {
          places.append([id])
          lastFamily.append(family[index])
        }
      }
    }
  }
}
