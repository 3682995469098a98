// Accepted repetition: what a baseline holds is known, what is not in it gates.

import Glibc
import RefrainFiles
import RefrainMatch
package import RefrainModel

/// The findings that somebody accepted.
package struct Baseline: Sendable {
  /// An accepted finding, as far as matching needs it; no text of it.
  package struct Entry: Hashable, Sendable {
    /// Names all words of all places.
    package var fingerprint: String
    /// The least hashes of its word bigrams, sorted.
    package var sketch: [UInt64]
    /// How often each document holds it.
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

  /// What became of a finding.
  struct Match: Hashable, Sendable {
    var entry: Int?
    var state: FindingState
  }

  package let entries: [Entry]
  /// What the paths of its documents are relative to.
  let root: PathRoot
  private var byFingerprint: [String: [Int]] = [:]
  /// Entries by each hash of their sketches, for findings whose words were edited.
  private var byHash: [UInt64: [Int]] = [:]

  init(_ entries: [Entry], root: PathRoot) {
    self.entries = entries
    self.root = root
    for (index, entry) in entries.enumerated() {
      byFingerprint[entry.fingerprint, default: []].append(index)
      for hash in entry.sketch { byHash[hash, default: []].append(index) }
    }
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

  /// Marks each finding as new, known, changed or grown, and tells the entries that are gone.
  func apply(to result: inout CheckResult) {
    let matches = matches(result.findings)
    for (index, match) in matches.enumerated() { result.findings[index].state = match.state }
    let met = Set(matches.compactMap(\.entry))
    let read = documents(result.files)
    result.resolved = entries.indices.filter { !met.contains($0) && isGone($0, read) }
      .map { entries[$0].title }
  }

  /// The names of documents, as entries hold them.
  func documents(_ paths: [String]) -> Set<String> { Set(paths.map(root.relative)) }

  /// Whether an entry that no finding matched is resolved.
  ///
  /// All its documents were read, or are there no more; of the others nothing is known.
  func isGone(_ entry: Int, _ read: Set<String>) -> Bool {
    entries[entry].places.keys.allSatisfy { name in
      let path = String(name.prefix { $0 != "\u{0}" })
      return read.contains(path) || access(root.absolute(path), F_OK) != 0
    }
  }

  /// The entry of each finding, if it has one.
  ///
  /// Equal words may make several entries: the one with the finding's places is meant. Exact matches
  /// come first, so that an edited finding takes no entry from one that is still there.
  func matches(_ findings: [Finding]) -> [Match] {
    let places = findings.map { Self.places($0, root) }
    var matches = [Match](repeating: Match(entry: nil, state: .new), count: findings.count)
    var met: Set<Int> = []
    for (index, finding) in findings.enumerated() {
      // An earlier JSON result knows whole documents by their id alone.
      let same =
        byFingerprint[finding.fingerprint] ?? byFingerprint[finding.id] ?? []
      guard
        let entry = same.first(where: { !met.contains($0) && !isGrown(places[index], since: $0) })
          ?? same.first(where: { !isGrown(places[index], since: $0) }) ?? same.first
      else { continue }
      met.insert(entry)
      matches[index] = Match(
        entry: entry, state: isGrown(places[index], since: entry) ? .grown : .known)
    }
    for (index, finding) in findings.enumerated() where matches[index].entry == nil {
      guard let entry = mostAlike(finding.sketch, places[index], met) else { continue }
      met.insert(entry)
      matches[index] = Match(
        entry: entry, state: isGrown(places[index], since: entry) ? .grown : .changed)
    }
    return matches
  }

  /// Whether a place is not in the entry, or there more often.
  private func isGrown(_ places: [String: Int], since entry: Int) -> Bool {
    places.contains { $0.value > entries[entry].places[$0.key, default: 0] }
  }

  /// The entry that agrees in most hashes of the sketch, and in half at least.
  ///
  /// Of those, one that holds all the places is preferred, then one that is still free, then the
  /// first.
  private func mostAlike(
    _ sketch: [UInt64], _ places: [String: Int], _ met: Set<Int>
  ) -> Int? {
    var shared: [Int: Int] = [:]
    for hash in sketch {
      for entry in byHash[hash, default: []] { shared[entry, default: 0] += 1 }
    }
    return shared.filter {
      PassageSketch.agrees($0.value, sketch.count, entries[$0.key].sketch.count)
    }
    .max { a, b in rank(a, places, met) < rank(b, places, met) }?.key
  }

  private func rank(
    _ candidate: (key: Int, value: Int), _ places: [String: Int], _ met: Set<Int>
  ) -> (Int, Int, Int, Int) {
    (
      isGrown(places, since: candidate.key) ? 0 : 1, met.contains(candidate.key) ? 0 : 1,
      candidate.value, -candidate.key
    )
  }

  /// How often each document holds a finding; a record is told by its id as well.
  static func places(_ finding: Finding, _ root: PathRoot) -> [String: Int] {
    var places: [String: Int] = [:]
    for occurrence in finding.occurrences {
      var key = root.relative(occurrence.path)
      if let id = occurrence.id { key += "\u{0}\(id.description)" }
      places[key, default: 0] += 1
    }
    return places
  }
}
