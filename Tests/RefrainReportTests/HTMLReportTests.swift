// The HTML report as a document: what stands side by side is what the places say, and nothing in it
// runs, loads or leaves. How it behaves in a browser is Tests/Formats/browse.py's.

import RefrainModel
import RefrainReport
import TestSupport
import Testing

struct HTMLReportTests {
  private func html(_ result: CheckResult) -> String {
    String(decoding: HTMLReport(version: "1.2.3").report(result), as: UTF8.self)
  }

  /// A finding of two places with these sentences.
  private func result(_ a: [String], _ b: [String]) -> CheckResult {
    func place(_ path: String, _ sentences: [String]) -> Occurrence {
      var place = ReportFixture.occurrence(path, line: 1, sentences.joined(separator: " "))
      var at = 0
      for sentence in sentences.dropLast() {
        at += sentence.utf8.count + 1
        place.sentenceStarts.append(at)
      }
      (place.before, place.after) = ("", "")
      return place
    }
    var finding = ReportFixture.result.findings[0]
    finding.occurrences = ReportFixture.aligned([place("a.md", a), place("b.md", b)])
    return CheckResult(findings: [finding])
  }

  /// The cells of the rows, without the marks of what differs.
  private func rows(_ html: String) -> [[String]] {
    html.matches(of: /<tr>((?:<td>[^\n]*?<\/td>)+)<\/tr>/).map { row in
      row.output.1.matches(of: /<td>(.*?)<\/td>/).map {
        String($0.output.1.replacing(/<\/?(del|ins)[^>]*>/, with: ""))
          .replacing(/\s$/, with: "")
      }
    }
  }

  @Test func aSentenceIsARow() {
    let page = html(
      result(
        ["One two three.", "Four five six seven.", "Eight nine."],
        ["One two three.", "Four five extra seven.", "Eight nine."]))
    #expect(
      rows(page) == [
        ["One two three.", "One two three."], ["Four five six seven.", "Four five extra seven."],
        ["Eight nine.", "Eight nine."],
      ])
    #expect(page.contains("Four five <del>six</del> seven."))
    #expect(page.contains("Four five <ins>extra</ins> seven."))
  }

  /// What is the same word to the rule of words is none of the difference, and is shown as it stands.
  @Test func otherSpellingsOfTheSameWordsAreNoChange() {
    let page = html(
      result(
        ["Write an e-mail to \u{201C}Zoe\u{301}\u{201D}, co\u{AD}operate, and wait."],
        ["write an e mail to Zoé; cooperate and hope."]))
    #expect(page.matches(of: /<(del|ins)[^>]*>([^<]*)</).map(\.output.2) == ["wait.", "hope."])
    #expect(page.contains("e-mail") && page.contains("e mail"))
  }

  /// Other places carry how they go along with the first; the page's script neither cuts nor aligns.
  @Test func otherPlacesCarryTheirOwnAlignment() {
    let first = ReportFixture.occurrence("a.md", line: 1, "One two e-mail <four> five six.")
    let second = ReportFixture.occurrence("b.md", line: 1, "One two e-mail <four> seven six.")
    let third = ReportFixture.occurrence("c.md", line: 1, "One two e mail <four> five 😀 eight six.")
    var finding = ReportFixture.result.findings[0]
    finding.occurrences = ReportFixture.aligned([first, second, third])
    let page = html(CheckResult(findings: [finding]))
    #expect(page.contains("data-d=\"=27+9=4\"") || page.contains("data-d=\"=27,30+6=4\""))
    #expect(!page.contains("\\p{L}"))
    #expect(!page.contains("toLowerCase"))
  }

  @Test func whatIsIdenticalIsShownOnce() {
    let page = html(result(["One two.", "Three four."], ["One two.", "Three four."]))
    #expect(rows(page) == [["One two."], ["Three four."]])
    #expect(page.contains("a.md:1:1 = b.md:1:1 <i>identical: shown once</i>"))
  }

  @Test func whatMovedIsMarked() {
    let page = html(
      result(
        ["Alpha beta gamma delta epsilon.", "One two three four five six."],
        ["One two three four five six.", "Alpha beta gamma delta epsilon."]))
    #expect(page.contains("<del class=\"v\">") && page.contains("<ins class=\"v\">"))
  }

  /// Whatever is cut into rows, both sides say what their places say.
  @Test(arguments: UInt64(0)..<10)
  func bothSidesAreWhole(seed: UInt64) {
    var prose = RandomProse(seed: seed, words: 60)
    func sentences() -> [String] {
      (0..<Int.random(in: 1...6, using: &prose.random)).map { _ in
        prose.text(Int.random(in: 1...14, using: &prose.random))
      }
    }
    for _ in 0..<20 {
      let a = sentences()
      var b = Bool.random(using: &prose.random) ? sentences() : a
      b.shuffle(using: &prose.random)
      let rows = rows(html(result(a, b)))
      let left = rows.map { $0.first ?? "" }.filter { !$0.isEmpty }.joined(separator: " ")
      let right = rows.map { $0.last ?? "" }.filter { !$0.isEmpty }.joined(separator: " ")
      #expect(left == a.joined(separator: " "))
      #expect(right == b.joined(separator: " "))
    }
  }

  @Test func nothingRunsOrLeaves() {
    let page = html(ReportFixture.result)
    #expect(page.contains("default-src 'none'"))
    #expect(page.matches(of: /<script/).count == 1)
    #expect(!page.contains(/\s(src|href|action|on[a-z]+)=/))
    #expect(!page.contains("://"))
    #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;"))
  }

  /// What the filters and the walk need is in the markup, and ids are unique.
  @Test func findingsAreMarked() {
    let page = html(ReportFixture.result)
    for finding in ReportFixture.result.findings {
      #expect(
        page.contains("data-kind=\"\(finding.kind.rawValue)\" data-words=\"\(finding.words)\""))
    }
    let ids = page.matches(of: /id="([^"]+)"/).map(\.output.1)
    #expect(Set(ids).count == ids.count)
    #expect(page.contains("<li data-path=\"docs/a file: 1,2.md\">"))
  }

  @Test func remarksAndWhatWasLeftOutAreSaid() {
    let page = html(ReportFixture.result)
    #expect(page.contains("<b>unused-waiver</b> <code>docs/faq.md:3</code>"))
    #expect(page.contains("<b>resolved</b> docs/old.md"))
    #expect(page.contains("<b>left out</b> docs/bad.md:3"))
    #expect(
      page.contains("<b>5 findings</b> in 7 documents of 1,234 words, 2 to resolve, 1 waived."))
    #expect(html(CheckResult(findings: [])).contains("Nothing is said twice."))
  }
}
