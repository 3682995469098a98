// From two texts to the passages that they share: the one way there, for `compare` and for
// `dedup --passages`, so that a pair has the same passages whoever asks.

package import RefrainMatch
package import RefrainModel
package import RefrainProse
package import RefrainText

/// A text made ready to be compared with others, with the way back to its source.
///
/// Its prose is all of it, lines that look like a table included: between two texts that somebody
/// compares, a table that stands in both is what they share.
package struct ComparableText: Sendable {
  private let side: ComparedText
  private let map: OffsetMap

  /// A passage with its places in the sources of both texts.
  package struct Passage: Hashable, Sendable {
    /// Words, and bytes of the prose.
    package var words: SharedPassage
    package var a: ByteRange
    package var b: ByteRange
    /// The overlap of word bigrams.
    package var overlap: Overlap
  }

  /// A text whose prose was read with tables kept.
  package init(_ prose: Prose, _ analysis: AnalyzedText) {
    side = ComparedText(analysis, bytes: prose.text)
    map = prose.map
  }

  /// The decoded text of a record, which is plain text; one that is no UTF-8 has no words.
  package init(record bytes: [UInt8], _ analyzer: TextAnalyzer) {
    do throws(RefrainError) {
      let prose = try Prose(bytes, format: .plain, path: "", keepsTables: true)
      self.init(prose, analyzer.analyze(prose.text))
    } catch {
      self.init(Prose.none, AnalyzedText())
    }
  }

  /// What counts as a passage unless shorter ones are asked for, in bytes.
  package static let leastPassage = PairComparer.leastPassage

  /// The passages that this text and another share, by place.
  ///
  /// - Parameter leastBytes: what is shorter on either side is left out; below `leastPassage` single
  ///   sentences are told, too.
  package func passages(
    with other: ComparableText, leastBytes: Int = leastPassage
  ) -> [Passage] {
    PairComparer.compare(side, other.side, leastBytes: leastBytes).map { words in
      Passage(
        words: words, a: map.source(of: words.bytesA), b: other.map.source(of: words.bytesB),
        overlap: PassageSimilarity.overlap(
          side.text.words[words.a], other.side.text.words[words.b]))
    }
  }
}
