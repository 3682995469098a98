// Texts that a file gives a name to and that are read where the name stands: substitutions of
// reStructuredText, document attributes of AsciiDoc.

import RefrainModel

/// The named texts of one file.
struct MarkupValues {
  /// A longer text is no word for something, in bytes; its name is read instead.
  static let longest = 1_024

  private var values: [String: [UInt8]] = [:]
  /// How many bytes may still be put for names, so that a small file does not read as a huge one.
  private var budget: Int

  init(sourceCount: Int) { budget = sourceCount + 65_536 }

  /// Gives a text a name, in whatever case; nil takes the name away.
  mutating func define(_ name: ArraySlice<UInt8>, as text: [UInt8]?) {
    values[Self.key(name)] = text.flatMap { $0.count <= Self.longest ? $0 : nil }
  }

  /// The text of that name.
  mutating func text(of name: ArraySlice<UInt8>) -> [UInt8]? {
    guard !values.isEmpty, let text = values[Self.key(name)], text.count <= budget else {
      return nil
    }
    budget -= text.count
    return text
  }

  /// A name in lower case, with its line breaks as spaces.
  private static func key(_ name: ArraySlice<UInt8>) -> String {
    name.contains(UInt8(ascii: "\n"))
      ? name.map { $0 == UInt8(ascii: "\n") ? 0x20 : $0 }[...].lowercased : name.lowercased
  }
}
