// What the first bytes of a line of AsciiDoc say about it.

import RefrainModel

/// The rules for a single line, without the white space around it.
enum AsciiDocLine {
  /// What stands between two delimiters.
  enum Delimiter: Hashable {
    /// Blocks: an example, a sidebar, a quotation, an open block.
    case container
    /// Code, text as it stands, a comment, a table with other separators than bars.
    case verbatim
    case table
    /// Code between Markdown's three backquotes, of which the first may be followed by a language.
    case fence
  }

  /// `term:: definition`: how long the term is, and where the definition begins.
  struct Term: Hashable {
    var length: Int
    var definition: Int
  }

  static func delimiter(_ line: ArraySlice<UInt8>) -> Delimiter? {
    guard let mark = line.first, !mark.isASCIILetter, line.count > 1 else { return nil }
    if line.begins(with: "```"), !line.dropFirst(3).contains(UInt8(ascii: "`")) { return .fence }
    if line.equals("--") { return .container }
    if line.isRun(atLeast: 4) {
      if "=*_".utf8.contains(mark) { return .container }
      if "-.+/".utf8.contains(mark) { return .verbatim }
    }
    if line.count >= 4, line.last == UInt8(ascii: "="), line.dropFirst().isRun(atLeast: 3) {
      if mark == UInt8(ascii: "|") { return .table }
      if ",:!".utf8.contains(mark) { return .verbatim }
    }
    return nil
  }

