// Why a finding has its level, as a page of text: what `check --explain` prints.

package import RefrainModel

package enum ExplanationText {
  /// The finding, its places, the reason, and each measure with what it counts.
  package static func text(_ finding: Finding, in result: CheckResult) -> String {
    var lines = ["\(finding.id): \(finding.title)"]
    lines += finding.occurrences.prefix(named).map { "  " + result.place($0) }
    if finding.occurrences.count > named {
      lines.append("  and \(finding.occurrences.count - named) more")
    }
    lines.append("")
    lines.append(levelLine(finding, result))
    guard let judgement = finding.judgement else { return lines.joined(separator: "\n") }
    lines.append(VisibleText.line(judgement.sentence) + ".")
    if judgement.items.isEmpty { return lines.joined(separator: "\n") }
    lines.append("")
    lines.append(row("measure", "value", "points"))
    lines += judgement.items.map { row($0.measure, String($0.value), String($0.points)) }
    lines.append(row("sum", "", String(judgement.points)))
    lines.append(
      "An error has \(judgement.leastForError) points or more, a note \(judgement.leastForNote) "
        + "(table: \(judgement.table)).")
    return lines.joined(separator: "\n")
  }

  /// So many places are named.
  private static let named = 10

  private static func levelLine(_ finding: Finding, _ result: CheckResult) -> String {
    var line = "Level: \(finding.level.rawValue)"
    if let passageClass = finding.passageClass { line += ", class: \(passageClass.rawValue)" }
    line += result.gate.counts(finding) ? ". It fails the run." : ". It fails no run."
    return line
  }

  private static func row(_ name: String, _ value: String, _ points: String) -> String {
    "  " + name + pad(name, to: 12) + left(value, 8) + left(points, 8)
  }

  private static func pad(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count))
  }

  private static func left(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
  }
}
