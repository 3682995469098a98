// Help and explain: what they say is true, and the examples run.

import Foundation
import RefrainCorpus
import RefrainIndex
import RefrainModel
import RefrainSketch
import TestSupport
import Testing

struct HelpTests {
  /// The commands whose examples are run here; a new one is added with the files it needs below.
  static let commands = ["check", "baseline", "dedup", "pairs", "compare", "explain", "config"]

  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    let corpus = PlantedCorpus(30, seed: 4).lines
    try folder.write("corpus.jsonl", Records.file(corpus))
    try folder.gzip("news.jsonl.gz", Records.file(corpus))
    try folder.gzip("big.jsonl.gz", Records.file(corpus))
    for name in ["code.jsonl", "crawl.jsonl"] { try folder.write(name, Records.file(corpus)) }
    for name in ["sets.jsonl", "news.jsonl"] {
      let lines = (0..<4).map {
        #"{"text": "A story of the day.", "split": "\#($0)", "publisher": "\#($0)"}"#
      }
      try folder.write(name, lines.joined(separator: "\n"))
    }
    try folder.write("part1.jsonl", Records.file(Array(corpus[..<15])))
    try folder.write("part2.jsonl", Records.file(Array(corpus[15...])))
    try folder.write("crawl/2024/part.jsonl", Records.file(Array(corpus[..<15])))
    try folder.write("crawl/2025/part.jsonl", Records.file(Array(corpus[15...])))
    try folder.write("table.csv", "title,body\nA title,A body.\nA title,A body.\n")
    try folder.write("pages/one.md", "A page of prose.\n")
    try folder.makeFolder("unique")
    for name in ["article.txt", "draft.txt", "final.txt", "docs/install.md", "docs/use.md"] {
      try folder.write(name, "A paragraph of this page.\n\nAnd another one of \(name).\n")
    }
    try folder.write("docs.jsonl", Records.file(corpus))
    try folder.write("pairs.jsonl", "{\"a\": \"r0\", \"b\": \"r1\"}\n")
    try folder.git("init", "-q", "-b", "main")
    try folder.git("add", "docs")
    try folder.git("commit", "-q", "-m", "docs")
  }

  /// Whether an example did what it should: `check` may have found something, but nothing by the id of the help.
  private func isDone(_ run: ProgramRun, _ example: String) -> Bool {
    if example.contains("--explain") { return run.errors.contains("no finding has the id") }
    return run.status == 0 || run.status == 1 && example.contains("refrain check")
  }

  /// The indented command lines of a help text.
  private func examples(_ help: ProgramRun) -> [String] {
    help.lines.filter {
      $0.hasPrefix("  ") && $0.contains("refrain ") && !$0.contains("See 'refrain")
    }
    .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test(arguments: commands)
  func theExamplesRun(command: String) throws {
    let examples = examples(try folder.refrain(command, "--help"))
    #expect(examples.count >= 3)
    #expect(examples.contains { $0.contains("refrain \(command)") })
    for example in examples {
      let run = try RefrainProgram.shell(example, in: folder)
      #expect(isDone(run, example), "\(example): \(run.errors)")
    }
  }

  @Test func theExamplesOfTheProgramItselfRun() throws {
    for example in examples(try folder.refrain("--help")) {
      let words = example.split(separator: " ")
      guard words.count > 1, Self.commands.contains(String(words[1])) else { continue }
      let run = try RefrainProgram.shell(example, in: folder)
      #expect(isDone(run, example), "\(example): \(run.errors)")
    }
  }

  /// Each option is explained, and no line is so long that a terminal breaks it.
  @Test(arguments: ["dedup", "pairs", "explain"])
  func helpFitsATerminal(command: String) throws {
    let help = try folder.refrain(command, "--help")
    let own = help.lines.filter { !$0.hasPrefix("USAGE: ") }
    #expect(own.allSatisfy { $0.count <= 80 })
    #expect(try folder.refrain("help", command).output == help.output)
  }

  @Test func helpOnWhatIsNoCommand() throws {
    for words in [["nosuch"], ["check", "nosuch"], ["baseline", "nosuch"]] {
      try folder.refrainFails(["help"] + words, saying: ["help: there is no command nosuch"])
    }
    let write = try folder.refrain("help", "baseline", "write")
    #expect(write.lines.contains { $0.hasPrefix("USAGE: refrain baseline write") })
    #expect(try folder.refrain("help").output == folder.refrain("--help").output)
    _ = try folder.refrain("help", "help")
  }

  @Test func theVersionIsANumber() throws {
    let run = try folder.refrain("--version")
    #expect(run.lines.first?.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
  }

  @Test(
    arguments: [
      (["--threshold", "0.8"], "0.8", nil),
      (["--threshold", "0.5", "--recall", "0.9"], "0.5", nil),
      (["--bands", "16", "--rows", "8"], "0.8", BandPlan(bands: 16, rows: 8)), ([], "0.8", nil),
    ] as [([String], String, BandPlan?)])
  func explainSaysWhatThePlanIs(options: [String], threshold: String, given: BandPlan?) throws {
    let run = try RefrainProgram.run(["explain"] + options, in: folder)
    #expect(run.status == 0)
    let t = try #require(Threshold(decimal: threshold))
    let recall = options.contains("--recall") ? 0.9 : 0.99
    let plan = given ?? BandPlan(threshold: t, recall: recall)
    let text = String(decoding: run.output, as: UTF8.self)
    #expect(text.contains("\(plan.bands) bands of \(plan.rows) rows, \(plan.slots) slots"))
    #expect(text.contains("scheme      \(CorpusSettings().scheme)"))
    var steps = 0
    for line in run.lines {
      let columns = line.split(separator: " ")
      guard columns.count >= 3, let j = Double(columns[0]), let shown = Double(columns[1]) else {
        continue
      }
      steps += 1
      #expect(abs(shown - plan.probability(at: j)) < 1e-6)
      if j >= t.value { #expect(abs((Double(columns[2]) ?? 9) - (1 - shown)) < 2e-6) }
    }
    #expect(steps == 20)
  }

  /// What explain says is what a run does.
  @Test func aRunUsesThePlanThatIsExplained() throws {
    let explained = try folder.refrain("explain", "--threshold", "0.6")
    let run = try folder.refrain("pairs", "corpus.jsonl", "--threshold", "0.6", "--stats")
    let line = try #require(
      run.errors.split(separator: "\n").first { $0.hasPrefix("candidates by") })
    let plan = line.dropFirst("candidates by".count).trimmingCharacters(in: .whitespaces)
    #expect(String(decoding: explained.output, as: UTF8.self).contains(plan))
  }

  /// By default some pairs may be missing: the help and the README say so, and how to get them all.
  @Test func pairsSaysThatItIsBounded() throws {
    let help = try folder.refrain("pairs", "--help").lines.map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    .joined(separator: " ")
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    for page in [
      help, try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8),
      try String(contentsOf: root.appending(path: "Documentation/corpus.md"), encoding: .utf8),
    ] {
      let text = page.replacing(/\s+/, with: " ")
      #expect(text.contains("only with the first \(Buckets.representatives)"))
      #expect(text.contains(/[Ss]tandard error counts/))
      #expect(text.contains("--exhaustive"))
    }
    #expect(help.contains("With --exhaustive the list is complete. By default, it is bounded"))
  }
}
