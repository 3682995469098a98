// A word diff as it is shown: pieces of the pages themselves, equal, dropped, added or moved.

/// The difference of two passages, piece by piece in reading order.
public struct WordDifference: Hashable, Sendable {
  /// A stretch of text with what became of it.
  public struct Piece: Hashable, Sendable {
    /// What became of a stretch.
    public enum Kind: String, Hashable, Sendable {
      /// In both passages.
      case equal
      /// Only in the first passage.
      case removed
      /// Only in the second.
      case added
      /// In the first here, in the second elsewhere.
      case movedAway
      /// In the second here, in the first elsewhere.
      case movedHere
    }

    public var kind: Kind
    /// The first passage's text; the second's for what is added or moved here.
    public var text: String

    package init(kind: Kind, text: String) {
      self.kind = kind
      self.text = text
    }
  }

  public var pieces: [Piece]
  /// Words that stand in both in order.
  public var equalWords: Int
  public var firstWords: Int
  public var secondWords: Int
  /// Words of the longest unbroken equal stretch.
  public var longestRun: Int

  package init(
    pieces: [Piece], equalWords: Int, firstWords: Int, secondWords: Int, longestRun: Int
  ) {
    self.pieces = pieces
    self.equalWords = equalWords
    self.firstWords = firstWords
    self.secondWords = secondWords
    self.longestRun = longestRun
  }
}
