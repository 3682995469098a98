// What Refrain wrote itself, which is no text to check and may be replaced.

import RefrainFiles
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

  /// How many first bytes tell a result.
  static let resultHead = 64 << 10

  /// What results begin with that bear no mark, whichever version wrote them.
  private static let resultBeginnings = [
    #"{"version": 1, "tool": {"name": "refrain""#, #"<testsuites name="refrain""#,
  ]

  /// Whether a file is anything that `check` writes: what may be replaced by the next result.
  ///
  /// A result in a form that bears no mark is known by its first line, which names a kind of finding where
  /// the form does. `head` are the first `resultHead` bytes.
  static func isResult(_ head: [UInt8]) -> Bool {
    if isReport(head) { return true }
    var text = Substring(decoding: head, as: UTF8.self)
    let declaration = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n"
    if text.hasPrefix(declaration) { text = text.dropFirst(declaration.count) }
    if resultBeginnings.contains(where: text.hasPrefix) || text == "[]\n" { return true }
    let line = text.prefix { $0 != "\n" }
    let names = FindingKind.allCases.map(\.rawValue) + Remark.Rule.allCases.map(\.rawValue)
    func holds(_ before: String, _ after: String) -> Bool {
      names.contains { line.contains(before + $0 + after) }
    }
    /// Whether a place stands in front of what it is said of.
    func places(_ before: String, _ after: String) -> Bool {
      names.contains { name in
        guard let range = line.firstRange(of: before + name + after) else { return false }
        let parts = line[..<range.lowerBound].split(separator: ":").suffix(2)
        return parts.count == 2 && parts.allSatisfy { $0.allSatisfy(\.isASCII) && Int($0) != nil }
      }
    }
    if text.hasPrefix("<checkstyle ") {
      return text.contains("source=\"refrain.") || !text.contains("<error")
    }
    if text.hasPrefix("[\n{\"description\": ") {
      return names.contains { text.contains("\"check_name\": \"\($0)\"") }
    }
    if line.hasPrefix("{\"$schema\": ") { return line.contains(#""driver": {"name": "refrain""#) }
    if line.hasPrefix("{\"message\": ") { return line.contains(#""source": {"name": "refrain""#) }
    if line.hasPrefix("{") { return holds("\"kind\": \"", "\"") || holds("\"rule\": \"", "\"") }
    if line.hasPrefix("::") { return line.contains("title=refrain%3A ") }
    // concise, and cards.
    return places(": ", ", ") || places("  ", "  ") || places(": ", ": ")
  }

  /// Refuses to let a file be replaced that a stranger chose, unless it is a report of any form, is
  /// empty, or is not there.
  ///
  /// - Throws: `badSetting`; `unreadable` where it cannot be told.
  static func requireReplaceable(_ path: String) throws(RefrainError) {
    guard ResultFile.size(of: path) > 0 else { return }
    if isResult(try InputOpener.head(path, limit: resultHead)) { return }
    throw .badSetting(
      name: path,
      cause: "already exists and is not a Refrain report; only --output and --format can "
        + "replace it, not a refrain.toml that was found")
  }
}
