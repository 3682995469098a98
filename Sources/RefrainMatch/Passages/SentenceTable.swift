// The sentences that are compared with each other, as numbers of stems with weights.

import CKernels
import RefrainText

/// What a sentence weighs.
struct SentenceWeight: Sendable {
  /// Each stem once.
  var stems = 0
  /// Of these the ones that are no content.
  var common = 0
  /// Each word, repeats included.
  var words = 0
}

/// Sentences as rows of stem numbers; all of one text, or some of two.
///
/// Filled anew for each text, without allocation once it has seen the largest. 4 bytes a word, 4 a distinct stem of a sentence, 64 a sentence.
package struct SentenceTable {
  /// A sentence's place in the rows.
  private struct Row {
    /// Its words in its text.
    var words: Range<Int>
    var firstWord: Int
    var firstStem: Int
    var weight = SentenceWeight()
  }

  private var stems: [refrain_stem_count] = []
  /// By stem number.
  private(set) var weights: [UInt16] = []
  private(set) var isNumber: [Bool] = []
  private var rows: [Row] = []
  /// Stem numbers of all words, row by row.
  private(set) var words: [UInt32] = []
  /// The distinct stem numbers of each row, in order of their first word.
  private(set) var distinct: [UInt32] = []

  /// The numbers of stems by hash, at most half of them in use.
  private var slots: [refrain_stem_slot] = []
  private var stamp: UInt32 = 0
  /// The first word of each stem, counted from the first of those that were appended with it.
  private var firsts: [UInt32] = []

  package init() {}

  /// How many sentences the text has, the longest ones counted once.
  private(set) var sentences = 0
  /// How many rows there are: sentences, the longest ones in pieces.
  package var count: Int { rows.count }
  var stemCount: Int { stems.count }

  /// The words of a sentence in its text.
  package func range(of sentence: Int) -> Range<Int> { rows[sentence].words }

  /// The stem numbers of a sentence's words.
  @inline(__always)
  func wordRange(of sentence: Int) -> Range<Int> {
    let end = sentence + 1 < rows.count ? rows[sentence + 1].firstWord : words.count
    return rows[sentence].firstWord..<end
  }

  /// Where the distinct stems of a sentence are.
  @inline(__always)
  func stemRange(of sentence: Int) -> Range<Int> {
    let end = sentence + 1 < rows.count ? rows[sentence + 1].firstStem : distinct.count
    return rows[sentence].firstStem..<end
  }

  @inline(__always)
  func weight(of sentence: Int) -> SentenceWeight { rows[sentence].weight }

  /// How many sentences hold a stem.
  @inline(__always)
  func frequency(_ stem: Int) -> Int { Int(stems[stem].sentences) }

  /// Whether a stem is mostly written with a capital inside sentences.
  func isName(_ stem: Int) -> Bool { stems[stem].isName }

  /// Whether a stem is none of the common ones of English.
  func isRare(_ stem: Int) -> Bool {
    StemWeights.english.weight(of: stems[stem].stem) == StemWeights.unknown
  }

  /// Whether a stem is a number of more than two digits and no year.
  func isFigure(_ stem: Int) -> Bool { isNumber[stem] && !SmallNumbers.hold(stems[stem].stem) }

  /// Takes the place of what was there: all sentences of a text, the longest ones in pieces.
  ///
  /// Weights are those of the collection, and at most 2 * log2((n + 1) / (max(sf - 2, 0) + 1)) for a stem in sf
  /// of the text's n sentences; names weigh three quarters. Linear.
  package mutating func load(_ text: TokenText, _ general: StemWeights) {
    removeAll()
    append(text, 0..<text.count)
    var sentences = 0
    text.forEachPiece { piece in
      addRow(text, piece)
      if text.startsSentence(piece.lowerBound) { sentences += 1 }
    }
    self.sentences = sentences
    let whole = Log16.ofSmall(rows.count + 1)
    weigh { stem in
      // Most stems stand in one sentence or two.
      let others = stem.sentences <= 2 ? 0 : Log16.ofSmall(Int(stem.sentences) - 1)
      let weight = min(general.weight(of: stem.stem), 2 * (whole - others))
      return stem.isName ? weight * 3 / 4 : weight
    }
  }

  /// Takes the place of what was there: some sentences of two texts, weighed by a collection.
  mutating func load(
    _ first: TokenText, _ own: [Range<Int>], _ second: TokenText, _ others: [Range<Int>],
    _ statistics: SentenceStatistics
  ) {
    removeAll()
    sentences = own.count + others.count
    for (text, pieces) in [(first, own), (second, others)] {
      for piece in pieces {
        append(text, piece)
        addRow(text, piece)
      }
    }
    weigh { statistics.weight(of: $0.stem, isName: $0.isName) }
  }

  private mutating func removeAll() {
    stems.removeAll(keepingCapacity: true)
    isNumber.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    distinct.removeAll(keepingCapacity: true)
    if slots.isEmpty { widen() }
    stamp += 1
    if stamp == .max {
      for slot in slots.indices { slots[slot].stamp = 0 }
      stamp = 1
    }
  }

  /// Numbers the stems of more words, behind those that are there.
  private mutating func append(_ text: TokenText, _ range: Range<Int>) {
    var word = range.lowerBound
    while true {
      let (start, known) = (words.count, stems.count)
      let left = range.upperBound - word
      words.append(contentsOf: repeatElement(0, count: left))
      var count = known
      let done = words.withUnsafeMutableBufferPointer { words in
        // SAFETY: so many words are left in the text, with a number for each; half of the slots have a first word.
        refrain_number_stems(
          text.stems + word, left, &slots, slots.count, stamp,
          words.baseAddress.map { $0 + start }, &firsts, &count)
      }
      for first in firsts[known..<count] {
        let first = word + Int(first)
        stems.append(refrain_stem_count(stem: text.stems[first] & ~15, last: .max))
        isNumber.append(text.words[first] & WordColumns.Look.number != 0)
      }
      if done == left { return }
      words.removeLast(left - done)
      word += done
      widen()
    }
  }

  /// Doubles the slots, so that half of them are free.
  private mutating func widen() {
    let count = max(64, slots.count * 2)
    slots = [refrain_stem_slot](repeating: refrain_stem_slot(), count: count)
    firsts = [UInt32](repeating: 0, count: count / 2)
    stamp = 1
    // Those that are there keep their numbers, since they come in order.
    let known = stems.map(\.stem)
    var numbers = known
    var next = 0
    // SAFETY: there are fewer stems than a quarter of the slots, and a number for each.
    _ = refrain_number_stems(
      known, known.count, &slots, count, stamp, &numbers, &firsts, &next)
  }

  /// Makes the next of the words that were appended a row: those of a sentence, or of a piece of one.
  private mutating func addRow(_ text: TokenText, _ piece: Range<Int>) {
    let row = Row(words: piece, firstWord: counted, firstStem: distinct.count)
    distinct.append(contentsOf: repeatElement(0, count: piece.count))
    let found = distinct.withUnsafeMutableBufferPointer { distinct in
      words.withUnsafeBufferPointer { words in
        // SAFETY: the words were appended, and `distinct` has room for each of them.
        refrain_count_stems(
          words.baseAddress.map { $0 + row.firstWord }, text.words + piece.lowerBound, piece.count,
          UInt32(rows.count), text.startsSentence(piece.lowerBound), &stems,
          distinct.baseAddress.map { $0 + row.firstStem })
      }
    }
    distinct.removeLast(piece.count - found)
    rows.append(row)
  }

  /// How many of the words are in rows.
  private var counted: Int {
    rows.last.map { $0.firstWord + $0.words.count } ?? 0
  }

  private mutating func weigh(_ weight: (refrain_stem_count) -> Int) {
    weights.removeAll(keepingCapacity: true)
    for stem in stems { weights.append(UInt16(weight(stem))) }
    for row in rows.indices {
      let own = sum(distinct, stemRange(of: row))
      rows[row].weight = SentenceWeight(
        stems: Int(own.all), common: Int(own.light),
        words: Int(sum(words, wordRange(of: row)).all))
    }
  }

  private func sum(_ numbers: [UInt32], _ range: Range<Int>) -> refrain_weights {
    numbers.withUnsafeBufferPointer { numbers in
      // SAFETY: the range is of the numbers, of which each has a weight; a row has at most
      // `WordColumns.longestPiece` words.
      refrain_sum_weights(
        numbers.baseAddress.map { $0 + range.lowerBound }, range.count, weights,
        UInt32(StemWeights.content))
    }
  }
}

extension refrain_stem_count {
  fileprivate init(stem: UInt32, last: UInt32) {
    self.init(stem: stem, sentences: 0, last: last, inside: 0, capital: 0)
  }

  /// Whether it is mostly written with a capital inside sentences.
  fileprivate var isName: Bool { capital * 2 > inside }
}
