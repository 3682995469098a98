// Where results go and what the exit status says, for every format: results alone on standard output,
// all reports or none, 0, 1 and 2.

import Foundation
import RefrainJobs
import TestSupport
import Testing

struct ReportTargetTests {
  /// The formats that --format takes.
  static let formats: [String] =
    if case .reports(let names) = CheckOption.format.definition.kind { names } else { [] }

  private let folder: ScratchFolder

  /// Two files with a paragraph in common and two more passages in one of them; a clean file; and a
  /// file that is no text, about which there is a warning.
  init() throws {
    var prose = RandomProse(seed: 331)
    folder = try ScratchFolder()
    let shared = (0..<3).map { _ in prose.text(40) }
    for name in ["docs/a.md", "docs/b.md"] {
      let own = (0..<4).map { _ in prose.text(60) }
      try folder.write(
        name, zip(own, shared + [prose.text(9)]).flatMap { [$0, $1] }.joined(separator: "\n\n"))
    }
    try folder.write("clean/c.md", prose.text(60))
    try folder.write("docs/bad", [0x61, 0xFF, 0x0A])
  }

  private func check(_ arguments: String...) throws -> ProgramRun {
    try RefrainProgram.run(["check"] + arguments, in: folder)
  }

  @Test func thereAreFormats() { #expect(Self.formats.count >= 13) }

  /// What a file gets is what standard output gets, and nothing else is printed there.
  @Test(arguments: formats)
  func standardOutputHoldsResultsAlone(format: String) throws {
    let printed = try check("docs", "--format", format)
    #expect(printed.status == 1)
    #expect(!printed.output.isEmpty)
    #expect(printed.errors.contains("2 documents, 3 findings: 3 exact-repeat"))
    #expect(printed.errors.contains("warning: skipped, not text: docs/bad:1"))
    let filed = try check("docs", "--format", "\(format)=out", "--color", "never")
    #expect(filed.status == 1)
    #expect(filed.output.isEmpty)
    #expect(try folder.read("out") == printed.output)
    let named = try check("docs", "--format", format, "-o", "out2")
    #expect(named.status == 1)
    #expect(named.output.isEmpty)
    #expect(try folder.read("out2") == printed.output)
    let quiet = try check("docs", "--format", format, "--quiet")
    #expect(quiet.output == printed.output)
    #expect(quiet.errors.isEmpty)
  }

  @Test(arguments: formats)
  func theStatusIsTheSameInEveryFormat(format: String) throws {
    func status(_ arguments: String...) throws -> Int32 {
      try RefrainProgram.run(["check", "-q", "--format", format] + arguments, in: folder).status
    }
    #expect(try status("clean") == 0)
    #expect(try status("docs") == 1)
    #expect(try status("docs", "--fail-on", "never") == 0)
    #expect(try status("docs", "--max-findings", "3") == 0)
    #expect(try status("docs", "--max-findings", "2") == 1)
    #expect(try status("docs", "--gate", "near-repeat") == 0)
    let accepted = try RefrainProgram.run(["baseline", "write", "base", "docs"], in: folder)
    #expect(accepted.status == 0)
    #expect(try status("docs", "--baseline", "base") == 0)
    #expect(try status("docs", "--baseline", "base", "--fail-on", "any") == 1)
    #expect(try status("docs", "--baseline", "base", "--fail-on", "never") == 0)
    for trouble in [["none.md"], ["docs/bad.txt"], ["docs", "--baseline", "none"]] {
      let run = try RefrainProgram.run(["check", "--format", format] + trouble, in: folder)
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      #expect(!run.errors.isEmpty)
    }
  }

  /// What is tolerated is reported and counted all the same.
  @Test func toleratedFindingsAreSaid() throws {
    for (limit, status) in [("5", 0), ("2", 1)] as [(String, Int32)] {
      let run = try check("docs", "--max-findings", limit)
      #expect(run.status == status)
      #expect(run.lines.count == 3)
      #expect(run.errors.contains("; 3 gating of \(limit) tolerated"))
    }
  }

  /// What cannot be read is never as if it had been clean.
  @Test(arguments: ["fail", "skip"])
  func unreadableIsTrouble(policy: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder("clean/dangling.md"), withDestinationPath: "nowhere.md")
    try folder.write("clean/records.jsonl.gz", "no gzip at all")
    let whole = Records.file([Records.line("1", RandomProse.text(["some", "words"]))])
    try folder.gzip("cut.jsonl.gz", whole)
    try folder.write("clean/cut.jsonl.gz", try folder.read("cut.jsonl.gz").dropLast(12))
    for name in ["dangling.md", "records.jsonl.gz", "cut.jsonl.gz"] {
      let run = try check("clean/c.md", "clean/\(name)", "--on-error", policy)
      #expect(run.status == 2, "\(name)")
      #expect(run.errors.contains("clean/\(name)"), "\(run.errors)")
    }
    let walked = try check("clean", "--on-error", policy)
    #expect(walked.status == 2)
  }

