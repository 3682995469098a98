// Two texts as one context: which stems they share, what each weighs, and how alike two stretches
// of units are.

/// One of the two texts of a comparison.
enum Side: Hashable {
  case a
  case b

  var other: Side { self == .a ? .b : .a }
}

/// A rectangle of units: `a.lowerBound ... a.upperBound` of one text by the same of the other.
struct UnitBox: Hashable, Comparable {
  var a: ClosedRange<Int>
  var b: ClosedRange<Int>

  subscript(side: Side) -> ClosedRange<Int> {
    get { side == .a ? a : b }
    set { if side == .a { a = newValue } else { b = newValue } }
  }

  /// Whether the two touch on both sides.
  func touches(_ other: UnitBox) -> Bool { a.overlaps(other.a) && b.overlaps(other.b) }

  static func < (x: Self, y: Self) -> Bool {
    (x.a.lowerBound, x.a.upperBound, x.b.lowerBound, x.b.upperBound)
      < (y.a.lowerBound, y.a.upperBound, y.b.lowerBound, y.b.upperBound)
  }
}

/// A cosine as exact integers: dot^2 and the product of the squared norms.
package struct Cosine {
  package var dot: Int
  package var normA: Int
  package var normB: Int

  package init(dot: Int, normA: Int, normB: Int) {
    self.dot = dot
    self.normA = normA
    self.normB = normB
  }

  /// Whether the cosine is above `percent` / 100.
  package func exceeds(percent: Int) -> Bool {
    let left = UInt128(dot) * UInt128(dot) * 10_000
    let right = UInt128(normA) * UInt128(normB) * UInt128(percent * percent)
    return left > right
  }

  /// floor(1024 * cosine), for ranking.
  package var in1024ths: Int {
    guard normA > 0, normB > 0 else { return 0 }
    let squared = UInt128(dot) * UInt128(dot) * 1_048_576 / (UInt128(normA) * UInt128(normB))
    return Int(squared).squareRoot
  }
}

extension Int {
  /// floor(sqrt(self)), exact.
  package var squareRoot: Int {
    var root = Int(Double(self).squareRoot())
    while root * root > self { root -= 1 }
    while (root + 1) * (root + 1) <= self { root += 1 }
    return root
  }
}

/// The weights of two texts' stems and scratch to compare stretches of them with.
///
/// W = log2((n + 1) / (max(sf - 2, 0) + 1)) in sixteenths of a bit, with n units in both texts and
/// sf of them holding the stem. Making one is linear in the two vocabularies. Not thread-safe.
final class ComparisonContext {
  let a: ComparedText
  let b: ComparedText
  /// By stem number of the side.
  let weightsA: [Int]
  let weightsB: [Int]
  /// The other side's number of a stem, or -1.
  let inB: [Int32]
  let inA: [Int32]
  private var countsA: [Int]
  private var countsB: [Int]

  func text(_ side: Side) -> ComparedText { side == .a ? a : b }

  /// By stem number of the side.
  func weights(_ side: Side) -> [Int] { side == .a ? weightsA : weightsB }

  /// The other side's number of each of the side's stems, or -1.
  func inOther(_ side: Side) -> [Int32] { side == .a ? inB : inA }

  init(_ a: ComparedText, _ b: ComparedText) {
    self.a = a
    self.b = b
    let n = a.unitCount + b.unitCount
    let whole = Log16.of(n + 1)
    func weight(_ units: Int) -> Int { whole - Log16.of(max(units - 2, 0) + 1) }
    var weightsA = a.frequencies.map { weight(Int($0)) }
    var weightsB = b.frequencies.map { weight(Int($0)) }
    var inB = [Int32](repeating: -1, count: weightsA.count)
    var inA = [Int32](repeating: -1, count: weightsB.count)
    var i = 0
    var j = 0
    while i < a.vocabulary.count, j < b.vocabulary.count {
      if a.vocabulary[i] < b.vocabulary[j] {
        i += 1
      } else if b.vocabulary[j] < a.vocabulary[i] {
        j += 1
      } else {
        let both = weight(Int(a.frequencies[i] + b.frequencies[j]))
        weightsA[i] = both
        weightsB[j] = both
        inB[i] = Int32(j)
        inA[j] = Int32(i)
        i += 1
        j += 1
      }
    }
    self.weightsA = weightsA
    self.weightsB = weightsB
    self.inA = inA
    self.inB = inB
    countsA = [Int](repeating: 0, count: weightsA.count)
    countsB = [Int](repeating: 0, count: weightsB.count)
  }

  /// The cosine of the bags of all stems on either side of a box.
  ///
  /// O(stems of its units).
  func cosine(_ box: UnitBox) -> Cosine {
    var cosine = Cosine(dot: 0, normA: 0, normB: 0)
    let rangeA = a.bagStarts[box.a.lowerBound]..<a.bagStarts[box.a.upperBound + 1]
    let rangeB = b.bagStarts[box.b.lowerBound]..<b.bagStarts[box.b.upperBound + 1]
    let (stemsA, stemsB) = (a.bagStems, b.bagStems)
    let (timesA, timesB) = (a.bagCounts, b.bagCounts)
    countsA.withUnsafeMutableBufferPointer { countsA in
      countsB.withUnsafeMutableBufferPointer { countsB in
        for k in rangeA { countsA[Int(stemsA[k])] += Int(timesA[k]) }
        for k in rangeB { countsB[Int(stemsB[k])] += Int(timesB[k]) }
        for k in rangeA {
          let stem = Int(stemsA[k])
          let value = countsA[stem] * weightsA[stem]
          cosine.normA += value * value
          if inB[stem] >= 0 { cosine.dot += value * countsB[Int(inB[stem])] * weightsA[stem] }
          countsA[stem] = 0
        }
        for k in rangeB {
          let stem = Int(stemsB[k])
          let value = countsB[stem] * weightsB[stem]
          cosine.normB += value * value
          countsB[stem] = 0
        }
      }
    }
    return cosine
  }
}

/// A set of stem numbers that empties in no time.
struct StemMarks {
  private var stamps: [UInt32]
  private var stamp: UInt32 = 0

  init(_ count: Int) { stamps = [UInt32](repeating: 0, count: count) }

  mutating func removeAll() { stamp += 1 }
  mutating func insert(_ stem: Int) { stamps[stem] = stamp }
  func contains(_ stem: Int) -> Bool { stamps[stem] == stamp }
}
