// Whether a path that a stranger wrote stays below a folder: with every link on the way resolved, and
// never in the repository's own folder.

/// Judges paths that settings files name.
package enum PathFence {
  /// Why `path`, as it is written in a file in `folder`, leads where that file has no say; nil where it
  /// may be followed.
  ///
  /// What does not exist yet is judged by the folders that do.
  /// - Parameter folder: absolute and without links, with a slash behind.
  package static func fault(_ path: String, in folder: [UInt8]) -> String? {
    if path.utf8.contains(0) { return "contains a NUL" }
    guard let target = resolved(Array(path.utf8), in: folder) else {
      return "leads through a broken link, or back from a folder that does not exist"
    }
    guard target == folder.dropLast() || target.starts(with: folder) else {
      return "is outside the folder of this file"
    }
    let below = target.dropFirst(folder.count).split(separator: slash)
    let isGit = below.contains { name in
      String(decoding: name, as: UTF8.self).lowercased() == ".git"
    }
    return isGit ? "is inside .git" : nil
  }

  /// The absolute path without links, "." and ".."; nil where a link leads nowhere, or a ".." follows
  /// on what is not there.
  private static func resolved(_ path: [UInt8], in folder: [UInt8]) -> [UInt8]? {
    // Without a slash at the end: the root is empty.
    var at = path.first == slash ? [] : Array(folder.dropLast())
    var exists = true
    for part in path.split(separator: slash) where !part.elementsEqual(".".utf8) {
      if part.elementsEqual("..".utf8) {
        guard exists else { return nil }
        at = Array(at[..<(at.lastIndex(of: slash) ?? 0)])
        continue
      }
      at += [slash] + part
      guard exists else { continue }
      switch try? UnsafePOSIX.entry(at: at, following: false) {
      case nil: exists = false
      case .link:
        guard let real = try? UnsafePOSIX.realPath(at) else { return nil }
        at = real == [slash] ? [] : real
      default: break
      }
    }
    return at
  }

  private static let slash = UInt8(ascii: "/")
}
