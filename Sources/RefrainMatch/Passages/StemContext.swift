// What the words of the texts under comparison weigh: rare ones carry the sameness of two
// sentences, common ones do not, and names less than they seem to.

package import RefrainText

/// The stems of one text or of several, numbered, with integer weights.
///
/// Weights are in sixteenths of a bit: W = min(G, L), where G is the built-in level of a common
/// stem (nine bits for all others) and L = 2 * log2((n + 1) / (max(sf - 2, 0) + 1)) with n
/// sentences in the context and sf of them holding the stem: a stem may stand in two sentences for
/// free, since two is what a repetition is made of. A stem that is mostly written with a capital
/// inside sentences is a name and weighs three quarters, for names recur with every new fact about
/// them.
package struct StemContext: Sendable {
  /// The least weight of a stem that counts as content: three bits.
  package static let content = 48
  /// The weight of a stem that is not in the table: nine bits.
  private static let unknown = 144

  /// For each text, the number of each word's stem.
  package let stems: [[UInt32]]
  /// By stem number.
  package let weights: [UInt16]
  /// By stem number.
  package let isNumber: [Bool]

  /// Numbers and weighs the stems of `texts` as one context, within a corpus where there is one.
  ///
  /// Linear.
  package init(_ texts: [AnalyzedText], corpus: StemFrequencies? = nil) {
    var numbers = HashNumbers(capacity: texts.reduce(0) { $0 + $1.words.count } / 4)
    var hashes: [UInt64] = []
    var isNumber: [Bool] = []
    var stems: [[UInt32]] = []
    var inside: [UInt32] = []
    var capital: [UInt32] = []
    var sentences: [UInt32] = []
    var lastSentence: [Int] = []
    var n = 0
    for text in texts {
      var own: [UInt32] = []
      own.reserveCapacity(text.words.count)
      for sentence in 0..<text.sentenceCount {
        n += 1
        let words = text.words(of: sentence)
        for word in words {
          let hash = text.stems[word]
          let (stem, isNew) = numbers.insert(hash)
          if isNew {
            hashes.append(hash)
            isNumber.append(text.shapes[word].contains(.number))
            inside.append(0)
            capital.append(0)
            sentences.append(0)
            lastSentence.append(0)
          }
          own.append(UInt32(stem))
          if word != words.lowerBound {
            inside[stem] += 1
            if text.shapes[word].contains(.capital) { capital[stem] += 1 }
          }
          if lastSentence[stem] != n {
            lastSentence[stem] = n
            sentences[stem] += 1
          }
        }
      }
      stems.append(own)
    }
    let whole = Self.log16(n + 1)
    weights = hashes.indices.map { stem in
      let general = CommonWords.level(ofStem: hashes[stem]).map { $0 * 16 } ?? Self.unknown
      let local = 2 * (whole - Self.log16(max(Int(sentences[stem]) - 2, 0) + 1))
      let weight = min(general, local, corpus?.weight(ofStem: hashes[stem]) ?? general)
      return UInt16(capital[stem] * 2 > inside[stem] ? weight * 3 / 4 : weight)
    }
    self.stems = stems
    self.isNumber = isNumber
  }

  /// floor(16 * log2(x)) for x >= 1, in integers: the same on every machine.
  package static func log16(_ x: Int) -> Int {
    let whole = Int.bitWidth - 1 - x.leadingZeroBitCount
    var mantissa = whole <= 31 ? UInt64(x) << (31 - whole) : UInt64(x) >> (whole - 31)
    var result = whole
    for _ in 0..<4 {
      mantissa = (mantissa * mantissa) >> 31
      result *= 2
      if mantissa >= 1 << 32 {
        mantissa >>= 1
        result += 1
      }
    }
    return result
  }
}

/// In how many documents of a corpus each stem stands.
///
/// In a corpus the words of its own trade are common, whatever they are elsewhere: W is at most
/// 2 * log2((N + 1) / df) for a stem in df of N documents.
package struct StemFrequencies: Sendable {
  /// A smaller corpus says too little on what is common.
  private static let leastDocuments = 20

  private let documents: Int
  private let stems: HashNumbers
  /// By stem number.
  private let frequencies: [UInt32]

  /// Counts over `texts`; nil where they are too few.
  package init?(_ texts: [AnalyzedText]) {
    guard texts.count >= Self.leastDocuments else { return nil }
    documents = texts.count
    var stems = HashNumbers()
    var frequencies: [UInt32] = []
    var lastText: [Int] = []
    for (index, text) in texts.enumerated() {
      for hash in text.stems {
        let (stem, isNew) = stems.insert(hash)
        if isNew {
          frequencies.append(1)
          lastText.append(index)
        } else if lastText[stem] != index {
          frequencies[stem] += 1
          lastText[stem] = index
        }
      }
    }
    self.stems = stems
    self.frequencies = frequencies
  }

  func weight(ofStem hash: UInt64) -> Int {
    let frequency = stems.number(of: hash).map { Int(frequencies[$0]) } ?? 1
    return 2 * max(0, StemContext.log16(documents + 1) - StemContext.log16(frequency)) + 64
  }
}
