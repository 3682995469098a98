// The ignore files that bear on one folder: its own and those of the folders above it, up to the
// root of the repository it lies in.

/// Ignore files from the outermost folder to the innermost.
struct IgnoreStack {
  /// The rules of one folder.
  private struct Level {
    /// How long the folder's absolute path is, with the slash behind it.
    let prefix: Int
    /// The folder's files, the one that counts more last.
    let files: [IgnoreRules]
  }

  /// In the order of precedence from low to high: `.ignore` is for searchers alone.
  private static let names = [".gitignore", ".ignore"]

  private var levels: [Level] = []
  /// Ignore files that could not be read, by their absolute paths: as if they said nothing.
  private var unread: [(path: [UInt8], failure: UnsafePOSIX.Failure)] = []

  /// No rules at all.
  init() {}

  /// The rules that bear on `folder` (absolute, without links) from above: those of the folders
  /// from the root of its repository down to its parent; none where it lies in no repository.
  init(above folder: [UInt8]) {
    guard let root = RepositoryRoot.above(folder) else { return }
    var parents: [[UInt8]] = []
    var at = folder[...]
    while at.count > root.count, let slash = at.lastIndex(of: UInt8(ascii: "/")) {
      at = slash == 0 ? at.prefix(1) : at[..<slash]
      parents.append(Array(at))
    }
    for parent in parents.reversed() { enter(parent) }
  }

  /// Adds the rules of `folder` itself, whose path is absolute and without links.
  mutating func enter(_ folder: [UInt8]) {
    let base = folder.last == UInt8(ascii: "/") ? folder : folder + [UInt8(ascii: "/")]
    var files: [IgnoreRules] = []
    for name in Self.names {
      let path = base + Array(name.utf8)
      // A folder, or a link to nowhere, of that name holds no rules.
      guard (try? UnsafePOSIX.entry(at: path, following: true)) == .file else { continue }
      do throws(UnsafePOSIX.Failure) {
        let rules = IgnoreRules(try UnsafePOSIX.head(of: path, limit: .max))
        if !rules.isEmpty { files.append(rules) }
      } catch {
        unread.append((path, error))
      }
    }
    if !files.isEmpty { levels.append(Level(prefix: base.count, files: files)) }
  }

  /// Hands out what could not be read, once.
  mutating func takeUnread() -> [(path: [UInt8], failure: UnsafePOSIX.Failure)] {
    defer { unread = [] }
    return unread
  }

  /// Whether the rules say to ignore `path`, absolute and below all folders entered.
  func ignores(_ path: [UInt8], isFolder: Bool) -> Bool {
    for level in levels.reversed() {
      for rules in level.files.reversed() {
        if let verdict = rules.verdict(on: path[level.prefix...], isFolder: isFolder) {
          return verdict
        }
      }
    }
    return false
  }
}
