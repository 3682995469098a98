// Where sentences end, case by case: "|" marks each edge that must be found.

import RefrainText
import Testing

struct SentenceTests {
  @Test(arguments: [
    // Terminators
    "One ends. |Two ends! |Three ends? |Four",
    "It goes on. and on, says e.g. this",
    "No space.So no edge",
    "Wait... |What",
    "Really?! |Yes",
    "A number follows. |42 of them",
    "It rose by 3.5 percent. |Then it fell",
    // Quotes and brackets behind the terminator
    "He said \"stop.\" |Then he left",
    "He said \u{201C}stop.\u{201D} |Then he left",
    "(He left.) |Then she came",
    "He asked: 'Why?' |She knew",
    "«Ja.» |Dann nicht",
    "He left. |\"and so did I,\" she said",
    "He left. |\u{201C}and so did I\u{201D}",
    "It was *bold.* |Then plain",
    // Abbreviations and initials
    "Mr. Smith met Dr. Jones and Prof. Brown",
    "the U.S. Congress",
    "J. R. R. Tolkien wrote",
    "Acme Inc. Chairman",
    "No. 5 is alive",
    "Vol. 3 and Fig. 2 and Jan. 5",
    "He said no. |Then he left",
    "That was in the fig. |Then it fell",
    "Gov. Brown vs. Sen. Green",
    "It cost $5. |Then more",
    "chapter 5. |Then more",
    "Was it Mr.? |Yes",
    // Scripts of their own
    "我来了。|他走了！|真的吗？|是",
    "他说「走吧。」|然后走了",
    "これはペンです。|はい",
    "هل أنت هنا؟ |نعم",
    "यह है। |वह है",
    "Ende. |Über alles",
    "Конец. |Начало",
    "конец. начало",
    // Blank lines, line breaks
    "A heading\n\n|a paragraph",
    "A heading\r\n\r\n|a paragraph",
    "A heading\n \t\n|a paragraph",
    "A heading\u{2029}|a paragraph",
    "a line\nthat goes on",
    "A line\nThat goes on",
    "A line\r\nThat goes on",
    "A line ends.\n|That begins",
    // Lists
    "Things:\n- |one\n- |two",
    "Things:\n* |one\n+ |two\n• |three",
    "two - three and well-known words\n-5 degrees",
  ])
  func edges(marked: String) {
    let text = SegmentedText(marked.replacing("|", with: ""))
    // The oracle of places: a mark stands before the first word behind it.
    var expected: [Int] = []
    var offset = 0
    for part in marked.split(separator: "|", omittingEmptySubsequences: false) {
      if let word = text.ranges.firstIndex(where: { $0.lowerBound >= offset }) {
        expected.append(word)
      }
      offset += part.utf8.count
    }
    #expect(text.sentences == expected, "\(text.sentenceTexts)")
  }

  @Test func theSentencesOfABufferCoverItsWords() {
    let words = WordBuffer()
    let bytes = Array("One two. Three four five! Six".utf8)
    bytes.withUnsafeBytes { Segmenter().segment($0, into: words) }
    #expect((0..<3).map { words.words(ofSentence: $0) } == [0..<2, 2..<5, 5..<6])
  }

  @Test func aBufferIsUsedAgain() {
    let segmenter = Segmenter()
    let words = WordBuffer()
    let long = String(repeating: "Wörter, viele. ", count: 5000)
    #expect(SegmentedText(long, segmenter, words).hashes.count == 10_000)
    #expect(SegmentedText("One. Two", segmenter, words).sentences == [0, 1])
    #expect(SegmentedText("", segmenter, words).sentences.isEmpty)
  }
}
