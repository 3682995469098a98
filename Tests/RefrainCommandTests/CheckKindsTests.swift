// What a finding of `refrain check` is called, and what of that fails the gate.

import Foundation
import TestSupport
import Testing

struct CheckKindsTests {
  private static let paragraph = """
    Before you begin, make sure that your cluster runs version 4.2 or later and that the backup of \
    last night is complete, since the migration of the index cannot be undone once it has started.
    """

  private static let edited = """
    Before you begin, make sure your cluster runs version 4.2 or a later one and that last night's \
    backup is complete, since a migration of the index cannot be undone once it has been started.
    """

  private static let quote = """
    We have never in all these years seen the river rise as fast as on that night, and nobody on \
    the farm slept until the water had gone back behind the dyke
    """

  /// Pages of `words` words without meaning, with parts between them.
  private func pages(
    _ parts: [[String]], seed: UInt64, words: Int = 120, ending: String = "txt"
  ) throws -> ScratchFolder {
    var prose = RandomProse(seed: seed)
    let folder = try ScratchFolder()
    for (number, parts) in parts.enumerated() {
      let blocks = parts.flatMap { [prose.text(words), $0] } + [prose.text(words)]
      try folder.write("\(number).\(ending)", blocks.joined(separator: "\n\n") + "\n")
    }
    return folder
  }

  @Test func sameWordsAreAnExactRepeat() throws {
    let shouted = Self.paragraph.uppercased().replacing(",", with: " –")
    let folder = try pages([[Self.paragraph], [shouted]], seed: 71)
    let report = try folder.check(".", status: 1)
    #expect(report.kinds == ["exact-repeat"])
    let finding = try #require(report.findings.first)
    #expect(finding.scope == "across")
    #expect(finding.gates)
    #expect(finding.similarity == 1)
    #expect(finding.containment == 1)
    #expect(finding.words == 36)
    #expect(finding.longestRun == 36)
    #expect(finding.occurrences.map(\.text) == [Self.paragraph, shouted])
  }

  @Test func editedWordsAreANearRepeat() throws {
    let folder = try pages([[Self.paragraph, Self.edited]], seed: 72)
    let report = try folder.check(".", status: 1)
    #expect(report.kinds == ["near-repeat"])
    let finding = try #require(report.findings.first)
    #expect(finding.scope == "within")
    #expect(finding.occurrences.map(\.text) == [Self.paragraph, Self.edited])
    #expect(finding.similarity > 0.4 && finding.similarity < 1)
    #expect(finding.similarity == finding.occurrences[1].similarity)
    #expect(finding.containment > finding.similarity)
  }

  /// A paragraph in five pages, edited in two, is one finding with five places.
  @Test func onePassageIsOneFindingWithAllItsPlaces() throws {
    let parts = [Self.paragraph, Self.paragraph, Self.edited, Self.paragraph, Self.edited]
    let folder = try pages(parts.map { [$0] }, seed: 73)
    let report = try folder.check(".", status: 1)
    #expect(report.findings.count == 1)
    let finding = try #require(report.findings.first)
    #expect(finding.paths == (0..<5).map { "\($0).txt" })
    #expect(finding.kind == "near-repeat")
    #expect(finding.occurrences.map(\.text) == parts)
    let similarities = finding.occurrences.map(\.similarity)
    #expect(similarities[0] == 1 && similarities[1] == 1 && similarities[3] == 1)
    #expect(similarities[2] == similarities[4] && similarities[2] < 1)
    // The best of them speaks for the finding.
    #expect(finding.similarity == 1)
    try folder.checkPlaces(report)
  }

  @Test func whatStandsInManyDocumentsIsBoilerplate() throws {
    let folder = try pages([[String]](repeating: [Self.paragraph], count: 10), seed: 74)
    let report = try folder.check(".", status: 0)
    #expect(report.kinds == ["boilerplate"])
    #expect(report.findings.first?.occurrences.count == 10)
    #expect(report.findings.first?.gates == false)
    #expect(try folder.check(".", "--boilerplate", "11", status: 1).kinds == ["exact-repeat"])
    #expect(try folder.check(".", "--boilerplate", "2", status: 0).kinds == ["boilerplate"])
    try folder.write("9.txt", "")
    #expect(try folder.check(".", status: 1).kinds == ["exact-repeat"])
    // Ten times in one document are no ten documents.
    let one = try pages([[String](repeating: Self.paragraph, count: 10)], seed: 75)
    let within = try one.check(".", status: 1)
    #expect(within.kinds == ["exact-repeat"])
    #expect(within.findings.first?.occurrences.count == 10)
  }

