// Bands and rows: what follows from a threshold and a recall, and the curve they promise.

import Foundation
import RefrainModel
import RefrainSketch
import TestSupport
import Testing

struct BandPlanTests {
  /// Over a grid of thresholds and recalls: the recall is reached, with no band too many.
  @Test(arguments: [0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
  func plansReachTheirRecall(recall: Double) throws {
    for percent in stride(from: 20, through: 100, by: 5) {
      let threshold = try #require(Threshold(percent, over: 100))
      let plan = BandPlan(threshold: threshold, recall: recall)
      let reached = plan.probability(at: threshold.value)
      #expect(reached >= recall - 1e-12, "\(percent) %, \(plan)")
      #expect(plan.slots <= max(BandPlan.slotBudget, plan.rows == 1 ? 1024 : 0), "\(plan)")
      if plan.bands > 1 {
        let fewer = try #require(BandPlan(bands: plan.bands - 1, rows: plan.rows))
        #expect(fewer.probability(at: threshold.value) < recall, "\(percent) %, \(plan)")
      }
    }
  }

  @Test func theCurveIsTheClosedForm() throws {
    for (bands, rows) in [
      (1, 1), (25, 5), (20, 6), (16, 8), (14, 8), (32, 4), (1024, 1), (1, 1024),
    ] {
      let plan = try #require(BandPlan(bands: bands, rows: rows))
      #expect(plan.slots == bands * rows)
      for step in 0...100 {
        let j = Double(step) / 100
        let expected = 1 - pow(1 - pow(j, Double(rows)), Double(bands))
        #expect(abs(plan.probability(at: j) - expected) < 1e-9, "\(bands) x \(rows) at \(j)")
      }
    }
  }

  /// Figures known from elsewhere for these plans.
  @Test func knownFigures() throws {
    let plan = try #require(BandPlan(bands: 20, rows: 6))
    #expect((plan.probability(at: 0.8) * 1000).rounded() == 998)
    let other = try #require(BandPlan(bands: 14, rows: 8))
    #expect((other.probability(at: 0.8) * 100).rounded() == 92)
  }

  @Test(arguments: [(0, 5), (5, 0), (-1, -1), (1025, 1), (1, 1025), (33, 32), (512, 3)])
  func plansOutOfRange(bands: Int, rows: Int) { #expect(BandPlan(bands: bands, rows: rows) == nil) }

  @Test func keysDependOnBandAndRows() throws {
    let plan = try #require(BandPlan(bands: 4, rows: 2))
    func keys(_ signature: [UInt32]) -> [UInt64] {
      [UInt64](unsafeUninitializedCapacity: 4) { buffer, count in
        if let base = buffer.baseAddress { plan.writeKeys(of: signature, to: base) }
        count = 4
      }
    }
    let equal = keys([7, 7, 7, 7, 7, 7, 7, 7])
    #expect(Set(equal).count == 4)
    let changed = keys([7, 7, 7, 8, 7, 7, 7, 7])
    #expect(zip(equal, changed).map { $0 == $1 } == [true, false, true, true])
  }

  /// Pairs of known similarity share a band as often as the curve says, within three standard
  /// errors.
  @Test(arguments: [(16, 8, 0.5), (16, 8, 0.7), (25, 5, 0.5), (20, 6, 0.6), (24, 3, 0.3)])
  func bandsOfRealSignaturesFollowTheCurve(bands: Int, rows: Int, wanted: Double) throws {
    let plan = try #require(BandPlan(bands: bands, rows: rows))
    let hasher = MinHasher(slots: plan.slots)
    var random = SeededGenerator(seed: UInt64(bands * 100 + rows))
    let n = 60
    let shared = Int((2 * Double(n) * wanted / (1 + wanted)).rounded())
    let j = Double(shared) / Double(2 * n - shared)
    let pairs = 4000
    var proposed = 0
    for _ in 0..<pairs {
      let all = (0..<(2 * n - shared)).map { _ in random.next() }
      let a = hasher.sketch(Array(all[..<n]))
      let b = hasher.sketch(Array(all[(n - shared)...]))
      let agrees = (0..<bands).contains { band in
        a[(band * rows)..<((band + 1) * rows)] == b[(band * rows)..<((band + 1) * rows)]
      }
      if agrees { proposed += 1 }
    }
    let p = plan.probability(at: j)
    // The slots of one signature are not quite independent of each other: 0.005 is allowed for
    // that.
    let error = 3 * (p * (1 - p) / Double(pairs)).squareRoot() + 0.005
    #expect(abs(Double(proposed) / Double(pairs) - p) <= error, "\(proposed), p \(p)")
  }
}
