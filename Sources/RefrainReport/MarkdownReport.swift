// A check's result as Markdown: for a comment on a change, or the summary of a CI job.

package import RefrainModel

package struct MarkdownReport: Reporter {
  /// The first line, by which a report is known for one.
  package static let marker = "<!-- refrain report -->"

  /// The most bytes there may be.
  private let limit: Int

  /// A reporter that cuts what would be longer than `limit` bytes.
  package init(limit: Int = .max) { self.limit = limit }

  /// A heading, one line on the whole, and a table with a row a finding.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: cut(result).bytes)
  }

  /// The report, cut where it would be too long; a last line says how many rows are left out.
  ///
  /// - Returns: the report, and how many findings and remarks it leaves out.
  package func cut(_ result: CheckResult) -> (bytes: [UInt8], leftOut: Int) {
    let findings = result.told
    var text = "\(Self.marker)\n## Refrain: \(Phrases.count(findings.count, "finding"))"
    let gating = result.gating
    if gating != findings.count, result.gate.failOn != .never {
      text += ", \(gating) to resolve"
    }
    text += "\n\n\(TextReport.summary(result)).\n"
    var bytes = Array(text.utf8)
    let head = "\n| | kind | share | place | also | begins |\n|---|---|---|---|---|---|\n"
    if !findings.isEmpty { bytes += Array(head.utf8) }
    var leftOut = findings.count + result.remarks.count
    var left = leftOut + result.skipped.count + result.resolved.count
    // Room for the line that says what is left out.
    let limit = self.limit - 100
    if bytes.count > limit { return ([], leftOut) }
    for finding in result.warningsFirst(findings) {
      let row = Array(row(finding, result).utf8)
      if bytes.count + row.count > limit { break }
      bytes += row
      left -= 1
      leftOut -= 1
    }
    var notes = result.remarks.map { remark in
      let place = "\(result.root.relative(remark.path)):\(remark.start.line)"
      return "\(Self.code(place)) \(remark.rule.rawValue): \(Self.code(remark.message))"
    }
    notes += result.skipped.map { "left out: \(Self.code($0.description))" }
    notes += result.resolved.map { "resolved: \(Self.code($0))" }
    for (index, note) in notes.enumerated() {
      let line = "\(index == 0 ? "\n" : "")- \(note)\n"
      if bytes.count + line.utf8.count > limit { break }
      bytes += Array(line.utf8)
      left -= 1
      if index < result.remarks.count { leftOut -= 1 }
    }
    if left > 0 { bytes += Array("\n\(left) more are not shown.\n".utf8) }
    return (bytes, leftOut)
  }

  private func row(_ finding: Finding, _ result: CheckResult) -> String {
    let others = finding.others
    var also = others.prefix(3).map {
      Self.code(result.place($0)) + finding.likeness(of: $0) + $0.addition
    }.joined(separator: ", ")
    if others.count > 3 { also += " and \(others.count - 3) more" }
    let mark = result.isWarning(finding) ? "✗" : ""
    let kind = finding.kind.rawValue + (finding.standing.map { " (\($0))" } ?? "")
    let first = finding.occurrences[0]
    return "| \(mark) | \(kind) | \(finding.share) | \(Self.code(result.place(first))) | \(also) "
      + "| \(Self.code(Phrases.line(first.text, atMost: 80))) |\n"
  }

  /// Text as a code span, in which nothing is markup, no link and no mention.
  ///
  /// A vertical bar is escaped even there, since tables are cut first.
  static func code(_ text: String) -> String {
    let line = VisibleText.line(text)
    var longest = 0
    var run = 0
    for character in line.utf8 {
      run = character == UInt8(ascii: "`") ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let pad = longest > 0 ? " " : ""
    var escaped = ""
    for character in line { escaped += character == "|" ? "\\|" : String(character) }
    return fence + pad + escaped + pad + fence
  }
}
