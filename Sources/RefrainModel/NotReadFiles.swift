// What a walk came past and did not read, counted by kind, so that nothing is passed over in silence.

/// Files of folders that were not read, by their extension.
///
/// Hidden entries, what ignore files leave out and what this program wrote are no part of it: a rule
/// that the user knows leaves them out.
package struct NotReadFiles: Hashable, Sendable {
  /// Kinds that a message names.
  private static let named = 5

  /// The kind of names without an extension.
  package static let withoutExtension = ""
  /// The kind of names whose last part is no extension that anybody would search for.
  package static let otherExtensions = "*"

  private var counts: [String: Int] = [:]
  /// Links to folders, which a walk does not follow.
  package private(set) var folderLinks = 0
  /// Links to files that a walk does not follow for where they lead.
  package private(set) var outsideLinks = 0

  /// Nothing yet.
  package init() {}

  package var isEmpty: Bool { counts.isEmpty && folderLinks == 0 && outsideLinks == 0 }

  /// Counts a file: `.mdx`, `.jsonl.zst`, or one of the kinds above.
  package mutating func add(kind: String) { counts[kind, default: 0] += 1 }

  /// Counts a link to a folder, which a walk does not follow.
  package mutating func addFolderLink() { folderLinks += 1 }

  /// Counts a link to a file outside of what is walked.
  package mutating func addOutsideLink() { outsideLinks += 1 }

  /// Adds what another walk met.
  package mutating func add(_ other: NotReadFiles) {
    counts.merge(other.counts, uniquingKeysWith: +)
    folderLinks += other.folderLinks
    outsideLinks += other.outsideLinks
  }

  /// The kinds with their files, the most frequent first, equals by name.
  package var kinds: [(extension: String, files: Int)] {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
  }

  /// `100 .jsonl.zst, 3 .parquet not read`: a line whatever there was; nil where there was nothing.
  package var phrase: String? {
    var parts: [String] = []
    let kinds = kinds
    if !kinds.isEmpty {
      // One kind alone takes no more room than the words for it.
      let shown = kinds.count == Self.named + 1 ? kinds.count : Self.named
      var text = kinds.prefix(shown).map { "\($0.files) \(Self.name($0.extension))" }
        .joined(separator: ", ")
      let others = kinds.dropFirst(shown)
      if !others.isEmpty {
        let files = others.reduce(0) { $0 + $1.files }
        text += " and \(files) of \(others.count) other kinds"
      }
      parts.append("\(text) not read")
    }
    if folderLinks > 0 {
      parts.append("\(folderLinks) \(folderLinks == 1 ? "link" : "links") to folders not followed")
    }
    if outsideLinks > 0 {
      let links = outsideLinks == 1 ? "link that leads" : "links that lead"
      parts.append("\(outsideLinks) \(links) outside not followed")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  private static func name(_ kind: String) -> String {
    switch kind {
    case withoutExtension: "without an extension"
    case otherExtensions: "with other extensions"
    default: kind
    }
  }
}
