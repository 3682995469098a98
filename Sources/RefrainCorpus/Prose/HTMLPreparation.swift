// What a page needs before gumbo may see it, without a byte moving: markup that would cost square
// time or swallow the rest of the page is overwritten with white space in a copy.

internal import RefrainModel

enum HTMLPreparation {
  /// How deep elements may nest that need an end tag.
  ///
  /// gumbo looks through all open elements at many a tag: 20,000 nested ones take ten seconds.
  /// Browsers stop at 512, too.
  static let deepest = 512

  /// The bytes as gumbo is to read them: as many, and the same but for blanked tags.
  ///
  /// A blanked tag is a line feed and spaces. Blanked are start tags beyond the deepest level, and in
  /// XHTML the empty `<script/>` and its kin, which HTML reads as the start of a script that ends
  /// nowhere. O(bytes).
  static func prepare(_ bytes: [UInt8], from start: Int) -> [UInt8] {
    let isXML = bytes[start...].starts(with: "<?xml".utf8)
    var prepared = bytes
    var depth = 0
    var at = start
    // The end of a raw text that was found to be without one.
    var isWithoutEnd: Set<String> = []
    while let tag = nextTag(bytes[at...]) {
      at = tag.range.end
      let isRaw = HTMLElements.rawText.contains(tag.name) && !tag.isEnd
      if isRaw, isXML, tag.isSelfClosing {
        blank(tag.range, &prepared)
      } else if isRaw, !isWithoutEnd.contains(tag.name) {
        // In SVG a title holds elements like any other; whatever these are, they end with it.
        guard let end = endOfRawText(tag.name, bytes, from: at) else {
          isWithoutEnd.insert(tag.name)
          continue
        }
        var inner = depth
        var from = at
        while let tag = nextTag(bytes[from..<end]) {
          from = tag.range.end
          count(tag, isXML, &inner, &prepared)
        }
        at = end
      } else if !isRaw {
        count(tag, isXML, &depth, &prepared)
      }
    }
    return prepared
  }

  /// The next start or end tag; a tag that is never closed is no tag, and none comes behind it.
  private static func nextTag(_ bytes: ArraySlice<UInt8>) -> HTMLTag? {
    var at = bytes.startIndex
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      if HTMLTag.begins(bytes, at: open) {
        guard let tag = HTMLTag(bytes, at: open) else { return nil }
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
    _ tag: HTMLTag, _ isXML: Bool, _ depth: inout Int, _ prepared: inout [UInt8]
  ) {
    if HTMLElements.unclosed.contains(tag.name) { return }
    if tag.isEnd {
      depth = max(0, depth - 1)
    } else if !(isXML && tag.isSelfClosing) {
      depth += 1
      if depth > deepest { blank(tag.range, &prepared) }
    }
  }

  private static func blank(_ range: ByteRange, _ bytes: inout [UInt8]) {
    for at in range.start..<range.end { bytes[at] = UInt8(ascii: " ") }
    bytes[range.start] = UInt8(ascii: "\n")
  }

  /// Where `</name` stands next; nil where it does not.
  private static func endOfRawText(_ name: String, _ bytes: [UInt8], from start: Int) -> Int? {
    let end = Array(("</" + name).utf8)
    var at = start
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
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
