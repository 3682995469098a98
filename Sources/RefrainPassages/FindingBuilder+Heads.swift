// How two documents that repeat each other begin, side by side: what a person sees of them.

import RefrainMatch
import RefrainModel
import RefrainProse
import RefrainText

extension FindingBuilder {
  /// The beginning of a document beside that of the first one of its family, as far as a finding quotes
  /// both; nothing where they read the same.
  ///
  /// O(excerpt), however long the documents are.
  static func heads(_ first: Document, _ other: Document) -> [AlignedSpan] {
    let (a, b) = (first.headWords, other.headWords)
    let (left, right) = (first.head(excerpt), other.head(excerpt))
    if a.isEmpty || b.isEmpty || first.string(left) == other.string(right) { return [] }
    return PassageSpans.spans(
      PassageText(first.analysis, first.prose.text, words: a, bytes: left),
      PassageText(other.analysis, other.prose.text, words: b, bytes: right),
      WordAlignment(first.analysis.words[a], other.analysis.words[b]))
  }
}

extension Document {
  /// The words that a finding quotes of a whole document; none where its first one is longer than that.
  var headWords: Range<Int> {
    let end = head(FindingBuilder.excerpt).end
    let words = analysis.words.indices
    return 0..<words.partitionPoint { analysis.bytes(of: $0..<($0 + 1)).end > end }
  }
}
