// A text of many megabytes, read a million words at a time: what is left of it is a signature and two
// hashes, for which its words need not be in memory all at once.

import CXXHash
package import RefrainText

/// Sketches a text without holding its words.
///
/// It gives what `Segmenter`, `Shingler` and `MinHasher` give for the whole. Memory is that of a million
/// words, some 32 bytes each. For one text.
package final class LongText {
  /// From so many bytes on a text is long.
  static let least = 8 << 20

  /// The signature; empty without a hasher or without a word.
  package private(set) var signature: [UInt32] = []
  package private(set) var shingleCount = 0

  private let shingler: Shingler
  private let hasher: MinHasher?
  private let wordsAtATime: Int
  private let wordHash = refrain_xxh3_stream_create()
  private let cutHash = refrain_xxh3_stream_create()
  /// Words that were taken from the start of the buffer so far.
  private var gone = 0
  /// Words at the start of the buffer whose hashes are in `wordHash`.
  private var known = 0
  /// Whether these are the last of a sentence whose first shingles were made.
  private var isContinued = false

  /// - Parameter wordsAtATime: more than a shingle has.
  package init(_ shingler: Shingler, _ hasher: MinHasher?, wordsAtATime: Int = 1 << 20) {
    self.shingler = shingler
    self.hasher = hasher
    self.wordsAtATime = wordsAtATime
  }

  deinit {
    refrain_xxh3_stream_destroy(wordHash)
    refrain_xxh3_stream_destroy(cutHash)
  }

  /// Reads the text.
  package func read(_ text: UnsafeRawBufferPointer, _ segmenter: Segmenter, _ words: WordBuffer) {
    segmenter.segment(text, through: words, atATime: wordsAtATime) { [self] words in
      take(words, isLast: false)
    }
    take(words, isLast: true)
    words.removeFirst(words.count)
  }

  /// What equal texts have in common by their words.
  package var wording: Wording {
    let hash = refrain_xxh3_stream_128(wordHash)
    return Wording(
      words: WordsHash(low: hash.low, high: hash.high), cut: refrain_xxh3_stream_64(cutHash))
  }

  private func take(_ words: WordBuffer, isLast: Bool) {
    let new = UnsafeBufferPointer(rebasing: words.hashes[known...])
    // SAFETY: the hashes are read within the call; `known` is at most their number.
    refrain_xxh3_stream_add(wordHash, new.baseAddress, new.count * MemoryLayout<UInt64>.stride)
    let starts = words.sentences.filter { Int($0) >= known }.map { $0 + UInt32(gone) }
    starts.withUnsafeBytes { refrain_xxh3_stream_add(cutHash, $0.baseAddress, $0.count) }
    let width = shingler.width
    // The sentence that goes on from before: the shingles that end with a new word.
    var start = 0
    if isContinued {
      start = words.sentences.first { Int($0) >= known }.map(Int.init) ?? words.count
      let first = max(0, known - (width - 1))
      if start - first >= width { add(shingler.shingle(words, sentence: first..<start)) }
    }
    let last = words.sentences.last.map(Int.init) ?? words.count
    let open = isContinued && last < known ? words.count : last
    if start < words.count {
      let end = isLast ? words.count : open
      if start < end { add(shingler.shingle(words, sentencesIn: start..<end)) }
    }
    if isLast { return }
    // The last sentence may go on. A short one waits; of a long one its last words are needed again.
    var kept = words.count - open
    if open == words.count {
      kept = max(1, width - 1)
    } else if kept >= width {
      add(shingler.shingle(words, sentence: open..<words.count))
      kept = max(1, width - 1)
      isContinued = true
    } else {
      isContinued = false
    }
    gone += words.count - kept
    words.removeFirst(words.count - kept)
    known = kept
  }

  /// Adds shingles to the signature: a slot's value over all is the least rank in it, which is even, or
  /// where there is none the least of the odd ones that stand in for it.
  private func add(_ shingles: UnsafeBufferPointer<UInt64>) {
    guard !shingles.isEmpty else { return }
    shingleCount += shingles.count
    guard let hasher else { return }
    let more = hasher.sketch(Array(shingles))
    if signature.isEmpty {
      signature = more
      return
    }
    for slot in signature.indices {
      let (a, b) = (signature[slot], more[slot])
      signature[slot] = (a ^ b) & 1 == 0 ? min(a, b) : a & 1 == 0 ? a : b
    }
  }
}
