// Plain text to prose: a paragraph is a run of lines without a blank line in it, kept as it stands,
// hard line breaks included; tables and column layouts between them are left out.

internal import RefrainModel

/// Reads a plain text.
///
/// O(bytes).
struct PlainReader {
  /// The bytes as lines are told by.
  private let bytes: [UInt8]
  private let keepsTables: Bool
  private var lines: SourceLines
  private var builder: ProseBuilder
  /// The lines of the paragraph that is being read.
  private var paragraph: ByteRange?
  /// The lines just read that look like a table, and how many they are.
  private var table: ByteRange?
  private var tableLines = 0

  init(_ source: MaskedSource, keepsTables: Bool = false) {
    bytes = source.masked
    self.keepsTables = keepsTables
    lines = source.lines
    builder = ProseBuilder(source)
  }

  consuming func read() -> Prose {
    while let line = lines.next() {
      if isBlank(line) {
        settleTable()
        endParagraph()
      } else if !keepsTables, TabularLine.isTabular(bytes[line.start..<line.end]) {
        table = table?.union(line) ?? line
        tableLines += 1
      } else {
        settleTable()
        paragraph = paragraph?.union(line) ?? line
      }
    }
    settleTable()
    endParagraph()
    return builder.finish()
  }

  /// Drops the lines that look like a table where there are enough of them; one alone is prose.
  private mutating func settleTable() {
    guard let lines = table else { return }
    if tableLines >= TabularLine.leastRun {
      endParagraph()
    } else {
      paragraph = paragraph?.union(lines) ?? lines
    }
    table = nil
    tableLines = 0
  }

  private mutating func endParagraph() {
    guard let lines = paragraph else { return }
    for part in ParagraphLines.split(bytes, lines) {
      builder.append(part, kind: .paragraph)
      builder.endBlock()
    }
    paragraph = nil
  }

  /// Whether a line holds nothing but white space, the no-break and the ideographic space included,
  /// which scraped pages leave on lines that look empty.
  private func isBlank(_ line: ByteRange) -> Bool {
    var at = line.start
    while at < line.end {
      if bytes[at].isWhiteSpace {
        at += 1
      } else if bytes[at..<line.end].starts(with: [0xC2, 0xA0]) {
        at += 2
      } else if bytes[at..<line.end].starts(with: [0xE3, 0x80, 0x80]) {
        at += 3
      } else {
        return false
      }
    }
    return true
  }
}
