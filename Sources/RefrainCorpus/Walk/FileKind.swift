// What a walk takes for text: known by the file's name, so that a walk opens nothing else.

/// How a file's content is laid out.
package enum FileKind: Hashable, Sendable {
  /// One text, whose places are places in the file.
  case text(TextFormat)
  /// One record a line, each a text: `.jsonl`, `.ndjson`, and both with `.gz`.
  case records

  /// The kind that a file's name tells; nil where it tells of no text.
  package init?(path: String) {
    if let format = TextFormat(path: path) {
      self = .text(format)
      return
    }
    let name = FileName(path)
    let last = name.extension
    switch last == "gz" ? name.innerExtension : last {
    case "jsonl", "ndjson": self = .records
    default: return nil
    }
  }
}

/// One file that a walk found or that was named.
package struct WalkedFile: Hashable, Sendable {
  /// As it is opened and printed: relative to how its argument was given, without a leading "./".
  package var path: String
  package var kind: FileKind
  /// Whether it was named as an argument itself; such a file is read whatever its name and content,
  /// as plain text where its name tells nothing.
  package var explicit: Bool

  package init(path: String, kind: FileKind, explicit: Bool) {
    self.path = path
    self.kind = kind
    self.explicit = explicit
  }
}
