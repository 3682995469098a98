// How alike two sets are: counts first, fractions of integers for every decision, decimals for
// print.

/// The overlap of two sets of shingle hashes, as counts.
///
/// Decisions compare these integers; a floating-point quotient is for printing alone, since
/// `ceil(t * n)` and friends lose pairs at thresholds such as 0.55.
public struct Overlap: Hashable, Sendable {
  /// |A ∩ B|.
  public var shared: Int
  /// |A|.
  public var left: Int
  /// |B|.
  public var right: Int

  /// The overlap of two sets of these sizes; `shared` is at most either.
  public init(shared: Int, left: Int, right: Int) {
    self.shared = shared
    self.left = left
    self.right = right
  }

  /// |A ∪ B|.
  public var union: Int { left + right - shared }
  /// Jaccard similarity |A ∩ B| / |A ∪ B|; 0 for two empty sets.
  public var jaccard: Double { union == 0 ? 0 : Double(shared) / Double(union) }
  /// |A ∩ B| / min(|A|, |B|); 0 where one of them is empty.
  public var containment: Double {
    let least = min(left, right)
    return least == 0 ? 0 : Double(shared) / Double(least)
  }
}

/// A similarity threshold as an exact fraction, so that 0.55 means 55/100 and not its nearest
/// double.
public struct Threshold: Hashable, Sendable {
  public let numerator: Int
  public let denominator: Int

  /// The fraction `numerator / denominator`, which must lie above 0 and at most at 1.
  public init?(_ numerator: Int, over denominator: Int) {
    guard denominator > 0, numerator > 0, numerator <= denominator else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }

  private init(known numerator: Int, over denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The default of whole documents, 0.8.
  public static let documents = Threshold(known: 4, over: 5)
  /// One half.
  public static let half = Threshold(known: 1, over: 2)

  /// Reads a decimal such as `0.8`, `.85` or `1` exactly; nil for anything else or outside (0, 1].
  public init?(decimal: some StringProtocol) {
    var numerator = 0
    var denominator = 1
    var digits = 0
    var fraction = false
    for c in decimal.utf8 {
      switch c {
      case UInt8(ascii: "."):
        if fraction { return nil }
        fraction = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits += 1
        if digits > 9 { return nil }
        numerator = numerator * 10 + Int(c - UInt8(ascii: "0"))
        if fraction { denominator *= 10 }
      default: return nil
      }
    }
    guard digits > 0 else { return nil }
    self.init(numerator, over: denominator)
  }

  /// The nearest double, for the S-curve and for print.
  public var value: Double { Double(numerator) / Double(denominator) }

  /// Whether J(A, B) reaches the threshold.
  @inlinable public func isReached(by overlap: Overlap) -> Bool {
    overlap.shared * denominator >= numerator * overlap.union && overlap.shared > 0
  }

  /// The least |A ∩ B| at which sets of these sizes reach it: ceil(t / (1 + t) * (|A| + |B|)).
  @inlinable public func leastShared(_ left: Int, _ right: Int) -> Int {
    let n = numerator * (left + right)
    let d = denominator + numerator
    return max(1, (n + d - 1) / d)
  }

  /// ceil(t * n): the least overlap of a set of n shingles with any set that reaches the threshold.
  @inlinable public func leastShared(of n: Int) -> Int {
    max(1, (numerator * n + denominator - 1) / denominator)
  }

  /// The length filter: whether sets of these sizes could reach it at all, min >= t * max.
  @inlinable public func admits(_ left: Int, _ right: Int) -> Bool {
    min(left, right) * denominator >= numerator * max(left, right)
  }
}
