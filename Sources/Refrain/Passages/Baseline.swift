// An earlier JSON result as a baseline: what it holds is known, what is not in it gates.

import FoundationEssentials
import RefrainCorpus
import RefrainMatch
import RefrainModel
import RefrainText

/// The findings of an earlier result.
struct Baseline {
  /// An earlier finding, as far as matching needs it.
  private struct Entry {
    var id: String
    var kind: String
    /// How often each document holds it.
    var places: [String: Int]
    var words: [UInt64]
  }

  private var entries: [Entry] = []
  private var byID: [String: [Int]] = [:]
  /// Entries by each of their word bigrams, for findings whose words were edited.
  private var byBigram: [UInt64: [Int]] = [:]

  /// What is read of a result.
  private struct Result: Decodable {
    struct Finding: Decodable {
      struct Occurrence: Decodable {
        var path: String
        var id: ID?
        var text: String
      }

      var id: String
      var kind: String
      var occurrences: [Occurrence]
    }

    var version: Int
    var findings: [Finding]
  }

  /// A record's id of any JSON type.
  private enum ID: Decodable {
    case some(String)

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if let text = try? value.decode(String.self) {
        self = .some(text)
      } else if let number = try? value.decode(Int64.self) {
        self = .some(String(number))
      } else {
        self = .some(String(try value.decode(Double.self)))
      }
    }
  }

  /// Reads a result of `check --format json`.
  init(path: String) throws(RefrainError) {
    let mapping = try InputOpener.open(path)
    let result: Result
    do {
      result = try JSONDecoder().decode(Result.self, from: Data(mapping.bytes))
    } catch {
      throw .badSetting(
        name: "--baseline", cause: "\(path) is not a JSON result of refrain check")
    }
    guard result.version == 1 else {
      throw .mismatch(path: path, found: "version \(result.version)", expected: "version 1")
    }
    let analyzer = TextAnalyzer()
    for finding in result.findings {
      var places: [String: Int] = [:]
      for occurrence in finding.occurrences {
        var key = occurrence.path
        if case .some(let id)? = occurrence.id { key += "\u{0}\(id)" }
        places[key, default: 0] += 1
      }
      let text = finding.occurrences.first?.text ?? ""
      let words = analyzer.analyze(Array(text.utf8)).words
      byID[finding.id, default: []].append(entries.count)
      for bigram in Self.bigrams(words) { byBigram[bigram, default: []].append(entries.count) }
      entries.append(Entry(id: finding.id, kind: finding.kind, places: places, words: words))
    }
  }

  /// Marks each finding as new, known, changed or grown, and counts the entries that are gone.
  func apply(to result: inout CheckResult) {
    let analyzer = TextAnalyzer()
    var met: Set<Int> = []
    for index in result.findings.indices {
      let finding = result.findings[index]
      var places: [String: Int] = [:]
      for occurrence in finding.occurrences {
        var key = occurrence.path
        if let id = occurrence.id { key += "\u{0}\(id.description)" }
        places[key, default: 0] += 1
      }
      // Equal words may make several findings; the one with these places is meant.
      let same = byID[finding.id, default: []]
      var match =
        same.first { !met.contains($0) && !isGrown(places, since: $0) }
        ?? same.first { !isGrown(places, since: $0) } ?? same.first
      let isSame = match != nil
      if match == nil {
        match = mostAlike(analyzer.analyze(Array(finding.occurrences[0].text.utf8)).words, finding)
      }
      guard let match else {
        result.findings[index].state = .new
        continue
      }
      met.insert(match)
      result.findings[index].state =
        isGrown(places, since: match) ? .grown : isSame ? .known : .changed
    }
    result.resolved = entries.count - met.count
  }

  /// Whether a place is not in the entry, or there more often.
  private func isGrown(_ places: [String: Int], since entry: Int) -> Bool {
    places.contains { $0.value > entries[entry].places[$0.key, default: 0] }
  }

  /// The entry of the same kind of finding whose words are most like these, if half of their bigrams
  /// are shared.
  private func mostAlike(_ words: [UInt64], _ finding: Finding) -> Int? {
    if finding.kind == .duplicateDocument { return nil }
    var shared: [Int: Int] = [:]
    for bigram in Self.bigrams(words) {
      for entry in byBigram[bigram, default: []] { shared[entry, default: 0] += 1 }
    }
    let duplicate = FindingKind.duplicateDocument.rawValue
    return shared.filter { entry, count in
      let union = max(1, words.count + entries[entry].words.count - 2 - count)
      return entries[entry].kind != duplicate && count * 2 >= union
    }
    .max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
  }

  private static func bigrams(_ words: [UInt64]) -> Set<UInt64> {
    Set(zip(words, words.dropFirst()).map { $0 &* 0x9E37_79B9_7F4A_7C15 &+ ($1 ^ $1 >> 29) })
  }
}
