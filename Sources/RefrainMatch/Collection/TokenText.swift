// The words of one document of a collection.

import RefrainText

/// A document's words and stems, as `WordColumns` lays them out.
///
/// A view: valid as long as the collection that it is of.
package struct TokenText: @unchecked Sendable {
  // SAFETY: `count` words and stems that do not change while the collection lives.
  let words: UnsafePointer<UInt32>
  let stems: UnsafePointer<UInt32>
  package let count: Int

  init(_ words: UnsafePointer<UInt32>, _ stems: UnsafePointer<UInt32>, count: Int) {
    self.words = words
    self.stems = stems
    self.count = count
  }

  /// Whether a word is that of another text, or the same text.
  @inline(__always)
  func isSame(_ word: Int, _ other: Int, of text: TokenText) -> Bool {
    words[word] ^ text.words[other] < 16
  }

  /// Whether as many words of two texts are the same.
  func areSame(_ range: Range<Int>, _ other: Range<Int>, of text: TokenText) -> Bool {
    range.count == other.count
      && zip(range, other).allSatisfy { isSame($0, $1, of: text) }
  }

  /// The hash of a word, of 28 bits.
  @inline(__always)
  package func word(_ index: Int) -> UInt64 { UInt64(words[index] >> 4) }

  /// The words of a range as hashes, numbered as they are in the text.
  package func hashes(_ range: Range<Int>) -> [UInt64] { range.map { word($0) } }

  /// Puts the hashes of all words and the first words of sentences in the place of what arrays hold.
  func copy(into words: inout [UInt64], sentences: inout [UInt32]) {
    words.removeAll(keepingCapacity: true)
    sentences.removeAll(keepingCapacity: true)
    words.reserveCapacity(count)
    for index in 0..<count {
      words.append(word(index))
      if startsSentence(index) { sentences.append(UInt32(index)) }
    }
  }

  /// Whether a word goes on with the token of the word before; not asked of a text's first word.
  @inline(__always)
  func isJoined(_ word: Int) -> Bool { words[word] & WordColumns.Look.joined != 0 }

  /// Whether a word is the first of its sentence, or the text ends before it.
  @inline(__always)
  func startsSentence(_ word: Int) -> Bool {
    word >= count || words[word] & WordColumns.Look.sentenceStart != 0
  }

  @inline(__always)
  func startsPiece(_ word: Int) -> Bool {
    word >= count || stems[word] & WordColumns.Role.pieceStart != 0
  }

  /// What a piece is to the text: `heading`, `lead`, `quoted` or none of them.
  @inline(__always)
  func role(of piece: Range<Int>) -> UInt32 {
    stems[piece.lowerBound] & WordColumns.Role.sentenceBits
  }

  /// Whether the text was marked as an article.
  ///
  /// O(words behind the last one that begins no sentence): one, in all but odd texts.
  var isArticle: Bool {
    var word = count - 1
    while word >= 0, startsPiece(word) { word -= 1 }
    return word >= 0 && stems[word] & WordColumns.Role.article != 0
  }

  /// Whether a quarter of the words are common ones of English: of its news texts, half of them are.
  ///
  /// Looks at 128 words, evenly spread.
  var isEnglish: Bool {
    let step = max(1, count / 128)
    let sampled = stride(from: 0, to: count, by: step)
    let common = sampled.reduce(0) {
      $0 + (StemWeights.english.weight(of: stems[$1]) < StemWeights.unknown ? 1 : 0)
    }
    return common * 4 * step >= count
  }

  /// The sentence, or the piece of a long one, that holds a word.
  ///
  /// O(words of the piece).
  func piece(of word: Int) -> Range<Int> {
    var start = word
    while start > 0, !startsPiece(start) { start -= 1 }
    var end = word + 1
    while !startsPiece(end) { end += 1 }
    return start..<end
  }

  /// Calls `body` with each sentence, the longest ones in pieces, in order.
  @inline(__always)
  func forEachPiece(_ body: (Range<Int>) -> Void) {
    var start = 0
    while start < count {
      var end = start + 1
      while !startsPiece(end) { end += 1 }
      body(start..<end)
      start = end
    }
  }

  /// How many words a passage has where two characters of a script without spaces make one.
  package func measuredWords(_ words: Range<Int>) -> Int {
    let characters = words.count { stems[$0] & WordColumns.Role.character != 0 }
    return words.count - characters + (characters + 1) / 2
  }

  /// How many sentences there are.
  var sentenceCount: Int { (0..<count).count { startsSentence($0) } }

  /// A hash of each piece's words: equal words, equal hashes.
  package var pieceHashes: [UInt64] {
    var hashes: [UInt64] = []
    forEachPiece { piece in hashes.append(self.hashes(piece)[...].hashInOrder) }
    return hashes
  }
}

extension TokenText {
  /// Whether a word is a number.
  package func isNumber(_ word: Int) -> Bool { words[word] & WordColumns.Look.number != 0 }

  /// Whether a word is written with a capital inside a sentence.
  package func isName(_ word: Int) -> Bool {
    words[word] & WordColumns.Look.capital != 0 && !startsSentence(word)
  }

  /// A number for each five words in a row, sorted.
  ///
  /// O(words).
  package func shingles() -> [UInt64] {
    guard count >= 5 else { return [] }
    return (0...(count - 5)).map { hashes($0..<($0 + 5))[...].hashInOrder }.sortedDistinct()
  }

  /// The headings of the text, each as a number that stands for its words, sorted.
  ///
  /// O(words).
  package func headings() -> [UInt64] {
    var headings: [UInt64] = []
    forEachPiece { piece in
      guard role(of: piece) == WordColumns.Role.heading else { return }
      headings.append(piece.reduce(0) { ($0 &+ word($1)) &* 0x9E37_79B9_7F4A_7C15 })
    }
    return headings.sortedDistinct()
  }
}
