// Exact overlap by table, against the sets of the standard library.

import RefrainMatch
import RefrainModel
import TestSupport
import Testing

struct ShingleTableTests {
  @Test(arguments: ["0.01", "0.5", "0.55", "0.8", "1"])
  func overlapIsThatOfSets(threshold text: String) throws {
    let threshold = try #require(Threshold(decimal: text))
    var random = SeededGenerator(seed: 4)
    let table = UnsafeShingleTable()
    var wrong = 0
    for _ in 0..<3000 {
      // From few values, so that sets overlap; the zero among them, and hashes that collide.
      let range = UInt64(Int.random(in: 1...60, using: &random))
      let shift = UInt64(random.pick([0, 40, 58]))
      func draw() -> [UInt64] {
        let count = Int.random(in: 0...80, using: &random)
        return (0..<count).map { _ in random.next() % range << shift }
      }
      let right = draw()
      let left = Array(Set(draw()))
      right.withUnsafeBufferPointer { table.fill($0) }
      let found = left.withUnsafeBufferPointer { table.overlap($0, reaching: threshold) }
      let shared = Set(left).intersection(right).count
      let exact = Overlap(shared: shared, left: left.count, right: Set(right).count)
      if found != (threshold.isReached(by: exact) ? exact : nil) { wrong += 1 }
      if table.count != Set(right).count { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test(arguments: [0, 1, 3, 4, 5, 511, 512, 513, 1024, 5000])
  func distinctShinglesComeInOrder(n: Int) {
    var random = SeededGenerator(seed: UInt64(n))
    let shingles = (0..<n).map { _ in random.next() % UInt64(n) &* 0x9E37_79B9_7F4A_7C15 }
    var seen: Set<UInt64> = []
    let expected = shingles.filter { seen.insert($0).inserted }
    let table = UnsafeShingleTable()
    let unique = [UInt64](unsafeUninitializedCapacity: max(1, n)) { buffer, count in
      shingles.withUnsafeBufferPointer { table.fill($0, unique: buffer.baseAddress) }
      count = table.count
    }
    #expect(unique == expected)
    #expect(shingles.allSatisfy { table.contains($0) })
    #expect((0..<100).allSatisfy { _ in !table.contains(random.next() | 1 << 63 | 1) || n > 0 })
  }

  @Test func aTableIsUsedAgain() {
    let table = UnsafeShingleTable()
    let large = (1...UInt64(3000)).map { $0 &* 0x9E37_79B9_7F4A_7C15 }
    large.withUnsafeBufferPointer { table.fill($0) }
    [0, 5].withUnsafeBufferPointer { table.fill($0) }
    #expect(table.count == 2)
    #expect(table.contains(0))
    #expect(!large.contains { table.contains($0) })
    [UInt64]().withUnsafeBufferPointer { table.fill($0) }
    #expect(table.count == 0)
    #expect(!table.contains(0))
  }
}
