// What a walk takes for text: known by the file's name, so that a walk opens nothing else.

package import RefrainModel

/// How a file's content is laid out.
package enum FileKind: Hashable, Sendable {
  /// One text, whose places are places in the file.
  case text(TextFormat)
  /// Many texts, each a record. A walk takes `.jsonl` and `.ndjson`, plain or compressed, for such.
  case records

  /// The kind that a file's name tells; nil where it tells of no text.
  package init?(path: String) {
    self.init(FileName(path))
  }

  /// The kind of a file that was named, or that records are looked for in: also where a walk for texts would
  /// pass it over, as it does `.json` and `.csv`, which mostly hold something else.
  package init?(recordsIn name: FileName) {
    guard !name.isInstructions, name.isArchive || name.recordFormat?.isContainer == true else {
      return nil
    }
    self = .records
  }

  /// The readers by the names that settings call them.
  package static let readers: [(name: String, kind: FileKind)] = [
    ("text", .text(.plain)), ("markdown", .text(.markdown)), ("mdx", .text(.mdx)),
    ("rst", .text(.restructuredText)), ("asciidoc", .text(.asciiDoc)), ("org", .text(.org)),
    ("notebook", .text(.notebook)), ("html", .text(.html)), ("jsonl", .records),
  ]

  /// The kind that settings call by this name.
  package init?(reader name: String) {
    guard let reader = Self.readers.first(where: { $0.name == name }) else { return nil }
    self = reader.kind
  }

  package init?(_ name: FileName) {
    if name.isInstructions { return nil }
    if let format = TextFormat(name) {
      self = .text(format)
      return
    }
    guard name.recordFormat == .jsonLines else { return nil }
    self = .records
  }
}

extension FileName {
  /// Names, in lower case, of files for programs that have no extension, or one of a text.
  private static let instructions: Set<String> = [
    "berksfile", "brewfile", "buck", "build", "caddyfile", "capfile", "cmakelists.txt",
    "codeowners", "containerfile", "dangerfile", "dockerfile", "earthfile", "fastfile", "gemfile",
    "gnumakefile", "guardfile", "jenkinsfile", "justfile", "makefile", "owners", "pipfile",
    "podfile", "procfile", "puppetfile", "rakefile", "requirements.txt", "robots.txt",
    "sconscript", "sconstruct", "snakefile", "steepfile", "thorfile", "tiltfile", "vagrantfile",
    "workspace",
  ]

  /// Whether the file is for a program to read, and not for people: a makefile and its kin.
  var isInstructions: Bool { Self.instructions.contains(name.lowercased()) }

  /// Extensions of compressed files, in front of which another one tells what they hold.
  private static let compressions: Set<String> = [
    "gz", "gzip", "zst", "zstd", "bz2", "bzip2", "xz", "lzma", "lz4", "br", "z",
  ]
  /// No extension is longer.
  private static let longest = 12

  /// The kind as which a file is counted that is not read: `.mdx`, `.jsonl.zst`.
  package var countedKind: String {
    let last = self.extension
    if last.isEmpty { return NotReadFiles.withoutExtension }
    guard Self.isExtension(last) else { return NotReadFiles.otherExtensions }
    let inner = Self.compressions.contains(last) ? innerExtension : ""
    return inner.isEmpty || !Self.isExtension(inner) ? ".\(last)" : ".\(inner).\(last)"
  }

  /// Whether what stands behind a dot is short and plain, and not the end of a sentence or a date.
  private static func isExtension(_ text: String) -> Bool {
    text.utf8.count <= longest
      && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "_-+~".utf8.contains($0) }
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

  /// Whether a walk took it for text because nothing in its name says otherwise: that it is none is no
  /// trouble.
  package var isOnTrial: Bool {
    !explicit && kind == .text(.plain) && FileName(path).extension.isEmpty
  }
}
