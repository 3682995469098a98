// The baseline as a file that people keep beside their texts: sorted lines that merge without
// conflicts, hashes instead of texts, and no line numbers.
//
//   # refrain baseline 2 bigram-min16/2 words2-unicode15.0
//   0f3a... 01c2...,03d4... docs/a.md*1 docs/b.md*2 # near-repeat across, 43 words
//
// A line accepts as many places as it counts. Their documents say where the passage was, which is all
// that a reader wants to know and all that tells whether it was looked for; they may have moved since.

import RefrainFiles
import RefrainMatch
package import RefrainModel
import RefrainReport
import RefrainText

/// Reads and writes baseline files.
package enum BaselineFile {
  /// What every baseline begins with.
  static let beginning = "# refrain baseline "
  private static let notOne =
    "neither a baseline, as refrain baseline writes it, nor a JSON result of refrain check"
  private static var scheme: String { "2 \(PassageSketch.scheme) \(Segmenter.scheme)" }

  /// Refuses to write a baseline over something else.
  ///
  /// - Throws: `badSetting` where there is a file that is neither empty nor a baseline.
  package static func requireReplaceable(_ path: String) throws(RefrainError) {
    guard path != "-", ResultFile.size(of: path) > 0 else { return }
    let bytes = try InputOpener.read(path)
    guard bytes.starts(with: beginning.utf8) else {
      throw .badSetting(name: path, cause: "exists and is not a baseline; write to another file")
    }
  }

  /// A baseline, to be written to `path`, that accepts all findings of a result.
  package static func accepting(_ result: CheckResult, at path: String) -> [UInt8] {
    let root = PathRoot.find(baseline: path)
    return write(entries(result.findings.map { ($0, Array($0.occurrences.indices)) }, root))
  }

  /// The baseline in a file that is to be edited; `-` is standard input.
  ///
  /// It is read once, since standard input can be read no second time.
  /// - Throws: what reading a baseline throws; `badSetting` for a JSON result, which is no file to be edited.
  package static func editable(_ path: String) throws(RefrainError) -> Baseline {
    let bytes = try InputOpener.read(path)
    if bytes.first == UInt8(ascii: "{") {
      throw .badSetting(
        name: path, cause: "is a JSON result; refrain baseline write creates a baseline")
    }
    return Baseline(try read(bytes, path: path), root: PathRoot.find(baseline: path))
  }

  /// A baseline without what is no longer there.
  ///
  /// Accepted findings that are still there keep their lines, brought up to date where they were edited
  /// or moved; places that are gone go. What lies in documents that were not read stays as it is.
  /// Nothing new is accepted.
  /// - Returns: the file, and a hint for each line that went.
  package static func pruned(
    _ baseline: Baseline, _ result: CheckResult
  ) -> (bytes: [UInt8], gone: [String]) {
    let documents = DocumentsSeen(result.files, baseline.root)
    var matching = BaselineMatching(baseline, documents)
    let matches = matching.matches(result.findings)
    var kept = entries(
      zip(result.findings, matches).map { ($0, $1.accepted) }, baseline.root)
    let met = Set(matches.flatMap(\.entries))
    var gone: [Int] = []
    for (index, entry) in baseline.entries.enumerated() {
      if !met.contains(index), baseline.isGone(index, documents) { gone.append(index) }
      var rest = entry
      rest.places = entry.places.filter { !documents.isKnown($0.key) }
      if !rest.places.isEmpty { kept.append(rest) }
    }
    return (
      write(Baseline(kept, root: baseline.root).entries),
      gone.map { baseline.entries[$0].title }
    )
  }

  /// Findings as entries, each with those of its places that are accepted.
  ///
  /// Findings of the same words make one entry, in which a place that two of them have counts once.
  private static func entries(
    _ findings: [(finding: Finding, places: [Int])], _ root: PathRoot
  ) -> [Baseline.Entry] {
    struct Place: Hashable {
      var document: String
      var byte: Int
    }
    var entries: [Baseline.Entry] = []
    var index: [String: Int] = [:]
    var seen: [Set<Place>] = []
    for (finding, places) in findings where !places.isEmpty {
      let entry = index[finding.fingerprint] ?? entries.count
      if entry == entries.count {
        let words = finding.words == 1 ? "1 word" : "\(finding.words) words"
        index[finding.fingerprint] = entry
        seen.append([])
        entries.append(
          Baseline.Entry(
            fingerprint: finding.fingerprint, sketch: finding.sketch, places: [:],
            hint: "\(finding.kind.rawValue) \(finding.scope.rawValue), \(words)"))
      }
      for place in places {
        let occurrence = finding.occurrences[place]
        let document = Baseline.name(occurrence, root)
        if seen[entry].insert(Place(document: document, byte: occurrence.start.byte)).inserted {
          entries[entry].places[document, default: 0] += 1
        }
      }
    }
    return entries
  }

  /// Entries as the bytes of a file.
  package static func write(_ entries: [Baseline.Entry]) -> [UInt8] {
    let lines = Set(
      entries.map { entry in
        let sketch = entry.sketch.map { $0.hexadecimal(digits: 16) }.joined(separator: ",")
        let places = entry.places.map { "\(encoded($0.key))*\($0.value)" }.sorted()
        return "\(entry.fingerprint) \(sketch.isEmpty ? "-" : sketch) "
          + "\(places.joined(separator: " ")) # \(entry.hint)"
      })
    return Array(([beginning + scheme] + lines.sorted()).map { $0 + "\n" }.joined().utf8)
  }

  /// The entries of a file.
  ///
  /// Lines and their parts are told by bytes: names of documents may hold what Unicode takes for a
  /// line end, and marks that would join the blank before them to one character.
  static func read(_ bytes: [UInt8], path: String) throws(RefrainError) -> [Baseline.Entry] {
    var entries: [Baseline.Entry] = []
    var isNamed = false
    var number = 0
    for var line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if line.last == 0x0D { line.removeLast() }
      if !isNamed, line.starts(with: beginning.utf8) {
        let found = String(decoding: line.dropFirst(beginning.utf8.count), as: UTF8.self)
        guard found == scheme else {
          throw .otherScheme(
            path: path, found: "scheme \(VisibleText.line(String(found)))",
            expected: "scheme \(scheme)", command: "refrain baseline write \(path)")
        }
        isNamed = true
      }
      if line.isEmpty || line.first == UInt8(ascii: "#") { continue }
      guard isNamed else {
        throw .badRecord(path: path, line: number, cause: notOne)
      }
      guard let entry = entry(line) else {
        throw .badRecord(path: path, line: number, cause: "not a valid baseline line")
      }
      entries.append(entry)
    }
    guard isNamed else { throw .badRecord(path: path, line: 1, cause: notOne) }
    return entries
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> Baseline.Entry? {
    let parts = line.split(separator: UInt8(ascii: " "))
    guard parts.count >= 3, parts[0].count == 16, hash(parts[0]) != nil else { return nil }
    var sketch: [UInt64] = []
    if !parts[1].elementsEqual("-".utf8) {
      for digits in parts[1].split(separator: UInt8(ascii: ",")) {
        guard let hash = hash(digits) else { return nil }
        sketch.append(hash)
      }
    }
    let end = parts.firstIndex { $0.elementsEqual("#".utf8) } ?? parts.endIndex
    var places: [String: Int] = [:]
    for part in parts[2..<max(2, end)] {
      guard let star = part.lastIndex(of: UInt8(ascii: "*")),
        let count = Int(String(decoding: part[(star + 1)...], as: UTF8.self))
      else { return nil }
      places[decoded(part[..<star])] = count
    }
    let hint = parts[min(end + 1, parts.endIndex)...].joined(separator: [UInt8(ascii: " ")])
    return Baseline.Entry(
      fingerprint: String(decoding: parts[0], as: UTF8.self), sketch: sketch, places: places,
      hint: String(decoding: Array(hint), as: UTF8.self))
  }

  private static func hash(_ digits: ArraySlice<UInt8>) -> UInt64? {
    UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  /// A document's name without blanks, stars, hashes and what steers a terminal: those are
  /// percent-encoded, and a record's id follows a hash.
  private static func encoded(_ name: String) -> String {
    var out = ""
    for scalar in name.unicodeScalars {
      switch scalar {
      case "\0": out += "#"
      case _ where VisibleText.steers(scalar), " ", "%", "*", "#":
        for byte in UTF8.encode(scalar) ?? .init() {
          out += "%" + byte.hexadecimal(digits: 2)
        }
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  private static func decoded(_ name: ArraySlice<UInt8>) -> String {
    var out: [UInt8] = []
    var rest = name
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%"),
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        out.append(value)
        rest = rest.dropFirst(2)
      } else {
        out.append(byte == UInt8(ascii: "#") ? 0 : byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
