// The fence around searches for a byte that look at 32 at a time: readers spend much of their time looking for the
// next line end or mark.

internal import CKernels
internal import Glibc
internal import RefrainModel

/// One to five bytes that a reader looks for.
package struct ByteMarks: Sendable {
  /// What the kernel takes: each of them, and the first one again up to five.
  fileprivate let packed: UInt64

  init(_ marks: StaticString) { self.init(marks.withUTF8Buffer { Array($0) }) }

  /// One to five bytes, which may be parts of characters.
  package init(_ marks: [UInt8]) {
    packed = (0..<5).reduce(0) { $0 << 8 | UInt64(marks[$1 < marks.count ? $1 : 0]) }
  }
}

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

  /// The first place of any of some bytes from `start` on; the end where there is none.
  ///
  /// O(bytes up to the place).
  package func nextIndex(of marks: ByteMarks, from start: Int) -> Int {
    guard start < count else { return count }
    return withUnsafeBufferPointer { bytes in
      // SAFETY: `start` lies in the array, which is not empty and whose address is not used beyond the call.
      guard let base = bytes.baseAddress else { return count }
      return refrain_find_mark(base, start, count, marks.packed)
    }
  }

  /// The last place of a byte at or behind `start` and before `end`; nil where there is none.
  ///
  /// O(bytes from the place on).
  func lastIndex(of byte: UInt8, from start: Int, before end: Int) -> Int? {
    withUnsafeBufferPointer { bytes in
      var at = end
      while at > start {
        at -= 1
        if bytes[at] == byte { return at }
      }
      return nil
    }
  }

  /// Whether ASCII text stands at a place.
  func holds(_ text: StaticString, at place: Int) -> Bool {
    text.withUTF8Buffer { text in
      guard place + text.count <= count else { return false }
      for offset in 0..<text.count where self[place + offset] != text[offset] { return false }
      return true
    }
  }
}
