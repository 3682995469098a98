// Reports of earlier runs, which are no texts to check and may be replaced.

/// Knows a report in a prose format by the mark that its reporter writes.
enum ReportMark {
  private static let marks = [
    "<!-- refrain report -->", "<meta name=\"generator\" content=\"refrain",
  ]
  /// The mark stands among the first bytes.
  private static let head = 512

  /// Whether a file is a report, by its first bytes.
  static func isReport(_ bytes: [UInt8]) -> Bool {
    let head = String(decoding: bytes.prefix(head), as: UTF8.self)
    return marks.contains { head.contains($0) }
  }
}
