// Text inside XML and HTML: a parser gives back what was put in, or a mark for what XML cannot hold.

import Foundation
import RefrainReport
import TestSupport
import Testing

struct XMLTextTests {
  /// Undoes the references, byte by byte: a mark behind a semicolon makes one character of both.
  private func unescaped(_ text: String) -> [UInt8] {
    let characters: [String: UInt8] = [
      "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "#39": 0x27, "#9": 9, "#10": 10, "#13": 13, "amp": 0x26,
    ]
    var out: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "&") else {
        out.append(byte)
        continue
      }
      let name = rest.prefix { $0 != UInt8(ascii: ";") }
      let reference = String(decoding: name, as: UTF8.self)
      if reference.hasPrefix("#x"), let code = UInt32(reference.dropFirst(2), radix: 16),
        let scalar = Unicode.Scalar(code)
      {
        out += Array(String(scalar).utf8)
      } else {
        out.append(characters[reference] ?? 0)
      }
      rest = rest.dropFirst(name.count + 1)
    }
    return out
  }

  private func isRefused(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0xFFFE...0xFFFF: true
    default: false
    }
  }

  @Test(arguments: UInt64(0)..<6, [true, false])
  func textComesBack(seed: UInt64, attribute: Bool) {
    var random = SeededGenerator(seed: seed)
    let special: [UInt32] = [
      0, 9, 10, 13, 0x1B, 0x22, 0x26, 0x27, 0x3C, 0x3E, 0x7F, 0x85, 0xA0, 0xE9, 0x2028, 0x202A,
      0x202E, 0x2029, 0x2066, 0x2069, 0x206A, 0xFFFD, 0xFFFE, 0xFFFF, 0x1F600,
    ]
    for _ in 0..<300 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        let value =
          Bool.random(using: &random) ? random.pick(special) : UInt32.random(in: 32...0x3000)
        if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
      }
      let text = String(scalars)
      let expected = String(
        String.UnicodeScalarView(text.unicodeScalars.map { isRefused($0) ? "\u{FFFD}" : $0 }))
      let escaped = XMLText.escaped(text, attribute: attribute)
      #expect(unescaped(escaped) == Array(expected.utf8))
      #expect(!escaped.unicodeScalars.contains { "<>\"'".unicodeScalars.contains($0) })
      if attribute { #expect(!escaped.unicodeScalars.contains { $0.value < 0x20 }) }
    }
  }

  @Test func controlCharactersAreCaretsForPeople() {
    #expect(XMLText.escaped("a\u{1B}[0m\u{0}\u{7F}", controls: .caret) == "a^[[0m^@^?")
  }

  @Test func anAttributeIsQuoted() {
    #expect(XMLText.attribute("name", "a \"b\"\n<c>") == " name=\"a &quot;b&quot;&#10;&lt;c&gt;\"")
  }
}
