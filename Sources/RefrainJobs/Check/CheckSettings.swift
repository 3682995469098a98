// What a check is asked for.

package import RefrainFiles
package import RefrainModel
package import RefrainPassages
import RefrainRecords

/// The settings of `check`, as resolved.
package struct CheckSettings: Sendable {
  package var scope = CheckScope.both
  /// The least words of a reported passage.
  package var leastWords = 5
  /// The least share of a passage's words that stand in both places in order; nil to let the
  /// built-in score decide alone.
  package var similarity: Threshold?
  /// Files to report on; all others are only compared with.
  ///
  /// Empty for all.
  package var focus: [String] = []
  /// A baseline file, or an earlier JSON result: what it holds is accepted.
  package var baseline: String?
  /// Whether reports for people tell what is accepted.
  package var showsKnown = false
  /// Files that the run writes: where a walk finds what an earlier run wrote, it is no text to check.
  package var outputs: [String] = []
  /// A revision: only what touches lines changed since is reported.
  ///
  /// nil for all.
  package var since: String?
  /// The kinds that are reported.
  package var kinds = Set(FindingKind.allCases)
  /// The least level that is told.
  package var level = FindingLevel.note
  /// Which findings fail the run.
  package var gate = Gate()
  /// A passage in so many documents, duplicates counted once, is boilerplate.
  package var boilerplateDocuments = 10
  package var textField = "text"
  package var idField = "id"
  package var onError = ErrorPolicy.fail
  package var respectIgnoreFiles = true
  package var requireFiles = false
  /// What is left out of folders, and what files hold whose names do not tell.
  package var rules: (any FileRuleSource & Sendable)?
  package var threads: Int
  /// Whether all pairs of sentences that were measured are findings: what `Benchmarks/judge/fit.py` needs.
  package var keepsCandidates = false
  /// Bytes to use for words and seeds; files and findings come on top.
  package var memory = 2 << 30
  /// The settings of those of the given files that have their own.
  package var perFile: @Sendable ([String]) throws(RefrainError) -> [String: PassageSettings] = {
    _ in [:]
  }

  /// What the search is asked for.
  var search: SearchSettings {
    var search = SearchSettings()
    search.scope = scope
    search.leastWords = leastWords
    search.boilerplateDocuments = boilerplateDocuments
    search.threads = threads
    search.memory = memory
    search.keepsCandidates = keepsCandidates
    return search
  }

  /// Where the fields of records are that are read.
  var fields: RecordFields { RecordFields(text: textField, id: idField) }

  /// What holds for files without settings of their own.
  package var passages: PassageSettings {
    var passages = PassageSettings()
    passages.scope = scope
    passages.leastWords = leastWords
    passages.similarity = similarity
    passages.level = level
    passages.gateKinds = gate.kinds
    return passages
  }

  /// Sets the least level that is told, for all files alike.
  mutating func setLevel(_ level: FindingLevel) {
    self.level = level
    let own = perFile
    perFile = { paths throws(RefrainError) in
      try own(paths).mapValues { settings in
        var settings = settings
        settings.level = level
        return settings
      }
    }
  }

  /// The defaults, on as many threads as there are processors.
  package init() { threads = Workers.processors }
}
