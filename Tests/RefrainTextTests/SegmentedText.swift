// What the tests of this module share: the segmenter's result in the test's own terms.

import CXXHash
import RefrainText
import Testing

/// A text after segmentation.
struct SegmentedText {
  let bytes: [UInt8]
  let hashes: [UInt64]
  let ranges: [Range<Int>]
  /// The index of each sentence's first word.
  let sentences: [Int]

  init(_ text: String, _ segmenter: Segmenter = Segmenter(), _ words: WordBuffer = WordBuffer()) {
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { segmenter.segment($0, into: words) }
    self.bytes = bytes
    hashes = Array(words.hashes)
    ranges = zip(words.starts, words.ends).map { Int($0)..<Int($1) }
    sentences = words.sentences.map { Int($0) }
  }

  static func hash(_ word: String) -> UInt64 {
    let bytes = Array(word.utf8)
    return bytes.withUnsafeBytes { refrain_xxh3_64($0.baseAddress, $0.count) }
  }

  /// The words of each sentence as they stand in the text.
  var sentenceTexts: [String] {
    sentences.indices.map { index in
      let first = sentences[index]
      let last = index + 1 < sentences.count ? sentences[index + 1] - 1 : ranges.count - 1
      return string(ranges[first].lowerBound..<ranges[last].upperBound)
    }
  }

  func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Asserts that the words are the oracle's, and what holds for the places of any text.
  func check(
    _ comment: @autoclosure () -> Comment, at location: SourceLocation = #_sourceLocation
  ) {
    let expected = WordOracle.words(String(decoding: bytes, as: UTF8.self))
    guard hashes == expected.map(Self.hash) else {
      let known = expected.map(Self.hash)
      let first = zip(hashes, known).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      let word = first.map { "\(bytes[ranges[$0]]) instead of \(Array(expected[$0].utf8))" }
      let what = word ?? "\(hashes.count) words instead of \(known.count)"
      Issue.record("\(comment()): \(what) in \(bytes)", sourceLocation: location)
      return
    }
    #expect(sentences.first == (hashes.isEmpty ? nil : 0), comment(), sourceLocation: location)
    var wrong = zip(sentences, sentences.dropFirst()).contains { $0 >= $1 }
    wrong = wrong || sentences.contains { $0 >= hashes.count }
    var previous = 0
    for (range, word) in zip(ranges, expected) {
      wrong =
        wrong || range.isEmpty || range.lowerBound < previous || range.upperBound > bytes.count
      if wrong { break }
      previous = range.lowerBound
      // On the edges of scalars, and what stands there is the word (or holds it: the fraction "½"
      // is two words of one scalar).
      let source = String(validating: bytes[range], as: UTF8.self)
      wrong = source.map { !WordOracle.words($0).contains(word) } ?? true
      if wrong { break }
    }
    if wrong {
      Issue.record("\(comment()): wrong places \(ranges) in \(bytes)", sourceLocation: location)
    }
  }
}
