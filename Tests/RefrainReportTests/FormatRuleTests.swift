// The rules of single formats: units of columns, clipped regions, escapes, limits, fingerprints.

import Foundation
import RefrainModel
import RefrainReport
import Testing

struct FormatRuleTests {
  private let result = ReportFixture.result

  private func text(_ format: ReportFormat, _ result: CheckResult) -> String {
    String(
      decoding: format.report(
        result, version: "1.2.3", style: TextStyle(isColored: false), isTerminal: false),
      as: UTF8.self)
  }

  private func object(_ text: some StringProtocol) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func sarifResults(_ result: CheckResult) throws -> [[String: Any]] {
    let runs = try #require(try object(text(.sarif, result))["runs"] as? [[String: Any]])
    return try #require(runs[0]["results"] as? [[String: Any]])
  }

  private func region(_ location: [String: Any]) throws -> [String: Int] {
    let place = try #require(location["physicalLocation"] as? [String: Any])
    return try #require(place["region"] as? [String: Int])
  }

  /// Behind two times e, combining acute, emoji, blank: 8 code points, 10 UTF-16 units, 16 bytes.
  @Test func columnsAreInEachFormatsUnit() throws {
    let second = result.findings[0].occurrences[1].start
    #expect(second.column == 9)
    let related = try #require(
      try sarifResults(result)[0]["relatedLocations"] as? [[String: Any]])
    #expect(try region(related[1])["startColumn"] == 11)
    let line = try #require(text(.rdjsonl, result).split(separator: "\n").first)
    let locations = try #require(try object(line)["related_locations"] as? [[String: Any]])
    let location = try #require(locations[0]["location"] as? [String: Any])
    let range = try #require(location["range"] as? [String: [String: Int]])
    #expect(range["start"] == ["line": 12, "column": 17])
    #expect(text(.concise, result).contains("docs/a file: 1,2.md:12:9"))
  }

  /// The primary location is cut to the changed lines, the first related one is the whole passage.
  @Test func regionsAreCutToChangedLines() throws {
    let first = try sarifResults(result)[0]
    let locations = try #require(first["locations"] as? [[String: Any]])
    #expect(locations.count == 1)
    #expect(try region(locations[0]) == ["startLine": 42, "endLine": 43])
    let related = try #require(first["relatedLocations"] as? [[String: Any]])
    #expect(
      try region(related[0])
        == ["startLine": 41, "startColumn": 6, "endLine": 44, "endColumn": 11])
    #expect(related.map { $0["id"] as? Int } == [1, 2, 3])
  }

  /// A message links to related locations that there are, and to at most a hundred.
  @Test func linksInMessagesLead() throws {
    var crowd = result
    let place = ReportFixture.occurrence("docs/x.md", line: 3, "Text.")
    crowd.findings[0].occurrences += [Occurrence](repeating: place, count: 500)
    for result in try sarifResults(crowd) {
      let message = try #require((result["message"] as? [String: String])?["text"])
      let related = result["relatedLocations"] as? [[String: Any]] ?? []
      #expect(related.count <= 100)
      let ids = Set(related.compactMap { $0["id"] as? Int })
      for link in message.matches(of: /\]\((\d+)\)/) {
        #expect(ids.contains(try #require(Int(link.output.1))), "\(message)")
      }
    }
  }

  @Test func pathsInSARIFAreRelativeReferences() throws {
    let all = text(.sarif, result)
    #expect(all.contains(#""uri": "docs/a%20file%3A%201,2.md""#))
    #expect(all.contains(#""uri": "docs/na%C3%AFve.md""#))
  }

  /// Outside of the repository a path is absolute, and a base would be wrong.
  @Test func filesOutsideTheRepositoryAreAbsolute() throws {
    var outside = result
    outside.root = PathRoot(folder: "/home/me/docs/guide", root: "/home/me/docs")
    outside.findings[1].occurrences[0].path = "../../notes/a b.md"
    outside.findings[1].occurrences[1].path = "./b.md"
    let finding = try sarifResults(outside)[1]
    let related = try #require(finding["relatedLocations"] as? [[String: Any]])
    let artifacts = try related.map {
      let place = try #require($0["physicalLocation"] as? [String: Any])
      return try #require(place["artifactLocation"] as? [String: String])
    }
    #expect(artifacts[0] == ["uri": "file:///home/me/notes/a%20b.md"])
    #expect(artifacts[1] == ["uri": "guide/b.md", "uriBaseId": "%SRCROOT%"])
  }

  /// A range with one column alone would mean another thing than whole lines.
  @Test func reviewdogHasBothColumnsOrNone() throws {
    var cut = result
    cut.findings[0].occurrences[0].changedLines = 43...60
    for line in text(.rdjsonl, cut).split(separator: "\n") {
      let location = try #require(try object(line)["location"] as? [String: Any])
      let range = try #require(location["range"] as? [String: [String: Int]])
      #expect((range["start"]?["column"] == nil) == (range["end"]?["column"] == nil))
    }
  }

  /// Equal ids get fingerprints of their own, and none holds a line number.
  @Test func fingerprintsAreUnique() throws {
    let gitlab = try #require(
      try JSONSerialization.jsonObject(with: Data(text(.gitlab, result).utf8)) as? [[String: Any]])
    let fingerprints = gitlab.compactMap { $0["fingerprint"] as? String }
    #expect(Set(fingerprints).count == gitlab.count)
    var moved = result
    for finding in moved.findings.indices {
      for index in moved.findings[finding].occurrences.indices {
        moved.findings[finding].occurrences[index].start.line += 7
        moved.findings[finding].occurrences[index].end.line += 7
      }
    }
    let after = try #require(
      try JSONSerialization.jsonObject(with: Data(text(.gitlab, moved).utf8)) as? [[String: Any]])
    #expect(after.compactMap { $0["fingerprint"] as? String } == fingerprints)
    let hashes = try sarifResults(result).compactMap {
      ($0["partialFingerprints"] as? [String: String])?["primaryLocationLineHash"]
    }
    #expect(Set(hashes).count == result.findings.count + result.remarks.count)
  }

  /// Ten a level are shown, the rest is counted; properties and messages are escaped.
  @Test func workflowCommandsKeepToTheLimits() {
    var many = result
    many.findings = (0..<25).map { _ in result.findings[1] }
    many.remarks = []
    let lines = text(.github, many).split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::warning ") } == 10)
    #expect(lines.last == "15 more are not shown")
    let first = text(.github, result).split(separator: "\n")
    #expect(first[0].contains("file=docs/naïve.md,line=42,endLine=43,title="))
    #expect(first[1].contains("line=5,endLine=5,col=1,endColumn="))
    #expect(first.allSatisfy { $0.hasPrefix("::") })
    #expect(text(.github, result).contains("100%25, a: b."))
    let path = first.first { $0.contains("docs/a file") }
    #expect(path == nil || path?.contains("1%2C2") == true || path?.contains("::A ") == true)
  }

  /// More results than a reader takes are left out and counted, those that do not count first.
  @Test func sarifKeepsToItsLimits() throws {
    var many = result
    var small = result.findings[4]
    small.occurrences[0].text = "x"
    let notes = [Finding](repeating: small, count: 20_000)
    many.findings = notes + [Finding](repeating: result.findings[1], count: 6000)
    many.remarks = []
    let results = try sarifResults(many)
    #expect(results.count == 25_000)
    #expect(results.prefix(6000).allSatisfy { $0["level"] as? String == "warning" })
    #expect(results.dropFirst(6000).allSatisfy { $0["level"] as? String == "note" })
    #expect(text(.sarif, many).contains("1000 more findings are left out"))
  }

  /// Reports that lie among texts can be told from them, however little they found.
  @Test func reportsForPeopleAreMarked() {
    for result in [result, CheckResult(findings: [])] {
      #expect(text(.markdown, result).hasPrefix("<!-- refrain report -->\n## Refrain: "))
      let head = text(.html, result).prefix(1000)
      #expect(head.contains("\n<meta name=\"generator\" content=\"refrain 1.2.3\">\n"))
    }
  }

  /// A summary of bounded size says how much it leaves out.
  @Test func markdownKeepsToItsLimit() {
    var many = result
    many.findings = [Finding](repeating: result.findings[1], count: 1000)
    let (bytes, leftOut) = MarkdownReport(limit: 20_000).cut(many)
    #expect(bytes.count <= 20_000)
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let rows = lines.count { $0.hasPrefix("| ✗ |") }
    #expect(leftOut - many.remarks.count <= many.findings.count - rows)
    #expect(leftOut >= many.findings.count - rows)
    #expect(lines.last?.hasSuffix(" more are not shown.") == true)
    let none = MarkdownReport(limit: 10).cut(many)
    #expect(none.bytes.isEmpty && none.leftOut == 1000 + many.remarks.count)
    #expect(MarkdownReport().cut(many).leftOut == 0)
  }

  /// Hostile text can end no element and steer no terminal.
  @Test(arguments: [ReportFormat.html, .junit, .checkstyle, .concise, .cards, .markdown])
  func hostileTextStaysText(format: ReportFormat) {
    let report = text(format, result)
    #expect(!report.contains("\u{1B}"))
    #expect(!report.contains("\u{0}"))
    if [.html, .junit, .checkstyle].contains(format) {
      #expect(!report.contains("<script>alert"))
      #expect(!report.contains("</textarea"))
    }
  }

  @Test(arguments: [ReportFormat.junit, .checkstyle])
  func xmlIsWellFormed(format: ReportFormat) throws {
    let document = text(format, result)
    var open: [Substring] = []
    for tag in document.matches(of: /<(\/?)([a-z-]+)((?:[^<>"]|"[^"<]*")*?)(\/?)>/) {
      if tag.output.1 == "/" {
        #expect(open.popLast() == tag.output.2)
      } else if tag.output.4 != "/" {
        open.append(tag.output.2)
      }
    }
    #expect(open.isEmpty)
  }
}
