// The forms of a check's result that other programs read, and which kinds are in it and fail it.

import Foundation
import TestSupport
import Testing

struct ReportFormatTests {
  private let folder: ScratchFolder
  private static let paragraph = """
    Before you begin, make sure that your cluster runs version 4.2 or later, and that the backup of \
    last night is complete: the migration of the index cannot be undone.
    """

  init() throws {
    folder = try ScratchFolder()
    var prose = RandomProse(seed: 91)
    for name in ["a,b.txt", "c.txt"] {
      try folder.write(name, "\(prose.text(80))\n\n\(Self.paragraph)\n\n\(prose.text(80))\n")
    }
  }

  private func run(_ arguments: String...) throws -> ProgramRun {
    try RefrainProgram.run(["check", "-q"] + arguments, in: folder)
  }

  @Test func githubCommandsEscapeAndNameBothPlaces() throws {
    let run = try run("--format", "github")
    #expect(run.status == 1)
    #expect(run.lines.count == 1)
    let line = try #require(run.lines.first)
    #expect(line.hasPrefix("::warning file=a%2Cb.txt,line=3,endLine=3,col=1,endColumn="))
    #expect(line.contains(",title=refrain%3A exact-repeat::A passage of "))
    #expect(line.contains("also at c.txt:3:1"))
  }

  @Test func gitlabIsAnArrayWithUniqueFingerprints() throws {
    let run = try run("--format", "gitlab")
    #expect(run.status == 1)
    let issues = try #require(
      JSONSerialization.jsonObject(with: Data(run.output)) as? [[String: Any]])
    #expect(issues.count == 1)
    #expect(issues.first?["check_name"] as? String == "exact-repeat")
    #expect(issues.first?["severity"] as? String == "major")
    #expect((issues.first?["description"] as? String)?.contains("c.txt:3:1") == true)
    let location = try #require(issues.first?["location"] as? [String: Any])
    #expect(location["path"] as? String == "a,b.txt")
    #expect((location["lines"] as? [String: Int])?["begin"] == 3)
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == issues.count)
  }

  @Test func jsonLinesAreTheFindingsOfTheDocument() throws {
    let document = try #require(
      JSONSerialization.jsonObject(with: Data(try run("--format", "json").output))
        as? [String: Any])
    let findings = try #require(document["findings"] as? [NSDictionary])
    let lines = try run("--format", "jsonl").lines.map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary)
    }
    #expect(lines == findings)
  }

  @Test func kindsAndGatesAreChosen() throws {
    #expect(try run("--gate", "near-repeat").status == 0)
    #expect(try run("--gate", "near-repeat,exact-repeat").status == 1)
    let hidden = try run("--kinds", "boilerplate,quotation")
    #expect(hidden.status == 0)
    #expect(hidden.output.isEmpty)
    let wrong = try run("--kinds", "exact")
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("--kinds") && wrong.errors.contains("exact-repeat"))
    try folder.write("refrain.toml", "gate = [\"duplicate-document\"]\n")
    #expect(try run().status == 0)
  }
}
