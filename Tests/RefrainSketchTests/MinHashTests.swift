// Signatures: the kernel against its plain twin, and what order and repeats may not change.

import RefrainSketch
import TestSupport
import Testing

struct MinHashTests {
  private static func shingles(_ n: Int, _ random: inout SeededGenerator) -> [UInt64] {
    (0..<n).map { _ in random.next() }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 8, 15, 16, 17, 20, 58, 128, 300, 1000, 5001])
  func theKernelEqualsItsTwin(n: Int) {
    var random = SeededGenerator(seed: UInt64(n))
    for slots in 1...200 {
      let hasher = MinHasher(slots: slots)
      // Random hashes, small integers (one slot takes all) and a mix with the extreme values.
      let structured = (0..<n).map { UInt64($0) }
      let extreme = Self.shingles(n, &random).enumerated().map {
        $0.offset % 3 == 0 ? $0.element | 0xFFFF_FFFF : $0.offset % 7 == 0 ? .max : $0.element
      }
      for set in [Self.shingles(n, &random), structured, extreme] {
        guard hasher.sketch(set) == hasher.referenceSketch(set) else {
          Issue.record("n = \(n), \(slots) slots")
          return
        }
      }
    }
  }

  @Test(arguments: [1, 2, 63, 64, 65, 128, 200, 1024])
  func theKernelEqualsItsTwinOnLongInput(slots: Int) {
    var random = SeededGenerator(seed: 7)
    let hasher = MinHasher(slots: slots)
    let set = Self.shingles(5000, &random)
    #expect(hasher.sketch(set) == hasher.referenceSketch(set))
  }

  @Test func noShinglesNoSignature() {
    #expect(MinHasher(slots: 128).sketch([]).isEmpty)
    #expect(MinHasher(slots: 128).referenceSketch([]).isEmpty)
  }

  @Test(arguments: [1, 2, 8, 30, 200, 2000])
  func neitherOrderNorRepeatsCount(n: Int) {
    var random = SeededGenerator(seed: UInt64(n))
    let hasher = MinHasher(slots: 128)
    let set = Self.shingles(n, &random)
    let signature = hasher.sketch(set)
    #expect(signature.count == 128)
    for _ in 0..<5 {
      #expect(hasher.sketch(set.shuffled(using: &random)) == signature)
      let repeated = set + set.filter { _ in Bool.random(using: &random) }
      #expect(hasher.sketch(repeated.shuffled(using: &random)) == signature)
    }
  }

  /// Parameters and results are part of the scheme: when this changes, so must its name.
  @Test func theSchemeStays() {
    let hasher = MinHasher(slots: 4)
    #expect(MinHasher.scheme == "minhash1")
    #expect(hasher.multipliers == Array(MinHasher(slots: 128).multipliers[..<4]))
    #expect(hasher.multipliers.allSatisfy { $0 % 2 == 1 })
    let shingles: [UInt64] = [0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210, 42]
    #expect(hasher.sketch(shingles) == hasher.referenceSketch(shingles))
    #expect(hasher.sketch(shingles)[0] == 42)
    #expect(hasher.sketch(shingles)[3] == 0x7654_3210)
  }
}
