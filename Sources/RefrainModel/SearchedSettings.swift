// What a check was asked for, as its machine-readable result says it.

/// Where a check looks for repetition.
package enum CheckScope: String, Sendable, CaseIterable {
  case within
  case across
  case both
}

/// The settings that a result depends on.
package struct SearchedSettings: Hashable, Sendable {
  package var scope: CheckScope
  /// The least words of a reported passage.
  package var leastWords: Int
  /// The least share of a passage's words that both places hold in order; nil where the score decides.
  package var similarity: Threshold?
  /// A passage in so many documents is boilerplate.
  package var boilerplateDocuments: Int
  /// What words, and so fingerprints, are made by: results of different schemes do not compare.
  package var scheme: String

  package init(
    scope: CheckScope, leastWords: Int, similarity: Threshold?, boilerplateDocuments: Int,
    scheme: String
  ) {
    self.scope = scope
    self.leastWords = leastWords
    self.similarity = similarity
    self.boilerplateDocuments = boilerplateDocuments
    self.scheme = scheme
  }
}
