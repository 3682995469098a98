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

  /// Each run is hashed as by itself, and those of some partitions are selected.
  @Test(arguments: UInt64(0)..<10)
  func runsAreHashedAndSelected(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = (0..<80).map { _ in UInt32(truncatingIfNeeded: random.next()) }
    let other = words.map { $0 & ~15 | UInt32(random.next() % 16) }
    for (length, count) in [(1, 80), (3, 78), (3, 16), (25, 40), (4, 0)] {
      var hashes = [UInt64](repeating: 0, count: max(1, count))
      refrain_run_hashes(words, count, length, &hashes)
      for start in 0..<count {
        #expect(hashes[start] == refrain_run_hash(Array(other[start...]), length))
      }
      for bits in [0, 1, 5] as [UInt32] {
        let lowest = random.next() % (1 << UInt64(bits))
        let span = 1 + random.next() % (1 << UInt64(bits) - lowest)
        var selected = [UInt32](repeating: 0, count: max(1, count))
        let found = refrain_select_hashes(hashes, count, bits, lowest, span, &selected)
        let expected = (0..<count).filter {
          let part = bits == 0 ? 0 : hashes[$0] >> UInt64(64 - bits)
          return part >= lowest && part < lowest + span
        }
        #expect(selected[..<found].map(Int.init) == expected)
      }
    }
  }

  /// The words on either side, up to where a text begins, and what they have in common, each counted once.
  @Test(arguments: UInt64(0)..<10)
  func contextsAreTheWordsOnEitherSide(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = (0..<60).map { _ in
      UInt32(truncatingIfNeeded: random.next() % 12) << 20 | UInt32(random.next() % 16)
    }
    let common = (0..<1024).map { _ in random.next() & random.next() }
    let startsText = { (word: UInt32) in word & 12 == 12 }
    func sides(_ place: Int) -> [[UInt32]] {
      var (before, behind): ([UInt32], [UInt32]) = ([], [])
      for at in (max(0, place - 8)..<place).reversed() {
        if startsText(words[at + 1]) { break }
        before.append(words[at] >> 4)
      }
      for word in words[(place + 3)...].prefix(8) {
        if startsText(word) { break }
        behind.append(word >> 4)
      }
      return [before, behind]
    }
    func around(_ place: Int) -> Set<UInt32> { Set(sides(place).joined()) }
    func isCommon(_ word: UInt32) -> Bool {
      common[Int(word >> 18)] >> UInt64(word >> 12 & 63) & 1 == 1
    }
    let contexts = (0...57).map { place in
      var context = refrain_context()
      refrain_seed_context(words, words.count, place, 3, common, &context)
      return context
    }
    for first in 0...57 {
      for second in 0...57 where second != first {
        let worth = around(first).intersection(around(second)).reduce(0) {
          $0 + (isCommon($1) ? 1 : 2)
        }
        for least in 1...12 {
          let isAgreed = withUnsafePointer(to: contexts[first]) { first in
            withUnsafePointer(to: contexts[second]) { second in
              refrain_contexts_agree(first, second, UInt32(least))
            }
          }
          if worth >= least || sides(first) == sides(second) {
            #expect(isAgreed)
          } else if isAgreed {
            // All the same, though it comes oftener in one of them.
            #expect(around(first) == around(second))
          }
        }
      }
    }
  }

  /// Numbers of stems come in the order of their first words, whatever room there is.
  @Test(arguments: UInt64(0)..<20)
  func stemsAreNumberedInOrder(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let count = Int(random.next() % 200)
    let stems = (0..<count).map { _ in
      UInt32(random.next() % 90) << 16 | UInt32(random.next() % 16)
    }
    var slots = [refrain_stem_slot](repeating: refrain_stem_slot(), count: 64)
    var numbers = [UInt32](repeating: .max, count: count)
    var firsts = [UInt32](repeating: .max, count: 32)
    var known = 0
    let done = refrain_number_stems(stems, count, &slots, 64, 1, &numbers, &firsts, &known)
    var order: [UInt32] = []
    for (index, stem) in stems.enumerated() {
      let number = order.firstIndex(of: stem >> 4)
      if number == nil, order.count == 32 {
        #expect(done == index && known == 32)
        return
      }
      if number == nil {
        #expect(firsts[order.count] == index)
        order.append(stem >> 4)
      }
      #expect(Int(numbers[index]) == number ?? order.count - 1)
    }
    #expect(done == count && known == order.count)
  }

  /// Sentence by sentence, what is counted of stems and which are in it; and what these weigh.
  @Test(arguments: UInt64(0)..<20)
  func stemsAreCounted(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var stems = [refrain_stem_count](
      repeating: refrain_stem_count(stem: 0, sentences: 0, last: .max, inside: 0, capital: 0),
      count: 12)
    let weights = (0..<12).map { _ in UInt16(random.next() % 200) }
    var (sentences, inside, capital) = ([Int](repeating: 0, count: 12), [Int](), [Int]())
    (inside, capital) = (sentences, sentences)
    for sentence in 0..<8 as Range<UInt32> {
      let count = 1 + Int(random.next() % 20)
      let numbers = (0..<count).map { _ in UInt32(random.next() % 12) }
      let words = (0..<count).map { _ in UInt32(truncatingIfNeeded: random.next()) }
      let starts = random.next() % 2 == 0
      var distinct = [UInt32](repeating: .max, count: count)
      let found = refrain_count_stems(
        numbers, words, count, sentence, starts, &stems, &distinct)
      var order: [UInt32] = []
      for (index, number) in numbers.enumerated() {
        if !order.contains(number) { order.append(number) }
        if index == 0, starts { continue }
        inside[Int(number)] += 1
        if words[index] & REFRAIN_LOOK_CAPITAL != 0 { capital[Int(number)] += 1 }
      }
      for number in order { sentences[Int(number)] += 1 }
      #expect(Array(distinct[..<found]) == order)
      let sums = refrain_sum_weights(numbers, count, weights, 48)
      let all = numbers.map { UInt32(weights[Int($0)]) }
      #expect(sums.all == all.reduce(0, +) && sums.light == all.filter { $0 < 48 }.reduce(0, +))
    }
    #expect(stems.map { Int($0.sentences) } == sentences)
    #expect(stems.map { Int($0.inside) } == inside && stems.map { Int($0.capital) } == capital)
  }
}
