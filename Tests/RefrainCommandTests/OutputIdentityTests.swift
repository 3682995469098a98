// No output is an input or another output of the run, whatever it is called; and none has a name that
// promises another form than it has.

import Foundation
import TestSupport
import Testing

struct OutputIdentityTests {
  private let folder: ScratchFolder
  private let good = PlantedCorpus(30, seed: 91).lines

  /// A corpus by four names, of which one is made with `ln`, and texts.
  init() throws {
    folder = try ScratchFolder()
    try folder.write("in/a.jsonl", Records.file(good))
    try folder.write("b.jsonl", Records.file(good))
    let files = FileManager.default
    try files.linkItem(atPath: folder("in/a.jsonl"), toPath: folder("hard.jsonl"))
    try files.createSymbolicLink(atPath: folder("soft.jsonl"), withDestinationPath: "in/a.jsonl")
    try files.createSymbolicLink(atPath: folder("away"), withDestinationPath: "in")
    var prose = RandomProse(seed: 92)
    let shared = prose.text(40)
    for name in ["docs/a.md", "docs/b.txt", "docs/c.jsonl"] {
      let text = shared + "\n\n" + prose.text(40) + "\n"
      try folder.write(name, name.hasSuffix("l") ? Records.file([Records.line("1", text)]) : text)
    }
    try files.createSymbolicLink(atPath: folder("r.html"), withDestinationPath: "docs/a.md")
  }

