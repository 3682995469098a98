// The lines of a text whose markup is told by lines: reStructuredText, AsciiDoc, Org.

internal import RefrainModel

/// One line, without its line end and the white space around its content.
struct MarkupLine: Hashable {
  /// From the first to behind the last byte that is not white space; empty for a blank line.
  var content: ByteRange
  /// How many columns stand before the content; a tab reaches to the next multiple of eight.
  var indent: Int

  var isBlank: Bool { content.isEmpty }
}

/// The lines of a file.
enum MarkupLines {
  /// Cuts the bytes from `start` on.
  ///
  /// O(bytes).
  static func cut(_ bytes: [UInt8], from start: Int) -> [MarkupLine] {
    var lines: [MarkupLine] = []
    lines.reserveCapacity((bytes.count - start) / 40 + 1)
    bytes.withUnsafeBufferPointer { bytes in
      var at = start
      while at < bytes.count {
        var first = at
        var indent = 0
        while first < bytes.count, bytes[first].isWhiteSpace, bytes[first] != 0x0A {
          indent = bytes[first] == UInt8(ascii: "\t") ? (indent / 8 + 1) * 8 : indent + 1
          first += 1
        }
        var end = first
        while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        var last = end
        while last > first, bytes[last - 1].isWhiteSpace { last -= 1 }
        lines.append(MarkupLine(content: ByteRange(first, last), indent: indent))
        at = end + 1
      }
    }
    return lines
  }
}

/// A set of ASCII characters.
struct ASCIISet {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ characters: StaticString) {
    characters.withUTF8Buffer {
      for byte in $0 {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte & 63) }
      }
    }
  }

  func contains(_ byte: UInt8) -> Bool {
    byte < 128 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
  }
}

extension ArraySlice<UInt8> {
  /// Whether these are nothing but one byte over and over, at least `least` times.
  func isRun(atLeast least: Int) -> Bool {
    guard count >= least, let first else { return false }
    return allSatisfy { $0 == first }
  }

  /// The bytes as text, for comparing with names.
  var string: String { String(decoding: self, as: UTF8.self) }

  /// The bytes in lower case, for comparing with names.
  var lowercased: String {
    let bytes = map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether these begin with ASCII text.
  func begins(with text: StaticString) -> Bool {
    text.withUTF8Buffer { text in
      guard text.count <= count else { return false }
      for offset in 0..<text.count where self[startIndex + offset] != text[offset] { return false }
      return true
    }
  }

  /// Whether these are this ASCII text.
  func equals(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && begins(with: text)
  }

  /// Whether this ASCII text stands somewhere in these.
  func holds(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { text in
      guard let first = text.first else { return true }
      var from = startIndex
      while let at = self[from...].firstIndex(of: first) {
        if count - (at - startIndex) >= text.count, self[at...].starts(with: text) { return true }
        from = at + 1
      }
      return false
    }
  }

  /// Whether these end with ASCII text.
  func ends(with text: StaticString) -> Bool {
    suffix(text.utf8CodeUnitCount).equals(text)
  }

  /// Without blanks at both ends.
  var trimmed: ArraySlice<UInt8> {
    var (start, end) = (startIndex, endIndex)
    while start < end, self[start].isWhiteSpace { start += 1 }
    while end > start, self[end - 1].isWhiteSpace { end -= 1 }
    return self[start..<end]
  }
}
