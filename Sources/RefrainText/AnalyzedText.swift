// A text as the passage job sees it: words with stems and places, sentences, and what its words
// look like on the page.

package import RefrainModel

/// The words and sentences of one text, kept as arrays of equal length.
///
/// 25 bytes a word.
package struct AnalyzedText: Sendable {
  /// XXH3-64 of each folded word.
  package var words: [UInt64] = []
  /// XXH3-64 of each word's stem; empty where nobody asked for more than places, as `shapes` is; in scripts without spaces, where a word is one character and says
  /// little, a hash of the word and the one that touches it.
  package var stems: [UInt64] = []
  /// Where each word stands in the text, in bytes.
  package var starts: [UInt32] = []
  package var ends: [UInt32] = []
  /// What each word looks like.
  package var shapes: [WordShape] = []
  /// The index of each sentence's first word, and the number of words behind the last.
  package var sentenceStarts: [UInt32] = [0]

  package init() {}

  package var sentenceCount: Int { sentenceStarts.count - 1 }

  /// The words of a sentence.
  package func words(of sentence: Int) -> Range<Int> {
    Int(sentenceStarts[sentence])..<Int(sentenceStarts[sentence + 1])
  }

  /// The bytes from the first word of `range` to the last one's end.
  package func bytes(of range: Range<Int>) -> ByteRange {
    range.isEmpty
      ? ByteRange(0, 0) : ByteRange(Int(starts[range.lowerBound]), Int(ends[range.upperBound - 1]))
  }

  /// A hash of each sentence's words: equal words, equal hashes.
  ///
  /// Linear.
  package var sentenceHashes: [UInt64] {
    (0..<sentenceCount).map { words[words(of: $0)].hashInOrder }
  }

  /// The sentence that holds a word.
  ///
  /// O(log sentences).
  package func sentence(of word: Int) -> Int {
    (1..<max(1, sentenceCount)).partitionPoint { Int(sentenceStarts[$0]) > word } - 1
  }
}

/// What a word looks like on the page.
package struct WordShape: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Begins with an upper-case letter.
  package static let capital = WordShape(rawValue: 1)
  /// Holds a digit.
  package static let number = WordShape(rawValue: 2)
  /// Goes on with the token of the word before, as "hand" does in "left-hand" and "x" in "7.x".
  ///
  /// No white space lies between them, no sentence ends there, and neither is of a script without
  /// spaces.
  package static let joined = WordShape(rawValue: 4)
  /// One character of a script without spaces, such as Han and Kana.
  package static let character = WordShape(rawValue: 8)
}
