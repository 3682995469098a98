// The words of one text as parallel arrays, reused from text to text so that the hot loop allocates
// nothing.

package import CKernels

/// The words of the text that was segmented last.
///
/// Word `i` has the hash `hashes[i]` and stands at `starts[i] ..< ends[i]`, byte offsets into the
/// text. `sentences` holds the index of each sentence's first word, ascending from 0. The arrays
/// are overwritten by the next text. About 25 bytes a word of the largest text seen.
package final class WordBuffer {
  /// The kernel's view of the arrays; its counts are the buffer's.
  package var raw = refrain_words()
  private var capacity = 0

  package init() { grow(to: 1024) }

  deinit {
    // SAFETY: the buffer owns the four arrays, and frees them once.
    raw.hashes.deallocate()
    raw.starts.deallocate()
    raw.ends.deallocate()
    raw.sentences.deallocate()
  }

  package var count: Int { raw.words }

  package var hashes: UnsafeBufferPointer<UInt64> {
    UnsafeBufferPointer(start: raw.hashes, count: raw.words)
  }
  package var starts: UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: raw.starts, count: raw.words)
  }
  package var ends: UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: raw.ends, count: raw.words)
  }
  package var sentences: UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: raw.sentences, count: raw.sentence_count)
  }

  /// The words of sentence `index`, as a range of word indices.
  package func words(ofSentence index: Int) -> Range<Int> {
    let start = Int(raw.sentences[index])
    let end = index + 1 < raw.sentence_count ? Int(raw.sentences[index + 1]) : raw.words
    return start..<end
  }

  func removeAll() {
    raw.words = 0
    raw.sentence_count = 0
  }

  /// Forgets the first `count` words; those behind them are counted from 0 again, and so are the
  /// sentences that begin with them.
  ///
  /// O(words left).
  package func removeFirst(_ count: Int) {
    let left = raw.words - count
    // SAFETY: `count ..< words` are initialised, and the target lies before them in the same array.
    raw.hashes.update(from: raw.hashes + count, count: left)
    raw.starts.update(from: raw.starts + count, count: left)
    raw.ends.update(from: raw.ends + count, count: left)
    var kept = 0
    for index in 0..<raw.sentence_count where Int(raw.sentences[index]) >= count {
      raw.sentences[kept] = raw.sentences[index] - UInt32(count)
      kept += 1
    }
    raw.words = left
    raw.sentence_count = kept
  }

  /// Makes room for `extra` more words.
  @inline(__always)
  func reserve(_ extra: Int) {
    if raw.words + extra > capacity { grow(to: max(raw.words + extra, capacity * 2)) }
  }

  private func grow(to wanted: Int) {
    // SAFETY: only the `raw.words` and `raw.sentence_count` elements that are initialised are
    // moved, and there are never more sentences than words.
    func moved<T>(_ old: UnsafeMutablePointer<T>?, _ count: Int) -> UnsafeMutablePointer<T> {
      let new = UnsafeMutablePointer<T>.allocate(capacity: wanted + Int(REFRAIN_WORD_SLACK))
      if let old {
        new.moveInitialize(from: old, count: count)
        old.deallocate()
      }
      return new
    }
    raw.hashes = moved(raw.hashes, raw.words)
    raw.starts = moved(raw.starts, raw.words)
    raw.ends = moved(raw.ends, raw.words)
    raw.sentences = moved(raw.sentences, raw.sentence_count)
    capacity = wanted
  }
}
