// The substitution definitions of a file of reStructuredText, which may stand behind their use.

import RefrainModel

/// Collects what names between bars stand for.
enum RestructuredSubstitutions {
  /// A name is no longer than this, in bytes.
  private static let longestName = 256
  /// No more lines than these belong to a definition.
  private static let longestBody = 32

  /// The definitions among the lines.
  ///
  /// `replace` has its text without inline markup, `unicode` its characters, `image` its description.
  /// Names within a definition stay names.
  ///
  /// O(bytes).
  static func collect(_ bytes: [UInt8], _ lines: [MarkupLine], start: Int) -> MarkupValues {
    var values = MarkupValues(sourceCount: bytes.count - start)
    for (index, line) in lines.enumerated() where bytes[line.content.start...].begins(with: ".. |")
    {
      let text = bytes[line.content.start..<line.content.end]
      let name = text.dropFirst(4).prefix(longestName).prefix { $0 != UInt8(ascii: "|") }
      let rest = text[name.endIndex...].dropFirst().drop { $0.isBlank }
      let directive = rest.prefix { $0.isWordByte || $0 == UInt8(ascii: "-") }
      guard !name.isEmpty, text[directive.endIndex...].begins(with: "::") else { continue }
      let body = lines[(index + 1)...].prefix(longestBody).prefix {
        !$0.isBlank && $0.indent > line.indent
      }
      let first = ByteRange(
        text[(directive.endIndex + 2)...].drop { $0.isBlank }.startIndex, line.content.end)
      values.define(name, as: value(directive.string, first, body.map(\.content), bytes))
    }
    return values
  }

  private static func value(
    _ directive: String, _ first: ByteRange, _ body: [ByteRange], _ bytes: [UInt8]
  ) -> [UInt8]? {
    switch directive {
    case "replace":
      var text = InlineText()
      for line in [first] + body where !line.isEmpty { text.append(line, of: bytes) }
      var inlines = RestructuredInlines(values: MarkupValues(sourceCount: 0))
      inlines.strip(&text)
      return text.plain
    case "unicode": return characters(bytes[first.start..<first.end])
    case "image":
      let options = body.lazy.map { bytes[$0.start..<$0.end] }
      return options.first { $0.begins(with: ":alt:") }.map { Array($0.dropFirst(5).trimmed) } ?? []
    default: return nil
    }
  }

  /// `U+00A9 text 0x2014`, up to a comment.
  private static func characters(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var characters: [UInt8] = []
    for word in text.split(separator: UInt8(ascii: " ")) {
      if word.equals("..") { break }
      let prefix = ["U+", "u+", "0x", "\\u", "\\U"].first { word.starts(with: $0.utf8) }
      let digits = word.dropFirst(prefix == nil ? 0 : 2).string
      if let scalar = UInt32(digits, radix: prefix == nil ? 10 : 16).flatMap(Unicode.Scalar.init) {
        if scalar.value > 0x20 { characters += String(Character(scalar)).utf8 }
      } else {
        characters += word
      }
    }
    return characters
  }
}
