// The HTML report as a document: what stands side by side is what the places say, and nothing in it
// runs, loads or leaves. How it behaves in a browser is Tests/Formats/browse.py's.

import RefrainModel
import RefrainReport
import TestSupport
import Testing

struct HTMLReportTests {
  private func html(_ result: CheckResult, link: String? = nil) -> String {
    let link = link.flatMap { LinkTemplate($0) }
    return String(decoding: HTMLReport(version: "1.2.3", link: link).report(result), as: UTF8.self)
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
    // Those of the search for a path.
    #expect(page.matches(of: /toLowerCase/).count == 2)
  }

  @Test func whatIsIdenticalIsShownOnce() {
    let page = html(result(["One two.", "Three four."], ["One two.", "Three four."]))
    #expect(rows(page) == [["One two."], ["Three four."]])
    #expect(
      page.contains(
        "<code>a.md:1:1</code> = <code>b.md:1:1</code> <i>identical: shown once</i>"))
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
    #expect(page.contains("data-level=\"error\" data-state=\"grown\" data-scope=\"across\""))
    #expect(page.contains("<dd data-value=\"known\" data-off><b>1</b> known</dd>"))
    // Each finding is on the page of its first place, and few are opened at once.
    #expect(page.matches(of: /<section class="page">/).count == 3)
    #expect(page.matches(of: /<details class="f [^>]* open>/).count == 5)
  }

  /// Where findings have classes, these are a filter, and so is having none.
  @Test func classesAreAFilter() {
    var result = ReportFixture.result
    for index in result.findings.indices { result.findings[index].passageClass = nil }
    #expect(!html(result).contains("data-facet=\"class\""))
    result.findings[0].passageClass = .version
    let page = html(result)
    #expect(page.matches(of: /data-class="version"/).count == 1)
    #expect(page.contains("<dd data-value=\"version\"><b>1</b> version</dd>"))
    #expect(page.contains("<dd data-value=\"none\"><b>\(result.findings.count - 1)</b> none</dd>"))
  }

  /// A title is a sentence of the passage; what stands in a block of its own before it is none of it.
  @Test func titlesAreSentences() {
    func title(_ sentences: [String]) -> Substring? {
      html(result(sentences, sentences)).firstMatch(of: /<span class="t">(.*?)<\/span>/)?.output.1
    }
    let sentence = "Make sure that the cluster is running before you begin."
    #expect(title(["Prerequisites", sentence, "Then go on."]) == sentence[...])
    #expect(title(["Before you upgrade a cluster in place", sentence]) == sentence[...])
    #expect(title(["Prerequisites", "Then go on."]) == "Prerequisites")
    #expect(
      title(["He said \u{201C}this is not what I meant.\u{201D}"])?.hasPrefix("He said") == true)
  }

  /// Places lead where the template says, whatever they are called; without one nothing leads anywhere.
  @Test func placesHaveLinks() {
    var whole = ReportFixture.result
    whole.root = PathRoot(folder: "/home/me/repo/docs", root: "/home/me/repo")
    let editor = html(whole, link: "vscode://file{path}:{line}:{column}")
    #expect(
      editor.contains("href=\"vscode://file/home/me/repo/docs/docs/a%20file%3a%201%2c2.md:12:9\""))
    let web = html(whole, link: "https://example.org/blob/main/{path}#L{line}")
    #expect(
      web.contains("href=\"https://example.org/blob/main/docs/docs/na%c3%afve.md#L41\""))
    #expect(web.contains("docs/news.jsonl#L19\""))
    for page in [editor, web] {
      let links = page.matches(of: /<a href="([^"]*)" target="_blank" rel="noopener noreferrer">/)
      #expect(links.count > 10)
      #expect(page.matches(of: /href=/).count == links.count)
    }
  }

  /// What no template may be.
  @Test(arguments: [
    "", "{path}", "docs/{path}", "javascript://%0aalert(1)//{path}", "JavaScript://{path}",
    "data://text/html,{path}", "file://{path}", "vscode://file:{line}", "vscode://{path}{user}",
    "https://example.org/{path", "https://example.org/}{path}", "https://a b/{path}",
    "https://example.org/\"{path}", "{path}://x", "1x://{path}", "https://e\u{301}.org/{path}",
  ])
  func templatesAreChecked(text: String) {
    #expect(LinkTemplate(text) == nil)
  }

  /// What a reader copies to keep a passage, in the page's own format.
  @Test func waiversToCopy() {
    func waiver(_ path: String, _ text: String, _ kind: FindingKind = .exactRepeat) -> String? {
      var finding = ReportFixture.result.findings[1]
      finding.kind = kind
      finding.occurrences = [
        ReportFixture.occurrence(path, line: 1, text),
        ReportFixture.occurrence(path, line: 9, text),
      ]
      let page = html(CheckResult(findings: [finding]))
      return page.firstMatch(of: /<p class="w">(.*?)<\/p>/).map { String($0.output.1) }
    }
    let next = "refrain-ignore-next reason=&quot;...&quot;"
    #expect(waiver("a.md", "One two.")?.contains("<code>&lt;!-- \(next) --&gt;</code>") == true)
    #expect(waiver("a.RST", "One two.")?.contains("<code>.. \(next)</code>") == true)
    #expect(waiver("a.adoc", "One two.")?.contains("<code>// \(next)</code>") == true)
    let blocks = waiver("a.md", "One two.\n\nThree four.")
    #expect(blocks?.contains("refrain-off") == true && blocks?.contains("refrain-on ") == true)
    #expect(waiver("a.md", "One two.", .duplicateDocument)?.contains("at the top") == true)
    #expect(
      html(CheckResult(findings: [ReportFixture.result.findings[3]])).contains("class=\"w\"")
        == false)
  }

  /// Documents that repeat each other are shown, marked where it is known how they go along.
  @Test func duplicateDocumentsHaveTexts() {
    var finding = ReportFixture.result.findings[2]
    var places = [
      ReportFixture.occurrence("a.md", line: 1, "One two three four five six."),
      ReportFixture.occurrence("b.md", line: 1, "One two three nine five six."),
    ]
    finding.occurrences = places
    #expect(
      rows(html(CheckResult(findings: [finding]))).contains([places[0].text, places[1].text]))
    places = ReportFixture.aligned(places)
    finding.occurrences = places
    #expect(html(CheckResult(findings: [finding])).contains("three <del>four</del> five"))
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
