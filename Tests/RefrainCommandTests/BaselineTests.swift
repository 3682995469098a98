// An earlier result as a baseline: what it holds does not gate, what is new does, wherever things
// have moved meanwhile.

import Foundation
import TestSupport
import Testing

/// A small tree whose repeats were accepted in `base.json`.
private struct AcceptedTree {
  let folder: ScratchFolder
  /// The paragraphs of each file; the third of `a.txt` and the first of `b.txt` are one.
  var files: [String: [String]] = [:]
  var prose = RandomProse(seed: 111)

  init() throws {
    folder = try ScratchFolder()
    let (shared, doubled) = (prose.words(40), prose.words(30))
    files["a.txt"] = own(2) + [RandomProse.text(shared)] + own(2)
    files["b.txt"] = [RandomProse.text(shared)] + own(3)
    files["c.txt"] =
      own(2) + [RandomProse.text(doubled)] + own(2)
      + [RandomProse.text(prose.edited(doubled, changes: 5))]
    files["d.txt"] = own(4)
    try write()
    let run = try RefrainProgram.run(
      ["check", "--format", "json", "-o", "base.json"] + names, in: folder)
    #expect(run.status == 1)
  }

  var names: [String] { files.keys.sorted() }

  /// Paragraphs that stand nowhere else.
  mutating func own(_ count: Int) -> [String] { (0..<count).map { _ in prose.text(60) } }

  func write() throws {
    for (name, blocks) in files {
      try folder.write(name, blocks.joined(separator: "\n\n") + "\n")
    }
  }

  /// The states of the findings against the baseline, and how many of it are resolved.
  func check(
    status: Int32, _ options: String..., at location: SourceLocation = #_sourceLocation
  ) throws -> (states: [String], resolved: Int, report: CheckReport) {
    try write()
    let run = try RefrainProgram.run(
      ["check", "--format", "json", "--baseline", "base.json"] + names + options, in: folder)
    #expect(run.status == status, "\(run.errors)", sourceLocation: location)
    let report = try JSONDecoder().decode(CheckReport.self, from: Data(run.output))
    for finding in report.findings {
      let gates = finding.state == "new" || finding.state == "grown"
      #expect(finding.gates == gates, sourceLocation: location)
    }
    return (report.findings.map { $0.state ?? "none" }.sorted(), report.summary.resolved, report)
  }

  /// Replaces words of a paragraph, the first ones or some in its midst.
  mutating func edit(_ name: String, _ block: Int, words: Int, from start: Int) {
    var parts = (files[name]?[block] ?? "").split(separator: " ").map(String.init)
    for place in start..<(start + words) { parts[place] = prose.word() }
    files[name]?[block] = parts.joined(separator: " ")
  }
}

