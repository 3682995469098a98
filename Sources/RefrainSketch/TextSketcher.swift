// A text to all that candidates come from: the one place that composes segmenting, shingling and
// sketching, and that names the scheme.

import CXXHash
import RefrainText

/// A 128-bit hash of a record's words in order, or of its text.
package struct WordsHash: Hashable, Sendable {
  package var low: UInt64
  package var high: UInt64

  package init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The hash of these bytes: XXH3-128.
  package init(of bytes: UnsafeRawBufferPointer) {
    // SAFETY: the hash reads the bytes, which outlive the call.
    let hash = refrain_xxh3_128(bytes.baseAddress, bytes.count)
    self.init(low: hash.low, high: hash.high)
  }
}

/// What decides which texts are equal before any comparison: the words, and the sentences they stand in.
///
/// Texts of one wording have the same shingles.
package struct Wording: Hashable, Sendable {
  package var words: WordsHash
  /// A hash of the sentence starts, as word numbers.
  package var cut: UInt64

  package init(words: WordsHash, cut: UInt64) {
    self.words = words
    self.cut = cut
  }

  /// The wording of words and sentence starts.
  package init(words: UnsafeRawBufferPointer, sentences: UnsafeRawBufferPointer) {
    self.init(
      words: WordsHash(of: words),
      cut: refrain_xxh3_64(sentences.baseAddress, sentences.count))
  }
}

/// The rules and hashes that shingles depend on, by name; what outlives a run bears it, and results of
/// different schemes are not comparable.
package enum SketchScheme {
  /// The name for word n-grams of this width.
  package static func name(width: Int) -> String {
    "\(Segmenter.fullScheme)/xxh3-n\(width)/\(MinHasher.scheme)"
  }
}

/// Makes wording, shingles and band keys of one text after the other.
///
/// Each call overwrites what the one before left. Linear in the text; memory of the largest text read.
/// Not thread-safe: each worker has its own.
package final class TextSketcher {
  /// The banding of the keys; nil where no keys are wanted.
  package let plan: BandPlan?
  /// The shingles of the text that was read last, in its order, repeats included.
  package private(set) var shingles = UnsafeBufferPointer<UInt64>(start: nil, count: 0)
  private let segmenter = Segmenter()
  private let words = WordBuffer()
  private let shingler: Shingler
  private let hasher: MinHasher?
  private var signature: [UInt32]

  /// A sketcher of word n-grams of `width` words, for keys of `plan`.
  package init(width: Int, plan: BandPlan?) {
    self.plan = plan
    shingler = Shingler(width: width)
    hasher = plan.map { MinHasher(slots: $0.slots) }
    signature = [UInt32](repeating: 0, count: plan?.slots ?? 0)
  }

  /// Cuts a text into words and shingles.
  package func read(_ text: UnsafeRawBufferPointer) {
    segmenter.segment(text, into: words)
    shingles = shingler.shingle(words)
  }

  /// The wording of the text that was read last.
  package var wording: Wording {
    Wording(
      words: UnsafeRawBufferPointer(words.hashes),
      sentences: UnsafeRawBufferPointer(words.sentences))
  }

  /// Appends the band keys of the text that was read last; zeros for a text without a word, which has no
  /// keys.
  package func appendKeys(to keys: inout [UInt64]) {
    if let hasher, !shingles.isEmpty {
      signature.withUnsafeMutableBufferPointer { signature in
        // SAFETY: the signature has `plan.slots` elements.
        if let slots = signature.baseAddress { hasher.sketch(shingles, into: slots) }
      }
    }
    appendKeys(isEmpty: shingles.isEmpty, to: &keys)
  }

  /// Appends the keys of the signature.
  private func appendKeys(isEmpty: Bool, to keys: inout [UInt64]) {
    guard let plan else { return }
    let start = keys.count
    keys.append(contentsOf: repeatElement(0, count: plan.bands))
    if isEmpty { return }
    signature.withUnsafeBufferPointer { signature in
      keys.withUnsafeMutableBufferPointer { keys in
        // SAFETY: the signature has `plan.slots` elements, the keys `plan.bands` behind `start`.
        guard let slots = signature.baseAddress, let target = keys.baseAddress else { return }
        plan.writeKeys(of: slots, to: target + start)
      }
    }
  }

  /// What `read`, `wording` and `appendKeys` do, for a text whose shingles nobody asks for: the words of
  /// a long one are never in memory all at once.
  package func sketch(
    _ text: UnsafeRawBufferPointer, to keys: inout [UInt64]
  ) -> (wording: Wording, shingles: Int) {
    guard text.count >= LongText.least else {
      read(text)
      appendKeys(to: &keys)
      return (wording, shingles.count)
    }
    let long = LongText(shingler, hasher)
    long.read(text, segmenter, words)
    if !long.signature.isEmpty { signature = long.signature }
    appendKeys(isEmpty: long.signature.isEmpty, to: &keys)
    return (long.wording, long.shingleCount)
  }
}
