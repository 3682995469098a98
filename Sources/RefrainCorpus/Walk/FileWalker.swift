// From the paths that people give to the files to read, in an order that depends on nothing but the
// names: the arguments as given, and within a folder by the bytes of the path.

package import RefrainModel

/// Finds the text files at and below given paths.
package struct FileWalker: Sendable {
  /// How much of a file that was not named itself is looked at for a NUL, which text hardly has.
  private static let sniffed = 8 << 10

  private let respectIgnoreFiles: Bool
  private let hidden: Bool

  /// - Parameters:
  ///   - respectIgnoreFiles: whether `.gitignore` and `.ignore` are heeded.
  ///   - hidden: whether names that start with a dot are walked too; `.git` never is.
  package init(respectIgnoreFiles: Bool = true, hidden: Bool = false) {
    self.respectIgnoreFiles = respectIgnoreFiles
    self.hidden = hidden
  }

  /// The files at and below `paths`, each once, however often and by whatever name it is reached.
  ///
  /// A path that is no folder is taken as it is. In folders, files are taken whose name tells of
  /// text, unless they are ignored, hidden, or hold a NUL in their first 8 KiB; links to files are
  /// followed, links to folders are not.
  ///
  /// Complexity: O(entries x (patterns that bear on them + log entries)).
  /// - Throws: `unreadable` for a path that does not exist, a file or folder that cannot be opened,
  ///   or a text file whose name is not UTF-8.
  package func files(under paths: [String]) throws(RefrainError) -> [WalkedFile] {
    var found = FoundFiles()
    for path in paths {
      let bytes = Self.tidied(path)
      let entry = try Self.reading(bytes) { () throws(UnsafePOSIX.Failure) in
        try UnsafePOSIX.requireReadable(bytes)
        return try UnsafePOSIX.entry(at: bytes, following: true)
      }
      if entry == .folder {
        try walk(bytes, into: &found)
      } else {
        let kind = FileKind(path: path) ?? .text(.plain)
        try found.add(bytes, kind: kind, explicit: true)
      }
    }
    return found.files
  }

  /// A folder that waits to be read.
  private struct Folder {
    /// As it is printed, with a slash at the end; empty for the working directory.
    let prefix: [UInt8]
    /// Absolute and without links.
    let path: [UInt8]
    let ignored: IgnoreStack
  }

  /// Adds the text files below `root`, sorted by path.
  private func walk(_ root: [UInt8], into found: inout FoundFiles) throws(RefrainError) {
    var files: [(path: [UInt8], kind: FileKind)] = []
    var waiting = [try start(at: root)]
    while let folder = waiting.popLast() {
      let shown = folder.prefix.isEmpty ? Array(".".utf8) : folder.prefix
      let names = try Self.reading(shown) { () throws(UnsafePOSIX.Failure) in
        try UnsafePOSIX.names(in: folder.path)
      }
      for name in names where isWanted(name) {
        let printed = folder.prefix + name
        let path = folder.path + (folder.path.last == Self.slash ? [] : [Self.slash]) + name
        switch Self.entry(at: path) {
        case .folder where !folder.ignored.ignores(path, isFolder: true):
          waiting.append(
            try entered(printed + [Self.slash], at: path, ignored: folder.ignored))
        case .file where !folder.ignored.ignores(path, isFolder: false):
          guard let kind = FileKind(path: String(decoding: name, as: UTF8.self)) else { break }
          if try Self.isText(path, printed: printed, kind: kind) { files.append((printed, kind)) }
        default: break
        }
      }
    }
    files.sort { $0.path.lexicographicallyPrecedes($1.path) }
    for file in files { try found.add(file.path, kind: file.kind, explicit: false) }
  }

  /// The folder that was named, with the rules that reach it from above.
  ///
  /// It is walked even where these ignore it, for somebody asked for it.
  private func start(at root: [UInt8]) throws(RefrainError) -> Folder {
    let (path, above) = try Self.reading(root) { () throws(UnsafePOSIX.Failure) in
      let path = try UnsafePOSIX.realPath(root)
      return (path, respectIgnoreFiles ? try IgnoreStack(above: path) : IgnoreStack())
    }
    let isHere = root.elementsEqual(".".utf8)
    let prefix = isHere ? [] : root.last == Self.slash ? root : root + [Self.slash]
    return try entered(prefix, at: path, ignored: above)
  }

  /// A folder with its own rules on top of those from above.
  private func entered(
    _ prefix: [UInt8], at path: [UInt8], ignored: IgnoreStack
  ) throws(RefrainError) -> Folder {
    var ignored = ignored
    if respectIgnoreFiles {
      try Self.reading(prefix) { () throws(UnsafePOSIX.Failure) in try ignored.enter(path) }
    }
    return Folder(prefix: prefix, path: path, ignored: ignored)
  }

  private func isWanted(_ name: [UInt8]) -> Bool {
    if name.elementsEqual(".git".utf8) { return false }
    return hidden || name.first != UInt8(ascii: ".")
  }

  private static let slash = UInt8(ascii: "/")

  /// What a walk makes of an entry: a link to a file is a file; a link to anything else, and what
  /// has gone since its name was read, is nil.
  private static func entry(at path: [UInt8]) -> UnsafePOSIX.Entry? {
    guard let entry = try? UnsafePOSIX.entry(at: path, following: false) else { return nil }
    guard entry == .link else { return entry }
    let target = try? UnsafePOSIX.entry(at: path, following: true)
    return target == .file ? .file : nil
  }

  /// Whether a file is not binary; compressed records are not looked into.
  private static func isText(
    _ path: [UInt8], printed: [UInt8], kind: FileKind
  ) throws(RefrainError) -> Bool {
    guard case .text = kind else { return true }
    let head = try reading(printed) { () throws(UnsafePOSIX.Failure) in
      try UnsafePOSIX.head(of: path, limit: sniffed)
    }
    return !head.contains(0)
  }

  /// A path as it is printed: without "./" in front and slashes at the end.
  private static func tidied(_ path: String) -> [UInt8] {
    var bytes = Array(path.utf8)[...]
    while bytes.starts(with: "./".utf8) {
      bytes = bytes.dropFirst(2).drop { $0 == slash }
    }
    while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
    return bytes.isEmpty && !path.isEmpty ? Array(".".utf8) : Array(bytes)
  }

  /// Runs system calls on behalf of `path` and puts its name to what goes wrong.
  private static func reading<Result>(
    _ path: [UInt8], _ body: () throws(UnsafePOSIX.Failure) -> Result
  ) throws(RefrainError) -> Result {
    do {
      return try body()
    } catch {
      throw .unreadable(path: String(decoding: path, as: UTF8.self), cause: error.cause)
    }
  }
}
