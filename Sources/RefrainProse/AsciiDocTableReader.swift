// Tables of AsciiDoc to prose: cells between bars, one or several lines each.

internal import RefrainModel

extension AsciiDocReader {
  /// Reads the rows up to the delimiter; what is never closed reaches to the end.
  ///
  /// A cell may hold lists and blocks of its own, of which listings are passed over and all else is read
  /// line by line.
  mutating func readTable(until delimiter: [UInt8]) {
    var cell: [ByteRange] = []
    while at < lines.count {
      let content = lines[at].content
      let text = slice(content)
      at += 1
      if text.elementsEqual(delimiter) { break }
      if let block = AsciiDocLine.delimiter(text) {
        endCell(&cell)
        if block == .verbatim || block == .fence { skipListing(block, Array(text), delimiter) }
      } else if text.isEmpty || text.equals("+") || AsciiDocLine.isIgnored(text)
        || AsciiDocLine.isAttributeList(text)
      {
        endCell(&cell)
      } else {
        readRow(content, &cell)
      }
    }
    endCell(&cell)
  }

  /// Reads one line of a row, which may begin with the rest of a cell.
  private mutating func readRow(_ content: ByteRange, _ cell: inout [ByteRange]) {
    let text = slice(content)
    var start = content.start
    var from = content.start
    while let bar = text[from...].firstIndex(of: UInt8(ascii: "|")) {
      from = bar + 1
      if bar > content.start, bytes[bar - 1] == UInt8(ascii: "\\") { continue }
      let end = AsciiDocLine.cellSpecification(text[start...], bar: bar)
      addToCell(ByteRange(start, end), &cell)
      endCell(&cell)
      start = bar + 1
    }
    addToCell(ByteRange(start, content.end), &cell)
  }

  private mutating func addToCell(_ range: ByteRange, _ cell: inout [ByteRange]) {
    var text = slice(range).trimmed
    if let marker = AsciiDocLine.listMarker(text) {
      endCell(&cell)
      text = text.dropFirst(marker)
    } else if cell.isEmpty {
      text = text.dropFirst(AsciiDocLine.admonitionLabel(text))
    }
    if !text.isEmpty { cell.append(ByteRange(text.startIndex, text.endIndex)) }
  }

  private mutating func endCell(_ cell: inout [ByteRange]) {
    if !cell.isEmpty { add(cell, kind: .tableCell) }
    cell.removeAll(keepingCapacity: true)
  }

  /// Passes over a listing in a cell, which ends with the table at the latest.
  private mutating func skipListing(
    _ block: AsciiDocLine.Delimiter, _ fence: [UInt8], _ table: [UInt8]
  ) {
    while at < lines.count, !slice(lines[at].content).elementsEqual(table) {
      at += 1
      if isClosing(lines[at - 1], block, fence) { return }
    }
  }
}
