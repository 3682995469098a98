// What Refrain wrote itself, which is no text to check and may be replaced.

import RefrainCorpus
import RefrainModel

/// Knows a report in a prose format, or a baseline, by the mark that it bears.
enum ReportMark {
  /// What a Markdown report and a baseline begin with.
  private static let beginnings = ["<!-- refrain report -->", BaselineFile.beginning]
  /// What stands among the first bytes of an HTML report.
  private static let generator = "<meta name=\"generator\" content=\"refrain"
  private static let head = 512

  /// Whether a file is a report or a baseline, by its first bytes.
  static func isReport(_ bytes: [UInt8]) -> Bool {
    let head = String(decoding: bytes.prefix(head), as: UTF8.self)
    return beginnings.contains(where: head.hasPrefix)
      || head.hasPrefix("<!") && head.contains(generator)
  }

  // MARK: Reports of all forms

  /// What stands near the beginning of the forms that name their author.
  private static let authors = [
    "\"tool\": {\"name\": \"refrain\"", "\"driver\": {\"name\": \"refrain\"",
    "<testsuites name=\"refrain\"", "source=\"refrain.", "\"source\": {\"name\": \"refrain\"}",
    "title=refrain%3A ",
  ]
  /// Reports of nothing in the forms that name it with each finding only.
  private static let empties = [
    "[\n]\n", "[]\n", "[\n\n]\n",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n</checkstyle>\n",
  ]

  /// Refuses to let a file be replaced that a stranger chose, unless it is a report of any form, is
  /// empty, or is not there.
  ///
  /// - Throws: `badSetting`; `unreadable` where it cannot be told.
  static func requireReplaceable(_ path: String) throws(RefrainError) {
    guard ResultFile.size(of: path) > 0 else { return }
    if isOwn(try InputOpener.open(path).copy()) { return }
    throw .badSetting(name: path, cause: "exists and is no report of refrain; \(advice)")
  }

  private static let advice =
    "a refrain.toml that was found does not replace it, --output and --format may"

  /// Whether a file is a report of any form, or a baseline.
  static func isOwn(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes.prefix(4 << 10), as: UTF8.self)
    if bytes.isEmpty || isReport(bytes) || empties.contains(text) { return true }
    if authors.contains(where: { text.contains($0) }) { return true }
    // The other forms, for people and for programs, say in their first line what was found and where.
    let names =
      FindingKind.allCases.map(\.rawValue) + Remark.Rule.allCases.map(\.rawValue)
    let line = text.prefix { $0 != "\n" }
    if line.hasPrefix("{\"") || line == "[" {
      let start = text.prefix(1 << 10)
      return names.contains { start.contains("\": \"\($0)\"") }
    }
    let parts = line.split(separator: ":", omittingEmptySubsequences: false)
    return parts.count > 2 && parts.dropFirst().contains { $0.first?.isNumber == true }
      && names.contains { line.contains($0) }
  }
}
