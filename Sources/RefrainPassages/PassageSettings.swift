// Where repetition is looked for, and which of it is reported.

package import RefrainModel
import RefrainText

/// The settings that decide which of a file's findings are reported.
package struct PassageSettings: Hashable, Sendable {
  package var scope = CheckScope.both
  /// The least words of a reported passage.
  package var leastWords = 5
  /// The least share of a passage's words that stand in both places in order; nil to let the built-in
  /// score decide alone.
  package var similarity: Threshold?
  /// The least level that is reported.
  package var level = FindingLevel.note
  /// The kinds that fail a run.
  package var gateKinds = Set(FindingKind.allCases.filter(\.gates))

  /// The defaults.
  package init() {}
}

/// The settings of a search, for all documents together.
package struct SearchSettings: Sendable {
  package var scope = CheckScope.both
  /// The least words of a reported passage.
  package var leastWords = 5
  /// A passage in so many documents, duplicates counted once, is boilerplate.
  package var boilerplateDocuments = 10
  package var threads: Int
  /// Bytes that the search may use beside the texts that stay in memory; more than that goes to temporary files.
  package var memory = 2 << 30

  /// Whether hints become findings, or are counted alone.
  package var buildsHints = true

  /// Whether all pairs of sentences that were measured are findings, each by itself: what the points of articles are
  /// fitted on.
  package var keepsCandidates = false

  /// The defaults, on as many threads as there are processors.
  package init() { threads = Workers.processors }

  /// What words, and so fingerprints, are made by.
  package static let scheme = Segmenter.fullScheme

  /// The settings as a result says them.
  package func reported(similarity: Threshold?) -> SearchedSettings {
    SearchedSettings(
      scope: scope, leastWords: leastWords, similarity: similarity,
      boilerplateDocuments: boilerplateDocuments, scheme: Self.scheme)
  }
}

extension PassageSettings {
  /// Whether a finding is long enough, alike enough and where it was looked for.
  package func wants(_ finding: Finding) -> Bool {
    guard wants(words: finding.measuredWords, finding.scope) else { return false }
    guard let similarity, finding.kind != .duplicateDocument else { return true }
    let difference = finding.difference
    let least = min(difference.firstWords, difference.secondWords)
    return difference.equalWords * similarity.denominator >= similarity.numerator * least
  }
  /// Whether a hint is long enough and where it was looked for; asked where there is no least similarity.
  package func wants(_ hint: HintOutline) -> Bool { wants(words: hint.measuredWords, hint.scope) }

  private func wants(words: Int, _ found: FindingScope) -> Bool {
    if words < leastWords { return false }
    return switch scope {
    case .within: found == .within
    case .across: found == .across
    case .both: true
    }
  }
}
