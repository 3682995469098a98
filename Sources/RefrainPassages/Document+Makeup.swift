// What the words of a passage lie in: counted by what the reader knows of the page.

import RefrainModel
import RefrainProse
import RefrainText

extension Document {
  /// The makeup of a passage.
  ///
  /// O(words, and log of blocks and spans).
  func makeup(of words: Range<Int>) -> PassageMakeup {
    let bytes = analysis.bytes(of: words)
    var kinds: [BlockKind] = []
    let firstBlock = prose.blocks.firstIndex(endingBehind: bytes.start, \.range)
    for block in prose.blocks[firstBlock...] {
      if block.range.start >= bytes.end { break }
      if !kinds.contains(block.kind) { kinds.append(block.kind) }
    }
    var makeup = PassageMakeup(
      blocks: BlockKind.allCases.filter(kinds.contains), inCode: 0, inLinks: 0, inIdentifiers: 0)
    // Words and spans come in order: each is passed once.
    var span = prose.spans.firstIndex(endingBehind: bytes.start, \.range)
    var token = InkToken(range: ByteRange(bytes.start, bytes.start), isIdentifier: false)
    for word in words {
      let place = analysis.bytes(of: word..<(word + 1))
      while span < prose.spans.count, prose.spans[span].range.end <= place.start { span += 1 }
      if span < prose.spans.count, prose.spans[span].range.overlaps(place) {
        let markup = prose.spans[span].markup
        if markup.contains(.link) { makeup.inLinks += 1 }
        if markup.contains(.code) {
          makeup.inCode += 1
          continue
        }
      }
      if place.start >= token.range.end { token = InkToken(around: place, in: prose.text) }
      if token.isIdentifier { makeup.inIdentifiers += 1 }
    }
    return makeup
  }
}

/// A run of bytes without white space, with a word in it.
struct InkToken {
  var range: ByteRange
  var isIdentifier: Bool

  init(range: ByteRange, isIdentifier: Bool) {
    self.range = range
    self.isIdentifier = isIdentifier
  }

  /// No identifier is longer, in bytes to either side.
  private static let reach = 256

  init(around word: ByteRange, in text: [UInt8]) {
    var start = word.start
    while start > 0, word.start - start < Self.reach, !text[start - 1].isWhiteSpace { start -= 1 }
    var end = word.end
    while end < text.count, end - word.end < Self.reach, !text[end].isWhiteSpace { end += 1 }
    range = ByteRange(start, end)
    isIdentifier = Self.looksLikeIdentifier(text[start..<end])
  }

  /// Whether a token is for programs: letters joined by `_`, `/`, `::`, `=` or a dot, a capital inside, an
  /// option with its hyphens.
  private static func looksLikeIdentifier(_ token: ArraySlice<UInt8>) -> Bool {
    // Most tokens are a word and nothing else.
    if token.dropFirst().allSatisfy({ (0x61...0x7A).contains($0) }) { return false }
    let isInk = { (byte: UInt8) in byte.isASCIILetter || byte.isASCIIDigit || byte >= 0x80 }
    let hyphen = UInt8(ascii: "-")
    if token.count > 2, token[token.startIndex] == hyphen, token[token.startIndex + 1] == hyphen,
      token[token.startIndex + 2].isASCIILetter
    {
      return true
    }
    // Marks around a word belong to the sentence.
    guard let first = token.firstIndex(where: isInk), let last = token.lastIndex(where: isInk)
    else {
      return false
    }
    let core = token[first...last]
    var letters = 0
    for index in core.indices.dropFirst() {
      let (before, byte) = (core[index - 1], core[index])
      letters = before.isASCIILetter ? letters + 1 : 0
      let next = index < last ? core[index + 1] : 0
      switch byte {
      case UInt8(ascii: "_"), UInt8(ascii: "\\"), UInt8(ascii: "="), UInt8(ascii: "@"),
        UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "$"), UInt8(ascii: "{"):
        return true
      // "and/or" is prose, "/usr/bin" and "a/b/c" are none.
      case UInt8(ascii: "/"):
        if core[(index + 1)...].contains(byte) || next.isASCIIDigit { return true }
      case UInt8(ascii: ":"): if before == byte { return true }
      // "e.g." and "U.S." have one letter at a time.
      case UInt8(ascii: "."): if letters > 1, next.isASCIILetter { return true }
      case 0x41...0x5A: if (0x61...0x7A).contains(before) { return true }
      default: break
      }
    }
    return false
  }
}

extension [ProseBlock] {
  /// The index of the first block that ends behind `offset`.
  ///
  /// O(log count).
  func firstIndex(endingBehind offset: Int) -> Int { firstIndex(endingBehind: offset, \.range) }
}

extension [ProseSpan] {
  /// The index of the first span that ends behind `offset`.
  ///
  /// O(log count).
  func firstIndex(endingBehind offset: Int) -> Int { firstIndex(endingBehind: offset, \.range) }
}

extension Array {
  /// The index of the first element, of those in order and apart, that ends behind `offset`.
  ///
  /// O(log count).
  fileprivate func firstIndex(
    endingBehind offset: Int, _ range: KeyPath<Element, ByteRange>
  ) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle][keyPath: range].end <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
