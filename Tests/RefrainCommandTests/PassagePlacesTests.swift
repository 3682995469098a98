// Promise 5 from end to end: each place of a finding can be found again, through markup, Unicode
// folding and line ends, in files, in records and on standard input.

import Foundation
import TestSupport
import Testing

struct PassagePlacesTests {
  /// A passage of more than 25 words, in the spellings that one text may have.
  ///
  /// Words in each are the same after folding.
  private static let plain = """
    Die große Straße zum Café wird am 24. Dezember für 3 Stunden gesperrt 🚧, \
    weil dort die naïve Künstlerin Zoë ihr fünf Meter hohes Œuvre auf­stellt & mit \
    Ångström-feinen Linien bemalt, sagte der Bürgermeister.
    """

  /// The same in Markdown: emphasis inside words, entities, escapes, a link, hard breaks.
  private static let markdown = """
    Die **gro**ße [Straße](https://example.org/a_b) zum Caf&eacute; wird am *24*. Dezember f&#252;r
    3 Stunden ge*sperrt* 🚧, weil dort die nai\u{308}ve K&uuml;nstlerin `Zoë` ihr fünf  \nMeter \
    hohes &OElig;uvre auf­stellt &amp; mit A\u{30A}ngstro\u{308}m-feinen Linien bemalt, sagte
    der **Bürgermeister**.
    """

  private func page(_ passage: String, indent: String = "") -> String {
    let lines = passage.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { indent + $0 }.joined(separator: "\n")
  }

  /// Asserts that a place of a file goes from one word to another, each as it is spelled there.
  private func expect(
    _ occurrence: CheckReport.Occurrence, _ bytes: [UInt8], from first: String, to last: String,
    at location: SourceLocation = #_sourceLocation
  ) {
    let there = String(
      decoding: bytes[occurrence.start.byte..<occurrence.end.byte], as: UTF8.self)
    #expect(there.hasPrefix(first), "\(there)", sourceLocation: location)
    #expect(there.hasSuffix(last), "\(there)", sourceLocation: location)
    #expect(occurrence.start == .init(bytes, occurrence.start.byte), sourceLocation: location)
    #expect(occurrence.end == .init(bytes, occurrence.end.byte), sourceLocation: location)
  }

  @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func markdownThroughAllItsMarkup(lineEnd: String, mark: String) throws {
    let folder = try ScratchFolder()
    let page = """
      ---
      title: "Eine Seite"
      tags: [a, b]
      ---

      # Überschrift 🎄

      Etwas ganz anderes steht hier am Anfang, damit der Absatz nicht allein ist.

      1. Eins, was niemanden kümmert:
         - tief darin
           - \(self.page(Self.markdown, indent: "       ").drop { $0 == " " })

      > Noch ein Satz, der nichts wiederholt.

      \(Self.plain)
      """
    let text = mark + page.replacing("\n", with: lineEnd)
    try folder.write("a.md", text)
    var prose = RandomProse(seed: 40)
    let start = mark + "👩‍👩‍👧 zuerst.\n\nDann: "
    try folder.write("b.txt", start + Self.plain + " Und Schluss.\n\n" + prose.text(60))
    let report = try folder.check(".", status: 1)
    try folder.checkPlaces(report, verbatim: false)
    #expect(report.findings.count == 1)
    let places = try #require(report.findings.first).occurrences
    #expect(places.map(\.path) == ["a.md", "a.md", "b.txt"])
    guard places.count == 3 else { return }
    let bytes = Array(text.utf8)
    expect(places[0], bytes, from: "Die **gro**ße", to: "der **Bürgermeister**.")
    expect(places[1], bytes, from: "Die große", to: "der Bürgermeister.")
    expect(places[2], try folder.read("b.txt"), from: "Die große", to: "der Bürgermeister.")
    // What is shown is prose: no markup, no entity, and the words of the plain spelling.
    #expect(!places[0].text.contains { "*[]`".contains($0) } && !places[0].text.contains("&uuml;"))
    #expect(places[0].text.contains("& mit"))
    #expect(places.map(\.similarity) == [1, 1, 1])
    #expect(report.kinds == ["exact-repeat"])
    // A byte order mark has no column of its own to a person, but is a code point before line 1.
    #expect(places[2].start.line == 3)
    #expect(places[2].start.column == 7)
  }

