// What a team does with the gate, from the first copied paragraph to the pruned baseline, through the
// executable and in a repository of git.

import Foundation
import TestSupport
import Testing

struct RepositoryScenarioTests {
  /// A branch on which the second paragraph of the installation was copied into the upgrade.
  private func copied(seed: UInt64 = 301) throws -> Repository {
    var repository = try Repository(seed: seed)
    #expect(try repository.check(status: 0).report.findings.isEmpty)
    try repository.folder.git("checkout", "-q", "-b", "copy")
    let paragraph = try #require(repository.pages["docs/install.md"]?[1])
    repository.pages["docs/upgrade.md"]?.insert(paragraph, at: 2)
    try repository.commit("copy")
    return repository
  }

  /// Accepts what is there.
  private func accept(_ repository: Repository) throws {
    let run = try repository.run("baseline", "write", "accepted.txt")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.isEmpty)
  }

  /// The changed side is the place that is pointed at, and the only one that can be answered for.
  @Test func aCopiedParagraphIsReportedWhereItWasCopiedTo() throws {
    let repository = try copied()
    let all = try repository.check(status: 1).report
    #expect(all.findings.map(\.paths) == [["docs/install.md", "docs/upgrade.md"]])
    let report = try repository.check("--since", "main", status: 1).report
    #expect(report.findings.map(\.paths) == [["docs/upgrade.md", "docs/install.md"]])
    let places = try #require(report.findings.first?.occurrences)
    #expect(places[0].start.line == 5)
    // The blank line before or behind it is new as well, but none of the passage.
    #expect(places[0].changedLines == .init(first: 5, last: 5))
    #expect(places[1].changedLines == nil)
    let sarif = try repository.run("check", "-q", "--since", "main", "--format", "sarif")
    #expect(sarif.status == 1)
    let place = try SARIFPlace.first(in: sarif.output)
    #expect(place.uri == "docs/upgrade.md")
    #expect(place.region["startLine"] == 5)
    #expect(place.region["endLine"] == 5)
    // On the branch that has it nothing changed.
    #expect(try repository.check("--since", "copy", status: 0).report.findings.isEmpty)
  }

  @Test func anAcceptedParagraphStaysAccepted() throws {
    var repository = try copied()
    try accept(repository)
    let lines = try repository.folder.lines("accepted.txt")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("# refrain baseline "))
    let paragraph = try #require(repository.pages["docs/install.md"]?[1])
    #expect(paragraph.split(separator: " ").allSatisfy { !lines[1].contains($0) })
    // The baseline lies among the texts, and is none of them.
    let known = try repository.check("--baseline", "accepted.txt", status: 0)
    #expect(known.report.findings.map(\.state) == ["known"])
    #expect(known.report.summary.documents == 3)

    // Another paragraph edited, and all lines moved.
    repository.edit("docs/install.md", 3, words: 10, from: 20)
    let first = repository.own(1)
    repository.pages["docs/install.md"]?.insert(contentsOf: first, at: 0)
    let moved = try repository.check("--baseline", "accepted.txt", status: 0).report
    #expect(moved.findings.map(\.state) == ["known"])
    #expect(moved.summary.resolved == 0)

    // The accepted paragraph itself.
    repository.edit("docs/install.md", 2, words: 3, from: 20)
    let changed = try repository.check("--baseline", "accepted.txt", status: 0).report
    #expect(changed.findings.map(\.state) == ["changed"])
    #expect(changed.findings.map(\.kind) == ["near-repeat"])
    #expect(
      try repository.run("check", "--baseline", "accepted.txt", "--fail-on", "any").status == 1)
  }

  @Test func aThirdPlaceIsGrown() throws {
    var repository = try copied()
    try accept(repository)
    let paragraph = try #require(repository.pages["docs/install.md"]?[1])
    repository.pages["docs/faq.md"]?.append(paragraph)
    let report = try repository.check("--baseline", "accepted.txt", status: 1).report
    #expect(report.findings.map(\.state) == ["grown"])
    #expect(report.findings.first?.occurrences.count == 3)
    let never = try repository.check("--baseline", "accepted.txt", "--fail-on", "never", status: 0)
    #expect(never.report.findings.map(\.gates) == [false])
  }

  @Test func whatIsGoneIsToldAndPruned() throws {
    var repository = try copied()
    let doubled = try #require(repository.pages["docs/faq.md"]?[0])
    repository.pages["docs/faq.md"]?.append(doubled)
    try accept(repository)
    #expect(try repository.folder.lines("accepted.txt").count == 3)
    let before = try repository.folder.lines("accepted.txt")
    repository.pages["docs/upgrade.md"]?.remove(at: 2)
    let found = try repository.check("--baseline", "accepted.txt", status: 0)
    #expect(found.report.findings.map(\.state) == ["known"])
    #expect(found.report.summary.resolved == 1)
    let told = found.errors.split(separator: "\n").filter { $0.hasPrefix("resolved: ") }
    #expect(told.count == 1)
    #expect(told.first?.contains("docs/install.md") == true)
    #expect(told.first?.contains("docs/upgrade.md") == true)

    // What is new is not accepted by pruning.
    let pasted = try #require(repository.pages["docs/upgrade.md"]?[0])
    repository.pages["docs/install.md"]?.append(pasted)
    let pruned = try repository.run("baseline", "prune", "accepted.txt")
    #expect(pruned.status == 0)
    #expect(pruned.errors.contains("resolved: docs/install.md, docs/upgrade.md"))
    let after = try repository.folder.lines("accepted.txt")
    #expect(after.count == 2)
    #expect(Set(after).isSubset(of: before))
    let states = try repository.check("--baseline", "accepted.txt", status: 1).report
    #expect(states.findings.map(\.state).sorted { ($0 ?? "") < ($1 ?? "") } == ["known", "new"])
    #expect(states.summary.resolved == 0)
  }

  /// Two branches that accept different things merge without a conflict in the file's lines.
  @Test func theBaselineIsSortedAndTheSameAgain() throws {
    let repository = try copied(seed: 302)
    try accept(repository)
    let lines = try repository.folder.lines("accepted.txt")
    #expect(lines.dropFirst().sorted() == Array(lines.dropFirst()))
    try accept(repository)
    #expect(try repository.folder.lines("accepted.txt") == lines)
  }

  @Test func aMissingBaselineIsAnError() throws {
    let repository = try copied()
    for arguments in [["check", "--baseline", "none.txt"], ["baseline", "prune", "none.txt"]] {
      try repository.folder.refrainFails(arguments, saying: ["none.txt: cannot read"])
    }
  }

  /// A hook hands over staged files, the baseline among them, which is no text.
  @Test func aHookThatStagesTheBaseline() throws {
    var repository = try copied()
    try accept(repository)
    let doubled = try #require(repository.pages["docs/faq.md"]?[0])
    repository.pages["docs/faq.md"]?.append(doubled)
    let hook = { (names: [String]) in
      try RefrainProgram.run(
        ["check", ".", "--baseline", "accepted.txt", "--focus"] + names, in: repository.folder)
    }
    try repository.write()
    #expect(try hook(["accepted.txt", "docs/upgrade.md"]).status == 0)
    #expect(try hook(["accepted.txt", "docs/faq.md"]).status == 1)
    let alone = try hook(["accepted.txt"])
    #expect(alone.status == 0)
    #expect(alone.output.isEmpty)
  }

  /// Only the branch's own copy is answered for, also where the baseline knows another.
  @Test func sinceAndBaselineTogether() throws {
    var repository = try copied()
    try accept(repository)
    try repository.commit("accepted")
    let paragraph = try #require(repository.pages["docs/faq.md"]?[0])
    repository.pages["docs/upgrade.md"]?.append(paragraph)
    let report = try repository.check(
      "--since", "HEAD", "--baseline", "accepted.txt", status: 1
    ).report
    #expect(report.findings.map(\.state) == ["new"])
    #expect(report.findings.first?.paths == ["docs/upgrade.md", "docs/faq.md"])
    // What was left out for not being asked about is there, and so not resolved.
    #expect(report.summary.resolved == 0)
  }
}

/// The primary place of a SARIF result.
struct SARIFPlace {
  var uri: String
  var region: [String: Int]

  /// The first result's.
  static func first(in log: [UInt8]) throws -> SARIFPlace {
    let root = try #require(JSONSerialization.jsonObject(with: Data(log)) as? [String: Any])
    let runs = try #require(root["runs"] as? [[String: Any]])
    let results = try #require(runs[0]["results"] as? [[String: Any]])
    let locations = try #require(results.first?["locations"] as? [[String: Any]])
    let place = try #require(locations.first?["physicalLocation"] as? [String: Any])
    let artifact = try #require(place["artifactLocation"] as? [String: Any])
    return SARIFPlace(
      uri: try #require(artifact["uri"] as? String),
      region: try #require(place["region"] as? [String: Int]))
  }
}
