// Text as it is shown: nothing steers, nothing is lost, and what is plain stays as it is.

import RefrainModel
import TestSupport
import Testing

struct VisibleTextTests {
  /// Scalars of which some steer: controls, separators, bidirectional marks.
  private func text(_ random: inout SeededGenerator) -> String {
    let pool: [Unicode.Scalar] = [
      "a", " ", "é", "中", "😀", "\\", "\n", "\r", "\t", "\u{0}", "\u{1B}", "\u{7F}", "\u{85}",
      "\u{9B}", "\u{61C}", "\u{200E}", "\u{2028}", "\u{202E}", "\u{2066}", "\u{200B}", "\u{A0}",
    ]
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...30, using: &random) { text.append(random.pick(pool)) }
    return String(text)
  }

  private func steering(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { scalar in
      let isControl = scalar.properties.generalCategory == .control
      let isSeparator = scalar == "\u{2028}" || scalar == "\u{2029}"
      return isControl || isSeparator || scalar.properties.isBidiControl
    }
  }

  @Test func whatSteersIsWhatUnicodeSays() {
    for value in UInt32(0)...0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(VisibleText.steers(scalar) == !steering(String(scalar)).isEmpty, "\(value)")
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func nothingSteersInWhatIsShown(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = text(&random)
    #expect(steering(VisibleText.line(text)).isEmpty)
    #expect(steering(VisibleText.prose(text)).isEmpty)
    #expect(steering(VisibleText.lines(text)).allSatisfy { $0 == "\n" })
    // What does not steer is there as it was, in order.
    let plain = text.unicodeScalars.filter { !VisibleText.steers($0) }
    var rest = VisibleText.line(text).unicodeScalars[...]
    for scalar in plain {
      guard let place = rest.firstIndex(of: scalar) else {
        Issue.record("\(scalar) is lost")
        return
      }
      rest = rest[rest.index(after: place)...]
    }
    if steering(text).isEmpty { #expect(VisibleText.line(text) == text) }
  }

  @Test func howItIsSpelt() {
    #expect(VisibleText.line("a\nb\t\u{1B}[1m") == #"a\nb\t\u{1b}[1m"#)
    #expect(VisibleText.prose("a\nb\t\u{1B}[1m") == #"a b \u{1b}[1m"#)
    #expect(VisibleText.lines("a\nb\t\u{202E}") == "a\nb" + #"\t\u{202e}"#)
  }
}
