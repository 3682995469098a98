// The marks of formatted text in AsciiDoc: where each closes.

import RefrainModel

/// A mark that opens formatted text.
struct AsciiDocMark {
  var width: Int
  /// Where the mark that closes it begins.
  var close: Int

  /// The mark that opens at `at`; nil where that is none.
  ///
  /// A doubled one closes at the next one like it, a single one only at the edge of a word, and `^` and `~`
  /// before the first blank.
  static func find(_ text: inout InlineText, _ at: Int, before end: Int) -> AsciiDocMark? {
    let byte = text[at]
    if byte == UInt8(ascii: "^") || byte == UInt8(ascii: "~") {
      let close = text.firstIndex(of: .init(byte: byte), from: at + 2, before: end)
      guard let close, !text.bytes[(at + 1)..<close].contains(where: \.isWhiteSpace) else {
        return nil
      }
      return AsciiDocMark(width: 1, close: close)
    }
    if text[at + 1] == byte {
      let mark = InlineText.Mark(byte: byte, count: 2)
      if let close = text.firstIndex(of: mark, from: at + 3, before: end) {
        return AsciiDocMark(width: 2, close: close)
      }
    }
    guard !text[at - 1].isWordByte, !text[at + 1].isWhiteSpace, text[at + 1] != byte else {
      return nil
    }
    let mark = InlineText.Mark(byte: byte, use: 1)
    let close = text.firstIndex(of: mark, from: at + 2, before: end) {
      !$0[$1 - 1].isWhiteSpace && !$0[$1 + 1].isWordByte && $0[$1 + 1] != byte
    }
    return close.map { AsciiDocMark(width: 1, close: $0) }
  }

  /// Whether backquotes stand inside of quotation marks on both sides, whose curves they draw.
  static func isQuote(_ text: borrowing InlineText, _ at: Int, _ close: Int) -> Bool {
    let quote = text[at - 1]
    return (quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")) && text[close + 1] == quote
  }
}
