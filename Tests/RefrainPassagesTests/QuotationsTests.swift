// What stands in quotation marks, against a reading of characters one by one.

import RefrainModel
import RefrainPassages
import RefrainProse
import TestSupport
import Testing

struct QuotationsTests {
  /// The quoted stretches of a block.
  private func plain(_ bytes: [UInt8], _ block: ByteRange) -> [ByteRange] {
    var quoted: [ByteRange] = []
    var open: (start: Int, isLow: Bool)?
    var at = block.start
    let text = String(decoding: bytes[block.start..<block.end], as: UTF8.self)
    for scalar in text.unicodeScalars {
      let end = at + String(scalar).utf8.count
      defer { at = end }
      let closes = "\"”»›》」』".unicodeScalars.contains(scalar)
      if let (start, isLow) = open {
        guard closes || scalar == "“" && isLow else { continue }
        quoted.append(ByteRange(start, at))
        open = nil
      } else if "\"“„«‹《「『".unicodeScalars.contains(scalar) {
        open = (end, scalar == "„")
      }
    }
    if let (start, _) = open { quoted.append(ByteRange(start, block.end)) }
    return quoted
  }

  @Test(arguments: UInt64(0)..<40)
  func quotationsAreThoseOfTheirMarks(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let marks = "\"“”„«»‹›《》「」『』é€、…".map { String($0) }
    let text = (0..<400).map { _ in
      switch Int.random(in: 0..<12, using: &random) {
      case 0: random.pick(marks)
      case 1: seed % 2 == 0 ? "\n\n" : " "
      default: random.pick(["word ", "another ", "and so on, "])
      }
    }.joined()
    let prose = try Prose(Array(text.utf8), format: .plain, path: "text")
    #expect(Quotations.all(prose) == prose.blocks.flatMap { plain(prose.text, $0.range) })
  }

  @Test func blockQuotationsAreQuotedAsAWhole() throws {
    let prose = try Prose(
      Array("He said \"so\".\n\n> Set \"apart\".\n\nAnd „so“.\n".utf8), format: .markdown,
      path: "text")
    let quoted = Quotations.all(prose).map {
      String(decoding: prose.text[$0.start..<$0.end], as: UTF8.self)
    }
    #expect(quoted == ["so", "Set \"apart\".", "so"])
  }
}