  /// Every file by name with its bytes.
  private func contents() throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for sub in ["", "in/", "docs/"] {
      for name in try folder.names(in: sub) where !name.hasPrefix("in") && !name.hasPrefix("docs") {
        contents[sub + name] = try? folder.read(sub + name)
      }
    }
    return contents
  }

  private static let names = [
    "in/a.jsonl", "./in/../in/a.jsonl", "hard.jsonl", "soft.jsonl", "away/a.jsonl",
  ]

  @Test(arguments: names)
  func noOutputIsAnInput(name: String) throws {
    let before = try contents()
    for options in [
      ["-o", "u.jsonl", "--evidence", name], ["-o", "u.jsonl", "--clusters", name],
      ["--dry-run", "--evidence", name], ["--dry-run", "-o", name, "b.jsonl"],
      ["b.jsonl", "-o", name],
    ] {
      try folder.refrainFails(
        ["dedup", "in/a.jsonl"] + options,
        saying: ["this run", name])
    }
    try folder.refrainFails(["pairs", "in/a.jsonl", "-o", name], saying: ["--output: \(name) is"])
    try folder.refrainFails(
      ["compare", "in/a.jsonl", "docs/a.md", "-o", name], saying: ["--output: \(name) is"])
    try folder.write("p.jsonl", #"{"a": "r1", "b": "r2"}"#)
    try folder.refrainFails(
      ["compare", "--documents", "in/a.jsonl", "--pairs", "p.jsonl", "-o", name],
      saying: ["--output: \(name) is"])
    try folder.refrainFails(
      ["compare", "--documents", "in/a.jsonl", "--pairs", "p.jsonl", "-o", "p.jsonl"],
      saying: ["--output: p.jsonl is"])
    try folder.remove("p.jsonl")
    #expect(try contents() == before)
  }

  /// Each file of a folder of outputs counts, and so does standard output where the shell made it a file.
  @Test func foldersAndTheShell() throws {
    let before = try contents()
    for inputs in [["in"], ["in/a.jsonl"]] {
      for output in ["in", "away", "./in/."] {
        try folder.refrainFails(
          ["dedup", "-o", output] + inputs, saying: ["--output: \(output)/a.jsonl is"])
      }
    }
    for line in [
      "dedup in/a.jsonl -o - >> hard.jsonl", "pairs in/a.jsonl >> soft.jsonl",
      "dedup - -o in/a.jsonl < hard.jsonl", "dedup in/a.jsonl -o /dev/stdout >> in/a.jsonl",
      "check docs >> docs/a.md", "check docs/a.md - < docs/b.txt >> docs/b.txt",
    ] {
      let run = try RefrainProgram.shell("refrain \(line)", in: folder)
      #expect(run.status == 2, "\(line)")
      #expect(run.errors.contains("this run reads"), "\(line): \(run.errors)")
    }
    #expect(try contents() == before)
  }

  @Test func theSingleInputMayBeReplaced() throws {
    let expected = try folder.refrain("dedup", "in/a.jsonl", "-o", "-").output
    _ = try folder.refrain("dedup", "./in/a.jsonl", "-o", "in/a.jsonl")
    #expect(try folder.read("in/a.jsonl") == expected)
    // Its other name is another file now, and nothing happened to that.
    #expect(try folder.read("hard.jsonl") == Array(Records.file(good).utf8))
    #expect(try folder.names(in: "in") == ["a.jsonl"])
    try folder.gzip("g.jsonl.gz", Records.file(good))
    _ = try folder.refrain("dedup", "g.jsonl.gz", "-o", "g.jsonl.gz")
    #expect(try folder.refrain("dedup", "g.jsonl.gz", "-o", "-").output == expected)
    let help = try folder.refrain("dedup", "--help").output
    #expect(String(decoding: help, as: UTF8.self).contains("dedup X -o X"))
  }

  @Test func noOutputIsAnother() throws {
    try folder.write("x", "old")
    try FileManager.default.linkItem(atPath: folder("x"), toPath: folder("y"))
    try FileManager.default.createSymbolicLink(
      atPath: folder("z"), withDestinationPath: "not/../new")
    try folder.makeFolder("not")
    try folder.makeFolder("out")
    for (a, b) in [
      ("x", "y"), ("x", "./x"), ("new", "./in/../new"), ("z", "new"), ("new", "away/../in/../new"),
    ] {
      try folder.refrainFails(
        ["dedup", "b.jsonl", "-o", a, "--evidence", b], saying: ["--evidence: ", "--output"])
      try folder.refrainFails(
        ["check", "docs", "--format", "json=\(a)", "--format", "sarif=\(b)"], saying: ["go to \(b)"]
      )
    }
    try folder.refrainFails(
      ["dedup", "b.jsonl", "-o", "out", "--clusters", "out/b.jsonl"],
      saying: ["--clusters: out/b.jsonl", "--output"])
    let run = try RefrainProgram.run(
      ["check", "docs", "--format", "github=x"], in: folder,
      environment: ["GITHUB_STEP_SUMMARY": folder("y")])
    #expect(run.status == 2)
    #expect(run.errors.contains("GITHUB_STEP_SUMMARY"))
    // What many may write to at a time is nobody's.
    _ = try folder.refrain(
      "dedup", "b.jsonl", "-o", "/dev/null", "--evidence", "/dev/null", "--clusters", "/dev/null")
    #expect(try folder.lines("x") == ["old"])
  }

  /// A report never replaces a text, settings or a baseline; only what check wrote itself.
  @Test(
    arguments: [
      "html=docs/a.md", "html=r.html", "concise=docs/b.txt", "jsonl=docs/c.jsonl",
      "json=refrain.toml", "json=docs/refrain.toml", "json=accepted",
    ])
  func reportsReplaceNoInput(target: String) throws {
    try folder.write("refrain.toml", "min-words = 6\n")
    try folder.write("docs/refrain.toml", "min-words = 7\n")
    #expect(
      try RefrainProgram.run(["baseline", "write", "accepted", "docs"], in: folder).status == 0)
    let before = try contents()
    for input in ["docs", "."] {
      try folder.refrainFails(
        ["check", input, "--baseline", "accepted", "--format", target], saying: ["this run"])
    }
    // A baseline that is not in force may be replaced, as a report may.
    if !target.hasSuffix("accepted") {
      try folder.refrainFails(["check", "docs", "--format", target], saying: ["this run"])
    }
    #expect(try contents() == before)
  }

  /// A second run replaces what the first one wrote, in every form, and reads none of it.
  @Test(arguments: ReportTargetTests.formats)
  func ourOwnReportsAreReplaced(format: String) throws {
    for name in ["docs/out.txt", "docs/out.md", "docs/out"] {
      let first = try RefrainProgram.run(
        ["check", "docs", "--format", format, "-o", name], in: folder)
      #expect(first.status == 1)
      let bytes = try folder.read(name)
      let second = try RefrainProgram.run(
        ["check", "docs", "--format", format, "-o", name], in: folder)
      #expect(second.status == 1, "\(second.errors)")
      #expect(second.errors == first.errors)
      #expect(try folder.read(name) == bytes)
      try folder.remove(name)
    }
    // As the shell does it, which makes the file before the program starts.
    let run = try RefrainProgram.shell(
      "refrain check docs --format \(format) > docs/x.txt", in: folder)
    #expect(run.status == 1)
    #expect(!(try folder.read("docs/x.txt")).isEmpty)
  }

  /// Forms of records are written only where they came in.
  @Test(arguments: ["o.csv", "o.csv.gz", "o.tsv", "o.warc", "o.wet.zst"])
  func formsThatDidNotComeIn(name: String) throws {
    for command in [
      ["dedup", "b.jsonl", "-o", name], ["dedup", "b.jsonl", "--dry-run", "-o", name],
      ["dedup", "b.jsonl", "-o", "u.jsonl", "--evidence", name], ["pairs", "b.jsonl", "-o", name],
    ] { try folder.refrainFails(command, saying: ["\(name): cannot write: Refrain cannot write"]) }
  }

  @Test(
    arguments: [
      "o.zip", "o.tar", "o.tar.gz", "o.jsonl.br", "o.PARQUET", "o.parquet", "o.arrow",
      "o.parquet.zst",
    ])
  func formsThatAreNotWritten(name: String) throws {
    for command in [
      ["dedup", "none.jsonl", "-o", name],
      ["dedup", "b.jsonl", "--dry-run", "-o", name],
      ["dedup", "none.jsonl", "-o", "u.jsonl", "--evidence", name],
      ["dedup", "none.jsonl", "-o", "u.jsonl", "--clusters", name],
      ["pairs", "none.jsonl", "-o", name],
      ["check", "none.md", "--format", "json=\(name)"], ["compare", "none", "none", "-o", name],
    ] { try folder.refrainFails(command, saying: ["\(name): cannot write: Refrain cannot write"]) }
  }
}
