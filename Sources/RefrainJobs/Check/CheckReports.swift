// The reports of one run and where each goes.

import Glibc
package import RefrainModel
import RefrainReport

/// Writes what `--format` asks for.
package struct CheckReports {
  /// GitHub limits the summary of a step to a mebibyte; this leaves a little room for others.
  private static let mostSummaryBytes = (1 << 20) - (16 << 10)

  private let targets: [(format: ReportFormat, path: String)]
  private let color: ColorChoice
  private let link: LinkTemplate?
  private let threads: Int

  /// Determines which report goes where.
  ///
  /// - Throws: `badSetting` if two reports go to one place, or if a format is unknown.
  init(
    _ reports: [ReportTarget], output: String, color: ColorChoice, link: LinkTemplate?, threads: Int
  ) throws(RefrainError) {
    self.color = color
    self.link = link
    self.threads = threads
    targets = reports.map { ($0.format, $0.path ?? output) }
    if let index = ResultFile.repeated(targets.map(\.path)) {
      let (format, path) = targets[index]
      let place = path == "-" ? "standard output" : path
      throw .badSetting(
        name: "--format",
        cause: "\(format.rawValue) and another format both go to \(place); use NAME=FILE")
    }
    if let summary, ResultFile.repeated(outputs.map(\.path)) != nil {
      throw .badSetting(
        name: "--format", cause: "\(summary) is already the file of GITHUB_STEP_SUMMARY")
    }
  }

  /// The files that `write` writes, each with the option that names it.
  var outputs: [(option: String, path: String)] {
    let summary = summary.map { [(option: "GITHUB_STEP_SUMMARY", path: $0)] } ?? []
    return targets.map { ("--format", $0.path) } + summary
  }

  /// The file that also gets the table of all findings, or nil if there is none.
  private var summary: String? {
    targets.contains { $0.format == .github } ? Self.summaryPath : nil
  }

  /// Where findings go while they are made; nil where a report needs all of them at once.
  package func stream() throws(RefrainError) -> CheckStream? {
    guard targets.allSatisfy({ $0.format == .jsonl }) else { return nil }
    return try CheckStream(targets.map(\.path), threads: threads)
  }

  /// Writes all reports or none.
  ///
  /// For GitHub, it also writes the table of all findings to the summary of the step.
  package func write(_ result: CheckResult) throws(RefrainError) {
    let path = summary
    let summary = path.map {
      MarkdownReport(limit: max(0, Self.mostSummaryBytes - ResultFile.size(of: $0))).cut(result)
    }
    let held: StepSummary =
      summary.map { $0.leftOut == 0 ? .whole : .cut(leftOut: $0.leftOut) } ?? .absent
    let reports = reports(result, summary: held)
    try ResultFile.write(zip(reports, targets).map { ($0, $1.path) })
    if let path, let summary { try ResultFile.append(summary.bytes, to: path) }
  }

  /// The bytes of all reports, made several at a time, starting with the largest.
  private func reports(_ result: CheckResult, summary: StepSummary) -> [[UInt8]] {
    let order =
      targets.indices.filter { targets[$0].format == .html }
      + targets.indices.filter { targets[$0].format != .html }
    let made = Workers(threads: threads).map(order.count, state: {}) { _, index -> [UInt8]? in
      let (format, path) = targets[order[index]]
      return format.report(
        result, version: RefrainVersion.current,
        style: TextStyle(isColored: color.isOn(output: path)),
        isTerminal: path == "-" && isatty(1) == 1, summary: summary, link: link)
    }
    var reports = [[UInt8]](repeating: [], count: targets.count)
    for (index, bytes) in zip(order, made) { reports[index] = bytes }
    return reports
  }

  /// The summary file of the GitHub step that runs this, or nil outside of one.
  private static var summaryPath: String? {
    // SAFETY: getenv returns a NUL-terminated string; nothing here changes the environment.
    guard let path = getenv("GITHUB_STEP_SUMMARY"), path.pointee != 0 else { return nil }
    return String(cString: path)
  }
}
