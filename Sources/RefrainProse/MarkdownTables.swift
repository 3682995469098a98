// Tables that are wider than anybody reads: the parser fills each row up to the width of the first,
// which for n columns and n rows is n squared cells.

import RefrainModel

/// Keeps the parser from tables that would cost square time.
enum MarkdownTables {
  /// GitHub's and all other known tables are narrower.
  private static let mostColumns = 256

  /// The bytes as md4c is to read them: as many, and the same but for a byte in the second row of each
  /// table of more columns, which makes it no table.
  ///
  /// The text of what it becomes is that of the source, which `ProseBuilder.openBlockIsTable` knows.
  /// O(bytes).
  static func withoutWideOnes(_ bytes: [UInt8], from start: Int) -> [UInt8] {
    var prepared = bytes
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
    return prepared
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
