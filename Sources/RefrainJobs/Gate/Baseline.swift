// Accepted repetition: what a baseline holds is known, what is not in it gates.

import Glibc
import RefrainFiles
package import RefrainModel

/// The findings that somebody accepted.
package struct Baseline: Sendable {
  /// An accepted finding, as far as matching needs it; no text of it.
  package struct Entry: Hashable, Sendable {
    /// Names all words of all places.
    package var fingerprint: String
    /// The least hashes of its word bigrams, sorted.
    package var sketch: [UInt64]
    /// How often each document held it when it was accepted.
    package var places: [String: Int]
    /// What a person reads of it besides its documents.
    package var hint: String

    package init(
      fingerprint: String, sketch: [UInt64], places: [String: Int], hint: String
    ) {
      self.fingerprint = fingerprint
      self.sketch = sketch
      self.places = places
      self.hint = hint
    }

    /// Its documents and the hint.
    var title: String {
      let names = places.keys.sorted().map { $0.replacing("\u{0}", with: " ") }
      return "\(names.joined(separator: ", "))\(hint.isEmpty ? "" : ": " + hint)"
    }
  }

  /// One entry a fingerprint, in the order of the file.
  package let entries: [Entry]
  /// What the paths of its documents are relative to.
  let root: PathRoot

  /// Entries of one fingerprint, as a merge of two branches leaves them, become one that holds what
  /// either accepts.
  init(_ entries: [Entry], root: PathRoot) {
    var merged: [Entry] = []
    var place: [String: Int] = [:]
    for entry in entries {
      if let index = place[entry.fingerprint] {
        merged[index].places.merge(entry.places, uniquingKeysWith: max)
      } else {
        place[entry.fingerprint] = merged.count
        merged.append(entry)
      }
    }
    self.entries = merged
    self.root = root
  }

  /// Reads a baseline file, or a result of `check --format json`: its first byte tells which.
  ///
  /// - Throws: `unreadable` where there is none, `badRecord` or `badSetting` where it is neither,
  ///   `mismatch` where it was made under another scheme.
  package init(path: String) throws(RefrainError) {
    let bytes = try InputOpener.read(path)
    let root = PathRoot.find(baseline: path)
    self.init(
      bytes.first == UInt8(ascii: "{")
        ? try BaselineResult.read(bytes, path: path, root: root)
        : try BaselineFile.read(bytes, path: path), root: root)
  }

  /// Marks each finding as new, known, changed or grown, puts those first that nobody accepted, and
  /// tells the entries that are gone.
  func apply(to result: inout CheckResult) {
    let documents = DocumentsSeen(result.files, root)
    var matching = BaselineMatching(self, documents)
    let matches = matching.matches(result.findings)
    for (index, match) in matches.enumerated() { mark(&result.findings[index], match) }
    let findings = result.findings
    result.findings = findings.filter { $0.state?.isNew ?? true }
    result.findings += findings.filter { $0.state == .changed }
    result.findings += findings.filter { $0.state == .known }
    let met = Set(matches.flatMap(\.entries))
    result.resolved = entries.indices.filter { !met.contains($0) && isGone($0, documents) }
      .map { entries[$0].title }
  }

  /// Says what became of a finding.
  ///
  /// Of equal places the one that was added is told first.
  private func mark(_ finding: inout Finding, _ match: BaselineMatching.Match) {
    finding.state = match.state
    for place in match.added { finding.occurrences[place].isAdded = true }
    guard let added = match.added.first, added > 0, finding.occurrences[0].changedLines == nil
    else { return }
    let first = finding.occurrences[0]
    guard finding.occurrences.allSatisfy({ $0.text == first.text }) else { return }
    var place = finding.occurrences.remove(at: added)
    finding.occurrences[0].overlap = place.overlap
    place.overlap = nil
    finding.occurrences.insert(place, at: 0)
  }

  /// Whether an entry that no finding matched is resolved.
  ///
  /// All its documents were read, or are there no more; of the others nothing is known.
  func isGone(_ entry: Int, _ documents: DocumentsSeen) -> Bool {
    entries[entry].places.keys.allSatisfy(documents.isKnown)
  }

  /// What an entry calls the document of a place; a record is told by its id as well.
  static func name(_ occurrence: Occurrence, _ root: PathRoot) -> String {
    let path = root.relative(occurrence.path)
    return occurrence.id.map { "\(path)\u{0}\($0.description)" } ?? path
  }
}

/// Which documents a run has seen, and which are there no more.
final class DocumentsSeen {
  private let read: Set<String>
  private let root: PathRoot
  /// Whether files are there that were not read.
  private var existing: [String: Bool] = [:]

  /// - Parameter paths: the files that were read, as the user named them.
  init(_ paths: [String], _ root: PathRoot) {
    read = Set(paths.map(root.relative))
    self.root = root
  }

  /// Whether all is known of a document: it was read, or is there no more.
  func isKnown(_ name: String) -> Bool {
    let path = Self.path(name)
    return read.contains(path) || !exists(path)
  }

  /// Whether a document is there no more, under the name that it had.
  func isMissing(_ name: String) -> Bool {
    let path = Self.path(name)
    return !read.contains(path) && !exists(path)
  }

  private func exists(_ path: String) -> Bool {
    if let known = existing[path] { return known }
    let exists = access(root.absolute(path), F_OK) == 0
    existing[path] = exists
    return exists
  }

  /// The file of a document.
  private static func path(_ name: String) -> String { String(name.prefix { $0 != "\u{0}" }) }
}
