// A text to words with stems and looks: what passages are found by.

import RefrainModel

/// Analyses texts.
///
/// Not thread-safe: each worker has its own.
package final class TextAnalyzer {
  private let segmenter = Segmenter()
  private let buffer = WordBuffer()
  private let cache = WordCache<WordFacts>(bits: 11)
  private let briefCache = WordCache<BriefFacts>(bits: 15)
  private let known = KnownWords(most: 1 << 20)

  package init() {}

  /// Analyses valid UTF-8 of less than 4 GiB.
  ///
  /// Linear.
  package func analyze(_ text: [UInt8]) -> AnalyzedText {
    // SAFETY: the analysis keeps nothing of the bytes.
    text.withUnsafeBytes { analyze($0) }
  }

  /// Analyses valid UTF-8 of less than 4 GiB.
  ///
  /// Linear.
  package func analyze(_ text: UnsafeRawBufferPointer) -> AnalyzedText {
    var result = locate(text)
    let count = buffer.count
    var shapes: [WordShape] = []
    // SAFETY: `forEachWord` calls once for each word, in order, and so all elements are initialised; the stem
    // before the present one is there when a character joins it.
    result.stems = [UInt64](unsafeUninitializedCapacity: count) { stems, stemCount in
      shapes = [WordShape](unsafeUninitializedCapacity: count) { shapes, shapeCount in
        forEachWord(
          of: text, facts: { hash, word in cache.facts(of: hash) { rareFacts(hash, word, text) } },
          ofPart: { newFacts($0, bytes(ofWord: $1, in: text), isWhole: false) }
        ) { word, facts, shape, joinsPrevious in
          if joinsPrevious { stems[word - 1] = hashInOrder(stems[word - 1], facts.stem) }
          stems.initializeElement(at: word, to: facts.stem)
          shapes.initializeElement(at: word, to: shape)
        }
        shapeCount = count
      }
      stemCount = count
    }
    result.shapes = shapes
    return result
  }

  /// The words of valid UTF-8 of less than 4 GiB with their places, without stems and shapes: what it takes to
  /// show a passage that was found.
  ///
  /// Linear.
  package func locate(_ text: UnsafeRawBufferPointer) -> AnalyzedText {
    segmenter.segment(text, into: buffer)
    var result = AnalyzedText()
    result.words = Array(buffer.hashes)
    result.starts = Array(buffer.starts)
    result.ends = Array(buffer.ends)
    if buffer.count > 0 {
      result.sentenceStarts = Array(buffer.sentences) + [UInt32(buffer.count)]
    }
    return result
  }

  /// Appends the words of valid UTF-8 of less than 4 GiB to columns; returns how many.
  ///
  /// Linear.
  package func append(_ text: UnsafeRawBufferPointer, to columns: WordColumns) -> Int {
    segmenter.segment(text, into: buffer)
    let count = buffer.count
    columns.append(count) { words, stems in
      let hashes = buffer.hashes
      forEachWord(
        of: text,
        facts: { hash, word in
          briefCache.facts(of: hash) { BriefFacts(rareFacts(hash, word, text)) }
        },
        ofPart: { BriefFacts(newFacts($0, bytes(ofWord: $1, in: text), isWhole: false)) }
      ) { word, facts, shape, joinsPrevious in
        if joinsPrevious {
          stems[word - 1] =
            WordColumns.upper(
              hashInOrder(knownFacts(hashes[word - 1]).stem, knownFacts(hashes[word]).stem))
            | WordColumns.Role.character
        }
        words[word] = WordColumns.word(hashes[word], shape)
        stems[word] = facts.stem
      }
      let sentences = buffer.sentences
      WordColumns.mark(sentences.count, of: count, words, stems) { Int(sentences[$0]) }
    }
    return count
  }

  /// Where a word of the text that was read last begins, in bytes.
  package func start(ofWord word: Int) -> Int { Int(buffer.starts[word]) }

  /// Calls `body` for each word of the text that was segmented last, in order, with what it looks like, and
  /// whether it is a character that touches the one before it.
  ///
  /// `facts` says what there is to know of a word by its hash and its number, `partFacts` of a part of one.
  @inline(__always)
  private func forEachWord<Facts: ShapeFacts>(
    of text: UnsafeRawBufferPointer,
    facts: (UInt64, Int) -> Facts,
    ofPart partFacts: (UInt64, Int) -> Facts,
    _ body: (_ word: Int, _ facts: Facts, _ shape: WordShape, _ joinsPrevious: Bool) -> Void
  ) {
    let (hashes, starts, ends) = (buffer.hashes, buffer.starts, buffer.ends)
    let sentences = buffer.sentences
    let count = buffer.count
    var previousIsCluster = false
    var sentence = 0
    for i in 0..<count {
      let startsSentence = sentence < sentences.count && Int(sentences[sentence]) == i
      if startsSentence { sentence += 1 }
      // One scalar that makes several words ("½", "㏂") is the spelling of none of them.
      let isPart =
        i > 0 && ends[i - 1] > starts[i] || i + 1 < count && ends[i] > starts[i + 1]
      let facts = isPart ? partFacts(hashes[i], i) : facts(hashes[i], i)
      let joinsPrevious = previousIsCluster && facts.isCluster && ends[i - 1] == starts[i]
      var shape: WordShape = facts.isNumber ? .number : []
      if !startsSentence, !facts.isCluster, !previousIsCluster, i > 0,
        !WhiteSpace.isIn(text, from: Int(ends[i - 1]), to: Int(starts[i]))
      {
        shape.insert(.joined)
      }
      if facts.isCluster { shape.insert(.character) }
      previousIsCluster = facts.isCluster
      if Self.isUpperCase(in: text, at: Int(starts[i])) { shape.insert(.capital) }
      body(i, facts, shape, joinsPrevious)
    }
  }

  /// The facts of a character that was read before.
  private func knownFacts(_ hash: UInt64) -> WordFacts {
    known.facts(of: hash) ?? WordFacts(stem: hash, isNumber: false, isCluster: true)
  }

  /// The bytes of a word of the text that was segmented last.
  private func bytes(
    ofWord word: Int, in text: UnsafeRawBufferPointer
  ) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: text[Int(buffer.starts[word])..<Int(buffer.ends[word])])
  }

  @inline(never)
  private func rareFacts(
    _ hash: UInt64, _ word: Int, _ text: UnsafeRawBufferPointer
  ) -> WordFacts {
    if let facts = known.facts(of: hash) { return facts }
    let facts = newFacts(hash, bytes(ofWord: word, in: text), isWhole: true)
    known.add(hash, facts)
    return facts
  }

  /// What there is to know of a folded word, never of one spelling of it ("ﬁnding", "Ⅳ"): which
  /// spelling comes first depends on the texts before, and with threads on chance.
  private func newFacts(
    _ hash: UInt64, _ bytes: UnsafeRawBufferPointer, isWhole: Bool
  ) -> WordFacts {
    if bytes.allSatisfy({ $0 < 0x80 }) {
      return WordFacts(
        stem: isWhole ? Stemmer.stemHash(bytes) ?? hash : hash,
        isNumber: bytes.contains(where: \.isASCIIDigit), isCluster: false)
    }
    let scalars = segmenter.folded(bytes).compactMap(Unicode.Scalar.init)
    let stem = isWhole ? stem(scalars, hash) : hash
    return WordFacts(
      stem: stem,
      isNumber: scalars.contains {
        $0.properties.numericType != nil && !$0.properties.isIdeographic
      },
      isCluster: isWhole && scalars.first.map { segmenter.isCluster($0.value) } ?? false)
  }

  /// The hash of a folded word's stem; that of the word where it is none of ASCII letters.
  private func stem(_ scalars: [Unicode.Scalar], _ hash: UInt64) -> UInt64 {
    guard scalars.allSatisfy(\.isASCII) else { return hash }
    // SAFETY: the bytes are read within the call.
    return scalars.map { UInt8($0.value) }.withUnsafeBytes { Stemmer.stemHash($0) } ?? hash
  }

  /// Whether the letter at an offset is in upper case.
  @inline(__always)
  private static func isUpperCase(in text: UnsafeRawBufferPointer, at start: Int) -> Bool {
    let first = text[start]
    if first < 0x80 { return first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z") }
    return isUpperCaseElsewhere(in: text, at: start)
  }

  @inline(never)
  private static func isUpperCaseElsewhere(
    in text: UnsafeRawBufferPointer, at start: Int
  ) -> Bool {
    let head = UnsafeRawBufferPointer(rebasing: text[start..<min(text.count, start + 4)])
    return String(decoding: head, as: UTF8.self).unicodeScalars.first?.properties.isUppercase
      ?? false
  }
}

