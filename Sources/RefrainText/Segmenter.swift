// Text to words and sentences: the ASCII kernel where it can, a scalar at a time where ASCII ends.

import CKernels
import CXXHash
import RefrainModel

/// Cuts texts into words and sentences, with offsets and word hashes.
///
/// A word is a run of Unicode letters, marks and digits after NFKC and case folding that begins
/// with a letter or digit; an apostrophe between two of them belongs to it. In scripts without
/// spaces each grapheme cluster is a word. Default-ignorable code points but the zero width space
/// (soft hyphens, joiners, variation selectors) are passed over: words are what they are without
/// them. A sentence ends as `refrain_gap_ends_sentence` says.
/// Linear in the text. Not thread-safe: each worker has its own.
package final class Segmenter {
  private let table = FoldingTable()
  private let isPortable: Bool
  private var folded: UnsafeMutableRawBufferPointer
  private var word: [UInt8] = []
  private var chunk: [UInt32] = []
  /// Bytes of ASCII that the kernel gets at a time, so that its scratch does not grow with the text.
  private static let piece = 1 << 20
  /// From so many words on they are handed over: see `segment(_:through:atATime:)`.
  private var mostWords = Int.max
  private var handOver: ((WordBuffer) -> Void)?

  /// A segmenter with the best kernel for this processor, or with the one that runs on all.
  package init(portable: Bool = false) {
    isPortable = portable
    // SAFETY: the segmenter owns its scratch memory, and frees it once.
    folded = .allocate(byteCount: 4096, alignment: 64)
  }

  deinit { folded.deallocate() }

  /// Cuts `text`, which must be valid UTF-8 of less than 4 GiB, into `words`.
  package func segment(_ text: UnsafeRawBufferPointer, into words: WordBuffer) {
    words.removeAll()
    words.reserve(text.count / 2 + 1)
    segmentAll(text, words)
  }

  /// Cuts `text`, which must be valid UTF-8 of less than 4 GiB, and hands over the words whenever they
  /// are as many as `limit`, or somewhat more, so that memory does not grow with the text.
  ///
  /// `handOver` may take words from the start of the buffer, but leaves one at least; what is in the
  /// buffer at the end was not handed over.
  package func segment(
    _ text: UnsafeRawBufferPointer, through words: WordBuffer, atATime limit: Int,
    _ handOver: @escaping (WordBuffer) -> Void
  ) {
    words.removeAll()
    mostWords = limit
    self.handOver = handOver
    segmentAll(text, words)
    mostWords = .max
    self.handOver = nil
  }

  private func segmentAll(_ text: UnsafeRawBufferPointer, _ words: WordBuffer) {
    guard let start = text.baseAddress, text.count > 0 else { return }
    precondition(text.count < Int(UInt32.max), "a text is shorter than 4 GiB")
    // SAFETY: bytes of any kind may be read as such; all positions are below `text.count`.
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    var position = 0
    while position < text.count {
      let end = refrain_find_non_ascii(bytes, position, text.count)
      let cut = end == text.count ? end : Self.lastBoundary(bytes, from: position, before: end)
      while position < cut {
        var next = cut
        if next - position > Self.piece {
          next = Self.lastBoundary(bytes, from: position, before: position + Self.piece)
          // A word that is longer than a piece is read with all behind it.
          if next == position { next = cut }
        }
        segmentASCII(bytes, position, next, words)
        position = next
      }
      if cut < text.count { position = segmentUnicode(text, from: cut, words) }
    }
  }

  /// Cuts a stretch of ASCII that begins and ends outside of any word.
  private func segmentASCII(
    _ bytes: UnsafePointer<UInt8>, _ from: Int, _ to: Int, _ words: WordBuffer
  ) {
    words.reserve((to - from) / 2 + 1)
    if folded.count < to - from + 128 {
      folded.deallocate()
      let size = max(to - from, min((to - from) * 2, Self.piece))
      folded = .allocate(byteCount: size + 128, alignment: 64)
    }
    guard let scratch = folded.baseAddress else { return }
    // SAFETY: the kernel addresses its scratch by offsets of the text, of which it touches those of the
    // stretch, 64 before it and 64 behind; `words` has room for every word of the stretch.
    let shifted = UnsafeMutablePointer<UInt8>(
      bitPattern: Int(bitPattern: scratch) &+ 64 &- from)
    if isPortable {
      refrain_segment_ascii_portable(bytes, from, to, shifted, &words.raw)
    } else {
      refrain_segment_ascii(bytes, from, to, shifted, &words.raw)
    }
    if words.count >= mostWords { handOver?(words) }
  }

  /// The scalars of a word as it stands in a text, as they are hashed: folded, with plain
  /// apostrophes.
  func folded(_ word: UnsafeRawBufferPointer) -> [UInt32] {
    let all = String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    if all.allSatisfy({ $0 < 0x80 }) {
      return all.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    }
    let folded = table.normalized(all.filter { table[$0].kind != .ignorable })
    return folded.map { table[$0].kind == .apostrophe ? 0x27 : $0 }
  }

  /// Whether a scalar begins a word of its own, in a script without spaces.
  func isCluster(_ scalar: UInt32) -> Bool { scalar >= 0x80 && table[scalar].kind == .cluster }

  /// Where the ASCII before the non-ASCII byte at `end` must stop: before the word and apostrophes
  /// that touch it, and before the scalar that a combining mark there would change.
  private static func lastBoundary(
    _ bytes: UnsafePointer<UInt8>, from: Int, before end: Int
  ) -> Int {
    var cut = end
    while cut > from, isASCIIWord(bytes[cut - 1]) || bytes[cut - 1] == UInt8(ascii: "'") {
      cut -= 1
    }
    return cut == end && cut > from ? cut - 1 : cut
  }

  @inline(__always)
  private static func isASCIIWord(_ c: UInt8) -> Bool {
    (c | 0x20) &- UInt8(ascii: "a") < 26 || c &- UInt8(ascii: "0") < 10
  }

  /// Segments from `from`, the start of a scalar outside any word, scalar by scalar, until ASCII
  /// has the next sixteen bytes at least; returns where.
  private func segmentUnicode(
    _ text: UnsafeRawBufferPointer, from: Int, _ words: WordBuffer
  ) -> Int {
    var cursor = WordCursor()
    var i = from
    while i < text.count {
      // Decode a chunk: a scalar and what normalisation may join with it.
      let start = i
      var (scalar, next) = Self.decode(text, i)
      if scalar < 0x80, !cursor.isOpen, i > from, !Self.isASCIIWord(UInt8(scalar)),
        Self.isASCII(text, i, atLeast: 16)
      {
        return i
      }
      let entry = table[scalar]
      i = next
      var following: UInt32 = 0
      if i < text.count { (following, next) = Self.decode(text, i) }
      if i >= text.count || table[following].hasBoundaryBefore {
        if entry.isSimple {
          feed(&cursor, entry.folded, entry, start, i, text, words)
        } else {
          for s in table.normalized([scalar]) {
            feed(&cursor, s, table[s], start, i, text, words)
          }
        }
        continue
      }
      i = segmentChunk(scalar, entry, start, &cursor, i, text, words)
    }
    flush(&cursor, text, words)
    return i
  }

  /// A chunk of more than one scalar, `first` at `start` and the rest from `i`; returns its end.
  private func segmentChunk(
    _ first: UInt32, _ firstEntry: FoldingEntry, _ start: Int, _ cursor: inout WordCursor,
    _ from: Int, _ text: UnsafeRawBufferPointer, _ words: WordBuffer
  ) -> Int {
    chunk.removeAll(keepingCapacity: true)
    chunk.append(first)
    var i = from
    var stable = firstEntry.isSimple && firstEntry.isStable
    var lastClass = firstEntry.combiningClass
    while i < text.count {
      let (scalar, next) = Self.decode(text, i)
      let entry = table[scalar]
      if entry.hasBoundaryBefore { break }
      if entry.kind == .ignorable {
        i = next
        continue
      }
      chunk.append(scalar)
      // Stable scalars with ordered marks are NFKC already: fold each in its own place.
      let ccc = entry.combiningClass
      stable = stable && entry.isSimple && entry.isStable && (ccc == 0 || ccc >= lastClass)
      lastClass = ccc
      i = next
    }
    let normalized = stable ? chunk.map { table[$0].folded } : table.normalized(chunk)
    // Where the scalars keep to themselves, as most do, each has its own place; where they were
    // joined or reordered, all have that of the chunk.
    let isOneToOne =
      normalized.count == chunk.count
      && zip(chunk, normalized).allSatisfy { table[$0].isSimple && table[$0].folded == $1 }
    var at = start
    if isOneToOne {
      while at < i {
        let (scalar, end) = Self.decode(text, at)
        let entry = table[scalar]
        feed(&cursor, entry.folded, entry, at, end, text, words)
        at = end
      }
    } else {
      for s in normalized {
        feed(&cursor, s, table[s], start, i, text, words)
      }
    }
    return i
  }

  /// The word that is being read.
  private struct WordCursor {
    var isOpen = false
    var isCluster = false
    var awaitsLetter = false  // an apostrophe was read and belongs if a letter follows
    var start = 0
    var end = 0
    var initial: UInt32 = 0
  }

  @inline(__always)
  private func feed(
    _ cursor: inout WordCursor, _ scalar: UInt32, _ entry: FoldingEntry, _ start: Int, _ end: Int,
    _ text: UnsafeRawBufferPointer, _ words: WordBuffer
  ) {
    switch entry.kind {
    case .letter:
      if cursor.isOpen, !cursor.isCluster {
        if cursor.awaitsLetter {
          word.append(UInt8(ascii: "'"))
          cursor.awaitsLetter = false
        }
      } else {
        flush(&cursor, text, words)
        open(&cursor, entry, start)
      }
      append(scalar)
      cursor.end = end
    case .cluster:
      flush(&cursor, text, words)
      open(&cursor, entry, start)
      cursor.isCluster = true
      append(scalar)
      cursor.end = end
    case .mark:
      if cursor.isOpen, !cursor.awaitsLetter {
        append(scalar)
        cursor.end = end
      } else {
        flush(&cursor, text, words)
      }
    case .apostrophe:
      if cursor.isOpen, !cursor.isCluster, !cursor.awaitsLetter {
        cursor.awaitsLetter = true
      } else {
        flush(&cursor, text, words)
      }
    case .ignorable:
      if cursor.isOpen, !cursor.awaitsLetter { cursor.end = end }
    case .separator:
      flush(&cursor, text, words)
    }
  }

  private func open(_ cursor: inout WordCursor, _ entry: FoldingEntry, _ start: Int) {
    cursor.isOpen = true
    cursor.start = start
    cursor.initial = entry.initial
  }

  private func flush(
    _ cursor: inout WordCursor, _ text: UnsafeRawBufferPointer, _ words: WordBuffer
  ) {
    guard cursor.isOpen else { return }
    words.reserve(1)
    let n = words.raw.words
    // SAFETY: `reserve` made room for word `n`; the gap lies within the text.
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    // Two words of one scalar (the digits of a vulgar fraction) have no gap between them.
    let isFirst = n == 0
    let previousEnd = isFirst ? 0 : Int(words.raw.ends[n - 1])
    if isFirst
      || cursor.start > previousEnd
        && refrain_gap_ends_sentence(
          bytes, Int(words.raw.starts[n - 1]), previousEnd, cursor.start,
          refrain_initial(rawValue: cursor.initial))
    {
      words.raw.sentences[words.raw.sentence_count] = UInt32(n)
      words.raw.sentence_count += 1
    }
    words.raw.hashes[n] = word.withUnsafeBytes { refrain_xxh3_64($0.baseAddress, $0.count) }
    words.raw.starts[n] = UInt32(cursor.start)
    words.raw.ends[n] = UInt32(cursor.end)
    words.raw.words = n + 1
    word.removeAll(keepingCapacity: true)
    cursor = WordCursor()
    if n >= mostWords { handOver?(words) }
  }

  /// Appends the UTF-8 of `scalar` to the word.
  @inline(__always)
  private func append(_ scalar: UInt32) {
    if scalar < 0x80 {
      word.append(UInt8(scalar))
      return
    }
    if scalar < 0x800 {
      word.append(UInt8(0xC0 | scalar >> 6))
    } else {
      if scalar < 0x10000 {
        word.append(UInt8(0xE0 | scalar >> 12))
      } else {
        word.append(UInt8(0xF0 | scalar >> 18))
        word.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      }
      word.append(UInt8(0x80 | scalar >> 6 & 0x3F))
    }
    word.append(UInt8(0x80 | scalar & 0x3F))
  }

  private static func isASCII(_ text: UnsafeRawBufferPointer, _ from: Int, atLeast n: Int) -> Bool {
    let end = min(from + n, text.count)
    var all: UInt8 = 0
    for i in from..<end { all |= text[i] }
    return all < 0x80
  }

  /// The scalar at `i` of valid UTF-8 and the offset behind it.
  @inline(__always)
  private static func decode(_ text: UnsafeRawBufferPointer, _ i: Int) -> (UInt32, Int) {
    let c = UInt32(text[i])
    if c < 0x80 { return (c, i + 1) }
    let c1 = UInt32(text[i + 1]) & 0x3F
    if c < 0xE0 { return ((c & 0x1F) << 6 | c1, i + 2) }
    let c2 = UInt32(text[i + 2]) & 0x3F
    if c < 0xF0 { return ((c & 0x0F) << 12 | c1 << 6 | c2, i + 3) }
    return ((c & 0x07) << 18 | c1 << 12 | c2 << 6 | UInt32(text[i + 3]) & 0x3F, i + 4)
  }
}
