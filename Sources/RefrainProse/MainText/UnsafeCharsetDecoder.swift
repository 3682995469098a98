// The fence around iconv, which knows the encodings that pages came in before UTF-8.

import Glibc

/// Decodes bytes of an encoding that `iconv` knows by name.
enum UnsafeCharsetDecoder {
  /// Whether there is such an encoding here.
  static func knows(_ name: String) -> Bool {
    guard let converter = open(name) else { return false }
    iconv_close(converter)
    return true
  }

  /// The bytes as UTF-8, U+FFFD for each that is none of this encoding; nil for an unknown one.
  ///
  /// O(bytes).
  static func decode(_ bytes: ArraySlice<UInt8>, from name: String) -> [UInt8]? {
    guard let converter = open(name) else { return nil }
    defer { iconv_close(converter) }
    var decoded: [UInt8] = []
    decoded.reserveCapacity(bytes.count + bytes.count / 2)
    var input = Array(bytes)
    let room = 1 << 14
    var output = [CChar](repeating: 0, count: room)
    // SAFETY: iconv reads `left` bytes from `at` and writes at most `free` to `to`; both lie in arrays
    // that outlive the call, and it moves the pointers no further than that.
    input.withUnsafeMutableBytes { raw in
      var at = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
      var left = raw.count
      while left > 0 {
        let (failure, written) = output.withUnsafeMutableBufferPointer { buffer in
          var to = buffer.baseAddress
          var free = room
          errno = 0
          let isDone = iconv(converter, &at, &left, &to, &free) != -1
          return (isDone ? 0 : errno, room - free)
        }
        decoded += output[..<written].lazy.map { UInt8(bitPattern: $0) }
        if failure == 0 || failure == E2BIG { continue }
        decoded += "\u{FFFD}".utf8
        // What ends inside a character is one wrong character; any other wrong byte is left out alone.
        if failure == EINVAL { return }
        at = at?.advanced(by: 1)
        left -= 1
      }
    }
    return decoded
  }

  private static func open(_ name: String) -> iconv_t? {
    let converter = iconv_open("UTF-8", name)
    return converter == iconv_t(bitPattern: -1) ? nil : converter
  }
}
