// What the first bytes of a line of Org say about it.

import RefrainModel

/// The rules for a single line, without the white space around it.
enum OrgLine {
  /// Words that say how far a headline's task is, in Org itself and in common settings.
  private static let keywords: Set<String> = [
    "CANCELED", "CANCELLED", "DONE", "HOLD", "NEXT", "PROJ", "SOMEDAY", "STARTED", "TODO", "WAIT",
    "WAITING",
  ]
  /// Blocks whose text is for programs, or shown as it stands.
  static let verbatim: Set<String> = [
    "ascii", "beamer", "comment", "ditaa", "dot", "example", "export", "html", "latex", "listing",
    "plantuml", "src", "texinfo", "verbatim",
  ]
  /// Blocks whose text is running text.
  private static let plain: Set<String> = ["abstract", "center", "details", "summary"]
  private static let nameMarks = ASCIISet("-+")

  /// How many stars a headline begins with; nil where a line is none.
  static func stars(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.first == UInt8(ascii: "*") else { return nil }
    let width = line.prefix { $0 == UInt8(ascii: "*") }.count
    return width < line.count && line[line.startIndex + width].isBlank ? width : nil
  }

  /// A headline's text: without stars, keyword, priority, and tags at its end.
  /// - Parameter more: keywords that the file itself names.
  static func title(_ line: ArraySlice<UInt8>, keywords more: Set<String>) -> ArraySlice<UInt8> {
    var text = line.drop { $0 == UInt8(ascii: "*") }.trimmed
    let word = text.prefix { !$0.isBlank }
    if word.first.map({ (0x41...0x5A).contains($0) || $0 >= 0x80 }) == true || !more.isEmpty {
      let name = word.string
      if keywords.contains(name) || more.contains(name) { text = text[word.endIndex...].trimmed }
    }
    if text.begins(with: "[#"), text.count > 3, text[text.startIndex + 3] == UInt8(ascii: "]") {
      text = text.dropFirst(4).trimmed
    }
    guard text.last == UInt8(ascii: ":"),
      let blank = text.lastIndex(where: \.isBlank) ?? Optional(text.startIndex - 1)
    else { return text }
    let tags = text[(blank + 1)...]
    let isTags =
      tags.count > 2 && tags.first == UInt8(ascii: ":")
      && tags.allSatisfy { $0.isWordByte || ":@#%".utf8.contains($0) }
    return isTags ? text[...blank].trimmed : text
  }

  /// `#+name:` or `#+name[short]: `: the name in lower case, and how wide it is with the blanks behind.
  static func keyword(_ line: ArraySlice<UInt8>) -> (name: String, width: Int)? {
    guard line.begins(with: "#+") else { return nil }
    let name = line.dropFirst(2).prefix { $0.isWordByte || nameMarks.contains($0) }
    var rest = line[name.endIndex...]
    if rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) {
      rest = line[(close + 1)...]
    }
    guard !name.isEmpty, rest.first == UInt8(ascii: ":") else { return nil }
    return (name.lowercased, rest.dropFirst().drop { $0.isBlank }.startIndex - line.startIndex)
  }

  /// The name of a block in lower case: `#+begin_name`, `#+end_name`.
  static func block(_ line: ArraySlice<UInt8>, _ edge: StaticString) -> String? {
    guard line.begins(with: "#+") else { return nil }
    let word = line.dropFirst(2).prefix { !$0.isBlank }
    let width = edge.utf8CodeUnitCount
    // Most keywords are none, and have no such mark there.
    guard word.count > width, word[word.startIndex + width - 1] == UInt8(ascii: "_"),
      word.prefix(width).lowercased == edge.description
    else { return nil }
    return word.dropFirst(width).lowercased
  }

  /// What running text in a block is; nil where that of the text around it.
  static func kind(ofBlock name: String) -> ProseBlock.Kind? {
    if name == "quote" || name == "verse" { return .quotation }
    return plain.contains(name) ? nil : .admonition
  }

  /// `:NAME:` alone on a line.
  static func isDrawer(_ line: ArraySlice<UInt8>) -> Bool {
    line.count > 2 && line.first == UInt8(ascii: ":") && line.last == UInt8(ascii: ":")
      && line.dropFirst().dropLast().allSatisfy { $0.isWordByte || nameMarks.contains($0) }
  }

  /// Comments, text of fixed width, planning, rules, borders of tables made by other programs.
  static func isIgnored(_ line: ArraySlice<UInt8>) -> Bool {
    switch line.first {
    case UInt8(ascii: "#"): line.count == 1 || line.begins(with: "# ")
    case UInt8(ascii: ":"): line.count == 1 || line.begins(with: ": ")
    case UInt8(ascii: "-"): line.isRun(atLeast: 5)
    case UInt8(ascii: "+"): line.begins(with: "+-") && line.last == UInt8(ascii: "+")
    case UInt8(ascii: "S"): line.begins(with: "SCHEDULED:")
    case UInt8(ascii: "D"): line.begins(with: "DEADLINE:")
    case UInt8(ascii: "C"): line.begins(with: "CLOSED:") || line.begins(with: "CLOCK:")
    default: false
    }
  }

  /// How wide the marker of a list item is with the blanks, counter and check box behind it; nil where
  /// there is none.
  static func listMarker(_ line: ArraySlice<UInt8>, indent: Int) -> Int? {
    guard let first = line.first else { return nil }
    var width = 1
    if first == UInt8(ascii: "*") {
      if indent == 0 { return nil }
    } else if first != UInt8(ascii: "-"), first != UInt8(ascii: "+") {
      let digits = line.prefix { $0.isASCIIDigit }.count
      width = digits > 0 ? digits : first.isASCIILetter ? 1 : 0
      guard (1...4).contains(width), width < line.count,
        ".)".utf8.contains(line[line.startIndex + width])
      else { return nil }
      width += 1
    }
    var rest = line.dropFirst(width)
    guard rest.first?.isBlank ?? (first < 0x30) else { return nil }
    rest = rest.drop { $0.isBlank }
    if rest.begins(with: "[@") {
      let counter = rest.prefix { $0 != UInt8(ascii: "]") }
      if counter.count < 8 { rest = rest[counter.endIndex...].dropFirst().drop { $0.isBlank } }
    }
    for box in ["[ ]", "[X]", "[x]", "[-]"] where rest.starts(with: box.utf8) {
      rest = rest.dropFirst(3).drop { $0.isBlank }
      break
    }
    return rest.startIndex - line.startIndex
  }

  /// Where ` ::` behind the term of an item begins.
  static func termEnd(_ text: ArraySlice<UInt8>) -> Int? {
    var from = text.startIndex
    while let colon = text[from...].firstIndex(of: UInt8(ascii: ":")) {
      if colon > text.startIndex, text[colon - 1].isBlank, text[colon...].begins(with: "::"),
        text.dropFirst(colon + 2 - text.startIndex).first?.isBlank ?? true
      {
        return colon
      }
      from = colon + 1
    }
    return nil
  }

  /// How wide `[fn:name]` is at the start of a line, where a note's text begins.
  static func footnote(_ line: ArraySlice<UInt8>) -> Int? {
    guard line.begins(with: "[fn:") else { return nil }
    let name = line.dropFirst(4).prefix { $0.isWordByte || nameMarks.contains($0) }
    guard !name.isEmpty, line[name.endIndex...].first == UInt8(ascii: "]") else { return nil }
    return name.endIndex + 1 - line.startIndex
  }
}
