// A report that was asked for, and where it goes.

import RefrainModel
package import RefrainReport

/// `NAME` or `NAME=FILE`, as `--format` takes it.
package struct ReportTarget: Hashable, Sendable {
  package var format: ReportFormat
  /// nil for where the output goes.
  package var path: String?

  /// Reads what was typed.
  ///
  /// - Throws: `badSetting` where the name is none of a report.
  init(_ text: String) throws(RefrainError) {
    let (name, path) = Self.parts(text)
    guard let format = ReportFormat(name: name) else {
      throw .badSetting(
        name: "--format", cause: CheckOption.format.definition.kind.fault(typed: String(name)))
    }
    self.format = format
    self.path = path
  }

  /// The file in what was typed, whatever the name before it.
  static func path(in text: String) -> String? { parts(text).path }

  /// What was typed, with its file as `resolve` says.
  static func resolving(_ text: String, _ resolve: (String) -> String) -> String {
    let (name, path) = parts(text)
    return path.map { "\(name)=\(resolve($0))" } ?? text
  }

  private static func parts(_ text: String) -> (name: Substring, path: String?) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (parts[0], parts.count == 2 ? String(parts[1]) : nil)
  }
}
