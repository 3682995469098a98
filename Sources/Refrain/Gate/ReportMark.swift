// What Refrain wrote itself, which is no text to check and may be replaced.

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
}
