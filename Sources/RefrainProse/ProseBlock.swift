// What a block of prose is to its reader, and what lies inside it that is not running text.

package import RefrainModel

/// One block of prose.
package struct ProseBlock: Hashable, Sendable {
  /// What a block is to its reader; the innermost wins, except that all within a quotation is one.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Running text.
    case paragraph
    case heading
    /// An item of a list, or a term or definition of one.
    case listItem
    /// A cell of a table, of at least `ProseBuilder.leastCellWords` words.
    case tableCell
    /// What stands with a picture, a table or a listing.
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

  package var kind: Kind
  /// Its bytes in `Prose.text`, never empty, without white space at either end.
  package var range: ByteRange
}

/// What text inside a block may be besides running text.
package struct InlineMarkup: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Text as a program reads it: `Get-Item` in backquotes.
  package static let code = InlineMarkup(rawValue: 1)
  /// The text of a link.
  package static let link = InlineMarkup(rawValue: 2)
}

/// A stretch of text with one and the same inline markup.
package struct ProseSpan: Hashable, Sendable {
  /// Never empty.
  package var markup: InlineMarkup
  /// Its bytes in `Prose.text`, never empty.
  package var range: ByteRange
}