  @Test func nothingToCheckIsTroubleWhereFilesAreRequired() throws {
    try folder.makeFolder("empty")
    for format in Self.formats {
      #expect(try check("empty", "--format", format).status == 0)
      let run = try check("empty", "--format", format, "--require-files")
      #expect(run.status == 2)
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("no text files"))
    }
  }

  @Test func allReportsAtOnce() throws {
    let targets = Self.formats.flatMap { ["--format", "\($0)=out.\($0)"] }
    let run = try RefrainProgram.run(["check", "-q", "docs"] + targets, in: folder)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    for format in Self.formats {
      let alone = try check("-q", "docs", "--format", format)
      #expect(try folder.read("out.\(format)") == alone.output, "\(format)")
    }
    // One may go to standard output.
    let mixed = try check("-q", "docs", "--format", "concise", "--format", "sarif=again.sarif")
    #expect(mixed.output == (try folder.read("out.concise")))
    #expect(try folder.read("again.sarif") == (try folder.read("out.sarif")))
  }

  /// A list with commas is as good as the option several times, wherever it is set.
  @Test(arguments: [
    ["--format", "concise,sarif=x,html=y"], ["--format", "concise,sarif=x", "--format", "html=y"],
    [],
  ])
  func aListOfForms(options: [String]) throws {
    let alone = try check("-q", "docs", "--format", "sarif")
    let run = try RefrainProgram.run(
      ["check", "-q", "docs"] + options, in: folder,
      environment: options.isEmpty ? ["REFRAIN_FORMAT": "concise,sarif=x,html=y"] : [:])
    #expect(run.status == 1)
    #expect(run.lines.count == 3)
    #expect(try folder.read("x") == alone.output)
    #expect(try folder.lines("y").first == "<!DOCTYPE html>")
  }

  /// Reports in the folder that is checked are no texts the next time.
  @Test func reportsAreNotChecked() throws {
    let arguments = ["--format", "html=docs/r.html", "--format", "jsonl=docs/r.jsonl"]
    let first = try RefrainProgram.run(["check", "docs"] + arguments, in: folder)
    let second = try RefrainProgram.run(["check", "docs"] + arguments, in: folder)
    #expect(second.errors == first.errors)
    #expect(second.status == 1)
  }

  @Test(
    arguments: [
      ["--format", "html=report.html", "--format", "sarif=none/out.sarif"],
      ["--format", "sarif=none/out.sarif", "--format", "html=report.html"],
      ["--format", "html=report.html", "--format", "sarif=docs"],
      ["--format", "html=report.html", "--format", "concise", "--format", "sarif=none/out"],
    ])
  func allReportsOrNone(targets: [String]) throws {
    try folder.refrainFails(["check", "docs"] + targets, saying: ["cannot write"])
    #expect(!folder.exists("report.html"))
    try folder.write("report.html", "older")
    try folder.refrainFails(["check", "docs"] + targets, saying: ["cannot write"])
    #expect(try folder.lines("report.html") == ["older"])
    #expect(try folder.names(in: "docs") == ["a.md", "b.md", "bad"])
  }

  @Test(
    arguments: [
      (["--format", "json", "--format", "sarif"], "standard output"),
      (["--format", "json=-", "--format", "sarif"], "standard output"),
      (["--format", "json=x", "--format", "sarif=x"], "go to x"),
      (["--format", "cards,json"], "json and another format both go to standard output"),
      (["--format", "json,html"], "html and another format both go to standard output"),
      (["--format", "cards,concise", "-o", "x"], "go to x"),
      (["--format", "json,html=x,sarif=x"], "go to x"),
      (["--format", "json,xml"], "xml is not text, cards,"),
      (["--format", "json,html="], "html= is not"), (["--format", "json,"], "json, is not"),
      (["--format", "html=a,b.html"], "b.html is not"), (["--format", ","], ", is not"),
      (["--format", "json=x", "--format", "json=./x"], "go to ./x"),
      (["--format", "json=x", "--format", "sarif=docs/../x"], "go to docs/../x"),
      (["--format", "json", "--format", "sarif", "-o", "x"], "go to x"),
      (["--format", "json=x", "--format", "sarif", "-o", "x"], "go to x"),
      (["--format", "json="], "--format"), (["--format", "xml"], "--format"),
      (["--format", ""], "--format"),
    ])
  func twoReportsInOnePlaceAreAnError(options: [String], said: String) throws {
    try folder.refrainFails(["check", "docs"] + options, saying: ["--format", said])
  }
}
