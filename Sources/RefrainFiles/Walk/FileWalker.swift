// From the paths that people give to the files to read, in an order that depends on nothing but the
// names: the arguments as given, and within a folder by the bytes of the path.
//
// What is named must be there. What a walk meets on its way is another matter: whatever its name says
// should be read and cannot be is handed back beside the files, for the caller to stop at or to pass
// over by name, and whatever is not read by its kind is counted.

package import RefrainModel

/// What there is at and below some paths.
package struct WalkedFiles: Sendable {
  /// The files to read.
  package internal(set) var files: [WalkedFile] = []
  /// What a walk met and cannot read, each with its cause, in the order of the files.
  package internal(set) var unreadable: [RefrainError] = []
  /// What a walk met and does not read.
  package internal(set) var notRead = NotReadFiles()
}

/// Finds the text files at and below given paths.
package struct FileWalker: Sendable {
  /// What a walk takes out of folders.
  package enum Wanted: Hashable, Sendable {
    /// Texts of all formats, and records.
    case texts
    case records
  }

  private let wanted: Wanted
  private let respectIgnoreFiles: Bool
  private let hidden: Bool
  private let rules: (any FileRuleSource & Sendable)?

  /// - Parameters:
  ///   - wanted: what is taken out of folders; what was named is taken whatever it is.
  ///   - respectIgnoreFiles: whether `.gitignore` and `.ignore` are heeded.
  ///   - hidden: whether names that start with a dot are walked too; `.git` never is.
  ///   - rules: what is left out of folders besides, and what files hold whose names do not tell.
  package init(
    _ wanted: Wanted = .texts, respectIgnoreFiles: Bool = true, hidden: Bool = false,
    rules: (any FileRuleSource & Sendable)? = nil
  ) {
    self.rules = rules
    self.wanted = wanted
    self.respectIgnoreFiles = respectIgnoreFiles
    self.hidden = hidden
  }

  /// The files at and below `paths`, each once, however often and by whatever name it is reached.
  ///
  /// A path that is no folder is taken as it is. In folders, files are taken whose name tells of
  /// what is wanted, unless they are ignored or hidden. Links to files are followed, links to folders
  /// are not; a walk for texts does not follow a link out of the repository, either, or where there is
  /// none, out of the folder (`LinkFence`). A name without an extension is taken on trial: where the
  /// file is binary, or none at all, it is merely counted.
  ///
  /// Complexity: O(entries x (patterns that bear on them + log entries)).
  /// - Throws: `unreadable` for a path that was named and does not exist or cannot be opened.
  package func walk(_ paths: [String]) throws(RefrainError) -> WalkedFiles {
    var result = WalkedFiles()
    var found = FoundFiles()
    // Where folders that were named overlap, nothing is counted twice.
    var counted: Set<[UInt8]>? = paths.count > 1 ? [] : nil
    for path in paths {
      let bytes = Self.tidied(path)
      let entry: UnsafePOSIX.Entry
      do throws(UnsafePOSIX.Failure) {
        try UnsafePOSIX.requireReadable(bytes)
        entry = try UnsafePOSIX.entry(at: bytes, following: true)
      } catch {
        throw error.unreadable(bytes)
      }
      if entry == .folder {
        var walk = FolderWalk(
          wanted, respectIgnoreFiles: respectIgnoreFiles, hidden: hidden, counted: counted,
          rules: rules)
        try walk.run(from: bytes)
        for file in walk.sortedFiles { found.add(file) }
        result.unreadable += walk.sortedErrors
        result.notRead.add(walk.notRead)
        counted = walk.counted
      } else {
        let name = String(decoding: bytes, as: UTF8.self)
        let kind =
          try ruledKind(of: bytes) ?? FileKind(path: path)
          ?? FileKind(recordsIn: FileName(path)) ?? .text(.plain)
        found.add(WalkedFile(path: name, kind: kind, explicit: true))
      }
    }
    result.files = found.files
    return result
  }

  /// What the rules say that a file holds.
  private func ruledKind(of path: [UInt8]) throws(RefrainError) -> FileKind? {
    guard var rules, let real = try? UnsafePOSIX.realPath(path),
      let slash = real.lastIndex(of: UInt8(ascii: "/"))
    else { return nil }
    return try rules.rules(in: Array(real[..<max(slash, 1)])).kind(of: real)
  }

  /// A path as it is printed: without "./" in front and slashes at the end.
  private static func tidied(_ path: String) -> [UInt8] {
    var bytes = Array(path.utf8)[...]
    let slash = UInt8(ascii: "/")
    while bytes.starts(with: "./".utf8) {
      bytes = bytes.dropFirst(2).drop { $0 == slash }
    }
    while bytes.count > 1, bytes.last == slash { bytes.removeLast() }
    return bytes.isEmpty && !path.isEmpty ? Array(".".utf8) : Array(bytes)
  }
}

extension UnsafePOSIX.Failure {
  /// The error of a path that could not be read for this reason.
  func unreadable(_ path: [UInt8]) -> RefrainError {
    .unreadable(path: String(decoding: path, as: UTF8.self), cause: cause)
  }
}
