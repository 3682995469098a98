// What a passage is made of besides running text: kinds of blocks, code, links, identifiers.

/// What a block of prose is to its reader; the innermost wins, except that all within a quotation is one.
public enum BlockKind: String, Hashable, Sendable, CaseIterable {
  /// Running text.
  case paragraph
  case heading
  /// An item of a list, or a term or definition of one.
  case listItem
  /// A cell of a table with a few words at least.
  case tableCell
  /// What stands with a picture, a table or a listing, or describes a picture that is all there is.
  case caption
  /// Somebody's words, set apart.
  case quotation
  /// A note, a warning, or any other box beside the running text.
  case admonition
  /// A block, most often an item of a list, all of whose words are text of links.
  case linkList
  /// A block all of whose words are inline code. Listings are no prose at all.
  case code
  /// What says something of the page and shows on none of it, such as its description.
  case metadata
}

/// What the words of a passage lie in.
public struct PassageMakeup: Hashable, Sendable {
  /// The kinds of the blocks that the passage touches, in the order of `BlockKind`.
  public var blocks: [BlockKind]
  /// How many of its words lie in inline code.
  public var inCode: Int
  /// How many lie in the texts of links.
  public var inLinks: Int
  /// How many outside of code are parts of identifiers, paths and addresses: `max_size`, `os.path`.
  public var inIdentifiers: Int

  /// Whether nothing but headings and links is in it: a table of contents, a "See also".
  public var isNavigation: Bool {
    !blocks.isEmpty && blocks.allSatisfy { $0 == .heading || $0 == .linkList }
  }

  package init(blocks: [BlockKind], inCode: Int, inLinks: Int, inIdentifiers: Int) {
    self.blocks = blocks
    self.inCode = inCode
    self.inLinks = inLinks
    self.inIdentifiers = inIdentifiers
  }
}
