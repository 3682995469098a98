// How well equal slots estimate J: without bias, and with no more variance than k independent
// permutations, for short sets and long ones, on random hashes and on those of structured input.

import CXXHash
import RefrainSketch
import TestSupport
import Testing

struct EstimatorTests {
  private static let slots = 128
  private static let pairs = 10_000

  /// What the sets are made of.
  enum Source: CaseIterable {
    case random
    /// XXH3 of consecutive integers.
    case hashedIntegers
  }

  /// Two sets of exactly `shared`, `left` and `right` elements.
  private struct PairMaker {
    var random: SeededGenerator
    var counter: UInt64 = 0
    let source: Source

    mutating func next() -> UInt64 {
      switch source {
      case .random: return random.next()
      case .hashedIntegers:
        counter += 1
        return withUnsafeBytes(of: counter.littleEndian) { refrain_xxh3_64($0.baseAddress, 8) }
      }
    }
  }

  @Test(arguments: Source.allCases, [8, 25, 128, 1000])
  func errorIsThatOfIndependentPermutations(source: Source, n: Int) {
    let hasher = MinHasher(slots: Self.slots)
    for wanted in [0.2, 0.5, 0.8] {
      // J = s / (2n - s)
      let shared = max(1, Int((2 * Double(n) * wanted / (1 + wanted)).rounded()))
      let j = Double(shared) / Double(2 * n - shared)
      var maker = PairMaker(
        random: SeededGenerator(seed: UInt64(n * 10) + UInt64(wanted * 10)), source: source)
      var sum = 0.0
      var squares = 0.0
      for _ in 0..<Self.pairs {
        let all = (0..<(2 * n - shared)).map { _ in maker.next() }
        let a = hasher.sketch(Array(all[..<n]))
        let b = hasher.sketch(Array(all[(n - shared)...]))
        var agree = 0
        for k in 0..<Self.slots where a[k] == b[k] { agree += 1 }
        let error = Double(agree) / Double(Self.slots) - j
        sum += error
        squares += error * error
      }
      let mean = sum / Double(Self.pairs)
      let rmse = (squares / Double(Self.pairs)).squareRoot()
      let bound = (j * (1 - j) / Double(Self.slots)).squareRoot()
      let standardError = bound / Double(Self.pairs).squareRoot()
      #expect(abs(mean) <= 4 * standardError, "n \(n), J \(j), mean \(mean)")
      #expect(rmse <= 1.05 * bound, "n \(n), J \(j), RMSE \(rmse) of \(bound)")
    }
  }

  /// Sets of different sizes: the smaller one inside the larger one.
  @Test(arguments: [1, 2, 5, 20, 58, 300])
  func subsetsAreEstimatedWithoutBias(n: Int) {
    let hasher = MinHasher(slots: Self.slots)
    var random = SeededGenerator(seed: UInt64(n))
    let pairs = 2000
    let j = Double(n) / Double(3 * n)
    var agree = 0
    for _ in 0..<pairs {
      let all = (0..<(3 * n)).map { _ in random.next() }
      let a = hasher.sketch(all)
      let b = hasher.sketch(Array(all[..<n]))
      for k in 0..<Self.slots where a[k] == b[k] { agree += 1 }
    }
    let mean = Double(agree) / Double(pairs * Self.slots) - j
    #expect(abs(mean) <= 4 * (j * (1 - j) / Double(pairs * Self.slots)).squareRoot())
  }
}
