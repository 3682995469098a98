// Waivers in comments: what they cover is not reported, and one that does nothing is.

import Foundation
import TestSupport
import Testing

struct WaiverTests {
  private let folder: ScratchFolder
  private let paragraph: String
  private let other: String

  init() throws {
    folder = try ScratchFolder()
    var prose = RandomProse(seed: 321)
    (paragraph, other) = (prose.text(40), prose.text(40))
    try folder.write("a.md", "\(prose.text(50))\n\n\(paragraph)\n\n\(prose.text(50))\n")
  }

  /// Checks a page that begins with `text` beside one that holds the paragraph.
  private func check(_ text: String, name: String = "b.md", status: Int32) throws -> CheckReport {
    try folder.write(name, text)
    return try folder.check(".", status: status)
  }

  @Test func withoutAWaiverItIsReported() throws {
    let report = try check("\(paragraph)\n", status: 1)
    #expect(report.findings.count == 1)
    #expect(report.remarks.isEmpty)
  }

  @Test(
    arguments: [
      ("b.md", "<!-- refrain-ignore-next reason=\"legal text\" until=2999-01-31 -->"),
      ("b.md", "<!-- refrain-ignore-next -->"),
      ("b.html", "<!-- refrain-ignore-next reason='legal text' -->"),
      ("b.rst", ".. refrain-ignore-next reason=\"legal text\""),
      ("b.adoc", "// refrain-ignore-next reason=\"legal text\" until=2999-12-31"),
    ])
  func theNextBlockIsWaived(name: String, comment: String) throws {
    let text = name.hasSuffix("html") ? "<p>\(paragraph)</p>" : paragraph
    let report = try check("\(comment)\n\n\(text)\n", name: name, status: 0)
    #expect(report.findings.isEmpty)
    #expect(report.summary.waived == 1)
    #expect(report.remarks.isEmpty)
    let run = try RefrainProgram.run(["check", "."], in: folder)
    #expect(run.errors.contains("1 waived"))
  }

  /// The block behind the next one is not.
  @Test func onlyTheNextBlockIsWaived() throws {
    let comment = "<!-- refrain-ignore-next -->"
    let report = try check("\(comment)\n\n\(other)\n\n\(paragraph)\n", status: 1)
    #expect(report.findings.count == 1)
    #expect(report.remarks.map(\.rule) == ["unused-waiver"])
  }

  @Test func aWaiverWithoutUseIsReported() throws {
    let report = try check(
      "<!-- refrain-ignore-next reason=\"legal\" -->\n\n\(other)\n", status: 0)
    #expect(report.remarks.map(\.rule) == ["unused-waiver"])
    #expect(report.remarks.first?.path == "b.md")
    #expect(report.remarks.first?.start.line == 1)
    #expect(report.remarks.first?.message.contains("legal") == true)
    let run = try RefrainProgram.run(["check", "."], in: folder)
    #expect(run.lines == ["b.md:1:1: unused-waiver: the waiver covers no repetition (legal)"])
    // Where only a part was looked for, nobody knows.
    #expect(try folder.check(".", "--scope", "within").remarks.isEmpty)
  }

  @Test func aWaiverPastItsDayWaivesNothing() throws {
    let report = try check(
      "<!-- refrain-ignore-next until=2020-02-29 -->\n\n\(paragraph)\n", status: 1)
    #expect(report.findings.count == 1)
    #expect(report.remarks.map(\.rule) == ["expired-waiver"])
    #expect(report.remarks.first?.message.contains("2020-02-29") == true)
  }

  @Test(
    arguments: [
      "refrain-ignore-next until=soon", "refrain-ignore-next until=2999-02-30",
      "refrain-ignore-next because", "refrain-ignore", "refrain-ignore-next why=\"x\"",
    ])
  func aWaiverThatCannotBeReadWaivesNothing(text: String) throws {
    let report = try check("<!-- \(text) -->\n\n\(paragraph)\n", status: 1)
    #expect(report.findings.count == 1)
    #expect(report.remarks.map(\.rule) == ["bad-waiver"])
  }

  @Test func offAndOn() throws {
    let (off, on) = ("<!-- refrain-off reason=\"form\" -->", "<!-- refrain-on -->")
    for text in ["\(off)\n\n\(other)\n\n\(paragraph)\n\n\(on)\n", "\(off)\n\n\(paragraph)\n"] {
      let report = try check(text, status: 0)
      #expect(report.summary.waived == 1)
      #expect(report.remarks.isEmpty)
    }
    let report = try check("\(off)\n\n\(other)\n\n\(on)\n\n\(paragraph)\n", status: 1)
    #expect(report.findings.count == 1)
    #expect(report.remarks.map(\.rule) == ["unused-waiver"])
  }

  /// A third place is reported with those that no waiver covers.
  @Test func otherPlacesAreReported() throws {
    try folder.write("c.md", "\(other)\n\n\(paragraph)\n")
    let report = try check("<!-- refrain-ignore-next -->\n\n\(paragraph)\n", status: 1)
    #expect(report.findings.map(\.paths) == [["a.md", "c.md"]])
    #expect(report.remarks.isEmpty)
  }

  /// A comment that is closed may stand anywhere on a line.
  @Test(
    arguments: [
      ("b.md", "<!-- refrain-off --> P <!-- refrain-on -->"),
      ("b.md", "Text. <!-- refrain-ignore-next -->\n\nP"),
      ("b.html", "<div><!-- refrain-ignore-next --><p>P</p></div>"),
      ("b.html", "<p>One.</p><!--\n refrain-off --><p>P</p><!-- refrain-on --><p>Two.</p>"),
    ])
  func waiversInsideALine(name: String, text: String) throws {
    let text = text.replacing("P", with: paragraph)
    let report = try check(text + "\n", name: name, status: 0)
    #expect(report.summary.waived == 1)
    #expect(report.remarks.isEmpty)
  }

  /// A page that explains waivers has none.
  @Test(arguments: [
    "```\n<!-- refrain-ignore-next -->\n```", "Write `<!-- refrain-off -->` there.",
  ])
  func aWaiverInCodeIsNone(code: String) throws {
    let report = try check("\(code)\n\n\(paragraph)\n", status: 1)
    #expect(report.findings.count == 1)
    #expect(report.remarks.isEmpty)
  }
}
