// Files and folders that the program may not read: named, left out on request, and never as if all were
// well. Root may read everything, so where root runs these tests, somebody else runs the program.

import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: RefrainProgram.asAnybody != nil, "root can become nobody else here"))
final class LockedInputTests {
  private let folder: ScratchFolder
  /// What has no rights, and what its names are when a walk meets it.
  private let locked = ["in/file.jsonl", "in/folder", "docs/file.md", "docs/folder"]

  /// A corpus and a folder of pages, each with a file and a folder that nobody may read and a folder whose
  /// names may be read and no more.
  init() throws {
    folder = try ScratchFolder()
    var prose = RandomProse(seed: 181)
    func records(_ ids: String...) -> String {
      Records.file(ids.map { Records.line("\"\($0)\"", prose.text(30)) })
    }
    try folder.write("in/good.jsonl", records("a", "b"))
    for name in ["in/file.jsonl", "in/folder/c.jsonl", "in/names/d.jsonl"] {
      try folder.write(name, records(name))
    }
    let paragraph = prose.text(40)
    try folder.write(
      "docs/good.md", [paragraph, prose.text(9), paragraph].joined(separator: "\n\n"))
    for name in ["docs/file.md", "docs/folder/c.md", "docs/names/d.md"] {
      try folder.write(name, paragraph)
    }
    for name in locked { try set(0, name) }
    for name in ["in/names", "docs/names"] { try set(0o444, name) }
    try set(0o777, "")
  }

  /// Gives everything its rights again, so that the folder can vanish.
  deinit {
    for name in locked + ["in/names", "docs/names"] { try? set(0o755, name) }
  }

  private func set(_ mode: Int, _ name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder(name))
  }

  private func run(_ line: String) throws -> ProgramRun {
    try RefrainProgram.shell("\(RefrainProgram.asAnybody ?? "")refrain \(line)", in: folder)
  }

  /// Asserts status 2, nothing written, and a message with these words.
  private func fails(
    _ line: String, saying words: String, at location: SourceLocation = #_sourceLocation
  ) throws {
    let before = try folder.names()
    let run = try run(line)
    #expect(run.status == 2, "\(line): \(run.errors)", sourceLocation: location)
    #expect(run.output.isEmpty, sourceLocation: location)
    #expect(run.errors.contains(words), "\(line): \(run.errors)", sourceLocation: location)
    #expect(try folder.names() == before, sourceLocation: location)
  }

  @Test(arguments: ["dedup", "pairs"])
  func aCorpusIsNotReadInPart(command: String) throws {
    // What a walk cannot look into comes first, then what cannot be opened.
    for (name, told) in [
      ("in/folder", "in/folder/"), ("in/names", "in/names/d.jsonl"),
      ("in/file.jsonl", "in/file.jsonl"),
    ] {
      try fails("\(command) in -o out.jsonl", saying: "\(told): cannot read: Permission denied")
      try set(0o755, name)
    }
    #expect(try run("\(command) in -o out.jsonl").status == 0)
  }

  @Test(arguments: ["dedup", "pairs"])
  func lockedInputsAreLeftOutOnRequest(command: String) throws {
    let run = try run("\(command) in -o out.jsonl --on-error skip")
    #expect(run.status == 0, "\(run.errors)")
    for name in ["in/file.jsonl", "in/folder/", "in/names/d.jsonl"] {
      #expect(
        run.errors.contains("left out: \(name): cannot read: Permission denied"), "\(run.errors)")
    }
    #expect(run.errors.contains("3 inputs left out"), "\(run.errors)")
    if command == "dedup" {
      #expect(try folder.read("out.jsonl") == folder.read("in/good.jsonl"))
    }
    // Nothing at all is trouble, whatever was asked.
    try folder.remove("in/good.jsonl")
    try folder.remove("out.jsonl")
    try fails("\(command) in -o out.jsonl --on-error skip", saying: "could be read")
  }

  @Test(arguments: ["", " --on-error skip", " --no-config --no-ignore"])
  func theOtherPagesAreChecked(options: String) throws {
    for arguments in ["docs --format json", "docs --format jsonl"] {
      let run = try run("check \(arguments)\(options)")
      #expect(run.status == 2)
      let text = String(decoding: run.output, as: UTF8.self)
      #expect(text.contains("exact-repeat") && text.contains("docs/good.md"), "\(text)")
      for name in ["docs/file.md", "docs/folder/", "docs/names/d.md"] {
        #expect(
          run.errors.contains("left out: \(name): cannot read: Permission denied"), "\(run.errors)")
      }
    }
  }

  /// What was not read would count as new from then on.
  @Test func aBaselineIsOfAllOrNone() throws {
    try fails("baseline write accepted docs", saying: "cannot read: Permission denied")
  }

  /// What was named is not left out.
  @Test(arguments: ["", " --on-error skip"])
  func whatIsNamedMustBeReadable(options: String) throws {
    for line in [
      "dedup in/file.jsonl in/good.jsonl -o out.jsonl",
      "dedup in/folder in/good.jsonl -o out.jsonl",
    ] {
      try fails(line + options, saying: "cannot read: Permission denied")
    }
    try fails("check docs/folder" + options, saying: "docs/folder: cannot read: Permission denied")
    try fails(
      "check docs/file.md" + options, saying: "docs/file.md: cannot read: Permission denied")
  }

  @Test func aFolderThatMayNotBeWrittenTo() throws {
    try folder.makeFolder("shut")
    try set(0o555, "shut")
    try fails(
      "dedup in/good.jsonl -o shut/out.jsonl",
      saying: "shut/out.jsonl: cannot write: Permission denied")
    try folder.write("old.jsonl", "as before")
    try set(0o444, "old.jsonl")
    try fails(
      "dedup in/good.jsonl -o old.jsonl", saying: "old.jsonl: cannot write: Permission denied")
    #expect(try folder.lines("old.jsonl") == ["as before"])
  }
}
