// Finds waivers in a file as it lies on disk.

import RefrainModel

/// Reads the comments of a file that begin with `refrain-`.
package enum WaiverScanner {
  /// The waivers of a file in order.
  ///
  /// A fenced code block, which may well show one, is passed over.
  /// O(bytes).
  package static func scan(_ bytes: [UInt8], path: String) -> [Waiver] {
    let needle = Array("refrain-".utf8)
    guard contains(bytes, needle) else { return [] }
    let marks = Marks(path: path)
    var waivers: [Waiver] = []
    var fence: [UInt8] = []
    var start = 0
    var comments = Comments(bytes: bytes, marks: marks)
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let content = bytes[start..<end].drop { $0 == 0x20 || $0 == 0x09 }
      if let mark = fenceMark(content) {
        if fence.isEmpty {
          fence = mark
        } else if mark.starts(with: fence) {
          fence = []
        }
      } else if fence.isEmpty {
        waivers += Self.waivers(content, &comments)
      }
      start = end + 1
    }
    return waivers
  }

  /// The waivers that begin on a line.
  ///
  /// A comment that is closed may stand anywhere on it, but not in inline code, nor in another comment.
  private static func waivers(_ line: ArraySlice<UInt8>, _ comments: inout Comments) -> [Waiver] {
    let marks = comments.marks
    guard !marks.close.isEmpty else {
      return line.starts(with: marks.open)
        ? [comments.waiver(at: line.startIndex, lineEnd: line.endIndex)].compactMap(\.self) : []
    }
    var waivers: [Waiver] = []
    var rest = line
    var ticks = 0
    while let start = first(marks.open, in: rest) {
      ticks += rest[..<start].count { $0 == UInt8(ascii: "`") }
      rest = line[(start + marks.open.count)...]
      if marks.isCode, ticks % 2 == 1 { continue }
      if let waiver = comments.waiver(at: start, lineEnd: line.endIndex) { waivers.append(waiver) }
    }
    return waivers
  }

  /// How a format writes comments.
  private struct Marks {
    var open: [UInt8]
    /// Empty where a comment ends with its line.
    var close: [UInt8]
    /// Whether backquotes make inline code.
    var isCode = true

    init(path: String) {
      let name = path.lowercased()
      if [".rst", ".rest"].contains(where: name.hasSuffix) {
        (open, close) = (Array(".. ".utf8), [])
      } else if [".adoc", ".asciidoc", ".asc"].contains(where: name.hasSuffix) {
        (open, close) = (Array("//".utf8), [])
      } else {
        (open, close) = (Array("<!--".utf8), Array("-->".utf8))
        isCode = ![".html", ".htm", ".xhtml"].contains(where: name.hasSuffix)
      }
    }
  }

  /// The comments of a file, asked for from its start to its end.
  private struct Comments {
    let bytes: [UInt8]
    let marks: Marks
    /// The next mark that closes, from the last place where one was looked for; the end of the file
    /// where there is none.
    private var nextClose = 0
    /// Where the last waiver ends.
    private var end = 0

    init(bytes: [UInt8], marks: Marks) {
      self.bytes = bytes
      self.marks = marks
    }

    /// The waiver of the comment at `start`; nil for another comment, or what is part of one.
    ///
    /// O(length of the comment), and over all calls O(bytes) for those that are never closed.
    mutating func waiver(at start: Int, lineEnd: Int) -> Waiver? {
      guard start >= end else { return nil }
      let body = bytes[(start + marks.open.count)...]
      let first = body.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
      guard first.starts(with: "refrain-".utf8) else { return nil }
      var end = lineEnd
      var after = lineEnd
      if !marks.close.isEmpty {
        if nextClose < body.startIndex {
          nextClose = WaiverScanner.first(marks.close, in: body) ?? bytes.count
        }
        guard nextClose < bytes.count else { return nil }
        end = nextClose
        after = nextClose + marks.close.count
      }
      let text = String(decoding: bytes[body.startIndex..<end], as: UTF8.self)
        .drop { $0.isWhitespace }
      guard text.hasPrefix("refrain-") else { return nil }
      self.end = after
      return Waiver(text, comment: ByteRange(start, after))
    }
  }

  /// The marks that a line of three and more ``` or ~~~ begins with.
  private static func fenceMark(_ line: ArraySlice<UInt8>) -> [UInt8]? {
    guard let mark = line.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else {
      return nil
    }
    let run = line.prefix { $0 == mark }
    return run.count >= 3 ? Array(run) : nil
  }

  private static func first(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.indices.first { bytes[$0] == needle[0] && bytes[$0...].starts(with: needle) }
  }

  /// Whether the bytes hold the needle anywhere: most files do not, and that is all they pay.
  private static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
    var at = 0
    while at + needle.count <= bytes.count {
      if bytes[at] == needle[0], bytes[at...].starts(with: needle) { return true }
      at += 1
    }
    return false
  }
}
