// Files that somebody writes to while they are read: an error that says so, and outputs as before.
//
// A second input that is a pipe holds the run: when the pipe can be opened for writing, the first input
// is open; when it is closed, the reading goes on.

import Foundation
import TestSupport
import Testing

struct SteadyInputTests {
  private let folder: ScratchFolder
  private let lines = PlantedCorpus(400, seed: 81).lines

  init() throws {
    folder = try ScratchFolder()
    try folder.write("a.jsonl", Records.file(lines))
    try folder.write("out.jsonl", "as before")
  }

  /// Runs a command whose inputs are a.jsonl and the pipe, with a change of a.jsonl in between.
  private func run(_ command: String, meanwhile change: String) throws -> ProgramRun {
    try RefrainProgram.shell(
      """
      rm -f pipe && mkfifo pipe
      timeout 100 refrain \(command) & run=$!
      exec 9> pipe
      \(change)
      exec 9>&-
      wait $run
      """, in: folder)
  }

  @Test(
    arguments: [
      ("truncate -s 0 a.jsonl", "shrank"), ("truncate -s 100 a.jsonl", "shrank"),
      ("truncate -s 20000 a.jsonl", "shrank"), ("echo '{\"text\":\"x\"}' >> a.jsonl", "changed"),
      ("cp a.jsonl b.jsonl; sleep 0.02; cat b.jsonl > a.jsonl", "changed"),
    ])
  func aChangedInputIsAnError(change: String, how: String) throws {
    for command in [
      "dedup a.jsonl pipe -o out.jsonl --evidence why.jsonl --threads 1",
      "dedup a.jsonl pipe -o out.jsonl --on-error skip", "pairs a.jsonl pipe -o out.jsonl",
      "pairs a.jsonl pipe", "check a.jsonl pipe.jsonl -o out.jsonl",
    ] {
      try folder.write("a.jsonl", Records.file(lines))
      try? FileManager.default.createSymbolicLink(
        atPath: folder("pipe.jsonl"), withDestinationPath: "pipe")
      let run = try run(command, meanwhile: change)
      #expect(run.status == 2, "\(command), \(change): \(run.errors)")
      #expect(run.output.isEmpty)
      #expect(run.errors.contains("a.jsonl: \(how) while it was read"), "\(run.errors)")
      #expect(try folder.lines("out.jsonl") == ["as before"])
      #expect(!folder.exists("why.jsonl"))
    }
  }

  /// What is replaced under its name is as it was for who has it open.
  @Test func aReplacedInputIsReadAsItWas() throws {
    let expected = try folder.refrain("dedup", "a.jsonl", "-o", "-").output
    for change in ["rm a.jsonl", "echo x > b; mv b a.jsonl"] {
      try folder.write("a.jsonl", Records.file(lines))
      let run = try run("dedup a.jsonl pipe -o out.jsonl -q", meanwhile: change)
      #expect(run.status == 0, "\(run.errors)")
      #expect(try folder.read("out.jsonl") == expected)
    }
  }
}
