// Classes of equal records, against dictionaries of their texts, and hashes that lie.

import RefrainMatch
import RefrainModel
import RefrainSketch
import RefrainText
import TestSupport
import Testing

/// Hands out texts that lie in memory.
private final class MemoryTexts: ItemTextLoader {
  private let memory: [UnsafeMutableRawBufferPointer]

  init(_ texts: [String]) {
    memory = texts.map { text in
      let bytes = Array(text.utf8)
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
      copy.copyBytes(from: bytes)
      return copy
    }
  }

  deinit { for text in memory { text.deallocate() } }

  func text(_ item: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(memory[item]) }
}

struct EqualClassesTests {
  @Test(arguments: [0, 1, 2, 31, 33, 1000, 5000])
  func classesAreThoseOfADictionary(items: Int) {
    var random = SeededGenerator(seed: UInt64(items))
    // Few lower halves, few upper ones and few cuts: equality takes all three.
    let wordings: [Wording?] = (0..<items).map { _ in
      if Int.random(in: 0..<10, using: &random) == 0 { return nil }
      let words = WordsHash(
        low: random.next() % 50 &* 0x9E37_79B9_7F4A_7C15, high: random.next() % 4)
      return Wording(words: words, cut: random.next() % 3)
    }
    let classes = EqualClasses(items: items) { wordings[$0] }
    func firsts<Key: Hashable>(_ key: (Wording) -> Key) -> [UInt32] {
      var known: [Key: UInt32] = [:]
      return wordings.enumerated().map { item, wording in
        guard let wording else { return UInt32(item) }
        if let first = known[key(wording)] { return first }
        known[key(wording)] = UInt32(item)
        return UInt32(item)
      }
    }
    let words = firsts(\.words)
    let expected = firsts { $0 }
    #expect(classes.firstOfWords == words)
    #expect(classes.firstOfWording == expected)
    #expect(classes.repeats == (0..<items).count { words[$0] != $0 })
    #expect((0..<items).allSatisfy { classes.isRepresentative($0) == (expected[$0] == $0) })
    #expect(
      (0..<items).allSatisfy { classes.isRecut($0) == (words[$0] != $0 && expected[$0] == $0) })
  }

  /// Texts in few variants of case, punctuation and sentence ends.
  private func texts(_ count: Int, seed: UInt64) -> [String] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let words = ["Alpha", "Beta", "Gamma", "Delta"].prefix(Int.random(in: 2...4, using: &random))
      let text = words.joined(separator: random.pick([" ", ", ", ". "]))
      return Bool.random(using: &random) ? text : text.lowercased()
    }
  }

  private func words(_ text: String) -> [UInt64] {
    let buffer = WordBuffer()
    Array(text.utf8).withUnsafeBytes { Segmenter().segment($0, into: buffer) }
    return Array(buffer.hashes)
  }

  /// Whatever the hashes propose, only equal words stay together, and only equal bytes are identical:
  /// here one hash stands for all texts of one length in letters.
  @Test(arguments: [1, 2, 8]) func textsDecide(threads: Int) {
    let texts = texts(600, seed: 3)
    var classes = EqualClasses(items: texts.count) { item in
      Wording(words: WordsHash(low: UInt64(texts[item].count { $0.isLetter }), high: 0), cut: 0)
    }
    classes.verify(workers: Workers(threads: threads)) { MemoryTexts(texts) }
    var wrong = 0
    for (item, text) in texts.enumerated() {
      let first = Int(classes.firstOfWording[item])
      if words(texts[first]) != words(text) { wrong += 1 }
      if words(texts[Int(classes.firstOfWords[item])]) != words(text) { wrong += 1 }
      if texts[Int(classes.firstOfText[item])] != text { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test func reasonsAreThoseOfTheTexts() {
    let texts = texts(300, seed: 4)
    var known: [[UInt64]: UInt64] = [:]
    var classes = EqualClasses(items: texts.count) { item in
      let words = words(texts[item])
      let number = known[words] ?? UInt64(known.count)
      known[words] = number
      return Wording(
        words: WordsHash(low: number, high: 1), cut: UInt64(texts[item].count { $0 == "." }))
    }
    classes.verify(workers: Workers(threads: 2)) { MemoryTexts(texts) }
    var wrong = 0
    for a in texts.indices {
      for b in texts.indices {
        let expected: PairReason =
          texts[a] == texts[b]
          ? .identical : words(texts[a]) == words(texts[b]) ? .sameWords : .near
        if classes.reason(a, b) != expected { wrong += 1 }
      }
    }
    #expect(wrong == 0)
  }
}
