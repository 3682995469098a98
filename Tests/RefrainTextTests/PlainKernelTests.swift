// Small kernels, held to their rules in plain code.

import CKernels
import TestSupport
import Testing

struct PlainKernelTests {
  /// A line is plainly prose that has neither bars, tabs nor two blanks on end, and is mostly letters.
  @Test(arguments: UInt64(0)..<20)
  func linesThatArePlainlyProse(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("aZ9 .,-é".utf8) + (seed % 3 == 0 ? Array("|\t ".utf8) : [])
    for _ in 0..<400 {
      let line = (0..<Int.random(in: 0...90, using: &random)).map { index in
        index % 4 == 3 ? random.pick(alphabet) : UInt8(ascii: "x")
      }
      let hasTwoBlanks = zip(line, line.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
      let letters = line.count { $0 >= 0x80 || (0x61...0x7A).contains($0 | 0x20) }
      let isProse =
        !hasTwoBlanks && !line.contains(UInt8(ascii: "|")) && !line.contains(0x09)
        && letters * 2 >= line.count { $0 != 0x20 }
      #expect(refrain_line_is_plainly_prose(line, line.count) == isProse)
    }
  }

  /// Code points begin with all bytes but continuations, and those of four bytes are two units of UTF-16.
  @Test(arguments: UInt64(0)..<20)
  func unitsAreCounted(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = (0..<Int.random(in: 0...400, using: &random)).map { _ in
      random.pick(["a", "\n", "é", "中", "😀"])
    }.joined()
    let bytes = Array(text.utf8)
    let units = refrain_count_units(bytes, bytes.count)
    #expect(Int(units.code_points) == text.unicodeScalars.count)
    #expect(Int(units.code_points + units.wide) == text.utf16.count)
  }

  /// The first byte from a place on that is one of five.
  @Test(arguments: UInt64(0)..<20)
  func marksAreFound(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let marks = (0..<5).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let packed = marks.reduce(0) { $0 << 8 | UInt64($1) }
      let text = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        Int.random(in: 0..<60, using: &random) == 0
          ? random.pick(marks) : UInt8(truncatingIfNeeded: random.next() & 0x7F)
      }
      for start in 0...text.count {
        let place = text[start...].firstIndex(where: marks.contains) ?? text.count
        #expect(refrain_find_mark(text, start, text.count, packed) == place)
      }
    }
  }

  /// Each word on either side sets one bit, of common words or of others, up to where a text begins.
  @Test(arguments: UInt64(0)..<10)
  func contextsAreTheWordsOnEitherSide(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = (0..<60).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    let common = (0..<1024).map { _ in random.next() & random.next() }
    let startsText = { (word: UInt32) in word & 12 == 12 }
    for place in 0...57 {
      var around: [UInt32] = []
      for at in (max(0, place - 8)..<place).reversed() where place - at == around.count + 1 {
        if !startsText(words[at + 1]) { around.append(words[at]) }
      }
      for word in words[(place + 3)...].prefix(8) {
        if startsText(word) { break }
        around.append(word)
      }
      var (content, frequent): (UInt64, UInt64) = (0, 0)
      for word in around {
        let bit = 1 << UInt64(word >> 4 & 63) as UInt64
        if common[Int(word >> 22)] >> UInt64(word >> 16 & 63) & 1 == 1 {
          frequent |= bit
        } else {
          content |= bit
        }
      }
      let context = refrain_seed_context(words, words.count, place, 3, 8, common)
      #expect(context.content == content && context.common == frequent)
    }
  }
}
