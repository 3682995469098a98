// Whether a third place belongs to a finding of two: a coarser question than whether two sentences
// repeat each other, asked of places that were not matched with each other themselves.

import RefrainModel
package import RefrainText

/// Likeness of passages by their content stems, without a context.
package enum PassageLikeness {
  /// A stem of this level or above in the table of common words, or not in it, is content.
  private static let contentLevel = 6

  /// Whether the two are equal, or share at least a quarter of the lesser one's content stems, and
  /// three of them.
  package static func isAlike(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>
  ) -> Bool {
    a.elementsEqual(b) || isAlike(content(a), content(b))
  }

  fileprivate static func isAlike(_ left: [UInt64], _ right: [UInt64]) -> Bool {
    let shared = left.commonCount(with: right)
    return shared >= 3 && shared * 4 >= min(left.count, right.count)
  }

  fileprivate static func content(_ stems: ArraySlice<UInt64>) -> [UInt64] {
    stems.filter { (CommonWords.level(ofStem: $0) ?? contentLevel) >= contentLevel }
      .sortedDistinct()
  }

  /// Whether a stretch of stems says anything: one of them at least is content.
  package static func holdsContent(_ stems: ArraySlice<UInt64>) -> Bool {
    stems.contains { (CommonWords.level(ofStem: $0) ?? contentLevel) >= contentLevel }
  }
}

/// Likeness of places in texts, each of which is compared with many: what a place is made of is found
/// out once.
package final class PlaceLikeness {
  private let texts: [AnalyzedText]
  private var contents: [PassageSpan: [UInt64]] = [:]

  package init(_ texts: [AnalyzedText]) { self.texts = texts }

  /// Whether two places are alike, as `PassageLikeness` has it.
  package func isAlike(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    if stems(a).elementsEqual(stems(b)) { return true }
    return PassageLikeness.isAlike(content(a), content(b))
  }

  /// Whether two places share a quarter of the word bigrams of the lesser one.
  package func resembles(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    let overlap = PassageSimilarity.overlap(
      texts[a.text].words[a.words], texts[b.text].words[b.words])
    return overlap.shared * 4 >= min(overlap.left, overlap.right)
  }

  private func stems(_ span: PassageSpan) -> ArraySlice<UInt64> {
    texts[span.text].stems[span.words]
  }

  private func content(_ span: PassageSpan) -> [UInt64] {
    if let known = contents[span] { return known }
    let content = PassageLikeness.content(stems(span))
    contents[span] = content
    return content
  }
}
