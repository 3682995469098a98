// What each word of a passage stands in: running text, lists, the frame of a page, or what is no language.

import RefrainModel
import RefrainProse
import RefrainText

/// What a word stands in, as far as it matters to how much a passage says.
enum Footing: UInt8, Hashable, Sendable, Comparable {
  /// Paragraphs, notes and quotations.
  case running
  /// Items of lists.
  case list
  /// Headings, captions, tables, lists of links, what says something of the page.
  case frame
  /// Code, links, identifiers.
  case inline

  static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

  init(_ kind: BlockKind) {
    self =
      switch kind {
      case .paragraph, .admonition, .quotation: .running
      case .listItem: .list
      case .heading, .tableCell, .caption, .linkList, .metadata: .frame
      case .code: .inline
      }
  }
}

extension Document {
  /// The footing of each word of a passage.
  ///
  /// O(words, and log of blocks and spans).
  func footing(of words: Range<Int>) -> [Footing] {
    let bytes = analysis.bytes(of: words)
    var block = prose.blocks.firstIndex(endingBehind: bytes.start)
    var span = prose.spans.firstIndex(endingBehind: bytes.start)
    var token = InkToken(range: ByteRange(bytes.start, bytes.start), isIdentifier: false)
    return words.map { word in
      let place = analysis.bytes(of: word..<(word + 1))
      while block + 1 < prose.blocks.count, prose.blocks[block].range.end <= place.start {
        block += 1
      }
      while span < prose.spans.count, prose.spans[span].range.end <= place.start { span += 1 }
      if span < prose.spans.count, prose.spans[span].range.overlaps(place),
        !prose.spans[span].markup.isDisjoint(with: [.code, .link])
      {
        return .inline
      }
      if place.start >= token.range.end { token = InkToken(around: place, in: prose.text) }
      if token.isIdentifier { return .inline }
      return block < prose.blocks.count ? Footing(prose.blocks[block].kind) : .running
    }
  }

  /// Whether the text is a page of a manual rather than an article: it has marks, and one of them or more for
  /// each hundred words.
  ///
  /// Marks are headings, items of lists, cells, boxes, captions, inline code and links. O(blocks and spans).
  var isPage: Bool { Self.isPage(prose, words: analysis.words.count) }

  /// Whether a text of so many words is a page of a manual.
  static func isPage(_ prose: Prose, words: Int) -> Bool {
    let blocks = prose.blocks.count { Footing($0.kind) != .running || $0.kind == .admonition }
    let marks = blocks + prose.spans.count
    return marks >= leastMarks && marks * 100 >= words
  }

  /// Fewer marks are a title and what any text may have.
  private static let leastMarks = 4
}
