// The beginning of a text that may be a whole book: what keeps a line of JSON within bounds.

/// A text, or as much of it as is written.
struct TextExcerpt {
  /// Bytes that are written of one place, at most; programs compare the words in them.
  static let most = 1 << 14

  let text: String
  /// Whether there is more.
  let isCut: Bool

  /// The text up to the last white space within `most` bytes, or up to the last character where there is none.
  init(_ text: String, most: Int = Self.most) {
    isCut = text.utf8.count > most
    guard isCut else {
      self.text = text
      return
    }
    let head = String(decoding: text.utf8.prefix(most), as: UTF8.self)
    // The last character may have lost its end.
    let whole = head.dropLast()
    let end = whole.lastIndex(where: \.isWhitespace) ?? whole.endIndex
    self.text = String(whole[..<end])
  }

  /// The first of some texts, as many as go into `most` bytes together.
  static func first(_ texts: [String], most: Int = Self.most) -> [String] {
    var left = most
    return texts.prefix { text in
      left -= text.utf8.count
      return left >= 0
    }.map(\.self)
  }
}
