// The sentences that are compared with each other, as numbers of stems with weights.

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
  /// What is known of a stem by its number.
  private struct Stem {
    /// The entry in the column.
    var hash: UInt32
    /// How many sentences hold it, and the last of them.
    var sentences: UInt32 = 0
    var last: UInt32 = .max
    /// How often it stands inside a sentence, and how often with a capital there.
    var inside: UInt32 = 0
    var capital: UInt32 = 0

    /// Whether it is mostly written with a capital inside sentences.
    var isName: Bool { capital * 2 > inside }
  }

  /// A sentence's place in the rows.
  private struct Row {
    /// Its words in its text.
    var words: Range<Int>
    var firstWord: Int
    var firstStem: Int
    var weight = SentenceWeight()
  }

  private var stems: [Stem] = []
  /// By stem number.
  private(set) var weights: [UInt16] = []
  private(set) var isNumber: [Bool] = []
  private var rows: [Row] = []
  /// Stem numbers of all words, row by row.
  private(set) var words: [UInt32] = []
  /// The distinct stem numbers of each row, in order of their first word.
  private(set) var distinct: [UInt32] = []

  /// The numbers of stems by hash; a slot is in use if it bears the present stamp.
  private var slots: [(hash: UInt32, number: UInt32, stamp: UInt32)] = []
  private var stamp: UInt32 = 0

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
    StemWeights.english.weight(of: stems[stem].hash) == StemWeights.unknown
  }

  /// Whether a stem is a number of more than two digits and no year.
  func isFigure(_ stem: Int) -> Bool { isNumber[stem] && !SmallNumbers.hold(stems[stem].hash) }

  /// Takes the place of what was there: all sentences of a text, the longest ones in pieces.
  ///
  /// Weights are those of the collection, and at most 2 * log2((n + 1) / (max(sf - 2, 0) + 1)) for a stem in sf
  /// of the text's n sentences; names weigh three quarters. Linear.
  package mutating func load(_ text: TokenText, _ general: StemWeights) {
    removeAll()
    var sentences = 0
    text.forEachPiece { piece in
      append(text, piece)
      if text.startsSentence(piece.lowerBound) { sentences += 1 }
    }
    self.sentences = sentences
    let whole = Log16.ofSmall(rows.count + 1)
    weigh { stem in
      let local = 2 * (whole - Log16.ofSmall(max(Int(stem.sentences) - 2, 0) + 1))
      let weight = min(general.weight(of: stem.hash), local)
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
    for piece in own { append(first, piece) }
    for piece in others { append(second, piece) }
    weigh { statistics.weight(of: $0.hash, isName: $0.isName) }
  }

  private mutating func removeAll() {
    stems.removeAll(keepingCapacity: true)
    isNumber.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
    distinct.removeAll(keepingCapacity: true)
    if slots.isEmpty { slots = Array(repeating: (0, 0, 0), count: 64) }
    stamp += 1
    if stamp == .max {
      for slot in slots.indices { slots[slot].stamp = 0 }
      stamp = 1
    }
  }

  private mutating func append(_ text: TokenText, _ piece: Range<Int>) {
    let row = UInt32(rows.count)
    rows.append(Row(words: piece, firstWord: words.count, firstStem: distinct.count))
    makeRoom(for: piece.count)
    var filled = Filled(words: words.count, distinct: distinct.count, stems: stems.count)
    // Room for a piece without any word twice, or known; what is left of it goes again.
    words.append(contentsOf: repeatElement(0, count: piece.count))
    distinct.append(contentsOf: repeatElement(0, count: piece.count))
    stems.append(contentsOf: repeatElement(Stem(hash: 0), count: piece.count))
    isNumber.append(contentsOf: repeatElement(false, count: piece.count))
    let startsSentence = text.startsSentence(piece.lowerBound)
    let stamp = stamp
    // SAFETY: each word of the piece fills one element at most of each array, see above; slots are at most half full.
    slots.withUnsafeMutableBufferPointer { slots in
      stems.withUnsafeMutableBufferPointer { stems in
        isNumber.withUnsafeMutableBufferPointer { isNumber in
          words.withUnsafeMutableBufferPointer { words in
            distinct.withUnsafeMutableBufferPointer { distinct in
              for index in piece {
                let word = text.words[index]
                let hash = text.stems[index] & ~15
                var slot = Self.slot(of: hash, slots.count)
                while slots[slot].stamp == stamp, slots[slot].hash != hash {
                  slot = (slot + 1) & (slots.count - 1)
                }
                if slots[slot].stamp != stamp {
                  slots[slot] = (hash, UInt32(filled.stems), stamp)
                  stems[filled.stems] = Stem(hash: hash)
                  isNumber[filled.stems] = word & WordColumns.Look.number != 0
                  filled.stems += 1
                }
                let number = Int(slots[slot].number)
                words[filled.words] = UInt32(number)
                filled.words += 1
                if index > piece.lowerBound || !startsSentence {
                  stems[number].inside += 1
                  if word & WordColumns.Look.capital != 0 { stems[number].capital += 1 }
                }
                if stems[number].last != row {
                  stems[number].last = row
                  stems[number].sentences += 1
                  distinct[filled.distinct] = UInt32(number)
                  filled.distinct += 1
                }
              }
            }
          }
        }
      }
    }
    distinct.removeLast(distinct.count - filled.distinct)
    stems.removeLast(stems.count - filled.stems)
    isNumber.removeLast(isNumber.count - filled.stems)
  }

  /// How much of the arrays is in use while a piece is appended.
  private struct Filled {
    var words: Int
    var distinct: Int
    var stems: Int
  }

  /// Where the search for a stem begins, among so many slots.
  @inline(__always)
  private static func slot(of hash: UInt32, _ slots: Int) -> Int {
    // The upper bits are as good as any others; a column's entry has none in its lower four.
    Int(hash &* 0x9E37_79B1 >> 7) & (slots - 1)
  }

  /// Widens the slots until half of them are free whatever so many words are.
  private mutating func makeRoom(for words: Int) {
    let least = (stems.count + words) * 2
    if least <= slots.count { return }
    var count = slots.count
    while count < least { count *= 2 }
    slots = Array(repeating: (0, 0, 0), count: count)
    stamp = 1
    for (number, stem) in stems.enumerated() {
      var slot = Self.slot(of: stem.hash, count)
      while slots[slot].stamp == stamp { slot = (slot + 1) & (count - 1) }
      slots[slot] = (stem.hash, UInt32(number), stamp)
    }
  }

  private mutating func weigh(_ weight: (Stem) -> Int) {
    weights.removeAll(keepingCapacity: true)
    for stem in stems { weights.append(UInt16(weight(stem))) }
    for row in rows.indices {
      var total = SentenceWeight()
      for stem in distinct[stemRange(of: row)] {
        let value = Int(weights[Int(stem)])
        total.stems += value
        if value < StemWeights.content { total.common += value }
      }
      for stem in words[wordRange(of: row)] { total.words += Int(weights[Int(stem)]) }
      rows[row].weight = total
    }
  }
}
