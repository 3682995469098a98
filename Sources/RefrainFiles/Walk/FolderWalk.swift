// One folder that was named, with all below it: what is in it is read, reported or counted.

internal import RefrainModel

/// A walk through a folder.
struct FolderWalk {
  /// How much of a file on trial is looked at for a NUL, which text does not have.
  private static let sniffed = 8 << 10

  private let wanted: FileWalker.Wanted
  private let respectIgnoreFiles: Bool
  private let hidden: Bool
  /// What links may lead to; nil where they may lead anywhere.
  private var fence: LinkFence?
  private var rules: (any FileRuleSource & Sendable)?
  private var files: [(path: [UInt8], kind: FileKind)] = []
  private var errors: [(path: [UInt8], error: RefrainError)] = []
  /// What was not read by its kind.
  private(set) var notRead = NotReadFiles()
  /// The absolute paths of what was counted; nil where none can come a second time.
  private(set) var counted: Set<[UInt8]>?

  init(
    _ wanted: FileWalker.Wanted, respectIgnoreFiles: Bool, hidden: Bool, counted: Set<[UInt8]>?,
    rules: (any FileRuleSource & Sendable)?
  ) {
    self.rules = rules
    self.wanted = wanted
    self.respectIgnoreFiles = respectIgnoreFiles
    self.hidden = hidden
    self.counted = counted
  }

  /// The files by path.
  var sortedFiles: [WalkedFile] {
    files.sorted { $0.path.lexicographicallyPrecedes($1.path) }.map { file in
      WalkedFile(
        path: String(decoding: file.path, as: UTF8.self), kind: file.kind, explicit: false)
    }
  }

  /// What could not be read, by path.
  var sortedErrors: [RefrainError] {
    errors.sorted { $0.path.lexicographicallyPrecedes($1.path) }.map(\.error)
  }

  /// A folder that waits to be read.
  private struct Folder {
    /// As it is printed, with a slash at the end; empty for the working directory.
    let prefix: [UInt8]
    /// Absolute and without links, without a slash at the end unless it is the root.
    let path: [UInt8]
    let ignored: IgnoreStack
    let rules: FileRules
  }

  /// Walks through `root` and all below it.
  ///
  /// - Throws: `unreadable` where the folder itself cannot be read.
  mutating func run(from root: [UInt8]) throws(RefrainError) {
    let first: Folder
    let names: [[UInt8]]
    let path: [UInt8]
    do throws(UnsafePOSIX.Failure) {
      path = try UnsafePOSIX.realPath(root)
      names = try UnsafePOSIX.names(in: path)
    } catch {
      throw error.unreadable(root)
    }
    // The shards of a corpus are its owner's, who often keeps them elsewhere; texts may be anybody's.
    fence = wanted == .texts ? LinkFence(walking: path, hidden: hidden) : nil
    first = try start(at: root, path)
    var waiting = try read(names, in: first)
    while let folder = waiting.popLast() {
      let names: [[UInt8]]
      do throws(UnsafePOSIX.Failure) {
        names = try UnsafePOSIX.names(in: folder.path)
      } catch {
        fail(folder.prefix, error)
        continue
      }
      waiting += try read(names, in: folder)
    }
  }

  /// The folder that was named, with the rules that reach it from above.
  ///
  /// It is walked even where these ignore it, for somebody asked for it.
  private mutating func start(
    at root: [UInt8], _ path: [UInt8]
  ) throws(RefrainError) -> Folder {
    var above = respectIgnoreFiles ? IgnoreStack(above: path) : IgnoreStack()
    for (path, failure) in above.takeUnread() { fail(path, failure) }
    let isHere = root.elementsEqual(".".utf8)
    let prefix = isHere ? [] : root.last == Self.slash ? root : root + [Self.slash]
    return try entered(prefix, at: path, ignored: above)
  }

  /// A folder with its own rules on top of those from above.
  private mutating func entered(
    _ prefix: [UInt8], at path: [UInt8], ignored: IgnoreStack
  ) throws(RefrainError) -> Folder {
    var ignored = ignored
    if respectIgnoreFiles {
      ignored.enter(path)
      for (file, failure) in ignored.takeUnread() {
        let name = file[((file.lastIndex(of: Self.slash) ?? -1) + 1)...]
        fail(prefix + name, failure)
      }
    }
    return Folder(
      prefix: prefix, path: path, ignored: ignored, rules: try rules?.rules(in: path) ?? FileRules()
    )
  }

