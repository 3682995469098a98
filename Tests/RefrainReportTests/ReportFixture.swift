// A result with one of everything that a report must get right: each kind and scope, records, changed
// lines, waivers, hostile text, and a line with an emoji and a combining mark.

import RefrainMatch
import RefrainModel
import RefrainText

enum ReportFixture {
  /// `é` as two code points, and an emoji of two UTF-16 units and four bytes, in front of the passage
  /// and in it.
  static let odd = "e\u{301}😀 "
  static let hostile =
    "Say <script>alert('1')</script> & \"quotes\" </textarea> ]]> \u{1B}[31m\u{0} | `code` @you 100%, a: b."

  /// A place on one line, whose prefix tells the columns in all units.
  static func place(_ byte: Int, line: Int, after prefix: String) -> Place {
    Place(
      byte: byte, line: line, column: prefix.unicodeScalars.count + 1,
      utf16Column: prefix.utf16.count + 1, byteColumn: prefix.utf8.count + 1)
  }

  static func occurrence(
    _ path: String, line: Int, _ text: String, after prefix: String = "", overlap: Overlap? = nil
  ) -> Occurrence {
    var occurrence = Occurrence(
      path: path, id: nil, recordLine: nil,
      start: place(line * 100 + prefix.utf8.count, line: line, after: prefix),
      end: place(
        line * 100 + prefix.utf8.count + text.utf8.count, line: line, after: prefix + text),
      text: text, overlap: overlap)
    occurrence.words = text.split(separator: " ").count
    occurrence.before = "What stands before."
    occurrence.after = "What stands behind <it>."
    return occurrence
  }

  static func difference(_ pieces: [(WordDifference.Piece.Kind, String)]) -> WordDifference {
    func words(_ kinds: Set<WordDifference.Piece.Kind>) -> Int {
      pieces.filter { kinds.contains($0.0) }
        .reduce(0) { $0 + $1.1.split(separator: " ").count }
    }
    return WordDifference(
      pieces: pieces.map { WordDifference.Piece(kind: $0.0, text: $0.1) },
      equalWords: words([.equal]), firstWords: words([.equal, .removed, .movedAway]),
      secondWords: words([.equal, .added, .movedHere]), longestRun: words([.equal]))
  }

  /// Places as a check hands them over: each with how it goes along with the first.
  static func aligned(_ places: [Occurrence]) -> [Occurrence] {
    let analyzer = TextAnalyzer()
    func text(_ place: Occurrence) -> (text: AnalyzedText, side: PassageText) {
      let bytes = Array(place.text.utf8)
      let text = analyzer.analyze(bytes)
      let side = PassageText(
        text, bytes, words: 0..<text.words.count, bytes: ByteRange(0, bytes.count))
      return (text, side)
    }
    guard let first = places.first else { return [] }
    let own = text(first)
    return places.map { place in
      guard place.text != first.text else { return place }
      let other = text(place)
      var place = place
      place.alignment = PassageSpans.spans(
        own.side, other.side, WordAlignment(own.text.words[...], other.text.words[...]))
      return place
    }
  }

  /// The result as a check would hand it over.
  static var result: CheckResult {
    var result = CheckResult(findings: [near, exact, duplicates, records, quotation])
    result.remarks = [
      Remark(
        rule: .unusedWaiver, path: "docs/faq.md", start: place(40, line: 3, after: ""),
        end: place(80, line: 3, after: String(repeating: "x", count: 40)),
        message: "the waiver covers no repetition (legal, <text>)")
    ]
    result.documents = 7
    result.files = ["docs/a file: 1,2.md", "docs/faq.md", "docs/naïve.md", "news.jsonl"]
    result.words = 1234
    result.wordsByFile = ["docs/faq.md": 400, "docs/naïve.md": 300, "docs/a file: 1,2.md": 34]
    result.skipped = [.notUTF8(path: "docs/bad.md", line: 3, byte: 17)]
    result.resolved = ["docs/old.md: near-repeat across, 30 words"]
    result.waived = 1
    result.settings = SearchedSettings(
      scope: .both, leastWords: 5, similarity: nil, boilerplateDocuments: 10, scheme: "words0")
    return result
  }

