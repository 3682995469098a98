// What several texts say alike, sentence against sentence: equal sentences by hash, edited ones by
// the stem trigrams that they share with few others.

import RefrainIndex
package import RefrainModel
package import RefrainText

/// Finds sentences that stand in several texts, equal or edited.
package enum AcrossSearch {
  /// A shorter sentence is no key of its own; it is found with its neighbours or not at all.
  private static let leastWords = 6
  /// A trigram that stands in more sentence classes proposes nothing.
  private static let commonTrigram = 32
  /// Trigrams that two classes share before they are compared.
  private static let leastShared = 2

  /// The matches between texts of different families, in order.
  ///
  /// `family` gives the family of each text (texts already reported as duplicates of each other);
  /// of equal sentences in one family only the first counts. Linear but for the comparisons, of which
  /// a class of equal sentences makes at most `commonTrigram` a trigram.
  package static func find(_ texts: [AnalyzedText], family: [Int], workers: Workers)
    -> [PassageMatch]
  {
    let classes = SentenceClasses(texts, family: family, leastWords: leastWords)
    let scorer = SentenceScorer(texts)
    var matches: [PassageMatch] = []
    for places in classes.places where places.count > 1 {
      for (place, next) in zip(places, places.dropFirst()) {
        if let pair = scorer.score(place, next) {
          matches.append(match(pair))
        }
      }
    }
    let candidates = self.candidates(classes, scorer, texts, family, workers)
    let pieceSize = 1024
    let pieces = (candidates.count + pieceSize - 1) / pieceSize
    let found = workers.map(pieces, state: { scorer.copy() }) { scorer, piece -> [PassageMatch]? in
      candidates[piece * pieceSize..<min(candidates.count, (piece + 1) * pieceSize)]
        .compactMap { pair in
          scorer.score(classes.places[pair.0][0], classes.places[pair.1][0])
            .map(match)
        }
    }
    matches += found.joined()
    return matches.sorted(by: PassageMatch.inOrder)
  }

  private static func match(_ pair: SentencePair) -> PassageMatch {
    PassageMatch(
      PassageSpan(text: pair.first.text, words: pair.firstWords),
      PassageSpan(text: pair.second.text, words: pair.secondWords), score: pair.score)
  }

  /// Pairs of classes of different families that share enough rare trigrams, in order.
  private static func candidates(
    _ classes: SentenceClasses, _ scorer: SentenceScorer, _ texts: [AnalyzedText],
    _ family: [Int], _ workers: Workers
  ) -> [(Int, Int)] {
    var keys: [KeyedEntry] = []
    for (index, places) in classes.places.enumerated() {
      let place = places[0]
      let words = texts[place.text].words(of: place.sentence)
      let stems = texts[place.text].stems
      guard words.count >= 3 else { continue }
      var own: Set<UInt64> = []
      for i in words.lowerBound...(words.upperBound - 3) {
        var key = stems[i] &* 0x9E37_79B9_7F4A_7C15 &+ stems[i + 1]
        key = key &* 0x9E37_79B9_7F4A_7C15 &+ stems[i + 2]
        key ^= key >> 31
        key &*= 0xD6E8_FEB8_6659_FD93
        if own.insert(key).inserted { keys.append(KeyedEntry(key: key, id: UInt32(index))) }
      }
    }
    return keys.withUnsafeMutableBufferPointer { keys in
      RadixSorter().group(keys)
      var pairs: [UInt64] = []
      var start = 0
      while start < keys.count {
        var end = start + 1
        while end < keys.count, keys[end].key == keys[start].key { end += 1 }
        if end - start > 1, end - start <= commonTrigram {
          for i in start..<end {
            for j in (i + 1)..<max(i + 1, end) {
              let (a, b) = (min(keys[i].id, keys[j].id), max(keys[i].id, keys[j].id))
              let (textA, textB) = (
                classes.places[Int(a)][0].text, classes.places[Int(b)][0].text
              )
              if family[textA] != family[textB] { pairs.append(UInt64(a) << 32 | UInt64(b)) }
            }
          }
        }
        start = end
      }
      pairs.sort()
      var kept: [(Int, Int)] = []
      var i = 0
      while i < pairs.count {
        var end = i + 1
        while end < pairs.count, pairs[end] == pairs[i] { end += 1 }
        if end - i >= leastShared {
          kept.append((Int(pairs[i] >> 32), Int(pairs[i] & 0xFFFF_FFFF)))
        }
        i = end
      }
      return kept
    }
  }
}

/// The classes of sentences with equal words, one place a family.
private struct SentenceClasses {
  /// For each class its places, in order.
  private(set) var places: [[SentenceID]] = []

  init(_ texts: [AnalyzedText], family: [Int], leastWords: Int) {
    var classOfHash: [UInt64: Int] = [:]
    var lastFamily: [Int] = []
    for (index, text) in texts.enumerated() {
      for (sentence, hash) in text.sentenceHashes.enumerated()
      where text.words(of: sentence).count >= leastWords {
        let id = SentenceID(text: index, sentence: sentence)
        if let known = classOfHash[hash] {
          let isNew = !places[known].contains { family[$0.text] == family[index] }
          if places[known].count > 64 ? lastFamily[known] != family[index] : isNew {
            places[known].append(id)
            lastFamily[known] = family[index]
          }
        } else {
          classOfHash[hash] = places.count
          places.append([id])
          lastFamily.append(family[index])
        }
      }
    }
  }
}
