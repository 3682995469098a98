// JUnit's XML: a test case a file, which fails where a finding in it counts against the gate.

package import RefrainModel

package struct JUnitReport: Reporter {
  package init() {}

  /// The report: all files that were read, in their order.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    var byFile: [String: [Finding]] = [:]
    for finding in result.told {
      byFile[finding.occurrences[0].path, default: []].append(finding)
    }
    var remarks: [String: [Remark]] = [:]
    for remark in result.remarks { remarks[remark.path, default: []].append(remark) }
    // A file without a document in it may still be the first place of nothing: no case is missing.
    let files = result.files
    let failures = files.count { byFile[$0, default: []].contains(where: result.gate.counts) }
    let counts =
      XMLText.attribute("tests", String(files.count + result.skipped.count))
      + XMLText.attribute("failures", String(failures))
      + XMLText.attribute("errors", String(result.skipped.count))
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"refrain\"\(counts)>\n"
    text += "  <testsuite name=\"refrain check\"\(counts) skipped=\"0\" time=\"0\">\n"
    for file in files {
      text += testCase(file, byFile[file, default: []], remarks[file, default: []], result)
    }
    for error in result.skipped {
      let message = XMLText.attribute("message", error.description)
      text +=
        "    <testcase\(XMLText.attribute("name", error.description)) classname=\"refrain\" time=\"0\">"
      text += "<error\(message) type=\"unreadable\"/></testcase>\n"
    }
    text += "  </testsuite>\n</testsuites>\n"
    bytes.append(contentsOf: text.utf8)
  }

  private func testCase(
    _ file: String, _ findings: [Finding], _ remarks: [Remark], _ result: CheckResult
  ) -> String {
    let name = XMLText.attribute("name", result.root.relative(file))
    var text = "    <testcase\(name) classname=\"refrain\" time=\"0\""
    let failing = findings.filter(result.gate.counts)
    let notes =
      findings.filter { !result.gate.counts($0) }.map { line($0, result) }
      + remarks.map { ConciseReport.line($0, path: result.root.relative($0.path)) }
    if failing.isEmpty, notes.isEmpty { return text + "/>\n" }
    text += ">\n"
    if !failing.isEmpty {
      let message = failing.count == 1 ? failing[0].title : "\(failing.count) repeated passages"
      text += "      <failure\(XMLText.attribute("message", message))"
      text += XMLText.attribute("type", failing[0].kind.rawValue) + ">"
      text += XMLText.escaped(failing.map { line($0, result) }.joined(separator: "\n"))
      text += "</failure>\n"
    }
    if !notes.isEmpty {
      text += "      <system-out>\(XMLText.escaped(notes.joined(separator: "\n")))</system-out>\n"
    }
    return text + "    </testcase>\n"
  }

  /// `path:line:column: kind: message: how it begins`.
  private func line(_ finding: Finding, _ result: CheckResult) -> String {
    let first = finding.occurrences[0]
    return "\(result.place(first)): \(finding.kind.rawValue): \(finding.message(result.place)): "
      + first.firstLine
  }
}
