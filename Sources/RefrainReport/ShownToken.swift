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
  /// O(bytes).
  static func tokens(_ place: Occurrence) -> [ShownToken] {
    var builder = Builder(bytes: Array(place.text.utf8), sentences: place.sentenceStarts[...])
    builder.run()
    return builder.tokens
  }

  private struct Builder {
    let bytes: [UInt8]
    /// Where sentences begin that have not begun yet.
    var sentences: ArraySlice<Int>
    var tokens: [ShownToken] = []
    /// Where the word began that is being read, if one is.
    private var start: Int?
    private var lastIsAlone = false
    private var isSpaced = false
    private var begins = true
    private var isASCII = true

    init(bytes: [UInt8], sentences: ArraySlice<Int>) {
      self.bytes = bytes
      self.sentences = sentences
    }

    mutating func run() {
      var at = 0
      while at < bytes.count {
        let byte = bytes[at]
        if byte < 0x80 {
          let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
          if isSpace { space(at) } else { add(at, isAlone: false, isPart: isLetter(byte)) }
          at += 1
          continue
        }
        let (scalar, width) = scalar(at)
        if scalar.properties.isWhitespace {
          space(at)
        } else {
          add(
            at, isAlone: ShownToken.isAlone(scalar), isPart: ShownToken.isWordPart(scalar),
            isMark: scalar.properties.generalCategory == .nonspacingMark)
          isASCII = false
        }
        at += width
      }
      end(at)
    }

    /// The code point that begins at an offset of valid UTF-8.
    private func scalar(_ at: Int) -> (Unicode.Scalar, Int) {
      let width = bytes[at] >= 0xF0 ? 4 : bytes[at] >= 0xE0 ? 3 : 2
      let text = String(decoding: bytes[at..<min(bytes.count, at + width)], as: UTF8.self)
      return (text.unicodeScalars.first ?? "\u{FFFD}", width)
    }

    private mutating func space(_ at: Int) {
      end(at)
      isSpaced = true
    }

    private mutating func add(_ at: Int, isAlone: Bool, isPart: Bool, isMark: Bool = false) {
      let starts = sentences.first.map { $0 <= at } ?? false
      if starts || (isAlone || lastIsAlone) && !isMark && isPart { end(at) }
      if starts {
        sentences = sentences.drop { $0 <= at }
        begins = true
      }
      if start == nil {
        start = at
        isASCII = true
      }
      lastIsAlone = isAlone || lastIsAlone && !isPart
    }

    private mutating func end(_ at: Int) {
      guard let from = start else { return }
      let word = bytes[from..<at]
      var text = isSpaced ? " " : ""
      text += String(decoding: word, as: UTF8.self)
      tokens.append(ShownToken(text: text, key: key(word), startsSentence: begins))
      start = nil
      (isSpaced, begins, lastIsAlone) = (false, false, false)
    }

    private func key(_ word: ArraySlice<UInt8>) -> String {
      if isASCII {
        let letters = word.filter(isLetter).map { $0 >= 0x41 ? $0 | 0x20 : $0 }
        return String(decoding: letters.isEmpty ? Array(word) : letters, as: UTF8.self)
      }
      let text = String(decoding: word, as: UTF8.self)
      let letters = text.unicodeScalars.filter(ShownToken.isWordPart)
      return letters.isEmpty ? text : String(String.UnicodeScalarView(letters)).lowercased()
    }

    private func isLetter(_ byte: UInt8) -> Bool {
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
    }
  }

  private static func isWordPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || scalar.properties.numericType != nil
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
