// Folders that outputs need and that were not there: made before the work, and gone again if nothing came to
// lie in them.

import Glibc
package import RefrainModel

/// The folders that a run has made; with it, those go that are empty.
package final class MadeFolders {
  private var made: [String] = []

  package init() {}

  deinit {
    // Only empty ones can be removed.
    for folder in made.reversed() { rmdir(folder) }
  }

  /// Makes a folder, and those above it, unless it is there.
  ///
  /// - Throws: `unwritable`.
  package func make(_ path: String) throws(RefrainError) {
    if path.isEmpty || OutputFile.isFolder(path) { return }
    if let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex {
      try make(String(path[..<slash]))
    }
    if mkdir(path, 0o777) == 0 {
      made.append(path)
    } else if errno != EEXIST || !OutputFile.isFolder(path) {
      throw .unwritable(path: path, cause: SystemError.text)
    }
  }
}

/// The folder that relative paths start from.
package enum WorkingFolder {
  /// A path from the root, with its parts as they were written.
  package static func absolute(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    // SAFETY: getcwd gives memory of its own, which ends with NUL and is freed once.
    guard let folder = getcwd(nil, 0) else { return path }
    defer { free(folder) }
    return String(cString: folder) + "/" + path
  }
}
