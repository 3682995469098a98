// Why two records are duplicates of each other, from the strictest reason to the widest.

/// How far a corpus job goes in calling records duplicates; each step includes those before it.
public enum MatchLevel: String, CaseIterable, Hashable, Sendable {
  /// The same text, byte for byte after JSON is decoded.
  case identical
  /// The same words in the same order: case, punctuation and space may differ.
  case words
  /// A similarity that reaches the threshold.
  case near
}

/// Why a pair is listed, or a record removed.
public enum PairReason: String, CaseIterable, Hashable, Sendable {
  /// The texts are the same bytes.
  case identical
  /// The words are the same and the texts differ: "C++" and "C#" are such a pair.
  case sameWords = "same-words"
  /// The words differ, and the similarity reaches the threshold.
  case near
}
