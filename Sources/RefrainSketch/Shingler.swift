// Words to shingles: the n-grams inside each sentence, hashed.

import CKernels
package import RefrainText

/// Hashes the word n-grams of a text.
///
/// A shingle is XXH3-64 over the n little-endian word hashes of n consecutive words of one
/// sentence; a sentence shorter than n is one shingle of all its words. A text without a word has
/// none. The buffer is reused from text to text. Linear. Not thread-safe.
package final class Shingler {
  /// The n of the n-grams.
  package let width: Int
  private var buffer: UnsafeMutableBufferPointer<UInt64>

  /// A shingler for n-grams of `width` >= 1 words.
  package init(width: Int) {
    precondition(width >= 1, "an n-gram has at least one word")
    self.width = width
    // SAFETY: the shingler owns the buffer; what it hands out is valid until the next call.
    buffer = .allocate(capacity: 1024)
  }

  deinit { buffer.deallocate() }

  /// The shingles of `words` in text order, repeats included; valid until the next call.
  package func shingle(_ words: WordBuffer) -> UnsafeBufferPointer<UInt64> {
    reserve(words.count)
    // SAFETY: a text has at most one shingle a word, and the buffer room for as many.
    let n = refrain_shingle(
      words.raw.hashes, words.raw.words, words.raw.sentences, words.raw.sentence_count, width,
      buffer.baseAddress)
    return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<n])
  }

  /// The shingles of one sentence, `words` of the buffer; valid until the next call.
  package func shingle(_ words: WordBuffer, sentence: Range<Int>) -> UnsafeBufferPointer<UInt64> {
    reserve(sentence.count)
    var start: UInt32 = 0
    // SAFETY: the sentence lies in the buffer, and has at most one shingle a word.
    let n = refrain_shingle(
      words.raw.hashes + sentence.lowerBound, sentence.count, &start, 1, width,
      buffer.baseAddress)
    return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<n])
  }

  /// The shingles of whole sentences, which are `words` of the buffer; valid until the next call.
  package func shingle(
    _ words: WordBuffer, sentencesIn range: Range<Int>
  ) -> UnsafeBufferPointer<UInt64> {
    reserve(range.count)
    let starts = words.sentences.filter { range.contains(Int($0)) }
      .map { $0 - UInt32(range.lowerBound) }
    // SAFETY: as above.
    let n = refrain_shingle(
      words.raw.hashes + range.lowerBound, range.count, starts, starts.count, width,
      buffer.baseAddress)
    return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<n])
  }

  private func reserve(_ count: Int) {
    guard buffer.count < count else { return }
    buffer.deallocate()
    buffer = .allocate(capacity: count * 2)
  }

  /// The shingles of words in sentences, of which each begins with one of `sentences`, ascending from 0; valid
  /// until the next call.
  package func shingle(
    _ words: [UInt64], sentences: [UInt32]
  ) -> UnsafeBufferPointer<UInt64> {
    reserve(words.count)
    let n = words.withUnsafeBufferPointer { words in
      sentences.withUnsafeBufferPointer { sentences in
        // SAFETY: as above.
        refrain_shingle(
          words.baseAddress, words.count, sentences.baseAddress, sentences.count, width,
          buffer.baseAddress)
      }
    }
    return UnsafeBufferPointer(rebasing: UnsafeBufferPointer(buffer)[..<n])
  }
}
