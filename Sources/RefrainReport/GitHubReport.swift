// GitHub's workflow commands: lines in a job's log that become annotations of the changed files.

package import RefrainModel

/// What the summary of a step, the file that GITHUB_STEP_SUMMARY names, holds of a result.
package enum StepSummary: Hashable, Sendable {
  /// There is none.
  case absent
  case whole
  /// All but so many findings and remarks, for which there was no room.
  case cut(leftOut: Int)
}

package struct GitHubReport: Reporter {
  /// Annotations of one level that a step shows; what is above is not shown, and so not written.
  private static let mostShown = 10

  /// What the summary of the step holds.
  private let summary: StepSummary

  package init(summary: StepSummary = .absent) { self.summary = summary }

  /// The commands, at most ten a level, those that count and touch changed lines first; a last line says
  /// how many are not shown, and where they are.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    var text = ""
    let findings = result.told
    let changed = findings.filter { $0.occurrences[0].changedLines != nil }
    let rest = findings.filter { $0.occurrences[0].changedLines == nil }
    let inOrder = changed + rest
    let warnings = inOrder.filter(result.isWarning)
    let notices = inOrder.filter { !result.isWarning($0) }
    for finding in warnings.prefix(Self.mostShown) { text += command("warning", finding, result) }
    var left = Self.mostShown
    for finding in notices.prefix(left) { text += command("notice", finding, result) }
    left -= min(left, notices.count)
    for remark in result.remarks.prefix(left) { text += command(remark, result) }
    let shown =
      min(Self.mostShown, warnings.count)
      + min(Self.mostShown, notices.count + result.remarks.count)
    let all = findings.count + result.remarks.count
    if all > shown { text += "\(all - shown) more\(place(of: all))\n" }
    bytes.append(contentsOf: text.utf8)
  }

  /// Where a reader finds what is not shown.
  private func place(of all: Int) -> String {
    switch summary {
    case .absent: " are not shown"
    case .whole: "; all of them are in the summary"
    case .cut(let leftOut):
      "; the summary leaves out \(leftOut) of \(all), because it is limited to 1 MiB"
    }
  }

  private func command(_ level: String, _ finding: Finding, _ result: CheckResult) -> String {
    let first = finding.occurrences[0]
    var message = finding.message(result.place)
    message += "\n" + Phrases.line(first.text, atMost: 200)
    return line(
      level, result.root.relative(first.path), ReportRegion(changedIn: first),
      finding.kind.rawValue, message)
  }

  private func command(_ remark: Remark, _ result: CheckResult) -> String {
    line(
      "notice", result.root.relative(remark.path),
      ReportRegion(start: remark.start, end: remark.end), remark.rule.rawValue,
      remark.message)
  }

  private func line(
    _ level: String, _ path: String, _ region: ReportRegion, _ title: String, _ message: String
  ) -> String {
    var text = "::\(level) file=\(property(path)),line=\(region.startLine)"
    text += ",endLine=\(region.endLine)"
    // Columns on several lines make GitHub drop the annotation.
    if region.startLine == region.endLine, let columns = region.columns {
      text += ",col=\(columns.start.column),endColumn=\(columns.end.column)"
    }
    return text + ",title=\(property("refrain: " + title))::\(data(message))\n"
  }

  /// A message: percent signs and line ends escaped, and spelt out what would steer whoever reads the
  /// job's log.
  private func data(_ text: String) -> String {
    var out = ""
    for scalar in VisibleText.lines(text).unicodeScalars {
      switch scalar {
      case "%": out += "%25"
      case "\n": out += "%0A"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// A property: colons and commas escaped as well.
  private func property(_ text: String) -> String {
    var out = ""
    for scalar in data(text).unicodeScalars {
      switch scalar {
      case ":": out += "%3A"
      case ",": out += "%2C"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}
