// What a block of prose is to its reader, and what lies inside it that is not running text.

package import RefrainModel

/// One block of prose.
package struct ProseBlock: Hashable, Sendable {
  package typealias Kind = BlockKind

  package var kind: Kind
  /// Its bytes in `Prose.text`, never empty, without white space at either end.
  package var range: ByteRange
  /// How deep a heading lies, from 1 on; 0 for what is none, or where the format does not say.
  package var level = 0
}

/// What text inside a block may be besides running text.
package struct InlineMarkup: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Text as a program reads it: `Get-Item` in backquotes.
  package static let code = InlineMarkup(rawValue: 1)
  /// The text of a link.
  package static let link = InlineMarkup(rawValue: 2)
  /// The description of a picture.
  package static let image = InlineMarkup(rawValue: 4)
}

/// A stretch of text with one and the same inline markup.
package struct ProseSpan: Hashable, Sendable {
  /// Never empty.
  package var markup: InlineMarkup
  /// Its bytes in `Prose.text`, never empty.
  package var range: ByteRange
}
