// Binary search against looking at every number, and numbers in hexadecimal digits.

import RefrainModel
import TestSupport
import Testing

struct PartitionPointTests {
  @Test func theFirstThatIsBeyond() {
    for low in -2...3 {
      for high in low...(low + 9) {
        for edge in (low - 1)...(high + 1) {
          let range = low..<high
          let expected = range.first { $0 >= edge } ?? high
          #expect(range.partitionPoint { $0 >= edge } == expected)
        }
      }
    }
  }

  @Test func itAsksOnlyAFew() {
    var asked = 0
    _ = (0..<1_000_000).partitionPoint {
      asked += 1
      return $0 > 654_321
    }
    #expect(asked <= 20)
  }

  @Test func hexadecimalDigits() {
    #expect(UInt64(0xAB).hexadecimal(digits: 16) == "00000000000000ab")
    #expect(UInt8(7).hexadecimal(digits: 2) == "07")
    #expect(UInt64.max.hexadecimal(digits: 2) == "ffffffffffffffff")
    var random = SeededGenerator(seed: 1)
    for _ in 0..<100 {
      let number = random.next()
      let text = number.hexadecimal(digits: 16)
      #expect(text.count == 16 && UInt64(text, radix: 16) == number)
    }
  }
}
