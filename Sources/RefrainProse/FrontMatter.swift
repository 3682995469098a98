// The settings that site generators keep on top of a page: no prose, and no markup.

import RefrainModel

/// Finds YAML (`---` to `---` or `...`), TOML (`+++` to `+++`) and JSON (`{` to `}`) at the very start
/// of a file.
enum FrontMatter {
  /// Where the text begins: behind the front matter's last line, or at `start` without one.
  ///
  /// As in Pandoc, a blank line right behind `---` makes it a thematic break, and so does a line below it
  /// that is neither a comment nor looks like settings; without a line that closes it, it is none either.
  ///
  /// Complexity: O(length of the front matter), O(bytes) where it is never closed.
  static func end(in bytes: [UInt8], from start: Int) -> Int {
    var lines = SourceLines(bytes, from: start)
    guard let first = lines.next(),
      let language = Language(opening: trimmed(bytes, first))
    else { return start }
    var isFirst = true
    while let line = lines.next() {
      let text = trimmed(bytes, line)
      if language.isClosed(by: text) { return lines.position }
      if isFirst, !language.mayBegin(with: text) { return start }
      isFirst = false
    }
    return start
  }

  private static func trimmed(_ bytes: [UInt8], _ line: ByteRange) -> ArraySlice<UInt8> {
    var end = line.end
    while end > line.start, bytes[end - 1].isWhiteSpace { end -= 1 }
    return bytes[line.start..<end]
  }

  /// What front matter may be written in.
  private enum Language {
    case yaml, toml, json

    init?(opening line: ArraySlice<UInt8>) {
      switch String(decoding: line.prefix(4), as: UTF8.self) {
      case "---": self = .yaml
      case "+++": self = .toml
      case "{": self = .json
      default: return nil
      }
    }

    /// Whether this is a line that ends it.
    func isClosed(by line: ArraySlice<UInt8>) -> Bool {
      switch self {
      case .yaml: line.equals("---") || line.equals("...")
      case .toml: line.equals("+++")
      case .json: line.equals("}")
      }
    }

    /// Whether this may be its first line.
    func mayBegin(with line: ArraySlice<UInt8>) -> Bool {
      let ink = line.drop { $0.isBlank }
      guard let first = ink.first else { return false }
      switch self {
      case .json: return first == UInt8(ascii: "\"")
      case .toml: return ink.contains(UInt8(ascii: "=")) || "#[".utf8.contains(first)
      case .yaml:
        return ink.contains(UInt8(ascii: ":")) || "#-".utf8.contains(first)
      }
    }
  }
}
