// The summary of a GitHub job: with the annotations the table of all findings goes to the file that
// GITHUB_STEP_SUMMARY names.

import Foundation
import TestSupport
import Testing

struct StepSummaryTests {
  /// A folder with two files that have `count` paragraphs in common, apart from each other.
  private func folder(_ count: Int, seed: UInt64 = 341) throws -> ScratchFolder {
    var prose = RandomProse(seed: seed)
    let folder = try ScratchFolder()
    let shared = (0..<count).map { _ in prose.text(30) }
    for name in ["docs/a|b.md", "docs/c.md"] {
      let blocks = shared.flatMap { [$0, prose.text(40)] }
      try folder.write(name, blocks.joined(separator: "\n\n"))
    }
    return folder
  }

  private func run(_ folder: ScratchFolder, _ options: [String], summary: String) throws
    -> ProgramRun
  {
    try RefrainProgram.run(
      ["check", "docs"] + options, in: folder, environment: ["GITHUB_STEP_SUMMARY": summary])
  }

  @Test func theTableHasAllFindings() throws {
    let folder = try folder(14)
    let run = try run(folder, ["--format", "github"], summary: folder("summary.md"))
    #expect(run.status == 1)
    #expect(run.lines.count { $0.hasPrefix("::warning ") } == 10)
    #expect(run.lines.last == "4 more; all of them are in the summary")
    let lines = try folder.lines("summary.md")
    #expect(lines.prefix(2) == ["<!-- refrain report -->", "## Refrain: 14 findings"])
    let rows = lines.filter { $0.hasPrefix("| ✗ | exact-repeat |") }
    #expect(rows.count == 14)
    #expect(rows.allSatisfy { $0.contains("`docs/a\\|b.md:") && $0.contains("`docs/c.md:") })
  }

  /// Other steps' lines stay, and so do those of an earlier run in the same step.
  @Test func itIsAppended() throws {
    let folder = try folder(2)
    try folder.write("summary.md", "# Before\n")
    for _ in 0..<2 {
      _ = try run(folder, ["--format", "github=out"], summary: folder("summary.md"))
    }
    let lines = try folder.lines("summary.md")
    #expect(lines.first == "# Before")
    #expect(lines.count { $0 == "## Refrain: 2 findings" } == 2)
  }

  @Test func onlyTheGitHubFormatFillsIt() throws {
    let folder = try folder(2)
    _ = try run(folder, ["--format", "sarif"], summary: folder("summary.md"))
    #expect(!folder.exists("summary.md"))
  }

  /// Without a summary nobody is sent there.
  @Test func withoutASummary() throws {
    let run = try run(try folder(14), ["--format", "github"], summary: "")
    #expect(run.status == 1)
    #expect(run.lines.last == "4 more are not shown")
  }

  @Test func aSummaryThatCannotBeWrittenIsTrouble() throws {
    let folder = try folder(2)
    let run = try run(folder, ["--format", "github"], summary: folder("none/summary.md"))
    #expect(run.status == 2)
    #expect(run.errors.contains("none/summary.md: cannot write"))
  }

  /// A mebibyte is all there may be, with what is there already.
  @Test func itKeepsToAMebibyte() throws {
    let folder = try folder(5000, seed: 342)
    try folder.write("summary.md", String(repeating: "x", count: 300_000) + "\n")
    var last: [String?] = []
    for _ in 0..<3 {
      let run = try run(
        folder, ["-q", "--scope", "across", "--format", "github"], summary: folder("summary.md"))
      last.append(run.lines.last)
    }
    // Each run says how much of it there was no room for; the last one found none.
    #expect(last.allSatisfy { $0?.hasPrefix("4990 more; the summary leaves out ") == true })
    #expect(
      last.last
        == "4990 more; the summary leaves out 5000 of 5000, because it is limited to 1 MiB")
    let size = try folder.read("summary.md").count
    #expect(size <= 1 << 20)
    #expect(size > 900_000)
    let lines = try folder.lines("summary.md")
    #expect(lines.contains { $0.hasSuffix(" more are not shown.") })
  }
}
