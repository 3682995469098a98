// What the rules are called in whatever outlives a run.

extension Segmenter {
  /// The word and sentence rules.
  package static let scheme = "words2-unicode\(FoldingTable.unicodeVersion)"

  /// The same with the name and generation of all that Refrain writes in front.
  package static let fullScheme = "refrain1/\(scheme)"
}
