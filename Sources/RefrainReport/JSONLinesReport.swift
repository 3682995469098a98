// A check's result as JSON Lines: for programs that read one finding at a time.

package import RefrainModel

package struct JSONLinesReport: Reporter {
  package init() {}

  /// A line a finding, as `json` has them, by where they stand first, then a line a remark, which has a
  /// `rule` and no `kind`.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    JSONText.append(to: &bytes) { json in
      for finding in result.findings.sorted(by: { $0.number < $1.number }) {
        JSONReport.write(finding, in: result, to: &json)
        json.newline()
      }
      for remark in result.remarks {
        JSONReport.write(remark, to: &json)
        json.newline()
      }
    }
  }
}