/// What decides how a word looks.
private protocol ShapeFacts: BitwiseCopyable {
  var isNumber: Bool { get }
  var isCluster: Bool { get }
  static var none: Self { get }
}

extension WordFacts: ShapeFacts {}

/// What columns say of it, in four bytes: its entry there, with a bit for numbers that the entry has not.
private struct BriefFacts: ShapeFacts {
  private var bits: UInt32

  init(_ facts: WordFacts) {
    bits =
      WordColumns.upper(facts.stem) | (facts.isCluster ? WordColumns.Role.character : 0)
      | (facts.isNumber ? 1 : 0)
  }

  private init() { bits = 0 }

  var stem: UInt32 { bits & ~1 }
  var isNumber: Bool { bits & 1 != 0 }
  var isCluster: Bool { bits & WordColumns.Role.character != 0 }

  static var none: BriefFacts { BriefFacts() }
}

/// The facts of the words that came last, as many as a processor keeps near: they make up most of a text.
private final class WordCache<Facts: ShapeFacts> {
  private let shift: UInt64
  // SAFETY: an entry for each value of the bits above `shift`, all initialised; owned by the cache.
  private let entries: UnsafeMutablePointer<(lower: UInt32, facts: Facts)>

  init(bits: UInt64) {
    shift = 64 - bits
    entries = .allocate(capacity: 1 << Int(bits))
    entries.initialize(repeating: (0, Facts.none), count: 1 << Int(bits))
  }

  deinit { entries.deallocate() }

  /// The facts of a word, by the bits of its hash that tell the place and the lower half.
  ///
  /// Two words of one place have the lower half in common with a chance of 2^-32. A lower half of 0 is an entry
  /// without a word.
  @inline(__always)
  func facts(of hash: UInt64, else make: () -> Facts) -> Facts {
    let slot = Int(truncatingIfNeeded: hash &>> shift)
    let lower = UInt32(truncatingIfNeeded: hash)
    if entries[slot].lower == lower, lower != 0 { return entries[slot].facts }
    let facts = make()
    entries[slot] = (lower, facts)
    return facts
  }
}
