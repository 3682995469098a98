// The words of a text as their definition reads, scalar by scalar and without regard to speed. It
// shares nothing with the segmenter: normalisation is Foundation's, kinds are the standard
// library's.

import Foundation

/// The naive segmenter.
enum WordOracle {
  private enum Kind {
    case letter
    case cluster
    case mark
    case apostrophe
    case separator
  }

  /// The folded words of `text`.
  static func words(_ text: String) -> [String] {
    var words: [String] = []
    var word = String.UnicodeScalarView()
    var isCluster = false
    var hasApostrophe = false
    func close() {
      if !word.isEmpty { words.append(String(word)) }
      word = String.UnicodeScalarView()
      isCluster = false
      hasApostrophe = false
    }
    // What is ignorable is as good as not there, but for the zero width space.
    let seen = text.unicodeScalars.filter {
      !$0.properties.isDefaultIgnorableCodePoint || $0 == "\u{200B}"
    }
    let text = String(String.UnicodeScalarView(seen))
    // Foundation's NFKC does not join a half-width Kana with its voiced mark; NFC after it does.
    let normalized = streamSafe(text).map {
      $0.precomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
    }
    for scalar in normalized.flatMap(fold) {
      switch kind(scalar) {
      case .letter:
        if isCluster { close() }
        if hasApostrophe { word.append("'") }
        hasApostrophe = false
        word.append(scalar)
      case .cluster:
        close()
        word.append(scalar)
        isCluster = true
      case .mark:
        if hasApostrophe { close() }
        if !word.isEmpty { word.append(scalar) }
      case .apostrophe:
        if word.isEmpty || isCluster || hasApostrophe { close() } else { hasApostrophe = true }
      case .separator: close()
      }
    }
    close()
    return words
  }

  /// The text in the pieces between which UAX #15's Stream-Safe Text Process puts a grapheme joiner: at
  /// most 30 marks go on end, counted in the compatibility decomposition.
  private static func streamSafe(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var marks = 0
    for scalar in text.unicodeScalars {
      let classes = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars
        .map(\.properties.canonicalCombiningClass)
      let leading = classes.prefix { $0 != .notReordered }.count
      if marks + leading > 30 {
        pieces.append(String(piece))
        piece = String.UnicodeScalarView()
        marks = 0
      }
      piece.append(scalar)
      let trailing = classes.reversed().prefix { $0 != .notReordered }.count
      marks = leading == classes.count ? marks + leading : trailing
    }
    return pieces + [String(piece)]
  }

  /// Case folding, by way of the mappings that the standard library has: down, up and down again is
  /// full case folding for all scalars but a few (dotless i, Cherokee), which the tests leave out.
  private static func fold(_ text: String) -> [Unicode.Scalar] {
    func map(_ scalars: [Unicode.Scalar], _ mapping: (Unicode.Scalar) -> String) -> [Unicode.Scalar]
    {
      scalars.flatMap { Array(mapping($0).unicodeScalars) }
    }
    let lower = map(Array(text.unicodeScalars)) { $0.properties.lowercaseMapping }
    let upper = map(lower) { $0.properties.uppercaseMapping }
    return map(upper) { $0.properties.lowercaseMapping }
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    if "'\u{2019}\u{02BC}".unicodeScalars.contains(scalar) { return .apostrophe }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return hasNoSpaces(scalar) ? .cluster : .letter
    case .decimalNumber, .letterNumber, .otherNumber:
      return scalar == "\u{3007}" ? .cluster : .letter
    case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
    default: return .separator
    }
  }

  /// Letters of Han, Kana, Thai, Lao, Khmer and Myanmar, and of the rarer scripts that no more
  /// write spaces between words (Tai Le, New Tai Lue, Tai Tham, Tai Viet, Ahom), by their blocks.
  private static func hasNoSpaces(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
    case 0x1950...0x19DF, 0x1A20...0x1AAF, 0xA9E0...0xA9FF, 0xAA60...0xAADF: true
    case 0x3005, 0x3007, 0x303B, 0x3041...0x30FF, 0x31F0...0x31FF: true
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF: true
    case 0x11700...0x1174F, 0x1AFF0...0x1B16F, 0x20000...0x3FFFF: true
    default: false
    }
  }
}
