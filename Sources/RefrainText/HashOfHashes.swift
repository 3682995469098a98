// One hash of several: how word hashes become hashes of bigrams, trigrams, windows and sentences.

import CXXHash

/// The hash of two hashes in order: XXH3-64 over their bytes.
package func hashInOrder(_ first: UInt64, _ second: UInt64) -> UInt64 {
  // SAFETY: the bytes are those of the pair, which outlives the call.
  withUnsafeBytes(of: (first, second)) { refrain_xxh3_64($0.baseAddress, $0.count) }
}

extension ArraySlice<UInt64> {
  /// The hash of these hashes in order: XXH3-64 over their bytes.
  ///
  /// Linear.
  @inline(__always)
  package var hashInOrder: UInt64 {
    // SAFETY: the bytes are those of the slice, which outlives the call.
    withUnsafeBytes { refrain_xxh3_64($0.baseAddress, $0.count) }
  }
}
