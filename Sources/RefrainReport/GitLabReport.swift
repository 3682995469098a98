// GitLab's Code Quality report: a JSON array that merge requests show beside their changes.

package import RefrainModel

package enum GitLabReport {
  /// One entry a finding; fingerprints are unique and hold no line numbers.
  package static func report(_ result: CheckResult) -> [UInt8] {
    var json = JSONText()
    var met: [String: Int] = [:]
    json.beginArray()
    for finding in result.findings {
      let first = finding.occurrences[0]
      met[finding.id, default: 0] += 1
      let number = met[finding.id, default: 1]
      json.lineBreak()
      json.beginObject()
      json.key("description")
      json.string(finding.message)
      json.key("check_name")
      json.string(finding.kind.rawValue)
      json.key("fingerprint")
      json.string(number == 1 ? finding.id : "\(finding.id)-\(number)")
      json.key("severity")
      json.string(severity(finding, result))
      json.key("location")
      json.beginObject()
      json.key("path")
      json.string(first.relativePath)
      json.key("lines")
      json.beginObject()
      json.key("begin")
      json.integer(first.fileLines.lowerBound)
      json.key("end")
      json.integer(first.fileLines.upperBound)
      json.endObject()
      json.endObject()
      json.endObject()
    }
    json.endArray()
    json.newline()
    return json.bytes
  }

  private static func severity(_ finding: Finding, _ result: CheckResult) -> String {
    if !finding.gates(result.gatingKinds) { return "info" }
    return finding.kind == .nearRepeat ? "minor" : "major"
  }
}
