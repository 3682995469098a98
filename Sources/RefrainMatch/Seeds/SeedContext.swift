// Whether two places that share a rare run of words have anything else in common around it.

import CKernels
import RefrainText

/// What stands around a place, as bits: each of the eight words on either side of a run sets one of 64, of
/// `content` or, where it is one of the few hundred commonest words, of `common`.
typealias SeedContext = refrain_context

extension refrain_context {
  /// Words that the surroundings of two places share, content counted twice; by chance a few more.
  @inline(__always)
  func agreement(with other: SeedContext) -> Int {
    2 * (content & other.content).nonzeroBitCount + (common & other.common).nonzeroBitCount
  }
}

/// Makes contexts of places in a collection.
final class SeedContexts: Sendable {
  /// Words on either side that are looked at.
  private static let reach = 8

  private let tokens: WordTokens
  /// A bit for each value of the upper 16 bits of a word: whether a common word has them.
  private let isCommon: [UInt64]

  init(_ tokens: WordTokens) {
    self.tokens = tokens
    isCommon = tokens.weights.commonSlots
  }

  /// The context of a run of `length` words.
  ///
  /// It may look over the edge of a document, where it agrees with another one by chance alone.
  func context(of place: Int, length: Int) -> SeedContext {
    let words = tokens.words
    // SAFETY: the place is one of the collection's words, and the table has its 65,536 bits.
    return refrain_seed_context(
      words.baseAddress, words.count, place, length, Self.reach, isCommon)
  }

  /// To be called some time before a context is asked for.
  @inline(__always)
  func prefetch(_ place: Int) {
    guard let start = tokens.words.baseAddress else { return }
    refrain_prefetch(start + max(0, place - Self.reach))
    refrain_prefetch(start + place + Self.reach)
  }
}
