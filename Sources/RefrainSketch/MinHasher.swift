// Shingles to signatures: the scheme's parameters, and the kernel behind them.

import CKernels

/// Makes MinHash signatures whose slots agree with probability J.
///
/// The scheme: a shingle x falls into slot (x >> 32) * m >> 32, which keeps the least even rank
/// (x's lower half, last bit cleared). A slot that no shingle falls into holds instead the least
/// a[k] * x + b[k] (mod 2^32, last bit set) over all shingles, so that every slot of a non-empty
/// set has a value and two sets' slots agree exactly when the least element of their union under
/// that slot's order is in both: unbiased, with a variance of at most J(1 - J)/m. The idea of one
/// bucket round is that of one-permutation hashing (Li, Owen, Zhang, NIPS 2012), with the empty
/// slots computed instead of borrowed. O(n + empty slots * n).
package struct MinHasher: Sendable {
  /// What the scheme is called in whatever outlives a run.
  package static let scheme = "minhash1"
  /// The most slots a signature may have.
  package static let maximumSlots = Int(REFRAIN_MAX_SLOTS)

  /// m, the number of 32-bit slots.
  package let slots: Int
  /// a[k], odd.
  package let multipliers: [UInt32]
  /// b[k].
  package let addends: [UInt32]

  /// A hasher of `slots` slots, 1 ...
  ///
  /// `maximumSlots`. Equal numbers give equal hashers, on any machine; the first slots' parameters
  /// do not depend on how many follow.
  package init(slots: Int) {
    precondition((1...Self.maximumSlots).contains(slots), "slots out of range")
    self.slots = slots
    var random = SplitMix64(seed: 0x5265_6672_6169_6E31)  // "Refrain1"
    var a: [UInt32] = []
    var b: [UInt32] = []
    for _ in 0..<slots {
      let bits = random.next()
      a.append(UInt32(truncatingIfNeeded: bits) | 1)
      b.append(UInt32(truncatingIfNeeded: bits >> 32))
    }
    multipliers = a
    addends = b
  }

  /// Writes the signature of `shingles`, which must not be empty, to `signature[0 ..< slots]`.
  @inline(__always)
  package func sketch(
    _ shingles: UnsafeBufferPointer<UInt64>, into signature: UnsafeMutablePointer<UInt32>
  ) {
    // SAFETY: the caller gives room for `slots`; multipliers and addends are as many.
    refrain_minhash(shingles.baseAddress, shingles.count, multipliers, addends, slots, signature)
  }

  /// The signature of `shingles`; empty for no shingles.
  package func sketch(_ shingles: [UInt64]) -> [UInt32] {
    if shingles.isEmpty { return [] }
    return [UInt32](unsafeUninitializedCapacity: slots) { buffer, count in
      // SAFETY: the capacity is `slots`, and the kernel writes all of them.
      if let signature = buffer.baseAddress {
        shingles.withUnsafeBufferPointer { sketch($0, into: signature) }
      }
      count = slots
    }
  }

  /// The plain twin of the kernel, written as the definition reads: what the kernel must equal bit
  /// for bit.
  ///
  /// O(m * n).
  package func referenceSketch(_ shingles: [UInt64]) -> [UInt32] {
    if shingles.isEmpty { return [] }
    return (0..<slots).map { k in
      let bucketed = shingles.filter { Int((($0 >> 32) * UInt64(slots)) >> 32) == k }
      if let least = bucketed.map({ UInt32(truncatingIfNeeded: $0) & ~1 }).min() { return least }
      return shingles.map { multipliers[k] &* UInt32(truncatingIfNeeded: $0) &+ addends[k] }
        .reduce(UInt32.max) { min($0, $1) } | 1
    }
  }
}

/// The generator of the scheme's parameters and of seeded tests (Steele, Lea, Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014).
package struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