  /// Records give offsets into the decoded text, their line, and their id as it was typed.
  @Test func recordsByLineIdAndDecodedText() throws {
    let folder = try ScratchFolder()
    let texts = [
      "😀 erst dies.\r\n\r\nDann \"so\": " + Self.plain, "ohne Bezug, ganz kurz", Self.plain,
      Self.plain + "\n\u{0}\nnach einem NUL",
    ]
    let ids: [String?] = ["\"eins\"", "2", "3", nil]
    let lines = zip(ids, texts).map { Records.line($0.0, $0.1) }
    // An empty line counts as a line.
    try folder.write("in.jsonl", lines[0] + "\n\n" + Records.file(Array(lines[1...])))
    let report = try folder.check("in.jsonl", "--scope", "across")
    let run = try RefrainProgram.run(["check", "in.jsonl", "--format", "json"], in: folder)
    let root = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    let findings = try #require(root?["findings"] as? [[String: Any]])
    var seen: Set<Int> = []
    let lineOf = [1: 0, 3: 1, 4: 2, 5: 3]
    for (finding, raw) in zip(report.findings, findings) {
      let places = try #require(raw["occurrences"] as? [[String: Any]])
      for (occurrence, place) in zip(finding.occurrences, places) {
        let line = try #require(occurrence.recordLine)
        let index = try #require(lineOf[line])
        seen.insert(index)
        #expect(occurrence.path == "in.jsonl")
        let bytes = Array(texts[index].utf8)
        #expect(occurrence.start == .init(bytes, occurrence.start.byte))
        #expect(occurrence.end == .init(bytes, occurrence.end.byte))
        if finding.kind != "duplicate-document" {
          expect(occurrence, bytes, from: "Die große", to: "Bürgermeister.")
        }
        switch index {
        case 0: #expect(place["id"] as? String == "eins")
        case 2: #expect(place["id"] as? Int == 3)
        default: #expect(place["id"] as? String == "in.jsonl:5")
        }
      }
    }
    #expect(seen == [0, 2, 3])
  }

  /// Standard input is a text like any other, and called what it is.
  @Test func standardInput() throws {
    let folder = try ScratchFolder()
    let text = "Vorweg ein Satz.\n\n\(Self.plain)\n\nDazwischen.\n\n\(Self.plain)\n"
    let report = try folder.check("-", status: 1, input: text)
    let places = try #require(report.findings.first).occurrences
    #expect(places.map(\.path) == ["<stdin>", "<stdin>"])
    for place in places {
      expect(place, Array(text.utf8), from: "Die große", to: "Bürgermeister.")
    }
    try folder.write("a.txt", Self.plain)
    let both = try folder.check("a.txt", "-", status: 1, input: text)
    #expect(both.findings.flatMap(\.paths).contains("a.txt"))
    #expect(both.summary.documents == 2)
  }

  /// Places in marked sources: random passages between random noise, found where they were put.
  @Test func randomPassagesInRandomNoise() throws {
    var prose = RandomProse(seed: 41)
    let noise = ["é", "e\u{301}", "🎉", "\u{200D}", "字", "ß", "—", "“", "…", "  ", "\t", "½", "ก็"]
    for round in 0..<12 {
      let words = prose.words(30)
      var bytes: [UInt8] = []
      var expected: [Range<Int>] = []
      let lineEnd = round % 2 == 0 ? "\n" : "\r\n"
      for _ in 0..<3 {
        for _ in 0..<Int.random(in: 1...12, using: &prose.random) {
          bytes += Array(prose.random.pick(noise).utf8)
          bytes += Array((prose.word() + prose.random.pick([" ", ". ", lineEnd])).utf8)
        }
        bytes += Array((lineEnd + lineEnd).utf8)
        let start = bytes.count
        bytes += Array(words.joined(separator: prose.random.pick([" ", lineEnd, ", "])).utf8)
        expected.append(start..<bytes.count)
        bytes += Array((".  " + lineEnd + lineEnd).utf8)
      }
      let folder = try ScratchFolder()
      try folder.write("a.txt", bytes)
      let report = try folder.check("a.txt", status: 1)
      try folder.checkPlaces(report)
      let places = try #require(report.findings.first).occurrences
      #expect(report.findings.count == 1)
      #expect(places.map(\.start.byte) == expected.map(\.lowerBound))
      // With the full stop that touches the last word.
      #expect(places.map(\.end.byte) == expected.map { $0.upperBound + 1 })
    }
  }
}
