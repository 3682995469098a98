// What an HTML tag in the middle of a Markdown paragraph does to the words around it.

import RefrainModel

/// The effect of an inline tag, comment or declaration.
enum InlineTag: Hashable {
  /// It changes how text looks, and joins what stands at its sides: `em<b>pha</b>sis` is one word.
  case formatting
  /// `<br>`.
  case lineBreak
  /// Anything else, such as `<img>` or `<td>`, stands between words.
  case separator

  private static let formattingNames: Set<String> = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
  ]

  /// Reads the name behind `<` or `</`; comments and the like, which have none, are `.formatting`.
  init(_ tag: ArraySlice<UInt8>) {
    var rest = tag.dropFirst()
    if rest.first == UInt8(ascii: "/") { rest = rest.dropFirst() }
    let name = rest.prefix { $0.isASCIILetter || $0.isASCIIDigit }.map { $0 | 0x20 }
    switch String(decoding: name, as: UTF8.self) {
    case "": self = .formatting
    case "br": self = .lineBreak
    case let name: self = Self.formattingNames.contains(name) ? .formatting : .separator
    }
  }
}
