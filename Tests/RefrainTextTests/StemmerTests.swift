// The stemmer by a table of cases, and that what is known of a word depends on the word alone, never
// on which text or spelling of it came first.

import CXXHash
import RefrainModel
import RefrainText
import TestSupport
import Testing

struct StemmerTests {
  private func stem(_ word: String) -> String {
    String(decoding: Stemmer.stem(Array(word.utf8)), as: UTF8.self)
  }

  private func hash(_ text: String) -> UInt64 {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { refrain_xxh3_64($0.baseAddress, $0.count) }
  }

  @Test(arguments: [
    // Plurals, and what only looks like one.
    ("meetings", "meet"), ("meeting", "meet"), ("cities", "city"), ("ties", "tie"),
    ("tensions", "tension"), ("glass", "glass"), ("status", "status"), ("basis", "basis"),
    ("gas", "gas"), ("cars", "car"), ("houses", "hous"), ("house", "hous"), ("boxes", "box"),
    // Verbs, with a doubled consonant undone but for l and s.
    ("planned", "plan"), ("planning", "plan"), ("plans", "plan"), ("stopping", "stop"),
    ("falling", "fall"), ("passing", "pass"), ("agreed", "agr"), ("agree", "agre"),
    ("sing", "sing"), ("bring", "bring"), ("strings", "string"), ("red", "red"), ("shed", "shed"),
    ("makes", "mak"), ("making", "mak"), ("make", "mak"), ("used", "used"),
    // Adverbs.
    ("recently", "recent"), ("recent", "recent"), ("only", "on"), ("fly", "fly"),
    // The genitive goes, other apostrophes stay, and short words, digits and the like as they are.
    ("moscow's", "moscow"), ("it's", "it"), ("don't", "don't"), ("o'neill's", "o'neill"),
    ("a", "a"), ("", ""), ("'s", ""), ("2024", "2024"), ("1990s", "1990s"), ("co2s", "co2s"),
  ])
  func casesOfStems(word: String, expected: String) {
    #expect(stem(word) == expected)
  }

  /// The rule on strings, an ending after the other.
  private func plainStem(_ word: String) -> String {
    var w = word.hasSuffix("'s") ? String(word.dropLast(2)) : word
    guard w.count >= 4, w.allSatisfy({ ("a"..."z").contains($0) }) else { return w }
    if w.hasSuffix("ies"), w.count > 4 {
      w = w.dropLast(3) + "y"
    } else if w.hasSuffix("s"), !["ss", "us", "is"].contains(where: w.hasSuffix) {
      w.removeLast()
    }
    for ending in ["ing", "ed"] where w.hasSuffix(ending) {
      let rest = w.dropLast(ending.count)
      guard rest.count >= 3, rest.contains(where: "aeiouy".contains) else { continue }
      w = String(rest)
      if let last = w.last, w.count > 3, w.dropLast().last == last, last != "l", last != "s" {
        w.removeLast()
      }
      break
    }
    if w.count > 3, w.hasSuffix("e") { w.removeLast() }
    if w.count > 3, w.hasSuffix("ly") { w.removeLast(2) }
    return w
  }

