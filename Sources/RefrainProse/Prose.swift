// The prose of a file: what people would read in it, as plain UTF-8, with the way back to the disk.
//
// `text` holds the blocks one after the other with exactly one blank line ("\n\n") between two, and
// none inside one, so that a segmenter that knows nothing but plain text sees every edge. What is
// left out (tables, code blocks, front matter, markup) leaves no trace in the text; the map knows.

internal import CSimdJSON
package import RefrainModel

/// One block of prose.
package struct ProseBlock: Hashable, Sendable {
  /// What a block is to its reader; the innermost wins, except that all within a quotation is one.
  package enum Kind: Hashable, Sendable {
    case paragraph, heading, listItem, blockquote
  }

  package var kind: Kind
  /// Its bytes in `Prose.text`, never empty, without white space at either end.
  package var range: ByteRange
}

/// The prose of one file, in the file's order.
package struct Prose: Sendable {
  /// Decoded UTF-8, NUL bytes included; blocks joined by "\n\n".
  package var text: [UInt8]
  /// From offsets in `text` to byte offsets in the file as it lies on disk.
  package var map: OffsetMap
  /// In order, without overlap; together with the blank lines between them they are `text`.
  package var blocks: [ProseBlock]

  /// Takes the prose out of a file's bytes; a byte order mark at the start is passed over.
  ///
  /// Complexity: O(bytes), but for what md4c and gumbo make of hostile input.
  /// - Parameter path: names the file in errors.
  /// - Parameter keepsTables: whether lines of plain text that look like a table are prose all the
  ///   same.
  /// - Throws: `notUTF8` with the line and byte of the first wrong byte; `unreadable` for Markdown
  ///   of 4 GiB and more, or when memory is short.
  package init(
    _ bytes: [UInt8], format: TextFormat, path: String, keepsTables: Bool = false
  ) throws(RefrainError) {
    try Self.requireUTF8(bytes, path: path)
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let start = bytes.starts(with: mark) ? mark.count : 0
    switch format {
    case .plain: self = PlainReader(bytes, from: start, keepsTables: keepsTables).read()
    case .markdown: self = try MarkdownReader.read(bytes, from: start, path: path)
    case .restructuredText: self = RestructuredTextReader(bytes, from: start).read()
    case .asciiDoc: self = AsciiDocReader(bytes, from: start).read()
    case .html: self = HTMLReader.read(bytes, from: start)
    }
  }

  /// No prose at all.
  package static let none = Prose(text: [], map: OffsetMap(), blocks: [])

  init(text: [UInt8], map: OffsetMap, blocks: [ProseBlock]) {
    self.text = text
    self.map = map
    self.blocks = blocks
  }

  /// Refuses the bytes of a file that nobody named where they are no text: UTF-16, or with a NUL.
  ///
  /// O(bytes).
  package static func requireText(_ bytes: [UInt8], path: String) throws(RefrainError) {
    try TextEncoding.requireNoMark(bytes, path: path)
    guard let at = bytes.firstIndex(of: 0) else { return }
    if TextEncoding.isUTF16(bytes.prefix(1 << 10)) {
      throw TextEncoding.error("UTF-16", path)
    }
    let line = bytes[..<at].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    throw .notText(
      path: path, line: line, cause: "contains a NUL byte, so it is not text (offset \(at))")
  }

  /// Refuses bytes that are not UTF-8, naming the first wrong one.
  package static func requireUTF8(_ bytes: [UInt8], path: String) throws(RefrainError) {
    let valid = bytes.withUnsafeBytes { raw in
      // SAFETY: pointer and length are those of the array, and the callee only reads.
      refrain_utf8_valid_prefix(raw.baseAddress?.assumingMemoryBound(to: CChar.self), raw.count)
    }
    guard valid < bytes.count else { return }
    try TextEncoding.requireNoMark(bytes, path: path)
    let newline = UInt8(ascii: "\n")
    let line = bytes[..<valid].reduce(1) { $1 == newline ? $0 + 1 : $0 }
    throw .notUTF8(path: path, line: line, byte: valid)
  }
}

/// Tells other encodings than UTF-8, whose names say more than the first wrong byte does.
private enum TextEncoding {
  /// Refuses a file that begins with another encoding's byte order mark.
  static func requireNoMark(_ bytes: [UInt8], path: String) throws(RefrainError) {
    let head = bytes.prefix(4)
    if head.elementsEqual([0xFF, 0xFE, 0, 0]) || head.elementsEqual([0, 0, 0xFE, 0xFF]) {
      throw error("UTF-32", path)
    }
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      throw error("UTF-16", path)
    }
  }

  static func error(_ encoding: String, _ path: String) -> RefrainError {
    .notText(
      path: path, line: 1,
      cause: "is \(encoding) text, but Refrain reads only UTF-8 (iconv -f \(encoding) -t UTF-8)")
  }

  /// Whether every other byte is a NUL and the others are none, as in UTF-16 of a European language.
  static func isUTF16(_ head: ArraySlice<UInt8>) -> Bool {
    let pairs = head.count / 2
    guard pairs > 1 else { return false }
    return [0, 1].contains { offset in
      let nulls = (0..<pairs).count { head[head.startIndex + 2 * $0 + offset] == 0 }
      let others = (0..<pairs).count { head[head.startIndex + 2 * $0 + 1 - offset] == 0 }
      return nulls * 10 >= pairs * 8 && others * 10 <= pairs
    }
  }
}