  /// Takes what is in a folder; returns the folders in it.
  private mutating func read(
    _ names: [[UInt8]], in folder: Folder
  ) throws(RefrainError) -> [Folder] {
    var folders: [Folder] = []
    for name in names where isWanted(name) {
      let printed = folder.prefix + name
      let path = folder.path + (folder.path.last == Self.slash ? [] : [Self.slash]) + name
      let entry = WalkedEntry(at: path, fence: fence)
      guard entry != .gone, !folder.ignored.ignores(path, isFolder: entry == .folder) else {
        continue
      }
      if folder.rules.excludes(path, isFolder: entry == .folder) { continue }
      switch entry {
      case .folder:
        folders.append(try entered(printed + [Self.slash], at: path, ignored: folder.ignored))
      case .folderLink: if isNew(path) { notRead.addFolderLink() }
      case .unknown(let failure): fail(printed, failure)
      default:
        take(name, entry, at: path, printed: printed, kind: folder.rules.kind(of: path))
      }
    }
    return folders
  }

  /// Takes a file, or what stands where one is expected.
  ///
  /// - Parameter ruled: what the rules say that it holds.
  private mutating func take(
    _ name: [UInt8], _ entry: WalkedEntry, at path: [UInt8], printed: [UInt8],
    kind ruled: FileKind?
  ) {
    let fileName = FileName(String(decoding: name, as: UTF8.self))
    let kind =
      ruled ?? (wanted == .records ? FileKind(recordsIn: fileName) : FileKind(fileName))
    let isOnTrial = ruled == nil && kind == .text(.plain) && fileName.extension.isEmpty
    guard let kind, kind == .records || wanted == .texts, !(isOnTrial && entry != .file) else {
      return count(fileName, path)
    }
    switch entry {
    case .broken(let failure): return fail(printed, failure)
    case .special: return fail(printed, cause: "is a pipe, a socket or a device")
    case .outside:
      if isNew(path) { notRead.addOutsideLink() }
      return
    default: break
    }
    if isOnTrial {
      do throws(UnsafePOSIX.Failure) {
        let head = try UnsafePOSIX.head(of: path, limit: Self.sniffed)
        // A script is for a program, too.
        if head.starts(with: "#!".utf8) || head.contains(0) { return count(fileName, path) }
      } catch {
        return fail(printed, error)
      }
    }
    // What is no UTF-8 could neither be printed nor opened again.
    guard String(validating: printed, as: UTF8.self) != nil else {
      return fail(printed, cause: "the name is not valid UTF-8")
    }
    files.append((printed, kind))
  }

  private mutating func count(_ name: FileName, _ path: [UInt8]) {
    if isNew(path) { notRead.add(kind: name.countedKind) }
  }

  /// Whether a path is counted for the first time.
  private mutating func isNew(_ path: [UInt8]) -> Bool { counted?.insert(path).inserted ?? true }

  private mutating func fail(_ printed: [UInt8], _ failure: UnsafePOSIX.Failure) {
    errors.append((printed, failure.unreadable(printed)))
  }

  private mutating func fail(_ printed: [UInt8], cause: String) {
    errors.append(
      (printed, .unreadable(path: String(decoding: printed, as: UTF8.self), cause: cause)))
  }

  private func isWanted(_ name: [UInt8]) -> Bool {
    if name.elementsEqual(".git".utf8) { return false }
    return hidden || name.first != UInt8(ascii: ".")
  }

  private static let slash = UInt8(ascii: "/")
}

/// What a walk makes of an entry of a folder.
private enum WalkedEntry: Hashable {
  /// A file, or a link to one.
  case file
  case folder
  case folderLink
  /// A link that leads where no link may.
  case outside
  /// A pipe, a socket, a device, or a link to one.
  case special
  /// A link that leads nowhere, or in a circle.
  case broken(UnsafePOSIX.Failure)
  /// It may not even be looked at.
  case unknown(UnsafePOSIX.Failure)
  /// What was there when the names were read.
  case gone

  init(at path: [UInt8], fence: LinkFence?) {
    do throws(UnsafePOSIX.Failure) {
      switch try UnsafePOSIX.entry(at: path, following: false) {
      case .file: self = .file
      case .folder: self = .folder
      case .other: self = .special
      case .link: self = Self.link(path, fence)
      }
    } catch {
      self = error.isAbsence ? .gone : .unknown(error)
    }
  }

  private static func link(_ path: [UInt8], _ fence: LinkFence?) -> Self {
    do throws(UnsafePOSIX.Failure) {
      let entry = try UnsafePOSIX.entry(at: path, following: true)
      if entry == .folder { return .folderLink }
      if let fence, !fence.admits(try UnsafePOSIX.realPath(path)) { return .outside }
      return entry == .file ? .file : .special
    } catch {
      return .broken(error)
    }
  }
}
