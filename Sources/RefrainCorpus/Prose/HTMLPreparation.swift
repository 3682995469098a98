// What a page needs before gumbo may see it, without a byte moving: markup that would cost square
// time or swallow the rest of the page is overwritten with white space in a copy.

internal import RefrainModel

enum HTMLPreparation {
  /// How deep elements may nest that need an end tag. gumbo looks through all open elements at many
  /// a tag: 20,000 nested ones take ten seconds. Browsers stop at 512, too.
  static let deepest = 512

  /// The bytes as gumbo is to read them: as many, and the same but for blanked tags.
  ///
  /// A blanked tag is a line feed and spaces. Blanked are start tags beyond the deepest level, and in XHTML the empty `<script/>` and its
  /// kin, which HTML reads as the start of a script that ends nowhere. O(bytes).
  static func prepare(_ bytes: [UInt8], from start: Int) -> [UInt8] {
    let isXML = bytes[start...].starts(with: "<?xml".utf8)
    var prepared = bytes
    var depth = 0
    var at = start
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      guard let tag = HTMLTag(bytes[...], at: open) else {
        // Not markup, or not closed: what follows is looked at all the same, but a tag that is never
        // closed is looked for only once.
        if HTMLTag.begins(bytes[...], at: open) { break }
        at = open + 1
        continue
      }
      at = tag.range.end
      guard !tag.name.isEmpty, !HTMLElements.unclosed.contains(tag.name) else { continue }
      if tag.isEnd {
        depth = max(0, depth - 1)
      } else if HTMLElements.rawText.contains(tag.name) {
        if isXML, tag.isSelfClosing {
          blank(tag.range, &prepared)
        } else {
          at = endOfRawText(tag.name, bytes, from: at)
        }
      } else if !(isXML && tag.isSelfClosing) {
        depth += 1
        if depth > deepest { blank(tag.range, &prepared) }
      }
    }
    return prepared
  }

  private static func blank(_ range: ByteRange, _ bytes: inout [UInt8]) {
    for at in range.start..<range.end { bytes[at] = UInt8(ascii: " ") }
    bytes[range.start] = UInt8(ascii: "\n")
  }

  /// Behind `</name`; the end of the bytes where there is none.
  private static func endOfRawText(_ name: String, _ bytes: [UInt8], from start: Int) -> Int {
    let end = Array(("</" + name).utf8)
    var at = start
    while let open = bytes[at...].firstIndex(of: UInt8(ascii: "<")) {
      if open + end.count <= bytes.count,
        bytes[open..<(open + end.count)].map(\.lowered) == end
      {
        return open + end.count
      }
      at = open + 1
    }
    return bytes.count
  }
}
