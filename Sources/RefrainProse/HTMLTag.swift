// The edges of tags in the source of a page, found without a parser.

internal import RefrainModel

/// A tag, comment, declaration or processing instruction in the source.
struct HTMLTag: Hashable {
  /// The name in lower case; "" for anything but a start or end tag.
  var name: String
  var isEnd: Bool
  /// Whether it ends with `/>`.
  var isSelfClosing: Bool
  /// From `<` to behind `>`.
  var range: ByteRange
  /// Where the attributes begin that are more than `mostAttributes`; nil where there are none.
  var excess: Int?

  /// gumbo compares each attribute of a tag with all before it.
  static let mostAttributes = 256

  /// Whether `<` at `at` begins markup; otherwise it is a character of the text.
  static func begins(_ bytes: ArraySlice<UInt8>, at: Int) -> Bool {
    guard at + 1 < bytes.endIndex, bytes[at] == UInt8(ascii: "<") else { return false }
    let next = bytes[at + 1]
    return next.isASCIILetter || "/!?".utf8.contains(next)
  }

  /// The tag that begins at `at`; nil where it is not closed in `bytes`.
  ///
  /// O(length of the tag).
  init?(_ bytes: ArraySlice<UInt8>, at: Int) {
    guard Self.begins(bytes, at: at) else { return nil }
    if bytes[at...].starts(with: "<!--".utf8) {
      guard let end = Self.commentEnd(bytes, from: at + 4) else { return nil }
      self.init(name: "", isEnd: false, isSelfClosing: false, range: ByteRange(at, end))
      return
    }
    let isEnd = bytes[at + 1] == UInt8(ascii: "/")
    let nameStart = isEnd ? at + 2 : at + 1
    let nameBytes = bytes[nameStart...].prefix { $0.isASCIILetter || $0.isASCIIDigit }
    let isTag = nameBytes.first?.isASCIILetter ?? false
    var excess: Int?
    guard
      let end = Self.tagEnd(bytes, from: nameBytes.endIndex, quoted: isTag, excess: &excess)
    else { return nil }
    self.init(
      name: isTag ? String(decoding: nameBytes.map { $0.lowered }, as: UTF8.self) : "",
      isEnd: isEnd, isSelfClosing: bytes[end - 2] == UInt8(ascii: "/"), range: ByteRange(at, end))
    self.excess = excess
  }

  private init(name: String, isEnd: Bool, isSelfClosing: Bool, range: ByteRange) {
    self.name = name
    self.isEnd = isEnd
    self.isSelfClosing = isSelfClosing
    self.range = range
  }

  /// What of a tag is being read, as the tokenization stage of the HTML standard has it.
  private enum State { case tagName, beforeName, name, afterName, beforeValue, value }

  /// Behind the `>` of a tag; one in a quoted value does not end it.
  ///
  /// With `quoted` false, for declarations and the like, the first `>` ends it.
  private static func tagEnd(
    _ bytes: ArraySlice<UInt8>, from start: Int, quoted: Bool, excess: inout Int?
  ) -> Int? {
    var attributes = 0
    var state = State.tagName
    var quote: UInt8?
    for at in start..<bytes.endIndex {
      let byte = bytes[at]
      if let open = quote {
        if byte == open {
          quote = nil
          state = .beforeName
        }
        continue
      }
      if byte == UInt8(ascii: ">") { return at + 1 }
      guard quoted else { continue }
      switch (state, byte) {
      case (.name, UInt8(ascii: "=")), (.afterName, UInt8(ascii: "=")): state = .beforeValue
      case (.beforeValue, 0x22), (.beforeValue, 0x27): quote = byte
      case (.beforeValue, _) where byte.isWhiteSpace: break
      case (.beforeValue, _): state = .value
      case (.name, _) where byte.isWhiteSpace: state = .afterName
      case (.afterName, _) where byte.isWhiteSpace: break
      case (.value, UInt8(ascii: "/")): break
      case (_, UInt8(ascii: "/")): state = .beforeName
      case (_, _) where byte.isWhiteSpace: state = .beforeName
      case (.tagName, _), (.value, _): break
      default:
        if state != .name {
          attributes += 1
          if attributes == mostAttributes + 1 { excess = at }
        }
        state = .name
      }
    }
    return nil
  }

  private static func commentEnd(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    var at = start
    // `<!-->` and `<!--->` are comments.
    if bytes[at...].starts(with: ">".utf8) { return at + 1 }
    if bytes[at...].starts(with: "->".utf8) { return at + 2 }
    while let dash = bytes[at...].firstIndex(of: UInt8(ascii: "-")) {
      if bytes[dash...].starts(with: "-->".utf8) { return dash + 3 }
      if bytes[dash...].starts(with: "--!>".utf8) { return dash + 4 }
      at = dash + 1
    }
    return nil
  }
}

extension UInt8 {
  /// An ASCII letter in lower case, any other byte as it is.
  var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
