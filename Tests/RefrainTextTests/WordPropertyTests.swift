// Random texts: the segmenter against the naive oracle, for every length around the blocks of 64
// bytes and over the parts of Unicode that behave in ways of their own.

import RefrainText
import TestSupport
import Testing

struct WordPropertyTests {
  /// Pools of scalars; a text draws from a few of them.
  private static let pools: [[String]] = [
    (0x20..<0x7F).map { String(Unicode.Scalar(UInt8($0))) },
    [" ", " ", "\n", "\n\n", ". ", "! ", "'", "''", "\r\n", "\t", "\u{0}"],
    ["a", "b", "Z", "7", "don't", "it's", "x'", "'y", "end.", "U.S. ", "No. 5"],
    (0xA0..<0x100).compactMap { Unicode.Scalar($0).map { String($0) } },
    (0x386..<0x3CF).filter { ![0x38B, 0x38D, 0x3A2].contains($0) }
      .compactMap { Unicode.Scalar($0).map { String($0) } },
    (0x400..<0x460).compactMap { Unicode.Scalar($0).map { String($0) } },
    // Combining marks, so that canonical order, reordering and composition all occur.
    [
      "\u{301}", "\u{308}", "\u{323}", "\u{327}", "\u{338}", "\u{345}", "e\u{323}\u{301}",
      "a\u{30A}",
      "q\u{301}\u{323}", "\u{1E69}", "s\u{307}\u{323}", "o\u{31B}\u{323}",
    ],
    ["中", "文", "字", "々", "〇", "。", "！", "，", "\u{F900}", "\u{2F00}", "𠀀"],
    ["か", "か\u{3099}", "が", "ガ", "ｶ\u{FF9E}", "ｱ", "ー", "ッ", "・", "「", "」"],
    ["ก", "ำ", "น\u{0E49}ำ", "ก\u{0E34}\u{0E48}", "๕", "ะ", "ລ", "ຳ", "ក\u{17B6}", "က\u{1039}က"],
    ["ا", "ب\u{64E}", "ت\u{651}\u{64E}", "ت\u{64E}\u{651}", "لا", "؟", "،", "٣", "ﷺ", "ﻻ"],
    ["\u{1112}\u{1161}\u{11AB}", "한", "글", "\u{1100}", "\u{1161}", "\u{11A8}"],
    ["ﬁ", "ﬃ", "Ａ", "ｚ", "７", "＇", "½", "¾", "②", "Ⅳ", "ß", "ẞ", "ŉ", "ǆ", "ª", "™"],
    ["❤\u{FE0F}", "👍🏽", "👩\u{200D}💻", "🇩🇪", "1\u{FE0F}\u{20E3}", "\u{AD}", "\u{200B}", "\u{FEFF}"],
    [
      "\u{AD}", "\u{200C}", "\u{200D}", "\u{34F}", "\u{FE0F}", "\u{E0100}", "\u{FFA0}", "\u{301}",
      "e",
    ],
    ["\u{2019}", "\u{2BC}", "\u{2018}", "\u{201C}", "\u{201D}", "\u{2014}", "\u{2026}", "\u{A0}"],
    ["हि", "न्दी", "।", "க்ஷி", "ি"],
  ]

  private static func text(_ random: inout SeededGenerator, parts: Int, pools: [[String]]) -> String
  {
    (0..<parts).map { _ in
      let pool = random.pick(pools)
      return random.pick(pool)
    }.joined()
  }

  @Test(arguments: [false, true])
  func asciiOfEveryLength(portable: Bool) {
    let segmenter = Segmenter(portable: portable)
    let words = WordBuffer()
    var random = SeededGenerator(seed: 1)
    let common = Array("aaabbcdeZQ019 '  '.!?\n\n\r\t\"()*-_,\u{0}")
    for length in 0...300 {
      for _ in 0..<20 {
        let text = String((0..<length).map { _ in random.pick(common) })
        SegmentedText(text, segmenter, words).check("length \(length)")
      }
      // Long words and long gaps cross whole blocks.
      let word = String(repeating: "x", count: length)
      SegmentedText(word, segmenter, words).check("one word of \(length)")
      SegmentedText(word + "'" + word, segmenter, words).check("two halves of \(length)")
      let gap = String(repeating: " ", count: length)
      SegmentedText("a" + gap + "B'" + gap, segmenter, words).check("a gap of \(length)")
      SegmentedText(gap + "'b", segmenter, words).check("behind a gap of \(length)")
    }
  }

