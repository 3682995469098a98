// What Unicode calls white space, in UTF-8: between words most often one blank, which is asked for
// first.

/// Finds white space in valid UTF-8.
package enum WhiteSpace {
  /// The bytes of the white space character at an offset; 0 where another one stands there.
  ///
  /// The property White_Space: blanks, tabs, line ends, the no-break and the ideographic space; not
  /// the zero width space, which is none.
  @inline(__always)
  package static func width<Bytes: RandomAccessCollection<UInt8>>(
    _ bytes: Bytes, at offset: Int
  ) -> Int where Bytes.Index == Int {
    let byte = bytes[offset]
    if byte < 0x80 { return byte == 0x20 || (0x09...0x0D).contains(byte) ? 1 : 0 }
    return wideWidth(bytes[offset...].prefix(3))
  }

  private static func wideWidth(_ bytes: some Collection<UInt8>) -> Int {
    var rest = bytes.makeIterator()
    switch (rest.next() ?? 0, rest.next() ?? 0, rest.next() ?? 0) {
    case (0xC2, 0x85, _), (0xC2, 0xA0, _): return 2
    case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9),
      (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return 3
    default: return 0
    }
  }

  /// Whether white space lies among these bytes; none does where `end` is not above `start`.
  @inline(__always)
  static func isIn(_ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Bool {
    start < end && (bytes[start] == 0x20 || isInMarks(bytes, from: start, to: end))
  }

  @inline(never)
  private static func isInMarks(
    _ bytes: UnsafeRawBufferPointer, from start: Int, to end: Int
  ) -> Bool {
    var at = start
    while at < end {
      if width(bytes, at: at) > 0 { return true }
      at += 1
    }
    return false
  }

  /// The first stretch of white space among these bytes; nil where there is none.
  package static func first(
    in bytes: [UInt8], from start: Int, to end: Int
  ) -> Range<Int>? {
    var at = start
    while at < end, width(bytes, at: at) == 0 { at += 1 }
    guard at < end else { return nil }
    let first = at
    while at < end, case let width = width(bytes, at: at), width > 0 { at += width }
    return first..<min(at, end)
  }

  /// A text with a blank in the place of each stretch of blanks, tabs and line feeds, and none at either end; nil where
  /// other bytes than these and ASCII's visible ones make it a question of characters what white space is.
  ///
  /// Linear.
  package static func even(_ text: UnsafeBufferPointer<UInt8>) -> String? {
    let isPlain = text.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }
    guard isPlain else { return nil }
    // SAFETY: what is written is no longer than the text, and all of it is initialised, in order.
    return String(unsafeUninitializedCapacity: text.count) { even in
      var count = 0
      var isBehindSpace = false
      for byte in text {
        if byte <= 0x20 {
          isBehindSpace = count > 0
          continue
        }
        if isBehindSpace {
          even.initializeElement(at: count, to: UInt8(ascii: " "))
          count += 1
          isBehindSpace = false
        }
        even.initializeElement(at: count, to: byte)
        count += 1
      }
      return count
    }
  }
}
