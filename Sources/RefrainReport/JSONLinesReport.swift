// A check's result as JSON Lines: for programs that read one finding at a time.

package import RefrainModel

package enum JSONLinesReport {
  /// A line a finding, as `json` has them, then a line a remark, which has a
  /// `rule` and no `kind`.
  package static func report(_ result: CheckResult) -> [UInt8] {
    var json = JSONText()
    for finding in result.findings {
      JSONReport.write(finding, gates: result.gate.counts(finding), to: &json)
      json.newline()
    }
    for remark in result.remarks {
      JSONReport.write(remark, to: &json)
      json.newline()
    }
    return json.bytes
  }
}
