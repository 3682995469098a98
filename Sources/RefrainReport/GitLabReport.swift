// GitLab's Code Quality report: a JSON array that merge requests show beside their changes.

package import RefrainModel

package struct GitLabReport: Reporter {
  package init() {}

  /// The report.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      var ordinals = Ordinals()
      json.beginArray()
      for finding in result.told {
        let first = finding.occurrences[0]
        json.lineBreak()
        json.object { json in
          json.member("description", finding.message(result.place))
          json.member("check_name", finding.kind.rawValue)
          json.member("fingerprint", ordinals.unique(finding.id))
          json.member("severity", severity(finding, result))
          write(result.root.relative(first.path), ReportRegion(changedIn: first), to: &json)
        }
      }
      for remark in result.remarks {
        let path = result.root.relative(remark.path)
        json.lineBreak()
        json.object { json in
          json.member("description", remark.message)
          json.member("check_name", remark.rule.rawValue)
          // The path and the rule tell remarks apart, and their number those that are alike.
          json.member("fingerprint", ordinals.unique("\(remark.rule.rawValue):\(path)"))
          json.member("severity", "info")
          write(path, ReportRegion(start: remark.start, end: remark.end), to: &json)
        }
      }
      json.endArray()
      json.newline()
    }
  }

  private func severity(_ finding: Finding, _ result: CheckResult) -> String {
    guard result.isWarning(finding) else { return "info" }
    return finding.kind == .nearRepeat ? "minor" : "major"
  }

  private func write(_ path: String, _ region: ReportRegion, to json: inout JSONText) {
    json.member("location") { json in
      json.member("path", path)
      json.member("lines") { json in
        json.member("begin", region.startLine)
        json.member("end", region.endLine)
      }
    }
  }
}

/// Tells equal names apart by their number, which no line numbers go into.
struct Ordinals {
  private var counts: [String: Int] = [:]

  /// The name itself the first time, then with `-2`, `-3` and so on.
  mutating func unique(_ name: String) -> String {
    counts[name, default: 0] += 1
    let n = counts[name, default: 1]
    return n == 1 ? name : "\(name)-\(n)"
  }
}
