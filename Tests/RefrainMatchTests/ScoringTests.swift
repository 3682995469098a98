// The arithmetic of scores against plain or exact twins: local alignment, logarithms and cosines are
// integers, equal on every machine, and have to be the right ones.

import Foundation
import RefrainMatch
import TestSupport
import Testing

struct ScoringTests {
  /// Smith-Waterman as its definition: the best score of any pair of stretches.
  private func naiveScore(_ a: [UInt32], _ b: [UInt32], _ weights: [UInt16]) -> Int {
    func weight(_ stem: UInt32) -> Int { Int(weights[Int(stem)]) }
    var best = 0
    var table = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in a.indices {
      for j in b.indices {
        var value = max(0, table[i][j + 1] - weight(a[i]) / 4, table[i + 1][j] - weight(b[j]) / 4)
        if a[i] == b[j] { value = max(value, table[i][j] + weight(a[i])) }
        table[i + 1][j + 1] = value
        best = max(best, value)
      }
    }
    return best
  }

  @Test func localAlignmentEarnsWhatTheDefinitionSays() {
    var random = SeededGenerator(seed: 21)
    var alignment = LocalAlignment()
    for _ in 0..<1000 {
      let alphabet = Int.random(in: 1...8, using: &random)
      let weights = (0..<alphabet).map { _ in UInt16.random(in: 0...144, using: &random) }
      func stems() -> [UInt32] {
        (0..<Int.random(in: 0...14, using: &random)).map { _ in
          UInt32(Int.random(in: 0..<alphabet, using: &random))
        }
      }
      let (a, b) = (stems(), stems())
      let shared = Set(a).intersection(b)
      let found = alignment.align(a[...], b[...], weights) { shared.contains($0) }
      let expected = naiveScore(a, b, weights)
      #expect(found.score == expected, "\(a) \(b) \(weights)")
      // The stretch that it names earns the score by itself, and nothing that it leaves out adds.
      let (left, right) = (Array(a[found.a]), Array(b[found.b]))
      #expect(naiveScore(left, right, weights) == expected, "\(a) \(b) \(weights)")
      if expected > 0 { #expect(left.last == right.last && left.first == right.first) }
    }
  }

  /// Slices of a whole give ranges of the whole.
  @Test func localAlignmentOfSlices() {
    var alignment = LocalAlignment()
    let a: [UInt32] = [9, 9, 1, 2, 3, 9]
    let b: [UInt32] = [8, 1, 2, 3]
    let weights = [UInt16](repeating: 16, count: 10)
    let found = alignment.align(a[1...], b[1...], weights) { (1...3).contains($0) }
    #expect(found.score == 48)
    #expect(found.a == 2..<5)
    #expect(found.b == 1..<4)
  }

  /// floor(16 * log2(x)) is the k with 2^k <= x^16 < 2^(k + 1), which integers decide exactly.
  ///
  /// x^16 of x below 2^17 has at most 272 bits: four squarings of numbers in 32-bit limbs.
  @Test func logarithmsAreExact() {
    func bitWidth(_ limbs: [UInt64]) -> Int {
      guard let top = limbs.lastIndex(where: { $0 != 0 }) else { return 0 }
      return top * 32 + 64 - limbs[top].leadingZeroBitCount
    }
    func squared(_ limbs: [UInt64]) -> [UInt64] {
      var result = [UInt64](repeating: 0, count: limbs.count * 2)
      for (i, x) in limbs.enumerated() {
        var carry: UInt64 = 0
        for (j, y) in limbs.enumerated() {
          let sum = result[i + j] + x * y + carry
          result[i + j] = sum & 0xFFFF_FFFF
          carry = sum >> 32
        }
        result[i + limbs.count] += carry
      }
      return result
    }
    var wrong: [Int] = []
    for x in 1...100_000 {
      let power = squared(squared(squared(squared([UInt64(x)]))))
      if Log16.of(x) != bitWidth(power) - 1 { wrong.append(x) }
    }
    #expect(wrong.isEmpty, "\(wrong.count) wrong: \(wrong.prefix(10))")
    for exponent in 0..<62 { #expect(Log16.of(1 << exponent) == 16 * exponent) }
  }

  /// The cosine exceeds p % where dot^2 * 100^2 > p^2 * normA * normB, in integers of any width.
  @Test func cosinesAreComparedExactly() {
    var random = SeededGenerator(seed: 22)
    for _ in 0..<2000 {
      let bits = Int.random(in: 1...40, using: &random)
      let normA = Int.random(in: 1...(1 << bits), using: &random)
      let normB = Int.random(in: 1...(1 << bits), using: &random)
      let percent = random.pick([30, 33, 34, 50])
      // Around the edge, where a quotient of doubles would round.
      let edge = Double(percent) / 100 * (Double(normA).squareRoot() * Double(normB).squareRoot())
      let dot = max(0, Int(edge) + Int.random(in: -2...2, using: &random))
      let left = product(product([UInt64(dot)], [UInt64(dot)]), [10_000])
      let right = product(
        product([UInt64(normA)], [UInt64(normB)]), [UInt64(percent * percent)])
      let cosine = Cosine(dot: dot, normA: normA, normB: normB)
      #expect(cosine.exceeds(percent: percent) == isGreater(left, right), "\(cosine) \(percent)")
    }
    // Exactly on the edge is not above it: 3 * 4 / (5 * 8) is 30 %.
    #expect(!Cosine(dot: 12, normA: 25, normB: 64).exceeds(percent: 30))
    #expect(Cosine(dot: 12, normA: 25, normB: 63).exceeds(percent: 30))
    #expect(!Cosine(dot: 0, normA: 0, normB: 0).exceeds(percent: 30))
    #expect(Cosine(dot: 0, normA: 0, normB: 0).in1024ths == 0)
    #expect(Cosine(dot: 25, normA: 25, normB: 25).in1024ths == 1024)
    // Just below one half of 1024: floor, not the nearest.
    #expect(Cosine(dot: 499_999, normA: 1_000_000, normB: 1_000_000).in1024ths == 511)
  }

  @Test func squareRootsAreFloors() {
    for n in 0...10_000 {
      let root = n.squareRoot
      #expect(root * root <= n && (root + 1) * (root + 1) > n)
    }
    for root in [46_341, 3_000_000_019 / 2, 1 << 30] {
      #expect((root * root).squareRoot == root)
      #expect((root * root - 1).squareRoot == root - 1)
      #expect((root * root + 2 * root).squareRoot == root)
    }
  }

  /// A product of numbers in 64-bit limbs, lowest first.
  private func product(_ a: [UInt64], _ b: [UInt64]) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: a.count + b.count)
    for (i, x) in a.enumerated() {
      var carry: UInt64 = 0
      for (j, y) in b.enumerated() {
        let full = x.multipliedFullWidth(by: y)
        let (low, first) = full.low.addingReportingOverflow(result[i + j])
        let (sum, second) = low.addingReportingOverflow(carry)
        result[i + j] = sum
        carry = full.high + (first ? 1 : 0) + (second ? 1 : 0)
      }
      result[i + b.count] = carry
    }
    return result
  }

  private func isGreater(_ a: [UInt64], _ b: [UInt64]) -> Bool {
    let count = max(a.count, b.count)
    func limb(_ limbs: [UInt64], _ i: Int) -> UInt64 { i < limbs.count ? limbs[i] : 0 }
    for i in stride(from: count - 1, through: 0, by: -1) where limb(a, i) != limb(b, i) {
      return limb(a, i) > limb(b, i)
    }
    return false
  }
}
