// The words of a passage as a reader sees them: with the punctuation that touches them, which no
// comparison minds.

import RefrainModel

/// A word as it is shown, with the white space before it.
struct ShownToken: Hashable {
  /// One blank where there was white space in front, then the word with what touches it.
  var text: String
  /// What is compared: the letters and digits in lower case, or all where there are none.
  var key: String
  var startsSentence: Bool

  /// The tokens of a passage; a character is one in scripts that write without blanks.
  ///
  /// O(characters).
  static func tokens(_ place: Occurrence) -> [ShownToken] {
    var builder = Builder(sentences: place.sentenceStarts[...])
    var offset = 0
    for scalar in place.text.unicodeScalars {
      builder.add(scalar, at: offset)
      offset += UTF8.width(scalar)
    }
    builder.end()
    return builder.tokens
  }

  private struct Builder {
    var tokens: [ShownToken] = []
    /// Where sentences begin that have not begun yet.
    var sentences: ArraySlice<Int>
    private var word = String.UnicodeScalarView()
    private var lastIsAlone = false
    private var isSpaced = false
    private var begins = true

    init(sentences: ArraySlice<Int>) { self.sentences = sentences }

    mutating func add(_ scalar: Unicode.Scalar, at offset: Int) {
      if scalar.properties.isWhitespace {
        end()
        isSpaced = true
        return
      }
      let isMark = scalar.properties.generalCategory == .nonspacingMark
      let isAlone = ShownToken.isAlone(scalar)
      let starts = sentences.first.map { $0 <= offset } ?? false
      if starts || (isAlone || lastIsAlone) && !isMark && ShownToken.isWordPart(scalar) { end() }
      if starts {
        sentences = sentences.drop { $0 <= offset }
        begins = true
      }
      word.append(scalar)
      lastIsAlone = isAlone || lastIsAlone && !ShownToken.isWordPart(scalar)
    }

    mutating func end() {
      guard !word.isEmpty else { return }
      let text = String(word)
      let letters = String(String.UnicodeScalarView(word.filter(ShownToken.isWordPart)))
      tokens.append(
        ShownToken(
          text: (isSpaced ? " " : "") + text, key: letters.isEmpty ? text : letters.lowercased(),
          startsSentence: begins))
      word.removeAll(keepingCapacity: true)
      (isSpaced, begins, lastIsAlone) = (false, false, false)
    }
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x80 {
      return (0x30...0x39).contains(value) || (0x41...0x5A).contains(value & 0xDF)
    }
    return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.generalCategory == .nonspacingMark
  }

  /// Thai to Myanmar, Khmer, Kana and Han.
  private static func isAlone(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xE00..<0xF00, 0x1000..<0x10A0, 0x1780..<0x1800, 0x3040..<0xA000, 0xF900..<0xFB00,
      0x20000..<0x40000:
      true
    default: false
    }
  }
}
