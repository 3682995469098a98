// How many bands of how many rows: from the threshold and the recall that is asked for.

import CKernels
package import RefrainModel

/// The banding of signatures: a pair is a candidate when all rows of at least one band agree, which
/// happens with probability 1 - (1 - J^rows)^bands (Leskovec, Rajaraman, Ullman, "Mining of Massive
/// Datasets", 3.4).
package struct BandPlan: Hashable, Sendable {
  package let bands: Int
  package let rows: Int

  /// The most slots that a plan made from a threshold spends.
  package static let slotBudget = 128

  /// A plan as given; nil unless both are positive and the slots they need exist.
  package init?(bands: Int, rows: Int) {
    guard bands > 0, rows > 0, bands <= 1024, rows <= 1024, bands * rows <= 1024 else { return nil }
    self.bands = bands
    self.rows = rows
  }

  /// The plan that proposes a pair at the threshold with probability `recall` or more.
  ///
  /// Of all that fit `slotBudget` slots it takes the one with the most rows, which proposes the
  /// fewest pairs below the threshold, with no more bands than the recall needs. When none fits (a
  /// recall very close to 1 at a low threshold), single rows are used, as many as it takes, up to
  /// 1024.
  package init(threshold: Threshold, recall: Double) {
    for rows in stride(from: Self.slotBudget, through: 1, by: -1) {
      if let bands = Self.bands(threshold.value, rows, recall), bands * rows <= Self.slotBudget {
        self.bands = bands
        self.rows = rows
        return
      }
    }
    bands = min(1024, Self.bands(threshold.value, 1, recall) ?? 1024)
    rows = 1
  }

  /// The fewest bands of `rows` rows with at least `recall` at similarity `j`.
  private static func bands(_ j: Double, _ rows: Int, _ recall: Double) -> Int? {
    let agree = power(j, rows)
    var missed = 1.0
    for bands in 1...1024 {
      missed *= 1 - agree
      if 1 - missed >= recall { return bands }
    }
    return nil
  }

  /// The slots the plan needs.
  package var slots: Int { bands * rows }

  /// The S-curve: the probability that a pair of similarity `j` is proposed.
  package func probability(at j: Double) -> Double {
    1 - Self.power(1 - Self.power(j, rows), bands)
  }

  // Powers by multiplication: the same on every machine, which libm's pow need not be.
  private static func power(_ x: Double, _ n: Int) -> Double {
    var result = 1.0
    for _ in 0..<n { result *= x }
    return result
  }
}

extension BandPlan {
  /// Hashes each band's rows of a signature into a 64-bit key: XXH3-64 over the rows, under the
  /// band's number as seed.
  ///
  /// `keys` has room for `bands`.
  package func writeKeys(
    of signature: UnsafePointer<UInt32>, to keys: UnsafeMutablePointer<UInt64>
  ) {
    refrain_band_keys(signature, bands, rows, keys, 1)
  }
}
