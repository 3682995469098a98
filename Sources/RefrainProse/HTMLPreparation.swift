// What a page needs before gumbo may see it, without a byte moving: markup that would cost square
// time or swallow the rest of the page is overwritten with white space in a copy.

internal import RefrainModel

enum HTMLPreparation {
  private static let textarea = HTMLName("textarea")

  /// Whether a fragment is nothing but white space, comments and tags that show nothing.
  ///
  /// O(bytes).
  static func isMarkupAlone(_ bytes: [UInt8], _ range: ByteRange) -> Bool {
    var at = range.start
    while at < range.end {
      if bytes[at].isWhiteSpace {
        at += 1
        continue
      }
      guard let tag = HTMLTag(bytes, at: at, before: range.end),
        HTMLName(bytes, tag.name)?.traits.isDisjoint(with: [.rawText, .shown]) ?? true
      else { return false }
      at = tag.range.end
    }
    return true
  }

  /// The bytes as gumbo is to read them: as many, and the same but for blanked tags and for numbers
  /// beyond Unicode.
  ///
  /// A blanked tag is a line feed and spaces. Blanked are start tags beyond the deepest level, attributes
  /// beyond so many of a tag, what follows a tag that is never closed, for that is nothing to a parser,
  /// and in XHTML the empty `<script/>`, `<i/>` and their kin, which HTML reads as the start of what ends
  /// nowhere. O(bytes).
  static func prepare(_ bytes: [UInt8], from start: Int) -> [UInt8] {
    let isXML = bytes.holds("<?xml", at: start)
    var prepared = bytes
    capNumbers(&prepared, from: start)
    var open = HTMLOpenElements(bytes: bytes.count - start)
    var names = HTMLNames()
    var at = start
    // The end of a raw text that was found to be without one.
    var isWithoutEnd: Set<HTMLName> = []
    while let tag = nextTag(bytes, from: at, before: bytes.count) {
      at = tag.range.end
      let name = names.name(bytes, tag.name)
      if let excess = tag.excess { blank(ByteRange(excess, tag.range.end - 1), &prepared) }
      let isRaw = name.traits.contains(.rawText) && !tag.isEnd
      let isEmpty = isRaw || HTMLOpenElements.isReopened(name)
      if isXML, tag.isSelfClosing, isEmpty {
        blank(tag.range, &prepared)
      } else if isRaw, !isWithoutEnd.contains(name) {
        guard let end = endOfRawText(tag.name, bytes, from: at) else {
          isWithoutEnd.insert(name)
          continue
        }
        if name == textarea { open.close(HTMLOpenElements.select) }
        var from = at
        // In SVG a title holds elements like any other, and what is opened in it may stay open.
        while let tag = nextTag(bytes, from: from, before: end) {
          from = tag.range.end
          if let excess = tag.excess { blank(ByteRange(excess, tag.range.end - 1), &prepared) }
          if open.isForeign, !tag.isEnd {
            count(tag, names.name(bytes, tag.name), &open, &prepared)
          }
        }
        at = end
      } else if !isRaw {
        count(tag, name, &open, &prepared)
      }
    }
    // Only markup that is never closed ends the search before the end.
    if let open = unclosedTag(bytes, from: at) { blank(ByteRange(open, bytes.count), &prepared) }
    return prepared
  }

  /// Makes zeros of the digits of character references beyond Unicode.
  ///
  /// Both stand for U+FFFD, but gumbo lets the number overflow and makes of it any character, or bytes
  /// that are none.
  private static func capNumbers(_ bytes: inout [UInt8], from start: Int) {
    var at = start
    while let mark = bytes.nextIndex(of: UInt8(ascii: "&"), from: at) {
      at = mark + 1
      guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "#") else { continue }
      let isHex = bytes[at + 1] | 0x20 == UInt8(ascii: "x")
      at += isHex ? 2 : 1
      let digits = at
      var value = 0
      while at < bytes.count, let digit = digitValue(bytes[at], isHex: isHex) {
        value = min(value * (isHex ? 16 : 10) + digit, 0x11_0000)
        at += 1
      }
      if value == 0x11_0000 {
        for digit in digits..<at { bytes[digit] = UInt8(ascii: "0") }
      }
    }
  }

  private static func digitValue(_ byte: UInt8, isHex: Bool) -> Int? {
    if byte.isASCIIDigit { return Int(byte) - 0x30 }
    let letter = byte | 0x20
    return isHex && (0x61...0x66).contains(letter) ? Int(letter) - 0x57 : nil
  }

  /// Where a start or end tag begins that is never closed, behind which there is no other.
  private static func unclosedTag(_ bytes: [UInt8], from start: Int) -> Int? {
    var at = start
    while let open = bytes.nextIndex(of: UInt8(ascii: "<"), from: at) {
      if HTMLTag.begins(bytes, at: open, before: bytes.count) {
        guard let tag = HTMLTag(bytes, at: open, before: bytes.count) else {
          let name = bytes[(open + 1)...].drop { $0 == UInt8(ascii: "/") }.first
          return name?.isASCIILetter == true ? open : nil
        }
        at = tag.range.end
      } else {
        at = open + 1
      }
    }
    return nil
  }

  /// The next start or end tag; a tag that is never closed is no tag, and none comes behind it.
  private static func nextTag(_ bytes: [UInt8], from start: Int, before end: Int) -> HTMLTag? {
    var at = start
    while let open = bytes.nextIndex(of: UInt8(ascii: "<"), from: at, before: end) {
      if HTMLTag.begins(bytes, at: open, before: end) {
        guard let tag = HTMLTag(bytes, at: open, before: end) else { return nil }
        if !tag.name.isEmpty { return tag }
        at = tag.range.end
      } else {
        at = open + 1
      }
    }
    return nil
  }

  /// Follows a tag down or up, and blanks it where that is too deep.
  private static func count(
    _ tag: HTMLTag, _ name: HTMLName, _ open: inout HTMLOpenElements, _ prepared: inout [UInt8]
  ) {
    if tag.isEnd {
      open.close(name)
    } else if !open.open(name, isSelfClosing: tag.isSelfClosing) {
      blank(tag.range, &prepared)
    }
  }

  private static func blank(_ range: ByteRange, _ bytes: inout [UInt8]) {
    for at in range.start..<range.end { bytes[at] = UInt8(ascii: " ") }
    bytes[range.start] = UInt8(ascii: "\n")
  }

  /// Where `</name` stands next; nil where it does not.
  private static func endOfRawText(
    _ name: ByteRange, _ bytes: [UInt8], from start: Int
  ) -> Int? {
    let end = Array("</".utf8) + bytes[name.start..<name.end].map(\.lowered)
    var at = start
    while let open = bytes.nextIndex(of: UInt8(ascii: "<"), from: at) {
      if open + end.count <= bytes.count,
        bytes[open..<(open + end.count)].map(\.lowered) == end
      {
        return open
      }
      at = open + 1
    }
    return nil
  }
}
