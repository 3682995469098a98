// Folders that hold the same files side by side: versions and translations of one manual, seen and not configured.

import RefrainModel

/// The mirrored trees of a collection.
///
/// Two folders of one parent are mirrored if two files or more have the same path below both, and these are half
/// of the files of the smaller one, and if both are named as versions are, or both as languages. O(parts of all
/// paths).
struct MirroredTrees: Sendable {
  /// The folder of a mirrored tree.
  struct Tree: Hashable, Sendable {
    let folder: String
    let isLanguage: Bool
  }

  private let trees: [String: Tree]
  /// The files in mirrored trees.
  private var files: Set<String> = []

  private static let leastShared = 2

  init(_ paths: some Sequence<String>) {
    // What lies below folders of one parent: for each parent and rest of a path, the folders.
    var folders: [String: [String]] = [:]
    var sizes: [String: Int] = [:]
    for path in Set(paths) {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      var parent = ""
      for (index, part) in parts.dropLast().enumerated() {
        let folder = parent + part + "/"
        if PathNames.isVersion(part) || PathNames.isLanguage(part) {
          let rest = parts[(index + 1)...].joined(separator: "/")
          folders["\(parent)\u{0}\(rest)", default: []].append(folder)
          sizes[folder, default: 0] += 1
        }
        parent = folder
      }
    }
    // Each folder is held against the first one that has the file, too.
    var shared: [String: [String: Int]] = [:]
    for same in folders.values where same.count > 1 {
      let same = same.sorted()
      for folder in same.dropFirst() { shared[same[0], default: [:]][folder, default: 0] += 1 }
    }
    var trees: [String: Tree] = [:]
    for (first, others) in shared {
      for (other, count) in others
      where count >= Self.leastShared
        && count * 2 >= min(sizes[first] ?? 0, sizes[other] ?? 0)
      {
        let isLanguage = Self.isLanguage(first) && Self.isLanguage(other)
        guard isLanguage || Self.isVersion(first) && Self.isVersion(other) else { continue }
        for folder in [first, other] {
          trees[folder] = Tree(folder: folder, isLanguage: isLanguage)
        }
      }
    }
    self.trees = trees
    if !trees.isEmpty { files = Set(paths.filter { tree(of: $0) != nil }) }
  }

  /// Whether a tree holds a page, by its path below the tree's folder.
  func holds(_ page: Substring, in tree: Tree) -> Bool { files.contains(tree.folder + page) }

  private static func name(_ folder: String) -> Substring {
    folder.split(separator: "/").last ?? ""
  }
  private static func isVersion(_ folder: String) -> Bool { PathNames.isVersion(name(folder)) }
  private static func isLanguage(_ folder: String) -> Bool { PathNames.isLanguage(name(folder)) }

  /// The outermost mirrored tree that holds a file; nil for none.
  func tree(of path: String) -> Tree? {
    if trees.isEmpty { return nil }
    var at = path.startIndex
    while let slash = path[at...].firstIndex(of: "/") {
      at = path.index(after: slash)
      if let tree = trees[String(path[..<at])] { return tree }
    }
    return nil
  }
}
