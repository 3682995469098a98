// The files of a walk in the order they were found, each of them once.

/// Gathers files and knows the same one again by another name.
///
/// What counts is the absolute path without links: `a.md`, `./a.md`, `b/../a.md` and a link to it
/// are one file; two names made with `ln` are two.
struct FoundFiles {
  private(set) var files: [WalkedFile] = []
  /// From a file's absolute path to its index in `files`.
  private var indices: [[UInt8]: Int] = [:]

  /// Adds a file unless it is there; the first name stays, and that it was named itself counts.
  mutating func add(_ file: WalkedFile) {
    // A pipe such as /dev/fd/63 has no path of its own, and can be opened all the same.
    let path = Array(file.path.utf8)
    let identity = (try? UnsafePOSIX.realPath(path)) ?? path
    if let index = indices[identity] {
      files[index].explicit = files[index].explicit || file.explicit
      return
    }
    indices[identity] = files.count
    files.append(file)
  }
}
