// Where a repository begins: the one answer for ignore files, settings files, and paths in reports.

/// Finds the repository that a folder lies in.
package enum RepositoryRoot {
  /// The nearest folder at or above `folder`, absolute and without links, that holds `.git`, be it a
  /// folder or, in a linked work tree, a file; nil where there is none.
  ///
  /// Complexity: O(depth) system calls.
  package static func above(_ folder: [UInt8]) -> [UInt8]? {
    var at = folder[...]
    while true {
      let base = at.last == slash ? Array(at) : at + [slash]
      if (try? UnsafePOSIX.entry(at: base + Array(".git".utf8), following: true)) != nil {
        return Array(at)
      }
      guard at.count > 1, let last = at.lastIndex(of: slash) else { return nil }
      at = last == 0 ? at.prefix(1) : at[..<last]
    }
  }

  /// The same for paths as strings.
  package static func above(_ folder: String) -> String? {
    above(Array((folder.isEmpty ? "/" : folder).utf8)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static let slash = UInt8(ascii: "/")
}
