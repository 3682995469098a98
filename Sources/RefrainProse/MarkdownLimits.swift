// What nobody writes and the parser takes square time for: tables that are wider than anybody reads, since each
// row is filled up to the width of the first, and brackets in paragraphs of tens of thousands of lines, since
// the parser looks for the line of each bracket from the paragraph's first line on.

import RefrainModel

/// Keeps the parser from what would cost square time.
enum MarkdownLimits {
  /// GitHub's and all other known tables are narrower.
  private static let mostColumns = 256

  /// The bytes as md4c is to read them: as many, and the same but for a byte in the second row of each
  /// table of more columns, which makes it no table, and for the brackets that open in lines of overlong
  /// paragraphs.
  ///
  /// The text of what it becomes is that of the source, which `ProseBuilder.openBlockIsTable` knows.
  /// O(bytes).
  static func applied(_ bytes: [UInt8], from start: Int) -> [UInt8] {
    var prepared = bytes
    narrowTables(&prepared, bytes, from: start)
    // Most pages have fewer bytes than that.
    if bytes.count - start > LineRun.mostLines { blankBrackets(&prepared, bytes, from: start) }
    return prepared
  }

  private static func narrowTables(_ prepared: inout [UInt8], _ bytes: [UInt8], from start: Int) {
    var line = start
    while line < bytes.count {
      // No line is looked at that is too short, of which many end in the same stretch.
      let near = min(line + mostColumns + 1, bytes.count)
      if let last = bytes.lastIndex(of: UInt8(ascii: "\n"), from: line, before: near) {
        line = last + 1
        continue
      }
      let end = bytes.nextIndex(of: UInt8(ascii: "\n"), from: line) ?? bytes.count
      if end - line > mostColumns, let dash = lastDash(ofWideRow: bytes[line..<end]) {
        prepared[dash] = UInt8(ascii: "x")
      }
      line = end + 1
    }
  }

  private static func blankBrackets(_ prepared: inout [UInt8], _ bytes: [UInt8], from start: Int) {
    var paragraph = LineRun()
    var line = start
    while line < bytes.count {
      let end = bytes.nextIndex(of: UInt8(ascii: "\n"), from: line) ?? bytes.count
      if paragraph.isTooLong(with: bytes[line..<end]) {
        for at in line..<end where bytes[at] == UInt8(ascii: "[") {
          prepared[at] = UInt8(ascii: "x")
        }
      }
      line = end + 1
    }
  }

  /// The last hyphen of a line of hyphens, colons and so many bars; nil for any other line.
  private static func lastDash(ofWideRow line: ArraySlice<UInt8>) -> Int? {
    var bars = 0
    var dash: Int?
    for index in line.indices {
      switch line[index] {
      case UInt8(ascii: "|"): bars += 1
      case UInt8(ascii: "-"): dash = index
      // A table in a list or quotation has their marks before it.
      case UInt8(ascii: ":"), UInt8(ascii: ">"), UInt8(ascii: "*"), UInt8(ascii: "+"), 0x0D: break
      case let byte where byte.isBlank || byte.isASCIIDigit || byte == UInt8(ascii: "."): break
      default: return nil
      }
    }
    return bars > mostColumns ? dash : nil
  }
}

/// Lines without an empty one between them: at least as many as any paragraph that they are part of.
private struct LineRun {
  /// Even lists of links without empty lines have fewer lines.
  static let mostLines = 16_384

  private var lines = 0
  /// Whether the lines are rows of a table, each of which the parser reads on its own.
  private var isTable = false

  /// Adds the next line, and says whether there are too many by now.
  mutating func isTooLong(with line: ArraySlice<UInt8>) -> Bool {
    let first = line.firstIndex { !$0.isBlank && $0 != UInt8(ascii: ">") && $0 != 0x0D }
    guard let first else {
      self = LineRun()
      return false
    }
    lines += 1
    if lines == 2 {
      isTable = line[first...].allSatisfy {
        $0.isBlank || $0 == 0x0D || "-:|".utf8.contains($0)
      }
    } else if isTable, line[first] != UInt8(ascii: "|") {
      isTable = false
    }
    return lines > Self.mostLines && !isTable
  }
}
