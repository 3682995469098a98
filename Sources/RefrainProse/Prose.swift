// The prose of a file: what people would read in it, as plain UTF-8, with the way back to the source.
//
// `text` holds the blocks one after the other with exactly one blank line ("\n\n") between two, and
// none inside one, so that a segmenter that knows nothing but plain text sees every edge. What is
// left out (code blocks, front matter, markup) leaves no trace in the text; the map knows.

package import RefrainModel

/// The prose of one file, in the file's order.
package struct Prose: Sendable {
  /// Decoded UTF-8, NUL bytes included; blocks joined by "\n\n".
  package var text: [UInt8]
  /// From offsets in `text` to byte offsets in the source's UTF-8.
  package var map: OffsetMap
  /// In order, without overlap; together with the blank lines between them they are `text`.
  package var blocks: [ProseBlock]
  /// Inline code and texts of links, in order, without overlap; none reaches over a block's edge.
  package var spans: [ProseSpan] = []
  /// For each listing that was left out, in order, how many blocks come before it.
  package var listings: [Int] = []

  /// Takes the prose out of a text; a byte order mark at the start is passed over.
  ///
  /// Complexity: O(bytes), but for what md4c and gumbo make of hostile input.
  /// - Parameter path: names the file in errors.
  /// - Parameter keepsTables: whether lines of plain text that look like a table are prose all the
  ///   same.
  /// - Throws: `unreadable` for Markdown of 4 GiB and more, or when memory is short; `notText` for a
  ///   notebook that is none.
  package init(
    _ source: SourceText, format: TextFormat, path: String, keepsTables: Bool = false
  ) throws(RefrainError) {
    let masked = MaskedSource(source.utf8, from: source.start, format: format)
    switch format {
    case .plain: self = PlainReader(masked, keepsTables: keepsTables).read()
    case .markdown, .mdx: self = try MarkdownReader.read(masked, format: format, path: path)
    case .restructuredText: self = RestructuredTextReader(masked).read()
    case .asciiDoc: self = AsciiDocReader(masked).read()
    case .org: self = OrgReader(masked).read()
    case .notebook: self = try NotebookReader.read(source.utf8, from: source.start, path: path)
    case .html: self = HTMLReader.read(masked)
    }
  }

  /// Takes the prose out of a file's bytes.
  ///
  /// - Throws: what `SourceText` throws, too.
  package init(
    _ bytes: [UInt8], format: TextFormat, path: String, keepsTables: Bool = false
  ) throws(RefrainError) {
    try self.init(
      SourceText(bytes, path: path), format: format, path: path, keepsTables: keepsTables)
  }

  /// No prose at all.
  package static let none = Prose(text: [], map: OffsetMap(), blocks: [])

  init(
    text: [UInt8], map: OffsetMap, blocks: [ProseBlock], spans: [ProseSpan] = [],
    listings: [Int] = []
  ) {
    self.text = text
    self.map = map
    self.blocks = blocks
    self.spans = spans
    self.listings = listings
  }
}
