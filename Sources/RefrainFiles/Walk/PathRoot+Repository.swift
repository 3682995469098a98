// Where the repository begins: reports and baselines name files from there.

import Glibc
package import RefrainModel

extension PathRoot {
  /// The working folder and the nearest folder at or above it that holds `.git`; where there is none,
  /// the working folder itself.
  package static func find() -> PathRoot {
    guard let folder = workingFolder() else { return PathRoot() }
    return PathRoot(folder: folder, root: RepositoryRoot.above(folder) ?? folder)
  }

  /// What a baseline's paths are relative to, whatever folder the program runs in: the repository of
  /// the baseline, else that of the working folder, else the folder of the baseline.
  package static func find(baseline path: String) -> PathRoot {
    guard let folder = workingFolder() else { return PathRoot() }
    let absolute = PathRoot(folder: folder, root: "").relative(path)
    let own = "/" + absolute.split(separator: "/").dropLast().joined(separator: "/")
    let root = RepositoryRoot.above(own) ?? RepositoryRoot.above(folder) ?? own
    return PathRoot(folder: folder, root: root)
  }

  private static func workingFolder() -> String? {
    guard let buffer = getcwd(nil, 0) else { return nil }
    defer { free(buffer) }
    return String(cString: buffer)
  }
}
