// How far the signatures' estimate of J is from J: mean error in standard errors, and the root mean
// square error beside that of independent permutations, sqrt(J(1 - J) / m).

import CXXHash
import RefrainSketch

enum Estimator {
  /// Prints a row for each set size, similarity and kind of shingle, 10,000 pairs each.
  static func run() {
    print("\nestimator, m = 128: n, J, shingles, mean error in standard errors, RMSE / bound")
    var random = SplitMix64(seed: 5)
    let hasher = MinHasher(slots: 128)
    for n in [8, 25, 128, 1000] {
      for target in [0.2, 0.5, 0.8] {
        for isRandom in [true, false] { row(n, target, isRandom, hasher, &random) }
      }
    }
  }

  private static func row(
    _ n: Int, _ target: Double, _ isRandom: Bool, _ hasher: MinHasher,
    _ random: inout SplitMix64
  ) {
    // Two sets of n that share s: J = s / (2n - s), as near to the target as whole numbers allow.
    let shared = Int((2 * Double(n) * target / (1 + target)).rounded())
    let j = Double(shared) / Double(2 * n - shared)
    let pairs = 10_000
    var sum = 0.0
    var squares = 0.0
    var next: UInt64 = 0
    for _ in 0..<pairs {
      let union = (0..<(2 * n - shared)).map { _ in
        if isRandom { return random.next() }
        next += 1
        return withUnsafeBytes(of: next.littleEndian) { refrain_xxh3_64($0.baseAddress, 8) }
      }
      let a = hasher.sketch(Array(union[..<n]))
      let b = hasher.sketch(Array(union[(n - shared)...]))
      let agree = zip(a, b).reduce(0) { $0 + ($1.0 == $1.1 ? 1 : 0) }
      let error = Double(agree) / 128 - j
      sum += error
      squares += error * error
    }
    let mean = sum / Double(pairs)
    let rmse = (squares / Double(pairs)).squareRoot()
    let bound = (j * (1 - j) / 128).squareRoot()
    let standardError = rmse / Double(pairs).squareRoot()
    let kind = isRandom ? "random" : "XXH3 of integers"
    print(
      "\(n)\t\(rounded(j))\t\(kind)\t\(rounded(mean / standardError))\t\(rounded(rmse / bound))")
  }

  private static func rounded(_ x: Double) -> Double { (x * 1000).rounded() / 1000 }
}
