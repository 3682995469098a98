// From git's diffs to the lines that changed.

import RefrainFiles
import RefrainModel
import RefrainPassages

/// Asks git what changed.
enum GitChanges {
  private static let option = "--since"

  /// The lines that the working tree has and that were not there when it left `revision`.
  ///
  /// That is since their merge base, or since the revision itself where they have none. Files that git
  /// does not track and does not ignore are new.
  ///
  /// - Throws: `badSetting` where there is no repository or no such revision.
  static func since(_ revision: String, root: PathRoot) throws(RefrainError) -> ChangedLines {
    // Where there is no repository, or none that git trusts, git says so best.
    let repository = try UnsafeGit.run(["rev-parse", "--git-dir"], for: option)
    guard repository.status == 0 else {
      var cause = repository.complaint
      // The texts may well be in one.
      if cause.hasPrefix("not a git repository") {
        cause += "; git runs in the working folder, not where the texts are"
      }
      throw .badSetting(name: option, cause: cause)
    }
    let commit = try UnsafeGit.run(
      ["rev-parse", "--verify", "--end-of-options", revision + "^{commit}"], for: option)
    guard commit.status == 0 else {
      throw .badSetting(name: option, cause: try unknown(revision))
    }
    let base = try UnsafeGit.run(["merge-base", line(commit.output), "HEAD"], for: option)
    let start = line(base.status == 0 ? base.output : commit.output)
    // Without their filters, files are compared as they lie on disk.
    let diff = try output(
      try UnsafeGit.withoutFilters(for: option) + [
        "-c", "core.quotePath=off", "diff", "--unified=0", "--inter-hunk-context=0", "--no-color",
        // What an attribute calls binary is text to whoever has it checked.
        "--text", "--no-ext-diff", "--no-textconv", "--no-relative", "--find-renames",
        "--ignore-submodules",
        "--src-prefix=a/", "--dst-prefix=b/", start, "--",
      ])
    let untracked = try output([
      "ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--", ":/",
    ])
    var changes = ChangedLines(root: root)
    read(diff, into: &changes)
    for name in untracked.split(separator: 0) {
      changes.add(newFile: String(decoding: name, as: UTF8.self))
    }
    return changes
  }

  /// Why a revision is none: what a shallow clone has left out may well be one.
  private static func unknown(_ revision: String) throws(RefrainError) -> String {
    let shallow = try UnsafeGit.run(["rev-parse", "--is-shallow-repository"], for: option)
    var cause = "\(revision) is not a revision of this repository"
    if shallow.status == 0, line(shallow.output) == "true" {
      cause += "; this clone is shallow: set fetch-depth: 0 for actions/checkout or GIT_DEPTH: 0 "
      cause += "for GitLab, or run git fetch --unshallow"
    }
    return cause
  }

  private static func output(_ arguments: [String]) throws(RefrainError) -> [UInt8] {
    let run = try UnsafeGit.run(arguments, for: option)
    guard run.status == 0 else {
      var cause = run.complaint
      let partial = try UnsafeGit.run(["config", "extensions.partialClone"], for: option)
      if partial.status == 0 {
        cause += "; this clone is partial, and Refrain fetches nothing: run git diff with the same "
        cause += "revision first, or clone without --filter"
      }
      throw .badSetting(name: option, cause: cause)
    }
    return run.output
  }

  private static func line(_ output: [UInt8]) -> String {
    String(decoding: output.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  /// Reads the new side of a diff without context.
  ///
  /// Lines of the files themselves are counted, not looked at: they may look like anything. O(bytes).
  static func read(_ diff: [UInt8], into changes: inout ChangedLines) {
    var file: String?
    var left = 0
    for line in diff.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if left > 0 {
        if line.first != UInt8(ascii: "\\") { left -= 1 }
      } else if line.starts(with: "+++ ".utf8) {
        file = name(line.dropFirst(4))
      } else if line.starts(with: "@@ ".utf8), let hunk = Hunk(line) {
        left = hunk.removed + hunk.added
        if let file, hunk.added > 0 {
          changes.add(hunk.start...(hunk.start + hunk.added - 1), of: file)
        }
      }
    }
  }

  /// The name behind `+++ `, without its `b/`; nil for a file that is gone.
  private static func name(_ field: ArraySlice<UInt8>) -> String? {
    // git ends a name that holds a blank with a tab.
    var bytes = Array(field)
    if bytes.last == UInt8(ascii: "\t") { bytes.removeLast() }
    if bytes.first == UInt8(ascii: "\"") { bytes = unquoted(bytes) }
    guard bytes.starts(with: "b/".utf8) else { return nil }
    return String(decoding: bytes.dropFirst(2), as: UTF8.self)
  }

  /// A name in C's quotes.
  private static func unquoted(_ quoted: [UInt8]) -> [UInt8] {
    let escapes: [UInt8: UInt8] = [
      UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "t"): 9, UInt8(ascii: "n"): 10,
      UInt8(ascii: "v"): 11, UInt8(ascii: "f"): 12, UInt8(ascii: "r"): 13,
    ]
    var out: [UInt8] = []
    var rest = quoted.dropFirst()
    while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
      guard byte == UInt8(ascii: "\\"), let next = rest.popFirst() else {
        out.append(byte)
        continue
      }
      let zero = UInt8(ascii: "0")
      if (zero...UInt8(ascii: "7")).contains(next), let b = rest.popFirst(), let c = rest.popFirst()
      {
        out.append((next &- zero) << 6 | (b &- zero) << 3 | (c &- zero))
      } else {
        out.append(escapes[next] ?? next)
      }
    }
    return out
  }
}

/// The head of a hunk: `@@ -12,3 +14 @@`.
private struct Hunk {
  var removed: Int
  /// The first line of the new side, from 1.
  var start: Int
  var added: Int

  init?(_ line: ArraySlice<UInt8>) {
    let fields = line.split(separator: UInt8(ascii: " "))
    guard fields.count >= 3, let old = Self.range(fields[1]), let new = Self.range(fields[2]) else {
      return nil
    }
    removed = old.count
    (start, added) = new
  }

  private static func range(_ field: ArraySlice<UInt8>) -> (start: Int, count: Int)? {
    let parts = field.dropFirst().split(separator: UInt8(ascii: ","))
    guard let first = parts.first, let start = Int(String(decoding: first, as: UTF8.self)) else {
      return nil
    }
    if parts.count == 1 { return (start, 1) }
    return Int(String(decoding: parts[1], as: UTF8.self)).map { (start, $0) }
  }
}