struct BaselineTests {
  @Test func theSameTreeIsKnown() throws {
    let tree = try AcceptedTree()
    let found = try tree.check(status: 0)
    #expect(found.states == ["known", "known"])
    #expect(found.resolved == 0)
    let run = try RefrainProgram.run(
      ["check", "--baseline", "base.json"] + tree.names, in: tree.folder)
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("; 2 known, 0 resolved; 0 gating"))
    let cards = try RefrainProgram.run(
      ["check", "--known", "--baseline", "base.json", "--format", "cards"] + tree.names,
      in: tree.folder)
    #expect(String(decoding: cards.output, as: UTF8.self).contains(", known)"))
  }

  /// Other words and moved lines elsewhere change nothing, nor does what the passages are beside.
  @Test func editsElsewhereChangeNothing() throws {
    var tree = try AcceptedTree()
    tree.edit("a.txt", 0, words: 10, from: 5)
    let (three, one) = (tree.own(3), tree.own(1))
    tree.files["a.txt"]?.insert(contentsOf: three, at: 0)
    tree.files["b.txt"]?.insert(contentsOf: one, at: 0)
    tree.files["c.txt"]?.swapAt(0, 2)
    tree.files["d.txt"] = tree.own(1)
    tree.files["e.txt"] = tree.own(2)
    let found = try tree.check(status: 0)
    #expect(found.states == ["known", "known"])
    #expect(found.resolved == 0)
  }

  /// A paragraph of another page pasted into a new place is exactly one new finding that gates.
  @Test func aPastedParagraphIsNew() throws {
    var tree = try AcceptedTree()
    let pasted = try #require(tree.files["d.txt"]?[1])
    tree.files["b.txt"]?.append(pasted)
    let found = try tree.check(status: 1)
    #expect(found.states == ["known", "known", "new"])
    let new = found.report.findings.filter(\.gates)
    #expect(new.map(\.paths) == [["b.txt", "d.txt"]])
    #expect(new.first?.occurrences.map(\.text) == [pasted, pasted])
    #expect(found.resolved == 0)
  }

  @Test func anEditedPassageIsChanged() throws {
    for (name, block) in [("a.txt", 2), ("b.txt", 0), ("c.txt", 2), ("c.txt", 5)] {
      var tree = try AcceptedTree()
      tree.edit(name, block, words: 3, from: 14)
      let found = try tree.check(status: 0)
      #expect(found.states == ["changed", "known"], "\(name) \(block)")
      #expect(found.resolved == 0)
    }
  }

  /// In a third file, or once more in one that had it.
  @Test func anotherPlaceIsGrown() throws {
    for name in ["d.txt", "e.txt", "b.txt", "a.txt"] {
      var tree = try AcceptedTree()
      let shared = try #require(tree.files["b.txt"]?[0])
      let own = tree.own(1)
      tree.files[name, default: own].append(shared)
      let found = try tree.check(status: 1)
      #expect(found.states == ["grown", "known"], "\(name)")
      #expect(found.report.findings.filter(\.gates).first?.occurrences.count == 3)
      #expect(found.resolved == 0)
    }
    // What one file said twice, pasted into another.
    var tree = try AcceptedTree()
    let doubled = try #require(tree.files["c.txt"]?[2])
    tree.files["a.txt"]?.append(doubled)
    let found = try tree.check(status: 1)
    #expect(found.states == ["grown", "known"])
    #expect(found.resolved == 0)
  }

  /// What is gone is counted; a place less is still known.
  @Test func whatIsGoneIsResolved() throws {
    var tree = try AcceptedTree()
    tree.files["b.txt"]?.removeFirst()
    var found = try tree.check(status: 0)
    #expect(found.states == ["known"])
    #expect(found.resolved == 1)
    tree.files["c.txt"]?.removeLast()
    found = try tree.check(status: 0)
    #expect(found.states.isEmpty)
    #expect(found.resolved == 2)
    var three = try AcceptedTree()
    let shared = try #require(three.files["b.txt"]?[0])
    three.files["d.txt"]?.append(shared)
    _ = try three.check(status: 1)
    _ = try RefrainProgram.run(
      ["check", "--format", "json", "-o", "base.json"] + three.names, in: three.folder)
    three.files["d.txt"]?.removeLast()
    #expect(try three.check(status: 0).states == ["known", "known"])
  }

  /// Two files that are one, and a third copy of them.
  @Test func duplicateDocumentsInABaseline() throws {
    var tree = try AcceptedTree()
    tree.files["copy.txt"] = tree.files["d.txt"]
    try tree.write()
    _ = try RefrainProgram.run(
      ["check", "--format", "json", "-o", "base.json"] + tree.names, in: tree.folder)
    #expect(try tree.check(status: 0).states == ["known", "known", "known"])
    tree.edit("d.txt", 1, words: 3, from: 8)
    #expect(try tree.check(status: 0).states == ["changed", "known", "known"])
    tree.files["third.txt"] = tree.files["d.txt"]
    #expect(try tree.check(status: 1).states == ["grown", "known", "known"])
  }

  /// A record is known by its file and id, whatever line it moves to.
  @Test func recordsInABaseline() throws {
    var prose = RandomProse(seed: 112)
    let folder = try ScratchFolder()
    let passage = prose.text(40)
    let texts = (0..<4).map { _ in prose.text(70) + "\n\n" + passage + "\n\n" + prose.text(70) }
    func write(_ order: [Int]) throws {
      try folder.write(
        "in.jsonl", Records.file(order.map { Records.line($0 == 1 ? "\"1\"" : "\($0)", texts[$0]) })
      )
    }
    try write([0, 1, 2])
    let base = try folder.check("in.jsonl", status: 1)
    #expect(base.findings.count == 1)
    _ = try RefrainProgram.run(
      ["check", "in.jsonl", "--format", "json", "-o", "base.json"], in: folder)
    for (order, state) in [([0, 1, 2], "known"), ([0, 2], "known"), ([0, 1, 2, 3], "grown")] {
      try write(order)
      let report = try folder.check("in.jsonl", "--baseline", "base.json")
      #expect(report.findings.map(\.state) == [state], "\(order)")
    }
    try write([2, 1, 0])
    #expect(try folder.check("in.jsonl", "--baseline", "base.json", status: 0).findings.count == 1)
  }

  /// A run that judges by a baseline does not write it: baseline write and prune do.
  @Test func theBaselineIsNotRenewedInPlace() throws {
    let tree = try AcceptedTree()
    let before = try tree.folder.read("base.json")
    let run = try RefrainProgram.run(
      ["check", "--format", "json", "--baseline", "base.json", "-o", "./base.json"] + tree.names,
      in: tree.folder)
    #expect(run.status == 2)
    #expect(run.errors.contains("./base.json is the file base.json, which this run reads"))
    #expect(try tree.folder.read("base.json") == before)
  }

  /// A baseline is about all that is found: an option that is about less is refused where it is typed,
  /// and means nothing where it is set for checks.
  @Test(arguments: ["write", "prune"])
  func optionsOfCheckAlone(command: String) throws {
    let tree = try AcceptedTree()
    _ = try tree.folder.refrain("baseline", "write", "plain.txt")
    let plain = try tree.folder.lines("plain.txt")
    #expect(plain.count == 3)
    let typed = [
      ["--focus", "d.txt"], ["--since", "HEAD"], ["--baseline", "base.json"],
      ["--kinds", "near-repeat"], ["--known"], ["--gate", "near-repeat"], ["--fail-on", "never"],
      ["--max-findings", "5"], ["--format", "json"], ["--output", "out"], ["-o", "out"],
      ["--on-error", "skip"], ["--color", "never"],
    ]
    for options in typed {
      let name = options[0] == "-o" ? "--output" : options[0]
      try tree.folder.refrainFails(
        ["baseline", command, "plain.txt"] + options,
        saying: ["refrain: \(name): a baseline covers everything that is found"])
    }
    try tree.folder.write(
      "refrain.toml",
      """
      focus = ["d.txt"]
      since = "nowhere"
      baseline = "base.json"
      kinds = ["quotation"]
      fail-on = "never"
      max-findings = 5
      format = ["json", "html=report.html"]
      """)
    let run = try RefrainProgram.run(
      ["baseline", command, "plain.txt"], in: tree.folder,
      environment: ["REFRAIN_GATE": "quotation", "REFRAIN_OUTPUT": "out"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(try tree.folder.lines("plain.txt") == plain)
    #expect(!tree.folder.exists("out") && !tree.folder.exists("report.html"))
  }

  /// Options that say what is found count, and the help names them.
  @Test func optionsThatCount() throws {
    let tree = try AcceptedTree()
    _ = try tree.folder.refrain("baseline", "write", "few.txt", "--min-words", "35", "--quiet")
    #expect(try tree.folder.lines("few.txt").count == 2)
    for command in [["baseline"], ["baseline", "write"], ["baseline", "prune"]] {
      let help = try RefrainProgram.run(command + ["--help"], in: tree.folder)
      let text = help.lines.joined(separator: " ")
      #expect(
        text.contains(
          "These options of check affect it: --scope, --min-words, --similarity, --boilerplate,"))
    }
  }
}
