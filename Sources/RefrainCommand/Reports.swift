// The reports of one run and where each goes.

import ArgumentParser
import Glibc
import Refrain
import RefrainModel
import RefrainReport

/// Writes what `--format` asks for.
struct Reports {
  /// A step's summary may have a mebibyte; a little is left for others.
  private static let mostSummaryBytes = (1 << 20) - (16 << 10)

  private let targets: [(format: ReportFormat, path: String)]
  private let color: ColorChoice

  /// Finds out what goes where.
  ///
  /// - Throws: `badSetting` where two reports go to one place.
  init(_ plan: CheckPlan) throws(RefrainError) {
    color = ColorChoice(rawValue: plan.color) ?? .auto
    targets = plan.reports.compactMap { report in
      ReportFormat(name: report.format).map { ($0, report.path ?? plan.output) }
    }
    var seen: Set<String> = []
    for (format, path) in targets where !seen.insert(path).inserted {
      let place = path == "-" ? "standard output" : path
      throw .badSetting(
        name: "--format",
        cause: "\(format.rawValue) and another form both go to \(place); write NAME=FILE")
    }
  }

  /// Writes all reports, or none; for GitHub the table of all findings goes to the step's summary as
  /// well.
  func write(_ result: CheckResult) throws(RefrainError) {
    try ResultFile.write(
      targets.map { format, path in
        let bytes = format.report(
          result, version: RefrainVersion.current,
          style: TextStyle(isColored: color.isOn(output: path)),
          isTerminal: path == "-" && isatty(1) == 1)
        return (bytes, path)
      })
    // SAFETY: getenv gives a string that ends with NUL; nothing here changes the environment.
    if targets.contains(where: { $0.format == .github }), let path = getenv("GITHUB_STEP_SUMMARY") {
      let summary = MarkdownReport.report(result, limit: Self.mostSummaryBytes)
      try ResultFile.append(summary, to: String(cString: path))
    }
  }
}
