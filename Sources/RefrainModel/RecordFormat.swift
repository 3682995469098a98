// How records lie in a file, as far as its name tells.

/// The forms of records that can be read.
package enum RecordFormat: Hashable, Sendable {
  /// A record a line; `.jsonl`, `.ndjson`.
  case jsonLines
  /// An array of records; `.json`, which may hold lines as well.
  case jsonArray
  /// Rows under a header, with commas; `.csv`.
  case commaSeparated
  /// The same with tabs; `.tsv`, `.tab`.
  case tabSeparated
  /// Web archives and the texts that were taken out of them; `.warc`, `.wet`.
  case webArchive
  /// One record, which is all of the file.
  case text(TextFormat)

  /// The form of an extension, which is in lower case and without its dot; nil for any other.
  package init?(extension name: String) {
    switch name {
    case "jsonl", "ndjson": self = .jsonLines
    case "json": self = .jsonArray
    case "csv": self = .commaSeparated
    case "tsv", "tab": self = .tabSeparated
    case "warc", "wet": self = .webArchive
    case "": return nil
    default:
      guard let format = TextFormat(extension: name) else { return nil }
      self = .text(format)
    }
  }

  /// Whether it can hold many records.
  package var isContainer: Bool {
    if case .text = self { false } else { true }
  }
}
