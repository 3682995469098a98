// Input that was made to be slow: each at a size at which square time is minutes, under a limit of
// processor time that the system sets, so that what takes square time is ended and fails.

import Foundation
import TestSupport
import Testing

struct UglyInputTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// Runs a command line under limits: seconds of processor time, kilobytes of address space.
  @discardableResult
  private func run(_ line: String, seconds: Int = 40, kilobytes: Int? = nil) throws -> ProgramRun {
    // A sanitizer takes more address space than any limit leaves, and the thread sanitizer many times
    // the time.
    let isSanitized = RefrainProgram.sanitizer != nil
    let seconds = RefrainProgram.sanitizer == "thread" ? seconds * 20 : seconds
    let memory = isSanitized ? "" : kilobytes.map { "ulimit -v \($0); " } ?? ""
    let run = try RefrainProgram.shell("\(memory)ulimit -t \(seconds); \(line)", in: folder)
    #expect(run.status == 0 || run.status == 1, "\(line): \(run.status) \(run.errors)")
    return run
  }

  private func report(_ run: ProgramRun) throws -> CheckReport {
    try JSONDecoder().decode(CheckReport.self, from: Data(run.output))
  }

  // MARK: Families of alike documents

  /// The texts of one family before each: 12 GB for 56,000 of them, if they were all listed.
  @Test func copiesOfOneDocument() throws {
    var prose = RandomProse(seed: 1)
    let text = prose.text(60)
    try folder.write("a.jsonl", Records.file((0..<56_000).map { Records.line("\($0)", text) }))
    let run = try run("refrain check a.jsonl --format json", kilobytes: 4 << 20)
    let report = try report(run)
    #expect(report.kinds == ["duplicate-document"])
    #expect(report.findings[0].occurrences.count == 56_000)
  }

  @Test func editedCopiesOfOneDocument() throws {
    var prose = RandomProse(seed: 2)
    let words = prose.words(60)
    let lines = (0..<56_000).map { number in
      var words = words
      words[number % 60] = "edit\(number)"
      return Records.line("\(number)", RandomProse.text(words))
    }
    try folder.write("a.jsonl", Records.file(lines))
    let run = try run("refrain check a.jsonl --format json", kilobytes: 4 << 20)
    let report = try report(run)
    #expect(report.findings("duplicate-document").count == 1)
  }

  /// Equal words in other sentences: each is told with its own likeness to the first.
  @Test func equalWordsInOtherSentences() throws {
    func text(_ length: Int) -> String {
      RandomProse.text((0..<40).map { "word\($0)" }, sentence: length)
    }
    let cuts = [40, 40, 20, 8, 5]
    for (number, cut) in cuts.enumerated() { try folder.write("\(number).txt", text(cut)) }
    let report = try report(run("refrain check . --format json"))
    #expect(report.kinds == ["duplicate-document"])
    // 36 five-grams in one sentence, 32 in two, 20 in five, 8 in eight; each within the first's.
    #expect(
      report.findings[0].occurrences.dropFirst().map(\.similarity)
        == [1, 0.888889, 0.555556, 0.222222])
  }

  // MARK: One text

  @Test func aTranscriptFullOfQuotationMarks() throws {
    var prose = RandomProse(seed: 3)
    let sayings = (0..<40).map { _ in prose.text(30) }
    let text = (0..<6_000).map { number in
      let saying = number % 2 == 0 ? sayings[number / 2 % 40] : prose.text(30)
      return "“\(saying)” said the witness."
    }.joined(separator: " ")
    try folder.write("a.txt", text)
    let report = try report(run("refrain check a.txt --format json"))
    #expect(report.findings.count == 40)
  }

  /// Ten sayings, each a thousand times, are passages and no millions of pairs: 1.2 GB, if all were kept.
  @Test func aFewSayingsAgainAndAgain() throws {
    var prose = RandomProse(seed: 12)
    let sayings = (0..<10).map { _ in prose.text(30) }
    let text = (0..<20_000).map { number in
      "“\(number % 2 == 0 ? sayings[number / 2 % 10] : prose.text(30))” said the witness."
    }.joined(separator: " ")
    try folder.write("a.txt", text)
    let report = try report(run("refrain check a.txt --format json", kilobytes: 600_000))
    #expect(report.findings.count == 10)
    #expect(report.findings.allSatisfy { $0.occurrences.count == 1000 })
  }

  @Test func nearRepeatsInOneParagraph() throws {
    var prose = RandomProse(seed: 4)
    let choices = (0..<6).map { _ in prose.words(5) }
    let text = (0..<16_000).map { _ in
      let w = choices.map { prose.random.pick($0) }
      return "On \(w[0]) the council of \(w[1]) agreed with the \(w[2]) to let the \(w[3]) works "
        + "build a \(w[4]) bridge over the \(w[5]) river."
    }.joined(separator: " ")
    try folder.write("a.txt", text)
    let report = try report(run("refrain check a.txt --format json"))
    #expect(!report.findings.isEmpty)
    #expect(report.findings.allSatisfy { $0.isSound })
  }

  @Test(arguments: ["# What it does and returns\n\n", "", "- "])
  func manyEqualBlocks(mark: String) throws {
    var prose = RandomProse(seed: 5)
    let blocks = (0..<10_000).map { _ in prose.text(7) }
    let text = (0..<60_000).map { _ in "\(mark)\(prose.random.pick(blocks))\n\n" }.joined()
    try folder.write("a.md", text)
    let report = try report(run("refrain check a.md --all --format json"))
    #expect(report.findings.count > 9_000)
  }

  @Test func halfOfAnUnpunctuatedTextTwice() throws {
    var prose = RandomProse(seed: 6)
    let (half, rest) = (prose.words(60_000), prose.words(60_000))
    try folder.write("a.txt", (half + rest).joined(separator: " "))
    try folder.write("b.txt", (prose.words(60_000) + half).joined(separator: " "))
    try folder.write(
      "c.txt",
      prose.words(40_000).joined(separator: " ") + "\n\n" + half.joined(separator: " ")
        + "\n\n" + half.joined(separator: " "))
    let report = try report(run("refrain check . --format json"))
    #expect(report.findings.contains { $0.words >= 60_000 })
  }

  @Test func oneLongText() throws {
    var prose = RandomProse(seed: 8, words: 20_000)
    let text = (0..<6_000).map { _ in prose.text(56) }.joined(separator: "\n\n")
    try folder.write("a.txt", text + "\n\n" + text)
    let report = try report(run("refrain check a.txt --format json"))
    #expect(report.findings.count == 1)
    #expect(report.findings[0].words == 336_000)
  }

  // MARK: Characters and markup

  @Test func marksOfAlternatingClass() throws {
    let text = "a" + String(repeating: "\u{301}\u{327}", count: 400_000)
    try folder.write("a.jsonl", Records.file([Records.line("1", text)]))
    try run("refrain dedup a.jsonl --dry-run")
    try run("refrain check a.jsonl")
  }

  private static func many(_ part: String) -> String { String(repeating: part, count: 100) }

  private static let markup: [(String, String, Int)] = [
    ("a.html", "a# ", 200_000), ("a.html", "<body a#=1>", 200_000),
    ("a.html", "<b id=x#>x<p>", 40_000), ("a.html", "<a ", 400_000),
    ("a.html", "<!-- refrain-off\n", 200_000), ("a.html", "<div></x>", 200_000),
    ("a.html", "<x><p></x></p>", 200_000), ("a.html", "<form><div></form>", 200_000),
    ("a.html", "<div><svg><desc></div></svg>", 100_000), ("a.html", "<optgroup>", 200_000),
    ("a.xhtml", "<div/>", 200_000), ("a.xhtml", "<b id='x#'/>x<p/>", 40_000),
    ("a.html", "<b id=x#></i>x<p>", 40_000),
    ("a.html", "<b id=x#><select></b></select>x<p>", 40_000),
    ("a.html", "<p><b id=x#><table><td></b></table>x", 40_000),
    ("a.html", "<p><b id=x#><div><div><div><div><div><div><div><div></b>x", 20_000),
    ("a.html", "<table>" + many("<td><div>") + "<td>" + many("<ul></div>"), 500),
    ("a.html", "<svg><title><b id=x#></title></svg>x<p>", 40_000),
    ("a.adoc", "x `y`", 200_000),
    ("a.adoc", "x *y*", 200_000), ("a.md", "<!-- refrain-off ", 200_000),
    ("a.md", "<!-- refrain-ignore-next -->\n\nOne paragraph.\n\n", 60_000),
    ("a.md", "<!-- refrain-off -->\n\nOne paragraph.\n\n", 60_000),
    ("a.md", "`<!-- refrain-off --> ", 200_000), ("a.md", "> [!NOTE]\n", 400_000),
    ("a.md", "a [b]\n", 400_000),
  ]

  /// `#` stands for a number of its own.
  @Test(arguments: markup.indices)
  func markupByTheHundredThousand(index: Int) throws {
    let (name, part, count) = Self.markup[index]
    var text = (0..<count).map { part.replacing("#", with: "\($0)") }.joined()
    // A tag with so many attributes, which is closed, and the page behind it.
    if part == "a# " { text = "<p \(text)>One paragraph.</p>" }
    if name.hasSuffix(".xhtml") { text = "<?xml version='1.0'?>" + text }
    try folder.write(name, text)
    try run("refrain check \(name) --format json", kilobytes: 2 << 20)
  }

  /// 20,000 columns, which the parser would write out in each of as many rows; what stands behind is prose.
  @Test func aTableOfThousandsOfColumns() throws {
    var prose = RandomProse(seed: 11)
    let text = prose.text(40)
    let cells = String(repeating: "cell|", count: 20_000)
    let dashes = String(repeating: "---|", count: 20_000)
    let rows = String(repeating: "|x|\n", count: 20_000)
    try folder.write("a.md", "|\(cells)\n|\(dashes)\n\(rows)\n\(text)\n")
    try folder.write("b.txt", text)
    let report = try report(run("refrain check a.md b.txt --format json"))
    #expect(report.kinds == ["duplicate-document"])
    #expect(report.findings[0].similarity == 1)
  }

  /// Elements that nothing closes are opened again in every block to come: 600 MB, if there were no end to it.
  @Test func formattingThatIsNeverClosed() throws {
    let page = (0..<120_000).map { "<b id=x\($0)>x<p>" }.joined()
    try folder.write("a.html", page)
    try run("refrain check a.html --format json", kilobytes: 500_000)
  }

  /// What is cut off from a tag is no part of the prose, nor does a byte of it move.
  @Test func thousandsOfAttributesAndTheTextBehindThem() throws {
    var prose = RandomProse(seed: 9)
    let text = prose.text(40)
    let attributes = (0..<3000).map { "a\($0)=\"x > y\"" }.joined(separator: " ")
    let page = "<p \(attributes)>\(text)</p>"
    try folder.write("a.html", page)
    try folder.write("b.txt", text)
    let report = try report(run("refrain check a.html b.txt --format json"))
    #expect(report.kinds == ["duplicate-document"])
  }

  // MARK: Long lines

  /// Two records longer than what is read at once, and a copy: the same answer as by the exact way.
  @Test func longRecords() throws {
    var prose = RandomProse(seed: 10)
    let words = prose.words(1_200_000)
    var edited = words
    for place in stride(from: 100, to: edited.count, by: 400) { edited[place] = "edit" }
    let lines = [
      Records.line("1", RandomProse.text(words)), Records.line("2", RandomProse.text(edited)),
      Records.line("3", RandomProse.text(words)),
    ]
    try folder.write("a.jsonl", Records.file(lines))
    let pairs = try run("refrain pairs a.jsonl")
    let exhaustive = try run("refrain pairs a.jsonl --exhaustive")
    #expect(pairs.lines.count == 3)
    #expect(pairs.output == exhaustive.output)
  }
}
