// A text as the passage job sees it: words with stems and places, sentences, and what its words
// look like on the page.

package import RefrainModel

/// The words and sentences of one text, kept as arrays of equal length.
///
/// 25 bytes a word.
package struct AnalyzedText: Sendable {
  /// XXH3-64 of each folded word.
  package var words: [UInt64] = []
  /// XXH3-64 of each word's stem; in scripts without spaces, where a word is one character and says
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

  /// How many words a passage has where two characters of a script without spaces make one.
  ///
  /// O(words).
  package func measuredWords(_ words: Range<Int>) -> Int {
    let characters = words.count { shapes[$0].contains(.character) }
    return words.count - characters + (characters + 1) / 2
  }

  /// A hash of each sentence's words: equal words, equal hashes.
  ///
  /// Linear.
  package var sentenceHashes: [UInt64] {
    (0..<sentenceCount).map { words[words(of: $0)].hashInOrder }
  }

  /// The same text with longer sentences cut into pieces of so many words, for those whose cost is that
  /// of a sentence squared: text without stops may be one sentence.
  ///
  /// O(sentences + pieces), and O(1) where all are shorter.
  package func cuttingSentences(longerThan longest: Int) -> AnalyzedText {
    let isShort = (0..<sentenceCount).allSatisfy { words(of: $0).count <= longest }
    if isShort { return self }
    var cut = self
    cut.sentenceStarts = (0..<sentenceCount).flatMap { sentence in
      let words = words(of: sentence)
      return stride(from: words.lowerBound, to: words.upperBound, by: longest).map(UInt32.init)
    }
    cut.sentenceStarts.append(UInt32(words.count))
    return cut
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

/// Analyses texts.
///
/// Not thread-safe: each worker has its own.
package final class TextAnalyzer {
  private let segmenter = Segmenter()
  private let buffer = WordBuffer()
  private var known = HashNumbers()
  /// By the number of the word's hash.
  private var knownFacts: [WordFacts] = []

  private struct WordFacts {
    var stem: UInt64
    var isNumber: Bool
    var isCluster: Bool
  }

  package init() {}

  /// Analyses valid UTF-8 of less than 4 GiB.
  ///
  /// Linear.
  package func analyze(_ text: [UInt8]) -> AnalyzedText {
    // SAFETY: the analysis keeps nothing of the bytes.
    text.withUnsafeBytes { analyze($0) }
  }

  /// Analyses valid UTF-8 of less than 4 GiB.
  ///
  /// Linear.
  package func analyze(_ text: UnsafeRawBufferPointer) -> AnalyzedText {
    segmenter.segment(text, into: buffer)
    var result = AnalyzedText()
    result.words = Array(buffer.hashes)
    result.starts = Array(buffer.starts)
    result.ends = Array(buffer.ends)
    if buffer.count > 0 { result.sentenceStarts = Array(buffer.sentences) + [UInt32(buffer.count)] }
    result.stems.reserveCapacity(buffer.count)
    result.shapes.reserveCapacity(buffer.count)
    var previousIsCluster = false
    var sentence = 0
    for i in 0..<buffer.count {
      while Int(result.sentenceStarts[sentence]) < i { sentence += 1 }
      let startsSentence = Int(result.sentenceStarts[sentence]) == i
      let range = Int(buffer.starts[i])..<Int(buffer.ends[i])
      let bytes = UnsafeRawBufferPointer(rebasing: text[range])
      // One scalar that makes several words ("½", "㏂") is the spelling of none of them.
      let isPart =
        i > 0 && buffer.ends[i - 1] > buffer.starts[i]
        || i + 1 < buffer.count && buffer.ends[i] > buffer.starts[i + 1]
      let facts =
        isPart ? newFacts(buffer.hashes[i], bytes, isWhole: false) : facts(buffer.hashes[i], bytes)
      if previousIsCluster, facts.isCluster, buffer.ends[i - 1] == buffer.starts[i] {
        result.stems[i - 1] = hashInOrder(result.stems[i - 1], facts.stem)
      }
      var shape: WordShape = facts.isNumber ? .number : []
      if !startsSentence, !facts.isCluster, !previousIsCluster,
        !WhiteSpace.isIn(text, from: Int(buffer.ends[i - 1]), to: Int(buffer.starts[i]))
      {
        shape.insert(.joined)
      }
      if facts.isCluster { shape.insert(.character) }
      previousIsCluster = facts.isCluster
      result.stems.append(facts.stem)
      if Self.startsUpperCase(bytes) { shape.insert(.capital) }
      result.shapes.append(shape)
    }
    return result
  }

  private func facts(_ hash: UInt64, _ bytes: UnsafeRawBufferPointer) -> WordFacts {
    if let number = known.number(of: hash) { return knownFacts[number] }
    let facts = newFacts(hash, bytes, isWhole: true)
    // Bounded, since a corpus has no end of numbers and misspellings.
    if known.count > 1 << 20 {
      known.removeAll()
      knownFacts.removeAll(keepingCapacity: true)
    }
    _ = known.insert(hash)
    knownFacts.append(facts)
    return facts
  }

  /// What there is to know of a folded word, never of one spelling of it ("ﬁnding", "Ⅳ"): which
  /// spelling comes first depends on the texts before, and with threads on chance.
  private func newFacts(
    _ hash: UInt64, _ bytes: UnsafeRawBufferPointer, isWhole: Bool
  ) -> WordFacts {
    let scalars = segmenter.folded(bytes).compactMap(Unicode.Scalar.init)
    return WordFacts(
      stem: isWhole ? stem(scalars, hash) : hash,
      isNumber: scalars.contains {
        $0.properties.numericType != nil && !$0.properties.isIdeographic
      },
      isCluster: isWhole && scalars.first.map { segmenter.isCluster($0.value) } ?? false)
  }

  /// The hash of a folded word's stem; that of the word where it is none of ASCII letters.
  private func stem(_ scalars: [Unicode.Scalar], _ hash: UInt64) -> UInt64 {
    guard scalars.allSatisfy(\.isASCII) else { return hash }
    // SAFETY: the bytes are read within the call.
    return scalars.map { UInt8($0.value) }.withUnsafeBytes { Stemmer.stemHash($0) } ?? hash
  }

  private static func startsUpperCase(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let first = bytes.first else { return false }
    if first < 0x80 { return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z") }
    let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(4))
    return String(decoding: head, as: UTF8.self).unicodeScalars.first?.properties.isUppercase
      ?? false
  }
}
