// Whether a third place belongs to a finding of two: a coarser question than whether two sentences
// repeat each other, asked of places that were not matched with each other themselves.

import RefrainModel
import RefrainText

/// What a stretch of stems says, without a context.
package enum PassageContent {
  /// A stem of this level or above in the table of common words, or not in it, is content.
  static let level = 6

  /// Whether a stretch of stems says anything: one of them at least is content.
  package static func isIn(_ stems: ArraySlice<UInt64>) -> Bool {
    stems.contains { (CommonWords.level(ofStem: $0) ?? level) >= level }
  }
}

extension TokenText {
  /// Whether a stretch of words says anything, as `PassageContent` has it.
  package func saysSomething(in words: Range<Int>) -> Bool {
    words.contains { StemWeights.english.weight(of: stems[$0]) >= PassageContent.level * 16 }
  }
}

/// Likeness of places, each of which is compared with many: what a place is made of is found out once.
package final class PlaceLikeness {
  private let tokens: WordTokens
  private var contents: [PassageSpan: [UInt32]] = [:]

  package init(_ tokens: WordTokens) { self.tokens = tokens }

  /// Whether two places have the same stems, or share at least a quarter of the lesser one's content stems, and
  /// three of them.
  package func isAlike(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    if haveSameStems(a, b) { return true }
    let (left, right) = (content(a), content(b))
    let shared = left.commonCount(with: right)
    return shared >= 3 && shared * 4 >= min(left.count, right.count)
  }

  /// Whether two places share a quarter of the word bigrams of the lesser one.
  package func resembles(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    let overlap = PassageSimilarity.overlap(tokens.hashes(a), tokens.hashes(b))
    return overlap.shared * 4 >= min(overlap.left, overlap.right)
  }

  private func haveSameStems(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    let (left, right) = (tokens.text(a.text).stems, tokens.text(b.text).stems)
    return a.words.count == b.words.count
      && zip(a.words, b.words).allSatisfy { left[$0] >> 4 == right[$1] >> 4 }
  }

  private func stems(_ span: PassageSpan) -> some Sequence<UInt32> {
    let text = tokens.text(span.text)
    return span.words.lazy.map { text.stems[$0] >> 4 }
  }

  private func content(_ span: PassageSpan) -> [UInt32] {
    if let known = contents[span] { return known }
    let content = stems(span).filter {
      StemWeights.english.weight(of: $0 << 4) >= PassageContent.level * 16
    }.sortedDistinct()
    contents[span] = content
    return content
  }
}
