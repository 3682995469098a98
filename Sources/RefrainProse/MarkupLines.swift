// The lines of a text whose markup is told by lines: reStructuredText, AsciiDoc.

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
    var at = start
    while at < bytes.count {
      let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      var first = at
      var indent = 0
      while first < end, bytes[first].isWhiteSpace {
        indent = bytes[first] == UInt8(ascii: "\t") ? (indent / 8 + 1) * 8 : indent + 1
        first += 1
      }
      var last = end
      while last > first, bytes[last - 1].isWhiteSpace { last -= 1 }
      lines.append(MarkupLine(content: ByteRange(first, last), indent: indent))
      at = end + 1
    }
    return lines
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
}
