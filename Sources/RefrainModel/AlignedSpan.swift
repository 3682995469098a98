// The words of a place beside those of the first place of its finding, as reports show them: computed
// once where words are known, so that no report cuts or aligns any itself.

/// A stretch of two texts, with what became of it from the one to the other.
///
/// The stretches of a place, one after the other, are the whole of both texts: each word takes the
/// punctuation and white space along that follows it, up to the next word's own.
package struct AlignedSpan: Hashable, Sendable {
  package var kind: WordDifference.Piece.Kind
  /// Bytes of the first place's text; empty for what is added or moved here.
  package var first: ByteRange
  /// Bytes of this place's text; empty for what is removed or moved away.
  package var second: ByteRange
  /// Whether a sentence begins with it, so that both sides go on in a new row.
  package var startsRow: Bool

  package init(
    kind: WordDifference.Piece.Kind, first: ByteRange, second: ByteRange, startsRow: Bool
  ) {
    self.kind = kind
    self.first = first
    self.second = second
    self.startsRow = startsRow
  }
}
