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
      ("co\u{AD}op Co\u{AD}\u{AD}OP\u{AD}", ["coop", "coop"]),
      ("a\u{200D}b a\u{200C}b a\u{2060}b a\u{FEFF}b", ["ab", "ab", "ab", "ab"]),
      (
        "a\u{FE0E}b a\u{34F}b a\u{180E}b a\u{E0061}b \u{200F}ab\u{200E}",
        ["ab", "ab", "ab", "ab", "ab"]
      ),
      ("a\u{200B}b ก\u{200B}ข", ["a", "b", "ก", "ข"]),
      ("e\u{AD}\u{301} e\u{34F}\u{301} e\u{301}", ["é", "é", "é"]),
      ("can\u{AD}'t can'\u{AD}t can\u{2019}\u{200D}t", ["can't", "can't", "can't"]),
      ("葛\u{E0100}城 葛城", ["葛", "城", "葛", "城"]),
      ("1\u{FE0F}\u{20E3} \u{3164}x\u{FFA0}y", ["1\u{20E3}", "xy"]),
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

  /// A word's place reaches over what is ignorable in it and behind it, and a cut falls before none.
  @Test func placesTakeWhatIsIgnorableAlong() {
    let text = SegmentedText("\u{AD}Co\u{AD}op\u{AD} 葛\u{E0100}城")
    #expect(text.ranges.map(text.string) == ["Co\u{AD}op\u{AD}", "葛\u{E0100}", "城"])
  }

  /// Each of them inside a word, and inside the gap at the end of a sentence, is as good as not there.
  @Test func everyIgnorableIsIgnored() {
    let segmenter = Segmenter()
    let words = WordBuffer()
    let plain = SegmentedText("Cooperate é end. Next one", segmenter, words)
    #expect(plain.sentences == [0, 3])
    var seen = 0
    for value in UInt32(0x80)..<0xE1000 {
      guard let scalar = Unicode.Scalar(value), scalar.properties.isDefaultIgnorableCodePoint,
        let age = scalar.properties.age, (age.major, age.minor) <= (15, 1)
      else { continue }
      seen += 1
      var texts = ["Cooperate é end.\(scalar) \(scalar)Next one"]
      if value != 0x200B {
        texts.append("Co\(scalar)operate e\(scalar)\u{301} end. Next on\(scalar)e")
      }
      for text in texts {
        let found = SegmentedText(text, segmenter, words)
        #expect(found.hashes == plain.hashes, "\(String(value, radix: 16))")
        #expect(found.sentences == plain.sentences, "\(String(value, radix: 16))")
      }
    }
    #expect(seen > 380)
  }

  @Test func theSchemeNamesItsUnicode() {
    #expect(Segmenter.scheme.wholeMatch(of: /words2-unicode\d+\.\d+/) != nil)
  }
}
