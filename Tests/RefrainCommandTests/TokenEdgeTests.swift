// Places begin and end between tokens, whatever two texts share of one.

import TestSupport
import Testing

struct TokenEdgeTests {
  /// Words of which some are joined to one token: "left-hand", "7.x", "and/or", "key=value".
  private static func joined(_ words: [String], _ random: inout SeededGenerator) -> String {
    var text = ""
    for (index, word) in words.enumerated() {
      let mark =
        Int.random(in: 0..<3, using: &random) == 0 ? random.pick(["-", "/", "=", ".", "_"]) : " "
      text += (index == 0 ? "" : index % 13 == 0 ? ". " : mark) + word
    }
    return text + "."
  }

  /// Whether letters stand in the token on that side of a place's edge.
  private static func holdsWord(_ bytes: some Sequence<UInt8>) -> Bool {
    for byte in bytes {
      if byte <= 0x20 { return false }
      if byte > 0x7F || Character(Unicode.Scalar(byte)).isLetter { return true }
    }
    return false
  }

  @Test(arguments: UInt64(0)..<6)
  func noPlaceCutsAToken(seed: UInt64) throws {
    var prose = RandomProse(seed: 900 + seed)
    let folder = try ScratchFolder()
    let passages = (0..<8).map { _ in
      prose.words(Int.random(in: 20...60, using: &prose.random))
    }
    for name in ["a.md", "b.md", "c.md"] {
      var page = ""
      for passage in passages {
        let copy = prose.edited(passage, changes: Int.random(in: 0...3, using: &prose.random))
        let words = prose.words(9) + copy + prose.words(9)
        // What lies between is long enough that no passage reaches over it.
        page += Self.joined(words, &prose.random) + "\n\n" + prose.text(120) + "\n\n"
      }
      try folder.write(name, page)
    }
    let report = try folder.check("a.md", "b.md", "c.md", status: 1)
    #expect(report.findings.count >= 6)
    for occurrence in report.findings.flatMap(\.occurrences) {
      let bytes = try folder.read(occurrence.path)
      let (start, end) = (occurrence.start.byte, occurrence.end.byte)
      let text = "\(occurrence.path): \(occurrence.text)"
      #expect(!Self.holdsWord(bytes[..<start].reversed()), "\(text)")
      #expect(!Self.holdsWord(bytes[end...]), "\(text)")
    }
  }

  /// "left-hand" and "right-hand": the repetition begins behind the token, or takes all of it in.
  @Test func aRunOfTwentyFiveWordsIsToldWithItsToken() throws {
    var prose = RandomProse(seed: 950)
    let folder = try ScratchFolder()
    let run = prose.words(25).joined(separator: " ")
    for (name, token) in [("a.txt", "left-"), ("b.txt", "right-")] {
      try folder.write(
        name, "\(prose.text(30))\n\nThe \(token)\(run) \(prose.word()). \(prose.text(30))\n")
    }
    let report = try folder.check("a.txt", "b.txt", status: 1)
    let finding = try #require(report.findings.first)
    #expect(finding.longestRun == 25)
    #expect(finding.occurrences.map { $0.text.contains(run) } == [true, true])
    #expect(finding.occurrences[0].text.contains("left-"))
    #expect(finding.occurrences[1].text.contains("right-"))
  }
}
