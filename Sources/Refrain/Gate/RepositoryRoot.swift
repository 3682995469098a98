// Where the repository begins: reports and baselines name files from there.

import Glibc
package import RefrainModel

extension PathRoot {
  /// The working folder and the nearest folder at or above it that holds `.git`; where there is none,
  /// the working folder itself.
  package static func find() -> PathRoot {
    guard let folder = workingFolder() else { return PathRoot() }
    return PathRoot(folder: folder, root: repository(of: folder) ?? folder)
  }

  /// What a baseline's paths are relative to, whatever folder the program runs in: the repository of
  /// the baseline, else that of the working folder, else the folder of the baseline.
  package static func find(baseline path: String) -> PathRoot {
    guard let folder = workingFolder() else { return PathRoot() }
    let absolute = PathRoot(folder: folder, root: "").relative(path)
    let own = "/" + absolute.split(separator: "/").dropLast().joined(separator: "/")
    return PathRoot(folder: folder, root: repository(of: own) ?? repository(of: folder) ?? own)
  }

  private static func workingFolder() -> String? {
    guard let buffer = getcwd(nil, 0) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }

  /// The nearest folder at or above an absolute path that holds `.git`.
  private static func repository(of folder: String) -> String? {
    var root = folder[...]
    while true {
      var info = stat()
      if stat(root + "/.git", &info) == 0 { return String(root) }
      guard let slash = root.lastIndex(of: "/") else { return nil }
      root = root[..<slash]
    }
  }
}
