// What stems weigh: rare ones carry the sameness of two sentences, common ones do not, and names less than they
// seem to.

import RefrainText

/// Weights of stems, in sixteenths of a bit.
///
/// A stem weighs what it does in English: the built-in level of a common stem, nine bits for all others. In a
/// collection of twenty documents and more, it weighs at most 2 * log2((N + 1) / df) + 4 bits where it stands in
/// df of N documents, for the words of its own trade are common there, whatever they are elsewhere. Both are known
/// for the few common stems; all others weigh nine bits.
package struct StemWeights: Sendable {
  /// The least weight of a stem that counts as content: three bits.
  static let content = 48
  /// The weight of a stem that is not in the table: nine bits.
  static let unknown = 144
  /// A smaller collection says too little on what is common.
  private static let leastDocuments = 20

  /// The stems that weigh less than `unknown`.
  private var common: StemTable

  /// The weights of English.
  package static let english: StemWeights = {
    var common = StemTable(capacity: 1024)
    CommonWords.forEachStem { stem, level in
      common.update(WordColumns.upper(stem)) { $0 = UInt32(level * 16) }
    }
    return StemWeights(common: common)
  }()

  private init(common: StemTable) { self.common = common }

  /// The weights in a collection, of whose documents some are counted.
  ///
  /// O(words of the sample).
  package init(_ tokens: WordTokens, sample: [Int]) {
    self = .english
    let documents = sample.count
    guard documents >= Self.leastDocuments else { return }
    var frequencies = StemTable(capacity: 1 << 14)
    // The upper half of a value is the document that counted last, the lower half how many did.
    for (number, document) in sample.enumerated() {
      let text = tokens.text(document)
      let mark = UInt32(number & 0x7FFF + 1) << 16
      for word in 0..<text.count {
        frequencies.update(text.stems[word]) { value in
          if value & 0xFFFF_0000 != mark { value = mark | (value & 0xFFFF + 1) }
        }
      }
    }
    let whole = Log16.of(documents + 1)
    frequencies.forEach { stem, value in
      let weight = 2 * max(0, whole - Log16.of(Int(value & 0xFFFF))) + 64
      if weight < self.weight(of: stem) { common.update(stem) { $0 = UInt32(weight) } }
    }
  }

  /// What a stem weighs, by its entry in the column.
  @inline(__always)
  func weight(of stem: UInt32) -> Int { common.value(of: stem).map(Int.init) ?? Self.unknown }

  /// The level of a common stem in English; nil for others.
  ///
  /// Asked of `english` alone.
  @inline(__always)
  func level(of stem: UInt32) -> UInt32? { common.value(of: stem).map { $0 / 16 } }
}

/// What stems weigh between the sentences of different documents.
///
/// W = min(G, L), where G is the level of a stem in English and L = 2 * log2((n + 1) / (max(sf - 2, 0) + 1)) with
/// n sentences and sf of them that hold the stem: a stem may stand in two sentences for free, since two is what a
/// repetition is made of. A stem that is mostly written with a capital inside sentences is a name and weighs three
/// quarters, for names recur with every new fact about them. Counted in at most some thousands of documents, which
/// is enough to tell what is common.
struct SentenceStatistics: Sendable {
  /// Weights by stem.
  private var stems: StemTable

  init(_ tokens: WordTokens, sample: [Int]) {
    var counts: [Counts] = []
    var numbers = StemTable(capacity: 1 << 14)
    var sentence: UInt32 = 0
    for document in sample {
      let text = tokens.text(document)
      for word in 0..<text.count {
        let starts = text.startsSentence(word)
        if starts { sentence += 1 }
        var number = 0
        numbers.update(text.stems[word]) { value in
          if value == 0 {
            counts.append(Counts())
            value = UInt32(counts.count)
          }
          number = Int(value) - 1
        }
        counts[number].add(in: sentence, isInside: !starts, text.words[word])
      }
    }
    let whole = Log16.of(Int(sentence) + 1)
    var stems = StemTable(capacity: numbers.count)
    numbers.forEach { stem, number in
      let count = counts[Int(number) - 1]
      let local = 2 * (whole - Log16.of(max(Int(count.sentences) - 2, 0) + 1))
      let weight = min(StemWeights.english.weight(of: stem), local)
      let isName = count.capital * 2 > count.inside
      stems.update(stem) {
        $0 = UInt32(isName ? weight * 3 / 4 : weight)
      }
    }
    self.stems = stems
  }

  private struct Counts {
    var sentences: UInt32 = 0
    var last: UInt32 = 0
    var inside: UInt32 = 0
    var capital: UInt32 = 0

    @inline(__always)
    mutating func add(in sentence: UInt32, isInside: Bool, _ word: UInt32) {
      if isInside {
        inside += 1
        if word & WordColumns.Look.capital != 0 { capital += 1 }
      }
      if last != sentence {
        last = sentence
        sentences += 1
      }
    }
  }

  /// The weight of a stem; of one that the sample does not hold, `isName` says whether it is a name.
  @inline(__always)
  func weight(of stem: UInt32, isName: Bool) -> Int {
    guard let known = stems.value(of: stem) else {
      return isName ? StemWeights.unknown * 3 / 4 : StemWeights.unknown
    }
    return Int(known)
  }
}
