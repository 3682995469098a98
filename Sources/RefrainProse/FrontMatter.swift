// The settings that site generators keep on top of a Markdown page: no prose, and no Markdown.

import RefrainModel

/// Finds YAML (`---` to `---` or `...`) and TOML (`+++` to `+++`) at the very start of a file.
enum FrontMatter {
  /// Where the Markdown begins: behind the front matter's last line, or at `start` without one.
  ///
  /// As in Pandoc, a blank line right behind `---` makes it a thematic break; without a line that
  /// closes it, it is none either.
  ///
  /// Complexity: O(length of the front matter), O(bytes) where it is never closed.
  static func end(in bytes: [UInt8], from start: Int) -> Int {
    var lines = Lines(bytes: bytes, position: start)
    guard let first = lines.next(), let fences = closers(of: first) else { return start }
    var isFirst = true
    while let line = lines.next() {
      if fences.contains(where: line.elementsEqual) { return lines.position }
      if isFirst, line.isEmpty { return start }
      isFirst = false
    }
    return start
  }

  /// The lines that may close what `line` opens; nil where it opens nothing.
  private static func closers(of line: ArraySlice<UInt8>) -> [[UInt8]]? {
    switch String(decoding: line.prefix(4), as: UTF8.self) {
    case "---": [Array("---".utf8), Array("...".utf8)]
    case "+++": [Array("+++".utf8)]
    default: nil
    }
  }

  /// Lines without their ends and the blanks before them.
  private struct Lines {
    let bytes: [UInt8]
    var position: Int

    mutating func next() -> ArraySlice<UInt8>? {
      guard position < bytes.count else { return nil }
      let start = position
      var end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      position = min(end + 1, bytes.count)
      while end > start, bytes[end - 1].isWhiteSpace { end -= 1 }
      return bytes[start..<end]
    }
  }
}
