// Where the repository begins that the program runs in: reports name files from there.

import Glibc
package import RefrainModel

extension PathRoot {
  /// The working folder and the nearest folder at or above it that holds `.git`; where there is none,
  /// the working folder itself.
  package static func find() -> PathRoot {
    guard let buffer = getcwd(nil, 0) else { return PathRoot() }
    defer { free(buffer) }
    let folder = String(cString: buffer)
    var root = folder[...]
    while true {
      var info = stat()
      if stat(root + "/.git", &info) == 0 { return PathRoot(folder: folder, root: String(root)) }
      guard let slash = root.lastIndex(of: "/") else { break }
      root = root[..<slash]
    }
    return PathRoot(folder: folder, root: folder)
  }
}
