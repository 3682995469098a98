// A collection as the passage stages walk over it: all words in a row, eight bytes each.

import RefrainFiles
package import RefrainModel
package import RefrainText
import Synchronization

/// The words of a collection's documents, one after the other, in the two columns of `WordColumns`.
///
/// All searches run on these columns, and texts are read again only for what is reported. Eight bytes a word,
/// in memory or in a mapped temporary file, and eight a document.
package final class WordTokens: Sendable {
  private let wordColumn: MappedArray<UInt32>
  private let stemColumn: MappedArray<UInt32>
  // SAFETY: the columns, which live as long as the collection.
  nonisolated(unsafe) let words: UnsafeBufferPointer<UInt32>
  nonisolated(unsafe) let stems: UnsafeBufferPointer<UInt32>
  /// Where each document begins, and behind the last one the number of words.
  let starts: [Int]
  /// For each block of `1 << blockBits` words the document of its first word.
  private let blocks: [UInt32]
  package let weights: WordWeights
  /// How many sentences there are.
  let sentenceCount: Int

  private static let blockBits = 7

  package var documentCount: Int { starts.count - 1 }
  package var wordCount: Int { words.count }

  fileprivate init(
    _ words: MappedArray<UInt32>, _ stems: MappedArray<UInt32>, _ starts: [Int],
    _ sentences: Int
  ) {
    wordColumn = words
    stemColumn = stems
    self.words = words.elements
    self.stems = stems.elements
    self.starts = starts
    sentenceCount = sentences
    blocks = Self.blocks(starts)
    let sample = Self.sample(of: Array(0..<(starts.count - 1)), starts)
    weights = WordWeights(
      sample.lazy.map { Self.text(words.elements, stems.elements, starts[$0]..<starts[$0 + 1]) })
  }

  /// The words of documents in memory: in a row, and how many each document has.
  ///
  /// Linear.
  package convenience init(_ columns: WordColumns, lengths: [Int]) {
    let words = UnsafeBufferPointer(start: columns.words, count: columns.count)
    let sentences = words.count { $0 & WordColumns.Look.sentenceStart != 0 }
    self.init(
      MappedArray(words),
      MappedArray(UnsafeBufferPointer(start: columns.stems, count: columns.count)),
      lengths.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }, sentences)
  }

  /// The words of analysed texts, in memory.
  ///
  /// Linear.
  package convenience init(_ texts: [AnalyzedText]) {
    let columns = WordColumns()
    for text in texts { columns.append(text) }
    self.init(columns, lengths: texts.map(\.words.count))
  }

  private static func blocks(_ starts: [Int]) -> [UInt32] {
    var document = 0
    return stride(from: 0, through: starts[starts.count - 1], by: 1 << blockBits).map { word in
      while document + 2 < starts.count, starts[document + 1] <= word { document += 1 }
      return UInt32(document)
    }
  }

  /// The document that holds a word.
  ///
  /// Expected O(1): a block holds few documents.
  @inline(__always)
  func document(of word: Int) -> Int {
    var document = Int(blocks[word >> Self.blockBits])
    while starts[document + 1] <= word { document += 1 }
    return document
  }

  @inline(__always)
  func range(of document: Int) -> Range<Int> { starts[document]..<starts[document + 1] }

  /// The words of a document.
  @inline(__always)
  package func text(_ document: Int) -> TokenText {
    Self.text(words, stems, range(of: document))
  }

  @inline(__always)
  private static func text(
    _ words: UnsafeBufferPointer<UInt32>, _ stems: UnsafeBufferPointer<UInt32>, _ range: Range<Int>
  ) -> TokenText {
    // SAFETY: the range lies in the columns, which have an address even without a word.
    guard let words = words.baseAddress, let stems = stems.baseAddress else {
      preconditionFailure("columns have an address")
    }
    return TokenText(words + range.lowerBound, stems + range.lowerBound, count: range.count)
  }

  /// Those of some documents that stand for all where only common words matter: evenly spread, of some thousands
  /// of documents and millions of words.
  package func sample(of documents: [Int]) -> [Int] { Self.sample(of: documents, starts) }

  private static func sample(of documents: [Int], _ starts: [Int]) -> [Int] {
    let words = documents.reduce(0) { $0 + starts[$1 + 1] - starts[$1] }
    let step = max(
      1, (documents.count + mostSampled - 1) / mostSampled,
      (words + mostSampledWords - 1) / mostSampledWords)
    return stride(from: 0, to: documents.count, by: step).map { documents[$0] }
  }

  private static let mostSampled = 1 << 15
  private static let mostSampledWords = 1 << 23

  /// The hashes of the words of a place.
  package func hashes(_ span: PassageSpan) -> ArraySlice<UInt64> {
    text(span.text).hashes(span.words)[...]
  }

  /// Words of the collection as words of the document that holds them.
  func span(_ words: Range<Int>, of document: Int) -> PassageSpan {
    let start = starts[document]
    return PassageSpan(
      text: document,
      words: Range(uncheckedBounds: (words.lowerBound - start, words.upperBound - start)))
  }

  /// How many of some words are numbers.
  func numbers(in words: Range<Int>) -> Int {
    words.reduce(0) { $0 + Int(self.words[$1] & WordColumns.Look.number) }
  }

  /// Whether two words of the column are the same word.
  @inline(__always)
  static func isSame(_ a: UInt32, _ b: UInt32) -> Bool { a ^ b < 16 }
}

extension WordTokens {
  /// The most words of a collection: their places have 32 bits.
  package static let most = Int(UInt32.max) - 1
}

/// Writes a collection's words, piece by piece, in order.
///
/// Not thread-safe.
package final class WordTokensWriter {
  private var words: MappedArrayWriter<UInt32>?
  private var stems: MappedArrayWriter<UInt32>?
  private var starts = [0]
  private var sentences = 0

  /// A writer that keeps up to `budget` bytes in memory, and the rest in a temporary file.
  package init(budget: Int) {
    words = MappedArrayWriter(budget: budget / 2)
    stems = MappedArrayWriter(budget: budget / 2)
  }

  /// Appends documents: their words in a row, and how many each has.
  ///
  /// - Throws: `unwritable` where the temporary file takes no more; `limited` where the collection has too
  ///   many words.
  package func append(_ columns: WordColumns, lengths: [Int]) throws(RefrainError) {
    let total = starts[starts.count - 1] + columns.count
    if total > WordTokens.most {
      throw .limited(
        cause: "more than \(WordTokens.most) words in one check; check parts of the collection")
    }
    let words = UnsafeBufferPointer(start: columns.words, count: columns.count)
    try self.words?.append(words)
    try stems?.append(UnsafeBufferPointer(start: columns.stems, count: columns.count))
    for length in lengths { starts.append(starts[starts.count - 1] + length) }
    sentences += words.count { $0 & WordColumns.Look.sentenceStart != 0 }
  }

  /// The collection of all documents that were appended.
  package func finish() throws(RefrainError) -> WordTokens {
    guard let words = words.take(), let stems = stems.take() else {
      preconditionFailure("finished twice")
    }
    return WordTokens(try words.finish(), try stems.finish(), starts, sentences)
  }
}
