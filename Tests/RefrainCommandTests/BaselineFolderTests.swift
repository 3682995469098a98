// A baseline and the folders: the one that the program runs in, the one of the baseline, and texts that
// a run did not look at.

import TestSupport
import Testing

struct BaselineFolderTests {
  /// Two files with a paragraph in common, twice, accepted in `site/accepted.txt`.
  private static func site() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 77)
    for name in ["one", "two"] {
      let shared = prose.text(40)
      for side in ["a", "b"] {
        try folder.write(
          "site/docs/\(name)-\(side).md",
          [prose.text(50), shared, prose.text(50)].joined(separator: "\n\n"))
      }
    }
    let run = try RefrainProgram.run(
      ["baseline", "write", "accepted.txt", "docs"], in: folder, at: "site")
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.lines("site/accepted.txt").count == 3)
    return folder
  }

  @Test(arguments: [
    ("", "site/docs", "site/accepted.txt"), ("site/docs", ".", "../accepted.txt"),
    ("site", "docs", "accepted.txt"),
  ])
  func acceptedWhereverTheProgramRuns(place: String, texts: String, baseline: String) throws {
    let folder = try Self.site()
    let run = try RefrainProgram.run(
      ["check", texts, "--baseline", baseline], in: folder, at: place)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("2 known"), "\(run.errors)")
  }

  /// Names with a line end of Unicode's, and with marks that join the blank or the star before them.
  @Test func namesOfAnyCharacters() throws {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 78)
    let shared = prose.text(40)
    let names = ["a\u{2028}b", "c\u{85}d", "\u{301}e", "f \u{200D}*\u{301}g%#", "h\ni\rj"]
    for name in names {
      try folder.write("\(name).md", [prose.text(50), shared].joined(separator: "\n\n"))
    }
    let write = try RefrainProgram.run(["baseline", "write", "accepted.txt", "."], in: folder)
    #expect(write.status == 0, "\(write.errors)")
    let check = try RefrainProgram.run(["check", "--baseline", "accepted.txt", "."], in: folder)
    #expect(check.status == 0, "\(check.errors)")
    #expect(check.errors.contains("1 known"), "\(check.errors)")
  }

  @Test func whatWasNotLookedAtIsNotResolved() throws {
    let folder = try Self.site()
    let before = try folder.lines("site/accepted.txt")
    let some = ["docs/one-a.md", "docs/one-b.md"]
    let check = try RefrainProgram.run(
      ["check", "--baseline", "accepted.txt"] + some, in: folder, at: "site")
    #expect(check.status == 0)
    #expect(!check.errors.contains("resolved: docs"), "\(check.errors)")
    let prune = try RefrainProgram.run(
      ["baseline", "prune", "accepted.txt"] + some, in: folder, at: "site")
    #expect(prune.status == 0)
    #expect(try folder.lines("site/accepted.txt") == before)
    // What is gone goes, wherever it was.
    try folder.remove("site/docs/two-b.md")
    let gone = try RefrainProgram.run(
      ["baseline", "prune", "accepted.txt"] + some + ["docs/two-a.md"], in: folder, at: "site")
    #expect(gone.errors.contains("resolved: docs/two-a.md, docs/two-b.md"), "\(gone.errors)")
    #expect(try folder.lines("site/accepted.txt").count == 2)
  }

  @Test func nothingElseIsOverwritten() throws {
    let folder = try Self.site()
    let text = try folder.read("site/docs/one-a.md")
    let runs = [
      ["baseline", "write", "docs/one-a.md", "docs"],
      ["check", "docs", "--format", "html=docs/one-a.md"],
      ["check", "docs", "-o", "docs/one-a.md"],
      ["check", "docs/one-a.md", "docs/two-a.md", "-o", "docs/one-a.md"],
    ]
    for arguments in runs {
      let run = try RefrainProgram.run(arguments, in: folder, at: "site")
      #expect(run.status == 2, "\(arguments)")
      #expect(run.errors.contains("one-a.md"))
      #expect(try folder.read("site/docs/one-a.md") == text)
    }
  }

  /// A baseline that is named as a text, and lies among them, is written again and is none of them.
  @Test func aBaselineAmongTheTexts() throws {
    let folder = try Self.site()
    for _ in 0..<2 {
      let run = try RefrainProgram.run(
        ["baseline", "write", "docs/accepted.md", "docs"], in: folder, at: "site")
      #expect(run.status == 0, "\(run.errors)")
    }
    let check = try RefrainProgram.run(
      ["check", "docs", "--baseline", "docs/accepted.md"], in: folder, at: "site")
    #expect(check.status == 0)
    #expect(check.errors.contains("4 documents, 2 findings"), "\(check.errors)")
    let plain = try RefrainProgram.run(["check", "docs"], in: folder, at: "site")
    #expect(plain.errors.contains("4 documents, 2 findings"), "\(plain.errors)")
  }

  /// Whoever names texts by a pattern names the report of the last run among them.
  @Test func aReportThatIsNamedIsReplaced() throws {
    let folder = try Self.site()
    let texts = try folder.names(in: "site/docs").map { "docs/\($0)" }
    for named in [texts, texts + ["docs/r.md"]] {
      let run = try RefrainProgram.run(
        ["check", "--format", "markdown=docs/r.md"] + named, in: folder, at: "site")
      #expect(run.status == 1, "\(run.errors)")
      #expect(run.errors.contains("4 documents, 2 findings"), "\(run.errors)")
    }
  }

  /// A report in the folder is replaced by the next one, and is no text to a run that writes none.
  @Test(arguments: ["markdown=docs/r.md", "html=docs/r.html"])
  func reportsAreNoTexts(form: String) throws {
    let folder = try Self.site()
    let plain = try RefrainProgram.run(["check", "docs"], in: folder, at: "site")
    for _ in 0..<2 {
      let run = try RefrainProgram.run(["check", "docs", "--format", form], in: folder, at: "site")
      #expect(run.status == 1, "\(run.errors)")
    }
    let after = try RefrainProgram.run(["check", "docs"], in: folder, at: "site")
    #expect(after.output == plain.output)
    #expect(after.errors == plain.errors)
  }
}
