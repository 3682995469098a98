// A text made ready to be compared with many others: its stems numbered and sorted, its sentences
// as bags of stems, its word 8-grams in order.

import RefrainIndex
package import RefrainModel
package import RefrainText

/// One side of a comparison.
///
/// Made once a text, used for every pair that it is in; some 60 bytes a word.
///
/// The unit of comparison is the sentence; one of fewer than three words joins the next.
package final class ComparedText: Sendable {
  /// Words in a verbatim seed.
  package static let gram = 8
  /// A sentence of fewer words joins the next one.
  private static let leastWords = 3

  /// The words and their places.
  package let text: AnalyzedText
  /// The hashes of the distinct stems, ascending; a stem's number is its index here.
  let vocabulary: [UInt64]
  /// How many units hold each stem.
  let frequencies: [UInt32]
  /// The number of each word's stem.
  let stemOfWord: [UInt32]
  /// The index of each unit's first word, and the number of words.
  let unitStarts: [Int]
  /// The bag of unit u is `bagStems[bagStarts[u] ..< bagStarts[u + 1]]`, ascending, with counts.
  let bagStarts: [Int]
  let bagStems: [UInt32]
  let bagCounts: [UInt32]
  /// The word 8-grams by hash and then place.
  let grams: [KeyedEntry]
  /// The bytes of each unit, with the punctuation that touches its edges.
  let unitBytes: [ByteRange]

  var unitCount: Int { unitStarts.count - 1 }

  /// Prepares a text; `bytes` are its UTF-8.
  ///
  /// O(words * log words).
  package init(_ text: AnalyzedText, bytes: [UInt8]) {
    self.text = text
    let sorter = RadixSorter()
    var unitStarts = [0]
    for sentence in 0..<text.sentenceCount {
      let end = Int(text.sentenceStarts[sentence + 1])
      if end - unitStarts[unitStarts.count - 1] >= Self.leastWords { unitStarts.append(end) }
    }
    if unitStarts[unitStarts.count - 1] < text.words.count {
      if unitStarts.count > 1 { unitStarts.removeLast() }
      unitStarts.append(text.words.count)
    }
    self.unitStarts = unitStarts

    var vocabulary: [UInt64] = []
    var stemOfWord = [UInt32](repeating: 0, count: text.stems.count)
    for entry in Self.sorted(text.stems, sorter) {
      if vocabulary.last != entry.key { vocabulary.append(entry.key) }
      stemOfWord[Int(entry.id)] = UInt32(vocabulary.count - 1)
    }
    self.stemOfWord = stemOfWord
    var frequencies = [UInt32](repeating: 0, count: vocabulary.count)
    var bagStarts = [0]
    var bagStems: [UInt32] = []
    var bagCounts: [UInt32] = []
    for unit in 0..<(unitStarts.count - 1) {
      var last: UInt32?
      for stem in stemOfWord[unitStarts[unit]..<unitStarts[unit + 1]].sorted() {
        if stem == last {
          bagCounts[bagCounts.count - 1] += 1
        } else {
          bagStems.append(stem)
          bagCounts.append(1)
          frequencies[Int(stem)] += 1
          last = stem
        }
      }
      bagStarts.append(bagStems.count)
    }
    self.vocabulary = vocabulary
    self.frequencies = frequencies
    self.bagStarts = bagStarts
    self.bagStems = bagStems
    self.bagCounts = bagCounts
    unitBytes = (0..<(unitStarts.count - 1)).map { unit in
      SentenceEdges.extent(of: unitStarts[unit]..<unitStarts[unit + 1], in: text, bytes)
    }
    let grams = max(0, text.words.count - Self.gram + 1)
    self.grams = Self.sorted(
      (0..<grams).map { text.words[$0..<($0 + Self.gram)].hashInOrder }, sorter)
  }

  /// Keys by their value and then their index, with the index.
  private static func sorted(_ keys: [UInt64], _ sorter: RadixSorter) -> [KeyedEntry] {
    var entries = keys.enumerated().map { KeyedEntry(key: $1, id: UInt32($0)) }
    entries.withUnsafeMutableBufferPointer { sorter.group($0) }
    return entries
  }

  /// The distinct stems of a unit, ascending.
  func stems(of unit: Int) -> ArraySlice<UInt32> { bagStems[bagStarts[unit]..<bagStarts[unit + 1]] }

  /// The words from unit `first` to unit `last`.
  func words(_ first: Int, through last: Int) -> Range<Int> {
    unitStarts[first]..<unitStarts[last + 1]
  }

  /// The bytes of a range of words; an edge that is a unit's takes the unit's punctuation along.
  package func bytes(of words: Range<Int>) -> ByteRange {
    var range = text.bytes(of: words)
    let first = unit(of: words.lowerBound)
    if unitStarts[first] == words.lowerBound { range.start = unitBytes[first].start }
    let last = unit(of: words.upperBound - 1)
    if unitStarts[last + 1] == words.upperBound { range.end = unitBytes[last].end }
    return range
  }

  /// The unit that holds a word.
  ///
  /// O(log units).
  func unit(of word: Int) -> Int {
    (1..<max(1, unitCount)).partitionPoint { unitStarts[$0] > word } - 1
  }
}
