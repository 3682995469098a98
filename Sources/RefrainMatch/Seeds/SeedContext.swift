// Whether two places that share a rare run of words have anything else in common around it.

import CKernels
import RefrainText

/// What stands around a place: eight words on either side of a run.
typealias SeedContext = refrain_context

extension UnsafePointer<SeedContext> {
  /// What the surroundings of two places share to be taken for one passage: two words and one of the few hundred
  /// commonest, which count half.
  private static var leastAgreement: UInt32 { 5 }

  /// Whether the surroundings of two places share enough words, or are the same.
  ///
  /// In the middle of a run of 25 words they are the same, even where these are one word over and over, so that no
  /// such run is lost.
  @inline(__always)
  func agrees(with other: Self) -> Bool {
    // SAFETY: both point to a context.
    refrain_contexts_agree(self, other, Self.leastAgreement)
  }
}

/// Finds contexts of places in a collection.
///
/// A view: valid as long as the collection is.
struct SeedContexts: @unchecked Sendable {
  /// Words on either side that are looked at.
  static let reach = Int(REFRAIN_CONTEXT_REACH)

  // SAFETY: the words of a collection, and a bit for each value of the upper 16 bits of a word, whether a common
  // word has them; neither changes.
  private let words: UnsafePointer<UInt32>
  private let isCommon: UnsafePointer<UInt64>
  private let count: Int

  /// Contexts in a collection; nil if it is empty.
  init?(_ tokens: WordTokens) {
    guard let words = tokens.words.baseAddress else { return nil }
    self.words = words
    count = tokens.words.count
    isCommon = tokens.weights.isCommon
  }

  /// Finds the context of a run of `length` words: what stands around it in its document.
  @inline(__always)
  func find(_ context: UnsafeMutablePointer<SeedContext>, of place: Int, length: Int) {
    // SAFETY: the place is one of the collection's words, and the table has its 65,536 bits.
    refrain_seed_context(words, count, place, length, isCommon, context)
  }

  /// To be called some time before a context is asked for.
  @inline(__always)
  func prefetch(_ place: Int) {
    refrain_prefetch(words + max(0, place - Self.reach))
    refrain_prefetch(words + place + Self.reach)
  }
}
