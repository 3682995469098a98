// Numbers of hashes, against a dictionary.

import RefrainText
import TestSupport
import Testing

struct HashNumbersTests {
  @Test(arguments: UInt64(0)..<20)
  func numbersAreThoseOfADictionary(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    // Few keys that recur, some that share all upper bits, and the extremes.
    let keys: [UInt64] =
      [0, 1, .max, .max - 1] + (0..<40).map { _ in random.next() }
      + (0..<40).map { 0xABCD << 48 | $0 }
    var numbers = HashNumbers(capacity: Int.random(in: 0...30, using: &random))
    var expected: [UInt64: Int] = [:]
    for _ in 0..<400 {
      let key = random.pick(keys)
      #expect(numbers.number(of: key) == expected[key])
      if Bool.random(using: &random) {
        let (number, isNew) = numbers.insert(key)
        #expect(isNew == (expected[key] == nil))
        if isNew { expected[key] = expected.count }
        #expect(number == expected[key])
      }
      #expect(numbers.count == expected.count)
    }
  }

  @Test func aMillionHashes() {
    var random = SeededGenerator(seed: 7)
    let keys = (0..<1_000_000).map { _ in random.next() }
    var numbers = HashNumbers()
    let inserted = keys.map { numbers.insert($0).number }
    #expect(inserted == Array(keys.indices))
    #expect(keys.indices.allSatisfy { numbers.number(of: keys[$0]) == $0 })
  }
}
