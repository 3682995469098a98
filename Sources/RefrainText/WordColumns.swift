// The words of texts as a search over millions of them sees them: eight bytes each, in two columns.

/// The words of one text or several, one after the other: 28 bits of hash each for the word and for its stem,
/// and in the lower four bits of either what is known besides.
///
/// Two words, or stems, with equal hashes there are taken for equal: one pair of different ones in 268 million.
/// 8 bytes a word. Handed from thread to thread, and used by one at a time. Grows as texts are appended, and is used again after `removeAll`.
package final class WordColumns: @unchecked Sendable {
  package typealias Look = WordLook
  package typealias Role = WordRole

  /// Sentences of more words are compared piece by piece.
  package static let longestPiece = 1024

  // SAFETY: room for `capacity` words in each, of which the first `count` are initialised; owned by the object.
  package private(set) var words: UnsafeMutablePointer<UInt32>
  package private(set) var stems: UnsafeMutablePointer<UInt32>
  package private(set) var count = 0
  private var capacity: Int

  package init(capacity: Int = 1 << 12) {
    self.capacity = capacity
    words = .allocate(capacity: capacity)
    stems = .allocate(capacity: capacity)
  }

  deinit {
    words.deallocate()
    stems.deallocate()
  }

  /// Forgets all words, and keeps the memory.
  package func removeAll() { count = 0 }

  /// Makes room for `extra` more words.
  package func reserve(_ extra: Int) {
    if count + extra <= capacity { return }
    capacity = max(count + extra, capacity * 2)
    words = Self.moved(words, count, capacity)
    stems = Self.moved(stems, count, capacity)
  }

  private static func moved<T>(
    _ old: UnsafeMutablePointer<T>, _ count: Int, _ capacity: Int
  ) -> UnsafeMutablePointer<T> {
    let new = UnsafeMutablePointer<T>.allocate(capacity: capacity)
    new.moveInitialize(from: old, count: count)
    old.deallocate()
    return new
  }

  /// Appends the words of `text` that `write` initialises behind those that are there.
  ///
  /// Whoever writes initialises all `extra` words of each column.
  @inline(__always)
  func append(
    _ extra: Int,
    _ write: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>) -> Void
  ) {
    reserve(extra)
    write(words + count, stems + count)
    if extra > 0 { words[count] |= Look.textStart }
    count += extra
  }

  /// Appends the words of an analysed text.
  package func append(_ text: AnalyzedText) {
    append(text.words.count) { words, stems in
      for i in text.words.indices {
        words[i] = Self.word(text.words[i], text.shapes[i])
        stems[i] =
          Self.upper(text.stems[i]) | (text.shapes[i].contains(.character) ? Role.character : 0)
      }
      Self.mark(
        text.sentenceCount, of: text.words.count, words, stems
      ) { Int(text.sentenceStarts[$0]) }
    }
  }

  /// Marks where sentences and pieces begin.
  @inline(__always)
  static func mark(
    _ sentences: Int, of count: Int, _ words: UnsafeMutablePointer<UInt32>,
    _ stems: UnsafeMutablePointer<UInt32>, _ start: (Int) -> Int
  ) {
    for sentence in 0..<sentences {
      let first = start(sentence)
      if first >= count { break }
      words[first] |= Look.sentenceStart
      let end = sentence + 1 < sentences ? start(sentence + 1) : count
      for piece in stride(from: first, to: end, by: longestPiece) {
        stems[piece] |= Role.pieceStart
      }
    }
  }

  /// Gives the piece that begins with a word of the columns a role.
  package func set(_ role: UInt32, at word: Int) { stems[word] |= role }

  /// The hash bits of a column's entry.
  @inline(__always)
  package static func upper(_ hash: UInt64) -> UInt32 {
    UInt32(truncatingIfNeeded: hash >> 32) & ~15
  }

  /// A word of the column, but for whether a sentence starts with it.
  @inline(__always)
  package static func word(_ hash: UInt64, _ shape: WordShape) -> UInt32 {
    var word = upper(hash)
    if shape.contains(.number) { word |= Look.number }
    if shape.contains(.capital) { word |= Look.capital }
    if shape.contains(.joined) { word |= Look.joined }
    return word
  }
}

// These two are public, as `public` is what the compiler inlines in other modules: searches ask for these bits of every
// word.

/// The lower bits of a word in a column: what it looks like.
///
/// The same numbers as `REFRAIN_LOOK_NUMBER` and its like, which kernels ask for.
public enum WordLook {
  @inlinable package static var number: UInt32 { 1 }
  @inlinable package static var capital: UInt32 { 2 }
  @inlinable package static var sentenceStart: UInt32 { 4 }
  /// Goes on with the token of the word before: `WordShape.joined`.
  @inlinable package static var joined: UInt32 { 8 }
  /// Begins a text: both a sentence's first word and joined, which no other word is.
  @inlinable package static var textStart: UInt32 { sentenceStart | joined }
}

/// The lower bits of a stem in a column: what its word is to the text.
public enum WordRole {
  /// Begins a title or heading.
  @inlinable package static var heading: UInt32 { 1 }
  /// Begins the lead.
  @inlinable package static var lead: UInt32 { 2 }
  /// Begins a sentence with a quotation mark in it that is neither a heading nor the lead: the bits of both.
  @inlinable package static var quoted: UInt32 { 3 }
  /// Those bits: a word that begins a sentence bears one of the three, or none.
  @inlinable package static var sentenceBits: UInt32 { 3 }
  /// The text is an article and no page of a manual; borne by its last word that begins no sentence.
  @inlinable package static var article: UInt32 { 1 }
  /// One character of a script without spaces.
  @inlinable package static var character: UInt32 { 4 }
  /// Begins a sentence, or a piece of one that is longer than `longestPiece` words.
  @inlinable package static var pieceStart: UInt32 { 8 }
}
