// Where a run of lines without a blank line is more than one paragraph after all: a heading right
// above its text, list items, one paragraph a line.

internal import RefrainModel

/// Cuts runs of lines at the line breaks that end something.
enum ParagraphLines {
  /// The parts of `range`, whole lines each, in order.
  ///
  /// A line break ends a part when the next line begins with a list marker; or when the line is less
  /// than three fifths as long as the longest of the run and the next one does not go on in lower
  /// case; or when the line holds a tab inside. Hard-wrapped text has none of these but behind its
  /// short last lines. O(bytes).
  static func split(_ bytes: [UInt8], _ range: ByteRange) -> [ByteRange] {
    let lineFeed = UInt8(ascii: "\n")
    guard var lineEnd = bytes.nextIndex(of: lineFeed, from: range.start, before: range.end) else {
      return [range]
    }
    let longest = longestLine(bytes, range)
    let holdsTabs =
      bytes.nextIndex(of: UInt8(ascii: "\t"), from: range.start, before: range.end) != nil
    var parts: [ByteRange] = []
    var start = range.start
    var line = range.start
    while true {
      let next = lineEnd + 1
      let nextEnd = bytes.nextIndex(of: lineFeed, from: next, before: range.end)
      let rest = bytes[next..<(nextEnd ?? range.end)].drop { $0.isWhiteSpace }
      let isShort = (lineEnd - line) * 5 < longest * 3 && beginsAfresh(rest)
      if isShort || beginsWithListMarker(rest) || holdsTabs && holdsTab(bytes[line..<lineEnd]) {
        parts.append(ByteRange(start, lineEnd))
        start = next
      }
      guard let nextEnd else { break }
      line = next
      lineEnd = nextEnd
    }
    parts.append(ByteRange(start, range.end))
    return parts
  }

  private static func longestLine(_ bytes: [UInt8], _ range: ByteRange) -> Int {
    var longest = 0
    var line = range.start
    while let end = bytes.nextIndex(of: UInt8(ascii: "\n"), from: line, before: range.end) {
      longest = max(longest, end - line)
      line = end + 1
    }
    return max(longest, range.end - line)
  }

  private static func beginsAfresh(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    return !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains(first)
  }

  private static func holdsTab(_ line: ArraySlice<UInt8>) -> Bool {
    line.drop { $0.isWhiteSpace }.dropLast(while: { $0.isWhiteSpace }).contains(UInt8(ascii: "\t"))
  }

  /// `- `, `* `, `+ `, `• `, `– `, or a number of up to three digits with `.` or `)`.
  private static func beginsWithListMarker(_ line: ArraySlice<UInt8>) -> Bool {
    // Most lines begin with a letter.
    guard let first = line.first, !first.isASCIILetter else { return false }
    let digits = line.prefix { $0.isASCIIDigit }
    if (1...3).contains(digits.count) {
      let rest = line[digits.endIndex...]
      guard let mark = rest.first, ".)".utf8.contains(mark) else { return false }
      return rest.dropFirst().first?.isWhiteSpace ?? false
    }
    for marker in ["-", "*", "+", "\u{2022}", "\u{2013}"] where line.starts(with: marker.utf8) {
      return line.dropFirst(marker.utf8.count).first?.isWhiteSpace ?? false
    }
    return false
  }
}

extension ArraySlice {
  /// Without the elements at the end that match.
  fileprivate func dropLast(while matches: (Element) -> Bool) -> ArraySlice {
    var end = endIndex
    while end > startIndex, matches(self[end - 1]) { end -= 1 }
    return self[startIndex..<end]
  }
}