  static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    line.begins(with: "//") && !line.begins(with: "///")
  }

  /// A line that is neither prose nor opens anything: a comment, a block macro, a break.
  static func isIgnored(_ line: ArraySlice<UInt8>) -> Bool {
    isComment(line) || isBlockMacro(line) || line.equals("'''") || line.equals("<<<")
      || line.equals("---") || line.equals("***")
  }

  /// `name::target[attributes]`: an image, an include, a condition.
  static func isBlockMacro(_ line: ArraySlice<UInt8>) -> Bool {
    let name = line.prefix { $0.isWordByte || $0 == UInt8(ascii: "-") }
    let rest = line[name.endIndex...]
    guard !name.isEmpty, rest.starts(with: "::".utf8), line.last == UInt8(ascii: "]") else {
      return false
    }
    let target = rest.dropFirst(2).prefix { $0 != UInt8(ascii: "[") }
    return target.endIndex < line.endIndex && target.first?.isBlank != true
  }

  /// `:name: value`, `:!name:`.
  static func isAttributeEntry(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.first == UInt8(ascii: ":") else { return false }
    let name = line.dropFirst().prefix { $0.isWordByte || "-!".utf8.contains($0) }
    let rest = line[name.endIndex...]
    guard !name.isEmpty, rest.first == UInt8(ascii: ":") else { return false }
    return rest.dropFirst().first?.isBlank ?? true
  }

  /// What stands in `pass:macros[text]` when that is all of a value.
  static func passthrough(_ value: ArraySlice<UInt8>) -> ByteRange? {
    guard value.begins(with: "pass:"), value.last == UInt8(ascii: "]"),
      let open = value.firstIndex(of: UInt8(ascii: "["))
    else { return nil }
    return ByteRange(open + 1, value.endIndex - 1)
  }

  /// `[NOTE]`, `[source,ruby]`, `[[anchor]]`, `[.role]`.
  static func isAttributeList(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == UInt8(ascii: "[") && line.last == UInt8(ascii: "]")
      && !line.dropFirst(2).dropLast(2).contains(UInt8(ascii: "]"))
  }

  /// How wide `== ` is, or Markdown's `## `.
  static func headingMarker(_ line: ArraySlice<UInt8>) -> Int? {
    guard let mark = line.first, "=#".utf8.contains(mark) else { return nil }
    let width = line.prefix { $0 == mark }.count
    guard width <= 6, width < line.count, line[line.startIndex + width].isBlank else { return nil }
    return width + 1
  }

  /// Whether a line of `=`, `-`, `~`, `^` or `+` is as long as the one above, but for two.
  static func isUnderline(_ line: ArraySlice<UInt8>, of title: ArraySlice<UInt8>) -> Bool {
    guard line.isRun(atLeast: 3), let mark = line.first, "=-~^+".utf8.contains(mark) else {
      return false
    }
    let columns = title.reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return abs(columns - line.count) <= 2
  }

  /// How deep a title lies that such a line underlines.
  static func depth(_ underline: ArraySlice<UInt8>) -> Int {
    "=-~^+".utf8.enumerated().first { $0.element == underline.first }.map { $0.offset + 1 } ?? 0
  }

  /// How wide the dot of `.Title` is.
  static func titleMarker(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.first == UInt8(ascii: "."), line.count > 1 else { return nil }
    let next = line[line.startIndex + 1]
    return next.isBlank || next == UInt8(ascii: ".") ? nil : 1
  }

  /// How wide the marker of a list item is with the blanks behind it.
  static func listMarker(_ line: ArraySlice<UInt8>) -> Int? {
    guard let first = line.first else { return nil }
    var width: Int
    switch first {
    case UInt8(ascii: "*"), UInt8(ascii: "."):
      width = line.prefix { $0 == first }.count
      if width > 6 { return nil }
    case UInt8(ascii: "-"): width = 1
    case UInt8(ascii: "<"):
      let number = line.dropFirst().prefix { $0.isASCIIDigit || $0 == first }
      guard !number.isEmpty, line[number.endIndex...].first == UInt8(ascii: ">") else {
        return nil
      }
      width = number.count + 2
    default:
      let digits = line.prefix { $0.isASCIIDigit }.count
      width = digits > 0 ? digits : first.isASCIILetter ? 1 : 0
      guard (1...3).contains(width), line[(line.startIndex + width)...].first == 0x2E else {
        return nil
      }
      width += 1
    }
    let rest = line[(line.startIndex + width)...]
    guard rest.first?.isBlank == true else { return nil }
    return rest.drop { $0.isBlank }.startIndex - line.startIndex
  }

  /// Whether an item of a task list begins here.
  static func hasCheckBox(_ text: ArraySlice<UInt8>) -> Bool {
    text.begins(with: "[ ] ") || text.begins(with: "[x] ") || text.begins(with: "[*] ")
  }

  /// The term of a description list.
  static func term(_ line: ArraySlice<UInt8>) -> Term? {
    var at = line.startIndex
    while let mark = line[at...].firstIndex(where: { $0 == 0x3A || $0 == 0x3B }) {
      let run = line[mark...].prefix { $0 == line[mark] }
      let isMark = line[mark] == UInt8(ascii: ":") ? (2...4).contains(run.count) : run.count == 2
      let after = line[run.endIndex...]
      if isMark, mark > line.startIndex, after.first?.isBlank ?? true {
        return Term(
          length: mark - line.startIndex,
          definition: after.drop { $0.isBlank }.startIndex - line.startIndex)
      }
      at = run.endIndex
    }
    return nil
  }

  /// How wide `NOTE: ` is, 0 where a paragraph begins with no such label.
  static func admonitionLabel(_ line: ArraySlice<UInt8>) -> Int {
    let label = line.prefix { (0x41...0x5A).contains($0) }
    guard label.count >= 3, line[label.endIndex...].begins(with: ": ") else { return 0 }
    return admonitions.contains(label.string) ? label.count + 2 : 0
  }

  static let admonitions: Set<String> = ["NOTE", "TIP", "IMPORTANT", "CAUTION", "WARNING"]

  /// Whether a line tells the preprocessor something, so that it ends no paragraph.
  static func isPreprocessor(_ line: ArraySlice<UInt8>) -> Bool {
    isBlockMacro(line)
      && ["ifdef", "ifndef", "ifeval", "endif", "include"].contains(
        line.prefix { $0 != 0x3A }.string)
  }

  /// The description of a picture in `image::target[description, width]`; nil where there is none.
  static func description(_ line: ArraySlice<UInt8>) -> ByteRange? {
    guard line.begins(with: "image::"), let open = line.firstIndex(of: UInt8(ascii: "[")) else {
      return nil
    }
    var text = line[(open + 1)...].dropLast()
    let isNamed = text.begins(with: "alt=")
    if isNamed { text = text.dropFirst(4) }
    if text.first == UInt8(ascii: "\"") {
      text = text.dropFirst().prefix { $0 != UInt8(ascii: "\"") }
    } else {
      text = text.prefix { $0 != UInt8(ascii: ",") }
      // `[width=10]` describes nothing.
      if !isNamed, text.contains(UInt8(ascii: "=")) { return nil }
    }
    return text.isEmpty ? nil : ByteRange(text.startIndex, text.endIndex)
  }

  /// Where the specification of a cell begins that ends at a bar: `2+|`, `.3+^a|`; the bar's own index
  /// where there is none.
  static func cellSpecification(_ line: ArraySlice<UInt8>, bar: Int) -> Int {
    var start = bar
    while start > line.startIndex, bar - start < 16, !line[start - 1].isBlank { start -= 1 }
    var rest = line[start..<bar]
    guard start == line.startIndex || line[start - 1].isBlank, rest.count < 16 else { return bar }
    let span = rest.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
    if !span.isEmpty, let mark = line[span.endIndex..<bar].first, "+*".utf8.contains(mark) {
      rest = line[(span.endIndex + 1)..<bar]
    }
    rest = rest.drop { "<>^.".utf8.contains($0) }
    if let style = rest.first, "adehlmsv".utf8.contains(style) { rest = rest.dropFirst() }
    return rest.isEmpty ? start : bar
  }
}
