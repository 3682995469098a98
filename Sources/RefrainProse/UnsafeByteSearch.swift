// The fence around the C library's search for a byte, which looks at 32 at a time: readers spend much of their
// time looking for the next line end or mark.

internal import Glibc

extension [UInt8] {
  /// The first place of a byte from `start` on and before `end`; nil where there is none.
  ///
  /// O(bytes up to the place).
  func nextIndex(of byte: UInt8, from start: Int, before end: Int? = nil) -> Int? {
    let end = Swift.min(end ?? count, count)
    guard start < end else { return nil }
    return withUnsafeBytes { raw in
      // SAFETY: `start` and `end` lie in the array, which is not empty and whose address is not used
      // beyond the call.
      guard let base = raw.baseAddress, let place = memchr(base + start, Int32(byte), end - start)
      else { return nil }
      return UnsafeRawPointer(place) - base
    }
  }
}
