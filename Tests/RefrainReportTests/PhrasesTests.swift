// Lines that findings are shown by: short, whole characters, nothing that steers a terminal.

import RefrainReport
import TestSupport
import Testing

struct PhrasesTests {
  /// What `Phrases.line` is by definition.
  private func oracle(_ text: String, atMost limit: Int) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09...0x0D, 0x20, 0x85, 0x2028...0x2029: scalars.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
        scalars.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default: scalars.append(scalar)
      }
    }
    let line = String(scalars).split(separator: " ").joined(separator: " ")
    return line.count <= limit ? line : line.prefix(limit - 1) + "…"
  }

  @Test(arguments: UInt64(0)..<8)
  func aLineIsWhatItsDefinitionSays(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let ascii = ["a", "B", " ", "  ", "\n", "\t", "\u{7F}", "\u{1B}", "\u{0}", ".", "word", "|"]
    let wide = ["é", "e\u{301}", "😀", "👨‍👩‍👧", "\u{85}", "\u{2028}", "\u{202E}", "字", "\u{A0}"]
    for _ in 0..<400 {
      let pool = Bool.random(using: &random) ? ascii : ascii + wide
      let count = Int.random(in: 0...60, using: &random)
      let text = (0..<count).map { _ in random.pick(pool) }.joined()
      let limit = Int.random(in: 2...40, using: &random)
      #expect(Phrases.line(text, atMost: limit) == oracle(text, atMost: limit))
    }
  }

  /// A long text costs no more than its beginning, and is cut between characters.
  @Test func aLongTextIsCut() {
    let text = String(repeating: "👨‍👩‍👧 e\u{301}", count: 10_000)
    let line = Phrases.line(text, atMost: 20)
    #expect(line.count == 20)
    #expect(line.hasSuffix("…"))
    #expect(text.hasPrefix(line.dropLast()))
  }

  @Test func numbersAgreeWithTheirNouns() {
    #expect(Phrases.count(0, "word") == "0 words")
    #expect(Phrases.count(1, "word") == "1 word")
    #expect(Phrases.count(2, "word") == "2 words")
  }

  /// 100 is for all of it alone.
  @Test func percentagesAreWhole() {
    #expect(TextStyle.percent(2, of: 3) == 67)
    #expect(TextStyle.percent(999, of: 1000) == 99)
    #expect(TextStyle.percent(5, of: 5) == 100)
    #expect(TextStyle.percent(0, of: 0) == 0)
  }
}
