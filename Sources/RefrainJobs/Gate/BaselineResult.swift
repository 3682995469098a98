// An earlier JSON result as a baseline, for those who keep the whole of it.

import FoundationEssentials
import RefrainMatch
import RefrainModel
import RefrainPassages
import RefrainReport
import RefrainText

/// Reads what matching needs of a result of `check --format json`.
enum BaselineResult {
  /// What is read of a result.
  private struct Result: Decodable {
    struct Finding: Decodable {
      struct Occurrence: Decodable {
        var path: String
        var id: ID?
        var text: String
      }

      var fingerprint: String
      /// Of a finding alone whose texts a result cuts.
      var sketch: [String]?
      var kind: String
      var level: String?
      var occurrences: [Occurrence]
    }

    struct Settings: Decodable {
      var scheme: String?
    }

    var version: Int
    var settings: Settings?
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

  /// The findings of a result as entries.
  static func read(
    _ bytes: [UInt8], path: String, root: PathRoot
  ) throws(RefrainError) -> [Baseline.Entry] {
    let result: Result
    do {
      result = try JSONDecoder().decode(Result.self, from: Data(bytes))
    } catch {
      throw .badSetting(
        name: "--baseline", cause: "\(path) is not a JSON result of refrain check")
    }
    guard result.version == 1 else {
      throw .mismatch(path: path, found: "version \(result.version)", expected: "version 1")
    }
    let scheme = result.settings?.scheme
    guard scheme == SearchSettings.scheme else {
      throw .otherScheme(
        path: path, found: scheme.map { "scheme \(VisibleText.line($0))" } ?? "no scheme",
        expected: "scheme \(SearchSettings.scheme)",
        command: "refrain check --format json -o \(path)")
    }
    let analyzer = TextAnalyzer()
    // Hints gate nothing, so nobody accepts them.
    let told = result.findings.filter { $0.level != FindingLevel.hint.rawValue }
    return told.map { finding in
      var places: [String: Int] = [:]
      for occurrence in finding.occurrences {
        var key = root.relative(occurrence.path)
        if case .some(let id)? = occurrence.id { key += "\u{0}\(id)" }
        places[key, default: 0] += 1
      }
      return Baseline.Entry(
        fingerprint: finding.fingerprint,
        sketch: finding.sketch?.compactMap { UInt64($0, radix: 16) }
          ?? PassageSketch.least(
            of: finding.occurrences.map { analyzer.analyze(Array($0.text.utf8)).words }),
        places: places, hint: finding.kind)
    }
  }
}
