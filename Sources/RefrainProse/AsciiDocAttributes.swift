// The document attributes of AsciiDoc: those that a page defines, and those that are there without.

import RefrainModel

/// What the names in braces stand for.
struct AsciiDocAttributes {
  private var values: MarkupValues

  /// The characters that Asciidoctor gives a name to.
  private static let builtIn: [String: String] = [
    "amp": "&", "apos": "'", "asterisk": "*", "backslash": "\\", "backtick": "`", "blank": "",
    "brvbar": "\u{A6}", "caret": "^", "cpp": "C++", "cxx": "C++", "deg": "\u{B0}", "empty": "",
    "endsb": "]", "gt": ">", "ldquo": "\u{201C}", "lsquo": "\u{2018}", "lt": "<",
    "nbsp": "\u{A0}", "plus": "+", "pp": "++", "quot": "\"", "rdquo": "\u{201D}",
    "rsquo": "\u{2019}", "sp": " ", "startsb": "[", "tilde": "~", "two-colons": "::",
    "two-semicolons": ";;", "vbar": "|", "wj": "\u{2060}", "zwsp": "\u{200B}",
  ]

  init(sourceCount: Int) { values = MarkupValues(sourceCount: sourceCount) }

  /// Sets an attribute, or takes it away.
  mutating func define(_ name: ArraySlice<UInt8>, as text: [UInt8]?) {
    values.define(name, as: text)
  }

  /// What a name stands for; nil where nobody defined it.
  mutating func text(of name: ArraySlice<UInt8>) -> [UInt8]? {
    values.text(of: name) ?? Self.builtIn[name.lowercased].map { Array($0.utf8) }
  }
}
