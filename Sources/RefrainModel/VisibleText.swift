// Text from files, names and values as people are shown it: the one place that knows which characters
// steer a terminal or turn the text around them, and how they are shown instead.
//
// Whatever goes to standard error, and every report that is not byte for byte its input, comes through
// here or asks `steers`. The result is the same whether a terminal reads it or not.

/// Text without characters that do something instead of being seen.
package enum VisibleText {
  /// Whether a character must never be written as it is.
  ///
  /// Those are the control characters of C0, DEL and C1, line and paragraph separators, and the marks,
  /// embeddings, overrides and isolates of the bidirectional algorithm.
  package static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A passage on one line: line ends and tabs are blanks, as they are to its reader, and all else that
  /// steers is spelt out, `\u{1b}`.
  ///
  /// O(bytes).
  package static func prose(_ text: String) -> String {
    replacing(text) { scalar in
      switch scalar.value {
      case 0x09...0x0D, 0x85, 0x2028...0x2029: " "
      default: spelt(scalar)
      }
    }
  }

  /// A name, a value or a message on one line: all that steers is spelt out, line ends as `\n`, so that
  /// no two names look alike.
  ///
  /// O(bytes).
  package static func line(_ text: String) -> String { replacing(text, spelt) }

  /// The same of a text of several lines, whose line feeds stay.
  package static func lines(_ text: String) -> String {
    replacing(text) { $0 == "\n" ? "\n" : spelt($0) }
  }

  private static func spelt(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": #"\n"#
    case "\r": #"\r"#
    case "\t": #"\t"#
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
  }

  private static func replacing(_ text: String, _ shown: (Unicode.Scalar) -> String) -> String {
    // Most texts hold nothing of the kind, which a look at their bytes tells: what lies beyond ASCII
    // begins with one of three.
    let isPlain = text.utf8.allSatisfy {
      $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xD8 && $0 != 0xE2
    }
    if isPlain { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if steers(scalar) {
        out.append(contentsOf: shown(scalar).unicodeScalars)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }
}
