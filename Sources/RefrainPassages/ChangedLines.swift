// Which lines of which files changed since a revision: what a change is answerable for.

package import RefrainModel

/// The lines that a working tree has and a revision has not.
package struct ChangedLines: Sendable {
  /// By the path from the repository's root on; ranges in order, without overlap, not touching.
  private var ranges: [String: [ClosedRange<Int>]] = [:]
  /// Files that the revision does not know, all of whose lines are new.
  private var newFiles: Set<String> = []
  private let root: PathRoot

  package init(root: PathRoot) { self.root = root }

  /// Adds lines of a file, in order.
  package mutating func add(_ lines: ClosedRange<Int>, of file: String) {
    var known = ranges[file, default: []]
    if let last = known.last, last.upperBound + 1 >= lines.lowerBound {
      known[known.count - 1] = last.lowerBound...max(last.upperBound, lines.upperBound)
    } else {
      known.append(lines)
    }
    ranges[file] = known
  }

  package mutating func add(newFile file: String) { newFiles.insert(file) }

  /// Whether anything changed in a file.
  package func touches(_ path: String) -> Bool {
    let file = root.relative(path)
    return newFiles.contains(file) || ranges[file] != nil
  }

  /// Whether any of these lines of a file changed.
  package func touches(_ path: String, _ lines: ClosedRange<Int>) -> Bool {
    longest(in: path, lines) != nil
  }

  /// The longest stretch of changed lines among `lines`, the first of equals; nil where none changed.
  package func longest(in path: String, _ lines: ClosedRange<Int>) -> ClosedRange<Int>? {
    let file = root.relative(path)
    if newFiles.contains(file) { return lines }
    var longest: ClosedRange<Int>?
    for range in ranges[file, default: []] where range.overlaps(lines) {
      let common = range.clamped(to: lines)
      if common.count > longest?.count ?? 0 { longest = common }
    }
    return longest
  }
}