  @Test(arguments: UInt64(0)..<16)
  func mixedUnicode(seed: UInt64) {
    let segmenter = Segmenter()
    let words = WordBuffer()
    var random = SeededGenerator(seed: 100 + seed)
    for round in 0..<800 {
      // Always some ASCII, so that the text passes from kernel to scalars and back.
      let pools = [Self.pools[0], Self.pools[1], random.pick(Self.pools), random.pick(Self.pools)]
      let parts = Int.random(in: 1...60, using: &random)
      let text = Self.text(&random, parts: parts, pools: pools)
      SegmentedText(text, segmenter, words).check("seed \(seed), round \(round)")
    }
  }

  /// Runs of marks around the 30 that are put in order together, of which some count twice, behind
  /// letters that hold marks themselves.
  @Test(arguments: UInt64(0)..<4)
  func runsOfMarks(seed: UInt64) {
    let segmenter = Segmenter()
    let words = WordBuffer()
    var random = SeededGenerator(seed: 400 + seed)
    let marks = ["\u{301}", "\u{327}", "\u{323}", "\u{344}", "\u{338}", "\u{F73}", "\u{5B0}"]
    for round in 0..<300 {
      let text = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        let run = (0..<Int.random(in: 0...70, using: &random)).map { _ in random.pick(marks) }
        return random.pick(["a", "\u{1E69}", "\u{1D7}", "か", " ", "\u{E1}x"]) + run.joined()
      }.joined()
      SegmentedText(text, segmenter, words).check("seed \(seed), round \(round)")
    }
  }

  /// Each scalar in the middle of a word, at its start and end, alone, behind an accent and an
  /// apostrophe: all outside the large blocks of ideographs and syllables.
  @Test func everyScalar() throws {
    let segmenter = Segmenter()
    let words = WordBuffer()
    var seen = 0
    for range in [
      0x80...0x33FF, 0xA000...0xABFF, 0xF900...0xFFFF, 0x10000...0x16FFF, 0x1AFF0...0x1FFFF,
    ] {
      for value in range {
        guard let scalar = Unicode.Scalar(UInt32(value)), let age = scalar.properties.age,
          (age.major, age.minor) <= (15, 1), !Self.isBeyondTheOracle(scalar)
        else { continue }
        seen += 1
        let text = "x\(scalar)y \(scalar)e\u{301}\(scalar) \(scalar)'\(scalar)"
        SegmentedText(text, segmenter, words).check("\(String(value, radix: 16))")
      }
    }
    #expect(seen > 30_000)
  }

  /// What the oracle takes otherwise: the dotless i, plain and mathematical; Cherokee, whose small
  /// letters fold to capitals; and two marks among the ideographs.
  private static func isBeyondTheOracle(_ scalar: Unicode.Scalar) -> Bool {
    [0x131, 0x1D6A4, 0x3006, 0x16FE3].contains(scalar.value)
      || scalar.properties.name?.hasPrefix("CHEROKEE") == true
  }

  @Test(arguments: UInt64(0)..<8)
  func mostlyASCIIWithOneOddScalar(seed: UInt64) {
    let segmenter = Segmenter()
    let words = WordBuffer()
    var random = SeededGenerator(seed: 200 + seed)
    for round in 0..<400 {
      var text = ""
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        text += Self.text(
          &random, parts: Int.random(in: 0...90, using: &random),
          pools: [["a", "B", "3", " ", "'"]])
        let pool = random.pick(Self.pools)
        text += random.pick(pool)
      }
      SegmentedText(text, segmenter, words).check("seed \(seed), round \(round)")
    }
  }

  /// The kernel and the scalar path must agree on sentences: the same text in letters of two
  /// alphabets has the same ones.
  @Test func sentencesDoNotDependOnTheAlphabet() {
    var random = SeededGenerator(seed: 300)
    let parts = [
      "yy", "Yy", "y", "Y", "77", ". ", "! ", "? ", ".\n", "\n\n", "\n- ", ".) ", ".\" ",
      " \"", ", ", " ", "... ", ".", "'", " (", "\r\n", " - ", "* ",
    ]
    for round in 0..<3000 {
      let count = Int.random(in: 1...30, using: &random)
      let text = (0..<count).map { _ in random.pick(parts) }.joined()
      let other = text.replacing("y", with: "я").replacing("Y", with: "Я")
      #expect(SegmentedText(text).sentences == SegmentedText(other).sentences, "\(round): \(text)")
    }
  }
}