  /// Each kind of marks, around all of the passage in one of its places.
  @Test(arguments: [
    "“\(quote)”", "\"\(quote)\"", "«\(quote)»", "„\(quote)“", "« \(quote) », said the farmer",
    "“\(quote),” she said", "「\(quote)」",
  ])
  func wordsInQuotationMarksAreAQuotation(quoted: String) throws {
    let folder = try pages([[quoted + "."], ["She wrote: " + Self.quote + "."]], seed: 76)
    let report = try folder.check(".", status: 0)
    #expect(report.kinds == ["quotation"])
    let bare = try pages([["He wrote it. " + Self.quote + "."], [Self.quote + "."]], seed: 77)
    #expect(try bare.check(".", status: 1).kinds == ["exact-repeat"])
    // Marks around something else make no quotation of it.
    let beside = try pages(
      [["She said “no” twice. " + Self.quote + ". “Yes,” he said."], [Self.quote + "."]], seed: 78)
    #expect(try beside.check(".", status: 1).kinds == ["exact-repeat"])
  }

  @Test func aBlockQuotationIsAQuotation() throws {
    let block = "> " + Self.quote.replacing(", and", with: ", and\n> ") + "."
    let folder = try pages([[block], [Self.quote + "."]], seed: 79, ending: "md")
    let report = try folder.check(".", status: 0)
    #expect(report.kinds == ["quotation"])
    try folder.checkPlaces(report, verbatim: false)
    // What is quoted with half of its words exchanged is no quotation.
    let folder2 = try pages(
      [["> " + Self.paragraph], [Self.edited]], seed: 80, ending: "md")
    #expect(try folder2.check(".", status: 1).kinds == ["near-repeat"])
  }

  /// Two pages that are one are told once, not paragraph by paragraph, with what else each holds.
  @Test func duplicateDocumentsAreToldOnce() throws {
    var prose = RandomProse(seed: 81)
    let paragraphs = (0..<12).map { _ in prose.text(40) }
    let folder = try ScratchFolder()
    try folder.write("a.txt", paragraphs.joined(separator: "\n\n"))
    try folder.write("b/copy.txt", paragraphs.joined(separator: "\r\n\r\n").uppercased())
    try folder.write("c.txt", (paragraphs[..<9] + [prose.text(90)]).joined(separator: "\n\n"))
    try folder.write("d.txt", prose.text(200) + "\n\n" + paragraphs[4] + "\n\n" + prose.text(200))
    let report = try folder.check(".", status: 1)
    #expect(report.kinds == ["duplicate-document", "exact-repeat"])
    let duplicate = report.findings[0]
    #expect(duplicate.paths == ["a.txt", "b/copy.txt", "c.txt"])
    #expect(duplicate.occurrences[1].similarity == 1)
    #expect(duplicate.occurrences[2].similarity > 0.5 && duplicate.occurrences[2].similarity < 1)
    #expect(duplicate.occurrences.allSatisfy { $0.start.byte == 0 })
    // Of the three only the first speaks for the paragraph that a fourth page has too.
    #expect(report.findings[1].paths == ["a.txt", "d.txt"])
    try folder.checkPlaces(report)
    // Within, nothing repeats.
    #expect(try folder.check(".", "--scope", "within", status: 0).findings.isEmpty)
  }

  /// What only one of two duplicates doubles is still said.
  @Test func aParagraphDoubledInOneOfTwoDuplicates() throws {
    var prose = RandomProse(seed: 82)
    let paragraphs = (0..<8).map { _ in prose.text(40) }
    let folder = try ScratchFolder()
    try folder.write("a.txt", paragraphs.joined(separator: "\n\n"))
    try folder.write("b.txt", (paragraphs + [paragraphs[2]]).joined(separator: "\n\n"))
    let report = try folder.check(".", status: 1)
    #expect(report.kinds == ["duplicate-document", "exact-repeat"])
    #expect(report.findings.last?.paths == ["b.txt", "b.txt"])
    #expect(report.findings.last?.lines == [5, 17])
  }

  /// A glimpse of a duplicate document ends between characters, in any script.
  @Test func theGlimpseOfADuplicateIsWhole() throws {
    let folder = try ScratchFolder()
    let text = String(repeating: "ก็นํ้าใจ 👩‍👩‍👧‍👦 ", count: 60)
    try folder.write("a.txt", text)
    try folder.write("b.txt", "กา " + text)
    let report = try folder.check("a.txt", "b.txt", "--scope", "across", status: 1)
    #expect(report.kinds.first == "duplicate-document")
    for occurrence in report.findings.flatMap(\.occurrences) {
      #expect(!occurrence.text.unicodeScalars.contains("\u{FFFD}"))
    }
  }

  /// Titles, single words, empty files: never "all short texts match each other".
  @Test func shortTextsDoNotMatchEachOther() throws {
    let folder = try ScratchFolder()
    let texts = ["", "\n", "Contents", "Contents", "One two", "One two", "A b c d", "See also"]
    for (number, text) in texts.enumerated() { try folder.write("\(number).txt", text) }
    let report = try folder.check(".")
    #expect(report.findings.allSatisfy { $0.kind == "duplicate-document" })
    // By default a finding has at least five words.
    #expect(report.findings.isEmpty)
    let lines = [
      "Home", "News", "Contact us", "Home", "News", "Contact us", "Read more", "Read more",
    ]
    try folder.write("menu.txt", lines.joined(separator: "\n\n"))
    #expect(try folder.check("menu.txt", status: 0).findings.isEmpty)
  }
}
