// Randomness that is the same on every machine and in every run.

/// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): equal seeds give equal numbers.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// One of `choices`, which must not be empty.
  public mutating func pick<C: RandomAccessCollection>(_ choices: C) -> C.Element {
    let n = Int.random(in: 0..<choices.count, using: &self)
    return choices[choices.index(choices.startIndex, offsetBy: n)]
  }
}
