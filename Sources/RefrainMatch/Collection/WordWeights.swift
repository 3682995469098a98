// What words say in a collection.

import CKernels
import RefrainText

/// What a word says, in sixteenths of a bit: how unlikely it is that it stands in 128 words of this collection.
///
/// A word that stands q times in 128 words of the collection weighs log2(1 + 1/q), at most eleven bits.
/// The built-in levels of common words count as if 50,000 words had been read before, so that two documents
/// are weighed by what is common anywhere and a million by what is common there. Words are counted in a sample, by
/// twenty bits of their hash: one that shares them with a commoner one weighs less. 1 MiB.
package final class WordWeights: @unchecked Sendable {
  static let number: UInt8 = 24
  /// What a name weighs behind another word of the same name.
  static let continuation = 32
  /// Eleven bits.
  private static let most = 176
  /// Four bits: what weighs less is common.
  private static let leastRare = 64
  private static let window = 128
  private static let prior = 50_000

  private static let bits = 20

  // SAFETY: written by the initialiser alone, an element for each slot; slots have as many bits.
  private let listed: UnsafeMutablePointer<UInt8>
  // SAFETY: as above.
  private let commonBits: UnsafeMutablePointer<UInt64>

  /// The weights in a collection, of whose words some are counted.
  ///
  /// O(words of the sample).
  init(_ texts: some Sequence<TokenText>) {
    var counts = [UInt32](repeating: 0, count: 1 << Self.bits)
    // The level of the commonest listed word of the slot; 0 where none is.
    var levels = [UInt8](repeating: 0, count: 1 << Self.bits)
    var total = 0
    for text in texts {
      total += text.count
      for index in 0..<text.count {
        let slot = Self.slot(text.words[index])
        counts[slot] += 1
        guard let level = StemWeights.english.level(of: text.stems[index]) else { continue }
        if levels[slot] == 0 || level < levels[slot] { levels[slot] = UInt8(level) }
      }
    }
    listed = .allocate(capacity: 1 << Self.bits)
    for slot in 0..<(1 << Self.bits) {
      // q of a word of this level, in 1/2048: 2^-level, and 2^-11 for words that are in no table.
      let level = Int(levels[slot])
      let expected = 2048 >> (level == 0 ? 11 : level)
      let numerator = Self.window * 2048 * Int(counts[slot]) + Self.prior * expected
      let denominator = 2048 * (total + Self.prior)
      let weight = Log16.of(numerator + denominator) - Log16.of(max(1, numerator))
      listed[slot] = UInt8(min(Self.most, max(1, weight)))
    }
    commonBits = .allocate(capacity: 1 << 10)
    commonBits.initialize(repeating: 0, count: 1 << 10)
    for slot in 0..<(1 << Self.bits) where listed[slot] < Self.leastRare {
      let upper = slot >> (Self.bits - 16)
      commonBits[upper >> 6] |= 1 << UInt64(upper & 63)
    }
  }

  @inline(__always)
  private static func slot(_ word: UInt32) -> Int { Int(word >> UInt32(32 - bits)) }

  deinit {
    listed.deallocate()
    commonBits.deallocate()
  }

  /// A bit for each value of a word's upper 16 bits: whether a word of less than four bits has them.
  ///
  /// Valid as long as the weights are.
  var isCommon: UnsafePointer<UInt64> { UnsafePointer(commonBits) }

  /// What the kernel of a walk has to know of the weights; valid as long as they are.
  var walkRules: refrain_walk_rules {
    var rules = refrain_walk_rules()
    rules.weights = UnsafePointer(listed)
    rules.shift = UInt32(32 - Self.bits)
    rules.number = Int32(Self.number)
    rules.continuation = Int32(Self.continuation)
    return rules
  }

  /// What words of a text weigh together, each counted once.
  package func weight(of stretches: [Range<Int>], in text: TokenText) -> Int {
    var weights: [UInt32: Int] = [:]
    for stretch in stretches {
      var previous: UInt32 = 0
      for index in stretch {
        let word = text.words[index]
        weights[word >> 4] = max(weights[word >> 4] ?? 0, weight(of: word, behind: previous))
        previous = word
      }
    }
    return weights.values.reduce(0, +)
  }

  /// What a word weighs behind another one (0 for none): two bits at most where it goes on with a name.
  @inline(__always)
  func weight(of word: UInt32, behind previous: UInt32 = 0) -> Int {
    let weight = Int(
      word & WordColumns.Look.number != 0 ? Self.number : listed[Self.slot(word)])
    let isContinued =
      word & previous & WordColumns.Look.capital != 0
      && word & WordColumns.Look.sentenceStart == 0
    return isContinued ? min(Self.continuation, weight) : weight
  }
}

/// floor(16 * log2(x)) in integers: the same on every machine.
package enum Log16 {
  /// For x >= 1.
  package static func of(_ x: Int) -> Int {
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

  /// The same for small numbers, which are asked for often.
  static func ofSmall(_ x: Int) -> Int { x < small.count ? small[x] : of(x) }

  private static let small = [0] + (1..<4096).map { of($0) }
}
