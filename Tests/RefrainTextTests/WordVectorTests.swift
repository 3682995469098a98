// Fixed texts whose words are known, and the hashes that outlive a run. The hashes come from
// another implementation, Python's xxhash 4.1:
//
//     python3 -c 'import xxhash; print(hex(xxhash.xxh3_64_intdigest("the".encode())))'

import RefrainText
import Testing

struct WordVectorTests {
  @Test(
    arguments: [
      ("", []),
      (" \n\t.,;", []),
      ("'", []),
      ("\u{301}\u{64E}", []),
      ("Don't", ["don't"]),
      ("Don\u{2019}t don\u{2BC}t don＇t", ["don't", "don't", "don't"]),
      ("'tis the dogs' o''clock", ["tis", "the", "dogs", "o", "clock"]),
      ("U.S. 1'000 3.14", ["u", "s", "1'000", "3", "14"]),
      ("STRASSE straße STRAẞE", ["strasse", "strasse", "strasse"]),
      ("ΣΟΦΌΣ σοφός", ["σοφόσ", "σοφόσ"]),
      ("ﬁne ﬃ Ｆｕｌｌ７", ["fine", "ffi", "full7"]),
      ("½ 1½ ②", ["1", "2", "11", "2", "2"]),
      ("cafe\u{301} café CAFÉ", ["café", "café", "café"]),
      ("q\u{323}\u{301} q\u{301}\u{323}", ["q\u{323}\u{301}", "q\u{323}\u{301}"]),
      ("\u{3B0} ΐ", ["\u{3C5}\u{308}\u{301}", "\u{3B9}\u{308}\u{301}"]),
      ("中文，字", ["中", "文", "字"]),
      ("iPhone的价格是5000元", ["iphone", "的", "价", "格", "是", "5000", "元"]),
      ("か\u{3099}が ｶ\u{FF9E}", ["が", "が", "ガ"]),
      ("น้ำ", ["น\u{E49}\u{E4D}", "า"]),
      ("ကျ", ["က\u{103B}"]),
      ("كِتَاب", ["كِتَاب"]),
      ("\u{1112}\u{1161}\u{11AB}글 한글", ["한글", "한글"]),
      ("हिन्दी।", ["हिन्दी"]),
      ("a\u{0}b", ["a", "b"]),
      ("❤\u{FE0F}👍🏽x", ["x"]),
      ("co\u{AD}op", ["co", "op"]),
      ("\u{FFFD}a\u{FFFD}", ["a"]),
      ("Éa'é É'A", ["éa'é", "é'a"]),
    ] as [(String, [String])])
  func words(text: String, expected: [String]) {
    #expect(WordOracle.words(text) == expected)
    #expect(SegmentedText(text).hashes == expected.map(SegmentedText.hash))
    SegmentedText(text).check("\(text)")
  }

  @Test(
    arguments: [
      ("A", 0xE6C6_32B6_1E96_4E1F),
      ("the", 0xCB12_8363_1CF3_3D7D),
      ("Don\u{2019}t", 0x0C7E_F667_E291_0FD2),
      ("Überraschung", 0x0924_16BE_24AD_E97C),
      ("中", 0x0524_B6E0_5BC2_0C62),
      ("constructive", 0x43A2_1015_C9CB_7FEC),
      ("Pneumonoultramicroscopicsilicovolcanoconiosis", 0x2EF7_605A_8A86_2258),
    ] as [(String, UInt64)])
  func wordHashes(text: String, hash: UInt64) {
    #expect(SegmentedText(text).hashes == [hash])
  }

  @Test func placesAreThoseOfTheSource() {
    let text = SegmentedText("Ein ﬁx; e\u{323}\u{301}s’t ½ 中文")
    #expect(
      text.ranges.map(text.string) == ["Ein", "ﬁx", "e\u{323}\u{301}s’t", "½", "½", "中", "文"])
    #expect(text.ranges.map(\.lowerBound) == [0, 4, 10, 21, 21, 24, 27])
    // A scalar that normalisation looks at together with the space before it, and leaves alone.
    #expect(SegmentedText("a \u{11A8}").ranges == [0..<1, 2..<5])
  }

  @Test func theSchemeNamesItsUnicode() {
    #expect(Segmenter.scheme.wholeMatch(of: /words1-unicode\d+\.\d+/) != nil)
  }
}
