// Marks inside a line of Markdown that no reader sees on the page: attribute lists, names of roles, footnote
// marks, codes of emoji.

internal import RefrainModel

/// Finds the marks of one line, in order.
///
/// O(length of the line) in all.
struct MarkdownInlineMarks {
  enum Mark: Hashable {
    case inline(ByteRange)
    /// `[^1]:`, with which the text of a footnote begins.
    case footnote(ByteRange)
  }

  private let bytes: ArraySlice<UInt8>
  private var at: Int
  /// The next mark of each kind that closes something, as far as it was looked for.
  private var brace: Int
  private var bracket: Int

  /// What a mark begins with.
  static let beginnings = ByteMarks("{[:")

  /// Whether a mark may begin at a place in a line; most brackets and colons tell at once that none does.
  static func mayBegin(_ bytes: [UInt8], at place: Int, of line: ByteRange) -> Bool {
    let next = place + 1 < line.end ? bytes[place + 1] : 0x20
    switch bytes[place] {
    case UInt8(ascii: "["): return next == UInt8(ascii: "^")
    case UInt8(ascii: ":"):
      let isName =
        next.isASCIILetter || next.isASCIIDigit || next == UInt8(ascii: "_")
        || next == UInt8(ascii: "+") || next == UInt8(ascii: "-")
      return isName && (place == line.start || !bytes[place - 1].isWordByte)
    default: return true
    }
  }

  /// - Parameter line: without the white space around it.
  init(_ line: ArraySlice<UInt8>) {
    bytes = line
    at = line.startIndex
    brace = at
    bracket = at
  }

  mutating func next() -> Mark? {
    while let open = nextMark() {
      at = open + 1
      let before = open > bytes.startIndex ? bytes[open - 1] : 0x20
      if "`\\".utf8.contains(before) { continue }
      let mark: Mark?
      switch bytes[open] {
      case UInt8(ascii: "{"): mark = attributes(open, behind: before).map(Mark.inline)
      case UInt8(ascii: "["): mark = footnote(open)
      default: mark = before.isWordByte ? nil : emoji(open).map(Mark.inline)
      }
      switch mark {
      case .inline(let range)?, .footnote(let range)?:
        at = range.end
        return mark
      case nil: continue
      }
    }
    return nil
  }

  /// The next `{`, `[` or `:`.
  private func nextMark() -> Int? {
    bytes.withUnsafeBufferPointer { line in
      var index = at - bytes.startIndex
      while index < line.count {
        let byte = line[index]
        if byte == 0x7B || byte == 0x5B || byte == 0x3A { return index + bytes.startIndex }
        index += 1
      }
      return nil
    }
  }

  /// `{: .class}`, `{#id}`, `{ .class key=value }`, or the name of a role, `` {ref}`text` ``.
  private mutating func attributes(_ open: Int, behind before: UInt8) -> ByteRange? {
    if brace <= open { brace = bytes[open...].firstIndex(of: UInt8(ascii: "}")) ?? bytes.endIndex }
    guard brace < bytes.endIndex, brace > open + 1 else { return nil }
    let range = ByteRange(open, brace + 1)
    let inner = bytes[(open + 1)..<brace]
    let ink = inner.drop { $0.isBlank }
    switch ink.first {
    case UInt8(ascii: ":")?: return range
    case UInt8(ascii: "#")?, UInt8(ascii: ".")?:
      let isName = ink.dropFirst().first.map { $0.isASCIILetter || $0 == 0x5F } ?? false
      return isName && isList(ink) ? range : nil
    default:
      let next = brace + 1 < bytes.endIndex ? bytes[brace + 1] : 0
      if next == UInt8(ascii: "`") {
        return inner.allSatisfy { $0.isWordByte || "-:+".utf8.contains($0) } ? range : nil
      }
      // Right behind a link or a piece of code, as `[text](x){ data-preview }` has it.
      let isBehindMarkup = before == UInt8(ascii: ")") || before == UInt8(ascii: "]")
      let isPlain = ink.allSatisfy { $0.isWordByte || "-=\"' .#:".utf8.contains($0) }
      return isBehindMarkup && isPlain && !ink.isEmpty ? range : nil
    }
  }

  /// Whether every item is an id, a class or a value.
  private func isList(_ items: ArraySlice<UInt8>) -> Bool {
    items.split(separator: UInt8(ascii: " ")).allSatisfy { item in
      item.first == UInt8(ascii: "#") || item.first == UInt8(ascii: ".")
        || item.contains(UInt8(ascii: "=")) || item.last == UInt8(ascii: "\"")
    }
  }

  /// `[^1]`, or `[^1]:` at the start of a line.
  private mutating func footnote(_ open: Int) -> Mark? {
    guard open + 1 < bytes.endIndex, bytes[open + 1] == UInt8(ascii: "^") else { return nil }
    if bracket <= open {
      bracket = bytes[open...].firstIndex(of: UInt8(ascii: "]")) ?? bytes.endIndex
    }
    guard bracket < bytes.endIndex, bracket > open + 2,
      bytes[(open + 2)..<bracket].allSatisfy({ $0.isWordByte || "-.:".utf8.contains($0) })
    else { return nil }
    let isDefinition =
      open == bytes.startIndex && bytes[(bracket + 1)...].first == UInt8(ascii: ":")
    return isDefinition
      ? .footnote(ByteRange(open, bracket + 2)) : .inline(ByteRange(open, bracket + 1))
  }

  /// `:smile:`, `:octicons-arrow-right-24:`.
  private func emoji(_ open: Int) -> ByteRange? {
    let name = bytes[(open + 1)...].prefix {
      $0.isASCIILetter || $0.isASCIIDigit || "_+-".utf8.contains($0)
    }
    guard name.count > 1, name.contains(where: \.isASCIILetter), name.endIndex < bytes.endIndex,
      bytes[name.endIndex] == UInt8(ascii: ":")
    else { return nil }
    let end = name.endIndex + 1
    let isEnded = end == bytes.endIndex || !bytes[end].isWordByte && !":`".utf8.contains(bytes[end])
    return isEnded ? ByteRange(open, end) : nil
  }
}
