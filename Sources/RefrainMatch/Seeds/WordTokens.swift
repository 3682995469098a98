// A collection as the passage stage walks over it: all words in a row, four bytes each.

package import RefrainText

/// The words of a collection's documents, one after the other, as tokens of 32 bits.
///
/// A token is the upper 28 bits of the word's hash and four bits of what it looks like. Two words with
/// equal hashes there are taken for equal: one pair of different words in 268 million. Four bytes a word and
/// eight a document.
package final class WordTokens: @unchecked Sendable {
  /// What a token looks like, in its lower bits.
  struct Look {
    static let number: UInt32 = 1
    static let capital: UInt32 = 2
    static let sentenceStart: UInt32 = 4
  }

  // SAFETY: written by the initialiser alone and let go of with the object; reading is safe from any thread.
  let words: UnsafeMutableBufferPointer<UInt32>
  /// Where each document begins, and behind the last one the number of words.
  let starts: [Int]
  /// For each block of `1 << blockBits` words the document of its first word.
  private let blocks: [UInt32]
  package let weights: WordWeights
  // SAFETY: a copy of the weights for the walk, by the upper bits of a token, which is within it.
  private let weightTable: UnsafeMutableBufferPointer<UInt8>

  private static let blockBits = 7

  package var documentCount: Int { starts.count - 1 }
  package var wordCount: Int { words.count }

  /// The words of analysed texts.
  ///
  /// Linear.
  package init(_ texts: [AnalyzedText]) {
    let starts = texts.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.words.count) }
    let total = starts[texts.count]
    words = .allocate(capacity: total)
    var weights = WordWeights()
    var n = 0
    for text in texts {
      var sentence = 0
      for i in text.words.indices {
        var token = Self.token(text, i)
        if sentence < text.sentenceCount, Int(text.sentenceStarts[sentence]) == i {
          token |= Look.sentenceStart
          sentence += 1
        }
        words.initializeElement(at: n, to: token)
        weights.count(token, level: CommonWords.level(ofStem: text.stems[i]))
        n += 1
      }
    }
    self.starts = starts
    weights.settle(total)
    self.weights = weights
    weightTable = .allocate(capacity: weights.weights.count)
    _ = weightTable.initialize(from: weights.weights)
    blocks = Self.blocks(starts)
  }

  deinit {
    words.deallocate()
    weightTable.deallocate()
  }

  /// What a word weighs, as `WordWeights` has it.
  @inline(__always)
  func weight(of token: UInt32, behind previous: UInt32 = 0) -> Int {
    WordWeights.weight(of: token, behind: previous, listed: weightTable[WordWeights.slot(token)])
  }

  /// The token of a word, but for whether a sentence starts with it.
  @inline(__always)
  static func token(_ text: AnalyzedText, _ word: Int) -> UInt32 {
    var token = UInt32(truncatingIfNeeded: text.words[word] >> 32) & ~15
    if text.shapes[word].contains(.number) { token |= Look.number }
    if text.shapes[word].contains(.capital) { token |= Look.capital }
    return token
  }

  private static func blocks(_ starts: [Int]) -> [UInt32] {
    var document = 0
    return stride(from: 0, through: starts[starts.count - 1], by: 1 << blockBits).map { word in
      while document + 2 < starts.count, starts[document + 1] <= word { document += 1 }
      return UInt32(document)
    }
  }

  /// The document that holds a word.
  ///
  /// Expected O(1): a block holds few documents.
  @inline(__always)
  func document(of word: Int) -> Int {
    var document = Int(blocks[word >> Self.blockBits])
    while starts[document + 1] <= word { document += 1 }
    return document
  }

  @inline(__always)
  func range(of document: Int) -> Range<Int> { starts[document]..<starts[document + 1] }

  /// Words of the collection as words of the document that holds them.
  func span(_ words: Range<Int>, of document: Int) -> PassageSpan {
    let start = starts[document]
    return PassageSpan(
      text: document,
      words: Range(uncheckedBounds: (words.lowerBound - start, words.upperBound - start)))
  }

  /// How many of some words are numbers.
  func numbers(in words: Range<Int>) -> Int {
    words.reduce(0) { $0 + Int(self.words[$1] & Look.number) }
  }

  /// Whether two tokens are the same word.
  @inline(__always)
  static func isSame(_ a: UInt32, _ b: UInt32) -> Bool { a ^ b < 16 }
}

/// What a word says, in sixteenths of a bit: how unlikely it is that it stands in 128 words of this collection.
///
/// A word that stands q times in 128 words of the collection weighs log2(1 + 1/q), at most eleven bits.
/// The built-in levels of common words count as if 50,000 words had been read before, so that two documents
/// are weighed by what is common anywhere and a million by what is common there. Words are counted by
/// twenty bits of their hash: one that shares them with a commoner one weighs less. O(1) memory.
package struct WordWeights: Sendable {
  static let number: UInt8 = 24
  /// What a name weighs behind another word of the same name.
  static let continuation = 32
  /// Eleven bits.
  private static let most = 176
  private static let bits = 20
  private static let window = 128
  private static let prior = 50_000

  private var counts = [UInt32](repeating: 0, count: 1 << bits)
  private var levels = [UInt8](repeating: 0, count: 1 << bits)
  /// By the upper bits of a token.
  private(set) var weights: [UInt8] = []
  private(set) var total = 0

  @inline(__always)
  static func slot(_ token: UInt32) -> Int { Int(token >> UInt32(32 - bits)) }

  mutating func count(_ token: UInt32, level: Int?) {
    let slot = Self.slot(token)
    counts[slot] += 1
    if let level { levels[slot] = UInt8(level) }
  }

  /// What words of a text weigh together, each counted once.
  package func weight(of stretches: [Range<Int>], in text: AnalyzedText) -> Int {
    var weights: [UInt32: Int] = [:]
    for stretch in stretches {
      var previous: UInt32 = 0
      for word in stretch {
        let token = WordTokens.token(text, word)
        weights[token >> 4] = max(
          weights[token >> 4] ?? 0,
          Self.weight(of: token, behind: previous, listed: self.weights[Self.slot(token)]))
        previous = token
      }
    }
    return weights.values.reduce(0, +)
  }

  /// What a word weighs that the table lists with so much, behind another one (0 for none): two bits at most
  /// where it goes on with a name.
  @inline(__always)
  static func weight(of token: UInt32, behind previous: UInt32, listed: UInt8) -> Int {
    let weight = Int(token & WordTokens.Look.number != 0 ? number : listed)
    let isContinued =
      token & previous & WordTokens.Look.capital != 0
      && token & WordTokens.Look.sentenceStart == 0
    return isContinued ? min(continuation, weight) : weight
  }

  /// Makes weights of what was counted among so many words.
  mutating func settle(_ total: Int) {
    self.total = total
    weights = zip(counts, levels).map { count, level in
      // q of a word of this level, in 1/2048: 2^-level, and 2^-11 for words that are in no table.
      let expected = 2048 >> (level == 0 ? 11 : Int(level))
      let numerator = Self.window * 2048 * Int(count) + Self.prior * expected
      let denominator = 2048 * (total + Self.prior)
      let weight =
        StemContext.log16(numerator + denominator) - StemContext.log16(max(1, numerator))
      return UInt8(min(Self.most, max(1, weight)))
    }
    counts = []
    levels = []
  }
}
