// The edges of tags in the source of a page, found without a parser.

internal import RefrainModel

/// A tag, comment, declaration or processing instruction in the source.
struct HTMLTag: Hashable {
  /// Where the name stands; empty for anything but a start or end tag.
  var name: ByteRange
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
  static func begins(_ bytes: [UInt8], at: Int, before end: Int) -> Bool {
    guard at + 1 < end, bytes[at] == UInt8(ascii: "<") else { return false }
    let next = bytes[at + 1]
    return next.isASCIILetter || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
      || next == UInt8(ascii: "?")
  }

  /// The tag that begins at `at`; nil where it is not closed before `limit`.
  ///
  /// O(length of the tag).
  init?(_ bytes: [UInt8], at: Int, before limit: Int) {
    guard Self.begins(bytes, at: at, before: limit) else { return nil }
    if at + 4 <= limit, bytes.holds("<!--", at: at) {
      guard let end = Self.commentEnd(bytes, from: at + 4, before: limit) else { return nil }
      self.init(
        name: ByteRange(at, at), isEnd: false, isSelfClosing: false, range: ByteRange(at, end))
      return
    }
    let isEnd = bytes[at + 1] == UInt8(ascii: "/")
    let nameStart = isEnd ? at + 2 : at + 1
    var nameEnd = nameStart
    while nameEnd < limit, bytes[nameEnd].isASCIILetter || bytes[nameEnd].isASCIIDigit {
      nameEnd += 1
    }
    let isTag = nameEnd > nameStart && bytes[nameStart].isASCIILetter
    var excess: Int?
    guard
      let end = Self.tagEnd(bytes, from: nameEnd, before: limit, quoted: isTag, excess: &excess)
    else { return nil }
    self.init(
      name: ByteRange(nameStart, isTag ? nameEnd : nameStart), isEnd: isEnd,
      isSelfClosing: bytes[end - 2] == UInt8(ascii: "/"), range: ByteRange(at, end))
    self.excess = excess
  }

  private init(name: ByteRange, isEnd: Bool, isSelfClosing: Bool, range: ByteRange) {
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
    _ bytes: [UInt8], from start: Int, before end: Int, quoted: Bool, excess: inout Int?
  ) -> Int? {
    var attributes = 0
    var state = State.tagName
    var quote: UInt8?
    for at in start..<end {
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

  private static func commentEnd(_ bytes: [UInt8], from start: Int, before end: Int) -> Int? {
    var at = start
    func ends(_ mark: StaticString, at place: Int) -> Int? {
      let behind = place + mark.utf8CodeUnitCount
      return behind <= end && bytes.holds(mark, at: place) ? behind : nil
    }
    // `<!-->` and `<!--->` are comments.
    if let end = ends(">", at: at) ?? ends("->", at: at) { return end }
    while let dash = bytes.nextIndex(of: UInt8(ascii: "-"), from: at, before: end) {
      if let end = ends("-->", at: dash) ?? ends("--!>", at: dash) { return end }
      at = dash + 1
    }
    return nil
  }
}

extension UInt8 {
  /// An ASCII letter in lower case, any other byte as it is.
  var lowered: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
