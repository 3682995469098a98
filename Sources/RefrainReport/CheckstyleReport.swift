// Checkstyle's XML, which many editors and build servers read.

package import RefrainModel

package struct CheckstyleReport: Reporter {
  package init() {}

  /// The report: a `file` element for each file that a finding or remark is in, by path.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    var byFile: [String: [(line: Int, text: String)]] = [:]
    for finding in result.told {
      let first = finding.occurrences[0]
      let region = ReportRegion(changedIn: first)
      byFile[result.root.relative(first.path), default: []].append(
        error(
          region.startLine, region.start?.column, result.isWarning(finding) ? "warning" : "info",
          finding.message(result.place), finding.kind.rawValue))
    }
    for remark in result.remarks {
      byFile[result.root.relative(remark.path), default: []].append(
        error(
          remark.start.line, remark.start.column, "info", remark.message, remark.rule.rawValue))
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n"
    for (path, errors) in byFile.sorted(by: { $0.key < $1.key }) {
      text += "  <file\(XMLText.attribute("name", path))>\n"
      // Sorted by line; those of one line stay in the order of their weight.
      for entry in errors.enumerated().sorted(by: {
        ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
      }) {
        text += entry.element.text
      }
      text += "  </file>\n"
    }
    text += "</checkstyle>\n"
    bytes.append(contentsOf: text.utf8)
  }

  private func error(
    _ line: Int, _ column: Int?, _ severity: String, _ message: String, _ rule: String
  ) -> (line: Int, text: String) {
    var text = "    <error" + XMLText.attribute("line", String(line))
    if let column { text += XMLText.attribute("column", String(column)) }
    text += XMLText.attribute("severity", severity) + XMLText.attribute("message", message)
    text += XMLText.attribute("source", "refrain.\(rule)") + "/>\n"
    return (line, text)
  }
}
