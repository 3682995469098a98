// Whether two places that share a rare run of words have anything else in common around it.

import CKernels
import RefrainText

/// What stands around a place, as bits: each of the eight words on either side of a run sets one of 64, of
/// `content` or, where it is one of the few hundred commonest words, of `common`.
typealias SeedContext = refrain_context

extension refrain_context {
  /// What the surroundings of two places share to be taken for one passage, content counted twice.
  private static var leastAgreement: Int { 6 }

  /// Whether the surroundings of two places share enough words, or are the same.
  ///
  /// By chance they share one or two. In the middle of a run of 25 words they are the same, even where these are
  /// one word over and over, so that no such run is lost.
  @inline(__always)
  func agrees(with other: SeedContext) -> Bool {
    let shared =
      2 * (content & other.content).nonzeroBitCount + (common & other.common).nonzeroBitCount
    return shared >= Self.leastAgreement || content == other.content && common == other.common
  }
}

/// Makes contexts of places in a collection.
final class SeedContexts: Sendable {
  /// Words on either side that are looked at.
  static let reach = 8

  private let tokens: WordTokens
  /// A bit for each value of the upper 16 bits of a word: whether a common word has them.
  private let isCommon: [UInt64]

  init(_ tokens: WordTokens) {
    self.tokens = tokens
    isCommon = tokens.weights.commonSlots
  }

  /// The context of a run of `length` words: what stands around it in its document.
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
