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

  private static let br = HTMLName("br")

  /// Reads the name behind `<` or `</`; comments and the like, which have none, are `.formatting`.
  init(_ bytes: [UInt8], _ tag: ByteRange) {
    var start = tag.start + 1
    if start < tag.end, bytes[start] == UInt8(ascii: "/") { start += 1 }
    var end = start
    while end < tag.end, bytes[end].isASCIILetter || bytes[end].isASCIIDigit { end += 1 }
    guard end > start else {
      self = .formatting
      return
    }
    let name = HTMLName(bytes, ByteRange(start, end))
    if name == Self.br {
      self = .lineBreak
    } else {
      self = name.map { $0.traits.contains(.joining) } ?? false ? .formatting : .separator
    }
  }
}