  @Test(arguments: UInt64(0)..<10)
  func stemsAreThoseOfTheRule(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = ["a", "e", "t", "tt", "l", "s", "u", "i", "y", "ing", "ed", "ies", "ly", "'", "7"]
    for _ in 0..<2000 {
      let word = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(pieces) }
        .joined()
      #expect(stem(word) == plainStem(word), "\(word)")
    }
  }

  /// Upper case and typographic apostrophes do not matter; words of other scripts are their stems.
  @Test func stemsOfWordsAsTheyStand() {
    func stemHash(_ word: String) -> UInt64? {
      Array(word.utf8).withUnsafeBytes { Stemmer.stemHash($0) }
    }
    #expect(stemHash("Meetings") == hash("meet"))
    #expect(stemHash("MOSCOW’S") == hash("moscow"))
    #expect(stemHash("заседания") == nil)
  }

  private func facts(_ text: String, _ analyzer: TextAnalyzer) -> [[UInt64]] {
    let analyzed = analyzer.analyze(Array(text.utf8))
    return analyzed.words.indices.map { i in
      let number: UInt64 = analyzed.shapes[i].contains(.number) ? 1 : 0
      return [analyzed.words[i], analyzed.stems[i], number]
    }
  }

  /// A word has one stem however it is written, and whatever was analysed before it.
  @Test func aWordHasOneStemHoweverItIsWritten() {
    let spellings = [
      "findings ﬁndings FINDINGS ﬁndINGS ｆｉｎｄｉｎｇｓ", "moscow's moscow’s MOSCOWʼS",
      "4 ４ ⁴ ④", "iv Ⅳ ⅳ", "ｶﾞ ガ", "ÅNGSTRÖM ångström A\u{30A}ngstro\u{308}m", "kilo KILO",
      "½ 1 2", "㎏ kg KG", "㏂ a m", "㍘ 点 0",
    ]
    for line in spellings {
      let words = line.split(separator: " ").map(String.init)
      for word in words {
        // Each spelling first, then all of them: nothing that is kept from one may colour the next.
        let analyzer = TextAnalyzer()
        _ = facts(word, analyzer)
        let after = facts(line, analyzer)
        #expect(after == facts(line, TextAnalyzer()), "\(word) before \(line)")
        for fact in after {
          let stems = after.filter { $0[0] == fact[0] }.map { $0[1] }
          #expect(Set(stems).count == 1, "\(word) before \(line)")
        }
      }
    }
    let findings = facts(spellings[0], TextAnalyzer())
    #expect(Set(findings).count == 1)
    #expect(findings[0][1] == hash("find"))
  }

  @Test func whatWordsLookLike() {
    let text = "In 1998 Émile met NATO, ŚWIĘTY and É. Ünal on 2nd street; x² of ½."
    let analyzed = TextAnalyzer().analyze(Array(text.utf8))
    let words = analyzed.words.indices.map { i in
      String(
        decoding: Array(text.utf8)[Int(analyzed.starts[i])..<Int(analyzed.ends[i])], as: UTF8.self)
    }
    let capitals = words.indices.filter { analyzed.shapes[$0].contains(.capital) }.map { words[$0] }
    let numbers = words.indices.filter { analyzed.shapes[$0].contains(.number) }.map { words[$0] }
    #expect(capitals == ["In", "Émile", "NATO", "ŚWIĘTY", "É", "Ünal"])
    #expect(numbers == ["1998", "2nd", "x²", "½", "½"])
  }

  /// Characters that touch are weighed as pairs; a word of letters between them is not.
  @Test func charactersWithoutSpacesAreWeighedWithTheNext() {
    let analyzed = TextAnalyzer().analyze(Array("北京 大學 AB".utf8))
    #expect(analyzed.words.count == 5)
    let plain = (0..<5).filter { analyzed.stems[$0] == analyzed.words[$0] }
    #expect(plain == [1, 3, 4])
    let again = TextAnalyzer().analyze(Array("京北 北京".utf8))
    #expect(again.stems[2] == analyzed.stems[0])
    #expect(again.stems[0] != analyzed.stems[0])
  }

  @Test func placesOfSentencesAndWords() {
    let text = TextAnalyzer().analyze(Array("One two. Three four five! Six".utf8))
    #expect(text.sentenceCount == 3)
    #expect((0..<3).map { text.words(of: $0) } == [0..<2, 2..<5, 5..<6])
    #expect((0..<6).map { text.sentence(of: $0) } == [0, 0, 1, 1, 1, 2])
    #expect(text.bytes(of: 2..<5).start == 9)
    #expect(text.bytes(of: 2..<5).end == 24)
    #expect(text.bytes(of: 3..<3).isEmpty)
    let empty = TextAnalyzer().analyze([])
    #expect(empty.sentenceCount == 0)
    #expect(empty.words.isEmpty)
  }
}
