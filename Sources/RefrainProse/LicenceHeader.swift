// The licence that tools put on top of every file, in the comments of whatever language: the same words in a
// thousand pages, and nobody's prose.

import RefrainModel

/// Finds a comment with a licence or copyright notice at the very start of a text.
///
/// Comments of the page's own format are no prose anyhow. These are the others: lines that each begin
/// with the same mark, or one `/* ... */`.
enum LicenceHeader {
  private static let marks = ["//", "#", ";", "--", "%", "dnl ", "REM ", "*"].map { Array($0.utf8) }
  /// One line alone may be a heading or an item.
  private static let leastLines = 2
  /// No header is longer, in lines.
  private static let mostLines = 100

  /// Where the text begins: behind the header, or at `start` where there is none.
  ///
  /// O(length of the header).
  static func end(in bytes: [UInt8], from start: Int) -> Int {
    var first = start
    while first < bytes.count, bytes[first].isWhiteSpace { first += 1 }
    guard first < bytes.count else { return start }
    let rest = bytes[first...]
    if rest.starts(with: "/*".utf8) { return blockEnd(in: bytes, from: first) ?? start }
    guard let mark = marks.first(where: { rest.starts(with: $0) }) else { return start }
    var lines = SourceLines(bytes, from: first)
    var end = first
    var count = 0
    while count < mostLines, let line = lines.next() {
      let text = bytes[line.start..<line.end].drop(while: { $0.isBlank })
      // Org keeps a page's settings, such as its title, in lines of this kind.
      guard text.starts(with: mark), !text.begins(with: "#+") else { break }
      count += 1
      end = min(lines.position, bytes.count)
    }
    return count >= leastLines && holdsNotice(bytes[first..<end]) ? end : start
  }

  private static func blockEnd(in bytes: [UInt8], from start: Int) -> Int? {
    var lines = SourceLines(bytes, from: start)
    for _ in 0..<mostLines {
      guard let line = lines.next() else { return nil }
      let text = bytes[line.start..<line.end]
      guard let close = text.indices.first(where: { text[$0...].starts(with: "*/".utf8) }) else {
        continue
      }
      return holdsNotice(bytes[start..<close]) ? close + 2 : nil
    }
    return nil
  }

  private static func holdsNotice(_ bytes: ArraySlice<UInt8>) -> Bool {
    let text = bytes.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }[...]
    return text.holds("license") || text.holds("licence") || text.holds("copyright")
      || text.holds("spdx-")
  }
}
