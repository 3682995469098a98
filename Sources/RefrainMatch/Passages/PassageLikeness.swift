// Whether a third place belongs to a finding of two: a coarser question than whether two sentences
// repeat each other, asked of places that were not matched with each other themselves.

/// Likeness of passages by their content stems, without a context.
package enum PassageLikeness {
  /// A stem of this level or above in the table of common words, or not in it, is content.
  private static let contentLevel = 6

  /// Whether the two are equal, or share at least a quarter of the lesser one's content stems, and
  /// three of them.
  package static func isAlike(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>
  ) -> Bool {
    if a.elementsEqual(b) { return true }
    let left = content(a)
    let right = content(b)
    let shared = left.common(with: right).count
    return shared >= 3 && shared * 4 >= min(left.count, right.count)
  }

  private static func content(_ stems: ArraySlice<UInt64>) -> [UInt64] {
    stems.filter { (CommonWords.level(ofStem: $0) ?? contentLevel) >= contentLevel }
      .sortedDistinct()
  }

  /// Whether a stretch of stems says anything: one of them at least is content.
  package static func holdsContent(_ stems: ArraySlice<UInt64>) -> Bool {
    stems.contains { (CommonWords.level(ofStem: $0) ?? contentLevel) >= contentLevel }
  }
}