  /// An edited passage of two sentences in three places, changed lines, on an odd line.
  private static var near: Finding {
    let text =
      "Before you begin, make sure that the cluster is up 😀. Then go on with the next step."
    let other = "Before you begin, make sure that your cluster is up 😀. Then go on with the step."
    var first = occurrence("docs/naïve.md", line: 41, text, after: odd)
    first.end = place(4400, line: 44, after: "to the end")
    first.sentenceStarts = [text.utf8.count - "Then go on with the next step.".utf8.count]
    first.changedLines = 42...43
    var second = occurrence(
      "docs/a file: 1,2.md", line: 12, other, after: odd + odd,
      overlap: Overlap(shared: 12, left: 16, right: 15))
    second.sentenceStarts = [other.utf8.count - "Then go on with the step.".utf8.count]
    let third = occurrence(
      "docs/faq.md", line: 90, text, overlap: Overlap(shared: 16, left: 16, right: 16))
    var finding = Finding(
      id: "00000000000000a1", kind: .nearRepeat, scope: .across,
      overlap: Overlap(shared: 12, left: 16, right: 15), words: 17, longestRun: 6,
      occurrences: aligned([first, second, third]),
      difference: difference([
        (.equal, "Before you begin, make sure that"), (.removed, "the"), (.added, "your"),
        (.equal, "cluster is up 😀. Then go on with the"), (.removed, "next"), (.equal, "step."),
      ]), shared: ["Before you begin, make sure that", "cluster is up"], weight: 900)
    finding.state = .grown
    finding.fingerprint = "00000000000000f1"
    return finding
  }

  /// Hostile text, twice in one file.
  private static var exact: Finding {
    var finding = Finding(
      id: "00000000000000a2", kind: .exactRepeat, scope: .within,
      overlap: Overlap(shared: 9, left: 9, right: 9), words: 10, longestRun: 10,
      occurrences: [
        occurrence("docs/faq.md", line: 5, hostile),
        occurrence("docs/faq.md", line: 9, hostile, overlap: Overlap(shared: 9, left: 9, right: 9)),
      ],
      difference: difference([(.equal, hostile)]), shared: [], weight: 800)
    finding.state = .new
    return finding
  }

  private static var duplicates: Finding {
    var finding = Finding(
      id: "00000000000000a3", kind: .duplicateDocument, scope: .across,
      overlap: Overlap(shared: 80, left: 100, right: 90), words: 120, longestRun: 0,
      occurrences: [
        occurrence("docs/faq.md", line: 1, "Questions and answers"),
        occurrence(
          "docs/naïve.md", line: 1, "Questions and answers",
          overlap: Overlap(shared: 80, left: 100, right: 90)),
      ],
      difference: WordDifference(
        pieces: [], equalWords: 0, firstWords: 120, secondWords: 110, longestRun: 0),
      shared: [], weight: 700)
    finding.state = .known
    return finding
  }

  /// Records: their places are in decoded text, and files are pointed at by line.
  private static var records: Finding {
    var finding = Finding(
      id: "00000000000000a2", kind: .exactRepeat, scope: .across,
      overlap: Overlap(shared: 5, left: 5, right: 5), words: 6, longestRun: 6,
      occurrences: [("news.jsonl", 7), ("news.jsonl", 19)].map { path, line in
        var occurrence = occurrence(path, line: 1, "Six words that came in twice.")
        occurrence.recordLine = line
        occurrence.id = .string("wire [\(line)]")
        if line > 7 { occurrence.overlap = Overlap(shared: 5, left: 5, right: 5) }
        return occurrence
      },
      difference: difference([(.equal, "Six words that came in twice.")]), shared: [], weight: 600)
    finding.state = .changed
    return finding
  }

  private static var quotation: Finding {
    Finding(
      id: "00000000000000a5", kind: .quotation, scope: .within,
      overlap: Overlap(shared: 4, left: 4, right: 4), words: 5, longestRun: 5,
      occurrences: [
        occurrence("docs/faq.md", line: 20, "“To be or not to be”"),
        occurrence(
          "docs/faq.md", line: 30, "“To be or not to be”",
          overlap: Overlap(shared: 4, left: 4, right: 4)),
      ],
      difference: difference([(.equal, "“To be or not to be”")]), shared: [], weight: 500)
  }
}
