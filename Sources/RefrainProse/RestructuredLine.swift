// What the first bytes of a line of reStructuredText say about it.

import RefrainModel

/// The rules for a single line, without the white space around it.
enum RestructuredLine {
  /// What a line that begins with `..` is; the widths reach to where prose begins.
  enum Explicit: Hashable {
    /// `.. [1] text`, `.. [CIT2002] text`.
    case footnote(Int)
    /// `.. note:: text`: a directive, and where its argument begins.
    case directive(RestructuredDirective, Int)
    /// A comment, a target or a substitution definition.
    case other
  }

  private static let directiveMarks = ASCIISet("-+.:")

  static func isPunctuation(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !byte.isASCIILetter && !byte.isASCIIDigit
  }

  /// `====`: one punctuation mark at least twice.
  static func isAdornment(_ line: ArraySlice<UInt8>) -> Bool {
    line.isRun(atLeast: 2) && line.first.map(isPunctuation) == true
  }

  static func isExplicit(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "..".utf8) && (line.count == 2 || line[line.startIndex + 2].isBlank)
  }

  /// `+---+---+`.
  static func isGridBorder(_ line: ArraySlice<UInt8>) -> Bool {
    line.count >= 3 && line.first == UInt8(ascii: "+") && line.last == UInt8(ascii: "+")
      && line.allSatisfy { "+-=".utf8.contains($0) } && line.contains(UInt8(ascii: "-"))
  }

  /// `=====  =====`.
  static func isSimpleBorder(_ line: ArraySlice<UInt8>) -> Bool {
    line.count >= 3 && line.first == UInt8(ascii: "=") && line.contains(UInt8(ascii: " "))
      && line.allSatisfy { $0 == UInt8(ascii: "=") || $0.isBlank }
  }

  /// How wide the marker of a list item is, without the blanks behind it; nil where there is none.
  static func listMarker(_ line: ArraySlice<UInt8>) -> Int? {
    func ended(_ width: Int) -> Int? {
      let next = line.startIndex + width
      return next == line.endIndex || line[next].isBlank ? width : nil
    }
    guard let first = line.first else { return nil }
    if "*+-".utf8.contains(first) { return ended(1) }
    for bullet in ["\u{2022}", "\u{2023}", "\u{2043}"] where line.starts(with: bullet.utf8) {
      return ended(bullet.utf8.count)
    }
    let isBracketed = first == UInt8(ascii: "(")
    let rest = isBracketed ? line.dropFirst() : line
    guard let width = enumerator(rest), width < rest.count else { return nil }
    let close = rest[rest.startIndex + width]
    let isClosed = close == UInt8(ascii: ")") || !isBracketed && close == UInt8(ascii: ".")
    guard isClosed, width + 1 < rest.count else { return nil }
    return ended(width + (isBracketed ? 2 : 1))
  }

  /// How many bytes `12`, `a`, `iv` or `#` take at the start.
  private static func enumerator(_ line: ArraySlice<UInt8>) -> Int? {
    if line.first == UInt8(ascii: "#") { return 1 }
    let digits = line.prefix { $0.isASCIIDigit }.count
    if digits > 0 { return digits <= 4 ? digits : nil }
    let letters = line.prefix { $0.isASCIILetter }
    if letters.count == 1 { return 1 }
    let isRoman = letters.allSatisfy { "ivxlcdmIVXLCDM".utf8.contains($0) }
    return (2...8).contains(letters.count) && isRoman ? letters.count : nil
  }

  /// How wide `:name:` is with the blanks behind it; nil where a line is no field.
  static func fieldMarker(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.first == UInt8(ascii: ":"), line.count > 2,
      !line[line.startIndex + 1].isBlank, line[line.startIndex + 1] != UInt8(ascii: ":")
    else { return nil }
    let name = line.dropFirst().prefix { $0 != UInt8(ascii: ":") }
    guard name.endIndex < line.endIndex, !name.contains(UInt8(ascii: "`")) else { return nil }
    let rest = line[(name.endIndex + 1)...]
    guard rest.first?.isBlank ?? true else { return nil }
    return rest.drop { $0.isBlank }.startIndex - line.startIndex
  }

  /// How wide an option of a command is, with what stands for its value and the blanks behind it.
  ///
  /// Two blanks end it, as in `-o FILE, --output=FILE  `.
  static func optionMarker(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.count > 3, line.begins(with: "-") else { return nil }
    let name = line.dropFirst(line.begins(with: "--") ? 2 : 1)
    guard name.first?.isASCIILetter == true,
      let gap = line.indices.dropLast().first(where: { line[$0].isBlank && line[$0 + 1].isBlank })
    else { return nil }
    return line[gap...].drop { $0.isBlank }.startIndex - line.startIndex
  }

  /// Tells apart what begins with `..`.
  static func explicit(_ line: ArraySlice<UInt8>) -> Explicit {
    let rest = line.dropFirst(2).drop { $0.isBlank }
    func width(_ index: Int) -> Int {
      line[index...].drop { $0.isBlank }.startIndex - line.startIndex
    }
    if rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")),
      close + 1 == line.endIndex || line[close + 1].isBlank, close > rest.startIndex + 1
    {
      return .footnote(width(close + 1))
    }
    // `.. name ::` is a directive, too.
    guard let colons = rest.indices.first(where: { rest[$0...].begins(with: "::") }) else {
      return .other
    }
    let name = rest[..<colons].trimmed
    guard !name.isEmpty, name.allSatisfy({ $0.isWordByte || directiveMarks.contains($0) }) else {
      return .other
    }
    return .directive(RestructuredDirective(name: name), width(colons + 2))
  }
}
