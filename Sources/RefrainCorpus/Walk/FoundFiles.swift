// The files of a walk in the order they were found, each of them once.

internal import RefrainModel

/// Gathers files and knows the same one again by another name.
///
/// What counts is the absolute path without links: `a.md`, `./a.md`, `b/../a.md` and a link to it
/// are one file; two names made with `ln` are two.
struct FoundFiles {
  private(set) var files: [WalkedFile] = []
  /// From a file's absolute path to its index in `files`.
  private var indices: [[UInt8]: Int] = [:]

  /// Adds a file unless it is there; the first name stays, and that it was named itself counts.
  ///
  /// - Throws: `unreadable` where the path is not UTF-8, and so could neither be printed nor opened
  ///   again.
  mutating func add(_ path: [UInt8], kind: FileKind, explicit: Bool) throws(RefrainError) {
    guard let name = String(validating: path, as: UTF8.self) else {
      throw .unreadable(
        path: String(decoding: path, as: UTF8.self), cause: "the name is not valid UTF-8")
    }
    // A pipe such as /dev/fd/63 has no path of its own, and can be opened all the same.
    let identity = (try? UnsafePOSIX.realPath(path)) ?? path
    if let index = indices[identity] {
      files[index].explicit = files[index].explicit || explicit
      return
    }
    indices[identity] = files.count
    files.append(WalkedFile(path: name, kind: kind, explicit: explicit))
  }
}
