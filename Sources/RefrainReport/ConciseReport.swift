// A check's result as one line a finding, the form that editors and grep read.

package import RefrainModel

package struct ConciseReport: Reporter {
  package init() {}

  /// A line a finding: place, kind, share, the other places, how it begins.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    var text = ""
    for finding in result.told {
      let first = finding.occurrences[0]
      let others = finding.others
      let shown = others.prefix(3).map { $0.place() + finding.likeness(of: $0) + $0.addition }
        .joined(separator: ", ")
      let more = others.count > 3 ? " and \(others.count - 3) more" : ""
      let state = finding.state == .new ? "" : finding.standing.map { ", \($0)" } ?? ""
      text += "\(first.place()): \(finding.kind.rawValue), \(finding.share)\(state), "
      text += "also \(shown)\(more): \(first.firstLine)\n"
    }
    for remark in result.remarks { text += Self.line(remark) + "\n" }
    bytes.append(contentsOf: text.utf8)
  }

  /// A remark on a line; its path as the user named it by default.
  package static func line(_ remark: Remark, path: String? = nil) -> String {
    let path = VisibleText.line(path ?? remark.path)
    return "\(path):\(remark.start.line):\(remark.start.column): \(remark.rule.rawValue): "
      + VisibleText.line(remark.message)
  }
}
