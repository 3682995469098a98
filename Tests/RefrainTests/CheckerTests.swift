// Repetition in values, in every form that reports have.

import Refrain
import TestSupport
import Testing

struct CheckerTests {
  @Test func aPassageInTwoTexts() throws {
    var prose = RandomProse(seed: 71)
    let passage = prose.text(40)
    let install = "# Install\n\n\(prose.text(50))\n\n\(passage)\n"
    let upgrade = "# Upgrade\n\n\(passage)\n\n\(prose.text(50))\n"
    let result = try Checker().check(["install.md": install, "upgrade.md": upgrade])
    let finding = try #require(result.findings.first)
    #expect(result.findings.count == 1)
    #expect(finding.kind == .exactRepeat)
    #expect(finding.occurrences.map(\.path) == ["install.md", "upgrade.md"])
    #expect(finding.occurrences.map(\.start.line) == [5, 3])
    let start = finding.occurrences[0].start.byte
    #expect(Array(install.utf8)[start...].starts(with: finding.occurrences[0].text.utf8))
    #expect(try Checker(scope: .within).check(["a": install, "b": upgrade]).findings.isEmpty)
    #expect(try Checker(minWords: 41).check(["a": install, "b": upgrade]).findings.isEmpty)
    for format in ReportFormat.allCases {
      let report = String(decoding: result.report(format), as: UTF8.self)
      #expect(report.contains("install.md"), "\(format)")
    }
  }

  @Test func theNameTellsTheMarkup() throws {
    var prose = RandomProse(seed: 72)
    let passage = prose.text(30)
    let page = "<p>\(passage)</p><script>\(prose.text(40))</script>"
    let asHTML = try Checker().check(["a.html": page, "b.txt": passage])
    #expect(asHTML.findings.count == 1)
    #expect(asHTML.words == 60)
    let asText = try Checker().check(["a.html": page, "b.txt": passage], format: .plain)
    #expect(asText.words > 90)
  }

  @Test func nothingTraps() throws {
    #expect(try Checker().check([]).findings.isEmpty)
    let half = "the bridge over the river would be closed for repairs until spring"
    let texts = [
      ("a", "After long talks the mayor said that \(half), and people complained."),
      ("b", "Residents of the valley were told last night that \(half) although nobody had asked."),
    ]
    let usual = try Checker().check(texts)
    #expect(usual.findings.isEmpty && usual.hints == 1)
    let all = try Checker(all: true).check(texts)
    #expect(all.findings.map(all.level) == [.hint] && all.hints == 0)
    #expect(try Checker().check([("", ""), ("", "")]).findings.isEmpty)
    #expect(throws: RefrainError.self) { try Checker(minWords: 0) }
    #expect(throws: RefrainError.self) { try Checker(boilerplate: 1) }
    #expect(throws: RefrainError.self) { try Checker(threads: 0) }
  }
}
