// GitHub's workflow commands: lines in a job's log that become annotations.

package import RefrainModel

package enum GitHubReport {
  /// Annotations of one level that a step shows.
  private static let mostShown = 10

  /// The commands, at most ten a level, those that gate as warnings and first; then how many more.
  package static func report(_ result: CheckResult) -> [UInt8] {
    let warnings = result.findings.filter { $0.gates(result.gatingKinds) }
    let notices = result.findings.filter { !$0.gates(result.gatingKinds) }
    var text = ""
    for finding in warnings.prefix(mostShown) { text += command("warning", finding) }
    for finding in notices.prefix(mostShown) { text += command("notice", finding) }
    let left = max(0, warnings.count - mostShown) + max(0, notices.count - mostShown)
    if left > 0 { text += "\(left) more\n" }
    return Array(text.utf8)
  }

  private static func command(_ level: String, _ finding: Finding) -> String {
    let first = finding.occurrences[0]
    let lines = first.fileLines
    var text = "::\(level) file=\(property(first.relativePath)),line=\(lines.lowerBound)"
    text += ",endLine=\(lines.upperBound)"
    // Columns on several lines make GitHub drop the annotation.
    if lines.count == 1, first.recordLine == nil {
      text += ",col=\(first.start.column),endColumn=\(first.end.column)"
    }
    return text + ",title=\(property("refrain: \(finding.kind.rawValue)"))::\(data(finding.message))\n"
  }

  /// A message: percent signs and line ends escaped.
  private static func data(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  /// A property: colons and commas escaped as well.
  private static func property(_ text: String) -> String {
    escaped(text, ["%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"])
  }

  private static func escaped(_ text: String, _ escapes: [Unicode.Scalar: String]) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      if let escape = escapes[scalar] { out += escape } else { out.unicodeScalars.append(scalar) }
    }
    return out
  }
}
