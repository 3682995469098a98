// Paths as other programs want them: relative to the root of the repository, whatever the folder that
// the program runs in.

/// Where paths that users gave are relative to, and where paths in reports are.
package struct PathRoot: Hashable, Sendable {
  /// What standard input is called, which has no path.
  package static let standardInput = "<stdin>"

  /// The components of the working folder's absolute path.
  private var folder: [Substring]
  /// Those of the root's.
  private var root: [Substring]

  /// Reports name paths as they are relative to `folder`, the working folder.
  package init() {
    folder = []
    root = []
  }

  /// - Parameters:
  ///   - folder: the absolute path of the working folder.
  ///   - root: that of the repository, at or above it.
  package init(folder: String, root: String) {
    self.folder = folder.split(separator: "/")
    self.root = root.split(separator: "/")
  }

  /// The absolute path of one that is relative to the root.
  package func absolute(_ relative: String) -> String {
    if relative.hasPrefix("/") || root.isEmpty { return relative }
    return "/" + root.joined(separator: "/") + "/" + relative
  }

  /// The path from the root on, without "." and "..".
  ///
  /// What lies outside of the root is named by its absolute path, and standard input by its own name.
  /// O(length).
  package func relative(_ path: String) -> String {
    if path == Self.standardInput { return path }
    var parts = path.hasPrefix("/") ? [] : folder
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    if parts.starts(with: root) {
      if root.isEmpty, path.hasPrefix("/") { return "/" + parts.joined(separator: "/") }
      return parts.dropFirst(root.count).joined(separator: "/")
    }
    return "/" + parts.joined(separator: "/")
  }
}
