// reviewdog's diagnostic lines, rdjsonl: one JSON object a line, columns in bytes of UTF-8.

package import RefrainModel

package struct ReviewdogReport: Reporter {
  /// Related locations that a diagnostic names.
  private static let mostRelated = 20

  package init() {}

  /// The lines.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      for finding in result.told {
        let first = finding.occurrences[0]
        let path = result.root.relative(first.path)
        json.object { json in
          json.member("message", finding.message(result.place))
          location(path, ReportRegion(changedIn: first), to: &json)
          json.member("severity", result.isWarning(finding) ? "WARNING" : "INFO")
          rule(finding.kind.rawValue, to: &json)
          let others = finding.occurrences.dropFirst().prefix(Self.mostRelated)
          json.member("related_locations", of: others) { json, other in
            json.object { json in
              json.member("message", other.firstLine)
              location(result.root.relative(other.path), ReportRegion(other), to: &json)
            }
          }
        }
        json.newline()
      }
      for remark in result.remarks {
        json.object { json in
          json.member("message", remark.message)
          let region = ReportRegion(start: remark.start, end: remark.end)
          location(result.root.relative(remark.path), region, to: &json)
          json.member("severity", "INFO")
          rule(remark.rule.rawValue, to: &json)
        }
        json.newline()
      }
    }
  }

  private func rule(_ rule: String, to json: inout JSONText) {
    json.member("source") { $0.member("name", "refrain") }
    json.member("code") { $0.member("value", rule) }
  }

  private func location(_ path: String, _ region: ReportRegion, to json: inout JSONText) {
    json.member("location") { json in
      json.member("path", path)
      json.member("range") { json in
        // Without any column a range is whole lines; one column alone would mean another thing.
        position("start", region.startLine, region.columns?.start, to: &json)
        position("end", region.endLine, region.columns?.end, to: &json)
      }
    }
  }

  private func position(
    _ name: StaticString, _ line: Int, _ place: Place?, to json: inout JSONText
  ) {
    json.member(name) { json in
      json.member("line", line)
      if let place { json.member("column", place.byteColumn) }
    }
  }
}
