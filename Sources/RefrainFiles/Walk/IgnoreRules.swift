// `.gitignore` and `.ignore`: which files of a folder the people who keep it don't want looked at.
//
// The rules are those of gitignore(5): the last pattern that matches wins, a deeper file before a
// shallower one. That nothing below an ignored folder comes back is the walker's part, which never
// enters one.

/// The patterns of one ignore file.
package struct IgnoreRules: Hashable, Sendable {
  private struct Rule: Hashable, Sendable {
    let pattern: GlobPattern
    /// Whether a match brings a path back (`!`).
    let isNegated: Bool
    /// Whether it matches folders alone (`/` at the end).
    let isForFolders: Bool
    /// Whether it is matched against the whole path below the ignore file, since there is a slash
    /// in it, rather than the last name.
    let isAnchored: Bool
  }

  private var rules: [Rule] = []

  package var isEmpty: Bool { rules.isEmpty }

  /// Reads an ignore file, whose lines may end with LF or CRLF.
  ///
  /// O(bytes).
  package init(_ file: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = file.starts(with: mark) ? file[mark.count...] : file[...]
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard line.first != UInt8(ascii: "#"), let rule = Self.rule(Self.trimmed(line)) else {
        continue
      }
      rules.append(rule)
    }
  }

  /// What the last matching pattern says of a path below the ignore file's folder.
  ///
  /// True is to ignore it, false to keep it; nil where no pattern matches.
  ///
  /// Complexity: O(patterns x pattern length x path length).
  package func verdict(on path: ArraySlice<UInt8>, isFolder: Bool) -> Bool? {
    let slash = path.lastIndex(of: UInt8(ascii: "/"))
    let name = path[(slash.map { $0 + 1 } ?? path.startIndex)...]
    let last = rules.last { rule in
      (isFolder || !rule.isForFolders) && rule.pattern.matches(rule.isAnchored ? path : name)
    }
    return last.map { !$0.isNegated }
  }

  /// A line without the spaces at its end, but with those behind a backslash.
  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = line.startIndex
    var at = line.startIndex
    while at < line.endIndex {
      if line[at] == UInt8(ascii: "\\") {
        at = min(at + 2, line.endIndex)
        end = at
      } else {
        at += 1
        if line[at - 1] != UInt8(ascii: " ") { end = at }
      }
    }
    return line[..<end]
  }

  /// Reads one pattern; nil where it can match nothing.
  private static func rule(_ line: ArraySlice<UInt8>) -> Rule? {
    var text = line
    let isNegated = text.first == UInt8(ascii: "!")
    if isNegated { text.removeFirst() }
    let isForFolders = text.last == UInt8(ascii: "/")
    if isForFolders { text.removeLast() }
    let isAnchored = text.contains(UInt8(ascii: "/"))
    if text.first == UInt8(ascii: "/") { text.removeFirst() }
    guard !text.isEmpty, let pattern = GlobPattern(text) else { return nil }
    return Rule(
      pattern: pattern, isNegated: isNegated, isForFolders: isForFolders, isAnchored: isAnchored)
  }
}
