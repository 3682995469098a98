// Which bytes of the source each piece of decoded HTML text was made of.
//
// gumbo tells for a text where its source begins and ends, but not what happened in between:
// character references were decoded, CR LF became LF, NUL was dropped, and tags that it ignored
// (`fi</x>sh`, `<body>` a second time, markup in `<select>`) lie in the middle of the source without
// being part of the text. Walking along both tells them apart, since all of these can be known by
// the byte that they begin with.

internal import RefrainModel

/// A walk along a text and its source.
struct HTMLTextAlignment {
  /// A piece of text: source bytes as they are, or bytes that stand for the range as a whole.
  enum Piece: Hashable {
    case verbatim(ByteRange)
    case decoded([UInt8], ByteRange)
  }

  private let text: [UInt8]
  /// The bytes that the source is a range of, and where it ends.
  private let source: [UInt8]
  private let end: Int
  private var textAt = 0
  private var at: Int
  private var pieces: [Piece] = []

  /// The pieces of `text`, whose source is a range of `bytes`, in order.
  ///
  /// O(bytes), but for tags that are never closed.
  static func pieces(_ text: [UInt8], source range: ByteRange, of bytes: [UInt8]) -> [Piece] {
    var alignment = HTMLTextAlignment(text, range, bytes)
    alignment.run()
    return alignment.pieces
  }

  private init(_ text: [UInt8], _ range: ByteRange, _ bytes: [UInt8]) {
    self.text = text
    source = bytes
    at = range.start
    end = range.end
  }

  private mutating func run() {
    while true {
      takeRun()
      guard at < end, textAt < text.count else { return }
      let byte = source[at]
      switch byte {
      case UInt8(ascii: "&"): takeReference()
      case UInt8(ascii: "<") where HTMLTag.begins(source, at: at, before: end):
        if let tag = HTMLTag(source, at: at, before: end) {
          at = tag.range.end
        } else if text[textAt] == byte {
          take(1)
        } else {
          at = end
        }
      case UInt8(ascii: "\r"):
        if at + 1 < end, source[at + 1] == UInt8(ascii: "\n") {
          at += 1
        } else {
          takeDecoded(text[textAt] == UInt8(ascii: "\n") ? 1 : 0, for: 1)
        }
      default: takeCharacter()
      }
    }
  }

  /// Takes whole characters that are the same in both, up to what may stand for something else.
  private mutating func takeRun() {
    let most = min(end - at, text.count - textAt)
    var count = 0
    while count < most {
      let byte = source[at + count]
      if byte != text[textAt + count] || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<")
        || byte == UInt8(ascii: "\r")
      {
        break
      }
      count += 1
    }
    // A character that is not all the same is looked at as a whole.
    if at + count < end, source[at + count].isContinuation {
      while count > 0, source[at + count].isContinuation { count -= 1 }
    }
    if count > 0 { take(count) }
  }

  /// Takes a character that stands for itself, or passes over one that is no part of the text.
  ///
  /// The latter are NUL and the line end behind `<pre>`. Control characters and such as U+FFFE, which gumbo replaces by
  /// U+FFFD, stay what they are.
  private mutating func takeCharacter() {
    let count = Self.width(source, at, before: end)
    if source[at..<(at + count)].elementsEqual(text[textAt...].prefix(count)) { return take(count) }
    if source[at] != 0, text[textAt...].starts(with: [0xEF, 0xBF, 0xBD]) {
      take(count)
      textAt += 3 - count
    } else {
      at += count
    }
  }

  /// Takes bytes that are the same in both.
  private mutating func take(_ count: Int) {
    let range = ByteRange(at, at + count)
    if case .verbatim(let last)? = pieces.last, last.end == range.start {
      pieces[pieces.count - 1] = .verbatim(ByteRange(last.start, range.end))
    } else {
      pieces.append(.verbatim(range))
    }
    at += count
    textAt += count
  }

  /// Takes bytes of the text that stand for so many of the source.
  private mutating func takeDecoded(_ count: Int, for length: Int) {
    if count > 0 {
      pieces.append(
        .decoded(Array(text[textAt..<(textAt + count)]), ByteRange(at, at + length)))
    }
    at += length
    textAt += count
  }

  /// Takes a character reference, or an ampersand that begins none.
  private mutating func takeReference() {
    let name = source[(at + 1)..<self.end].prefix {
      $0.isASCIILetter || $0.isASCIIDigit || $0 == UInt8(ascii: "#")
    }
    let isClosed = name.endIndex < self.end && source[name.endIndex] == UInt8(ascii: ";")
    // The whole name first; HTML also knows old names that need no semicolon, `&copy2024`.
    var end = isClosed ? name.endIndex + 1 : name.endIndex
    while end > at + 1 {
      let reference = Array(source[at..<end]) + (source[end - 1] == 0x3B ? [] : [0x3B])
      if let decoded = Entity.decode(reference[...]), text[textAt...].starts(with: decoded) {
        return takeDecoded(decoded.count, for: end - at)
      }
      // Numbers have no shorter forms, and no old name is longer than "frac12" or "Agrave".
      if name.first == UInt8(ascii: "#"), end <= name.endIndex { break }
      end = min(end - 1, at + 8)
    }
    if text[textAt] == UInt8(ascii: "&") { return take(1) }
    takeUnknown(to: isClosed ? name.endIndex + 1 : name.endIndex)
  }

  /// Takes a reference that gumbo knows and the table here does not: one character, or two where the
  /// second begins otherwise than what follows in the source.
  private mutating func takeUnknown(to end: Int) {
    var count = Self.width(text, textAt, before: text.count)
    if textAt + count < text.count {
      let next = text[textAt + count]
      let follows = end < self.end ? source[end] : 0
      if next >= 0x80, next != follows {
        count += Self.width(text, textAt + count, before: text.count)
      }
    }
    takeDecoded(count, for: end - at)
  }

  /// How many bytes the code point at `index` has.
  private static func width(_ bytes: [UInt8], _ index: Int, before end: Int) -> Int {
    var width = 1
    while index + width < end, bytes[index + width].isContinuation { width += 1 }
    return width
  }
}
