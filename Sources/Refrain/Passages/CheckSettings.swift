// What a check is asked for.

public import RefrainModel

/// Where a check looks for repetition.
public enum CheckScope: String, Sendable, CaseIterable {
  case within
  case across
  case both
}

/// The settings that decide which of a file's findings are reported.
public struct PassageSettings: Hashable, Sendable {
  public var scope = CheckScope.both
  /// The least words of a reported passage.
  public var leastWords = 5
  /// The least share of a passage's words that stand in both places in order; nil to let the built-in
  /// score decide alone.
  public var similarity: Threshold?

  /// The defaults.
  public init() {}
}

/// The settings of `check`, as resolved.
public struct CheckSettings: Sendable {
  public var scope = CheckScope.both
  /// The least words of a reported passage.
  public var leastWords = 5
  /// The least share of a passage's words that stand in both places in order; nil to let the
  /// built-in score decide alone.
  public var similarity: Threshold?
  /// Files to report on; all others are only compared with.
  ///
  /// Empty for all.
  public var focus: [String] = []
  /// A baseline file, or an earlier JSON result: what it holds is accepted.
  public var baseline: String?
  /// Files that the run writes: where a walk finds what an earlier run wrote, it is no text to check.
  public var outputs: [String] = []
  /// A revision: only what touches lines changed since is reported.
  ///
  /// nil for all.
  public var since: String?
  /// The kinds that are reported.
  public var kinds = Set(FindingKind.allCases)
  /// Which findings fail the run.
  public var gate = Gate()
  /// A passage in so many documents, duplicates counted once, is boilerplate.
  public var boilerplateDocuments = 10
  public var textField = "text"
  public var idField = "id"
  public var onError = ErrorPolicy.fail
  public var respectIgnoreFiles = true
  public var requireFiles = false
  public var threads: Int
  /// The settings of those of the given files that have their own.
  public var perFile: @Sendable ([String]) throws(RefrainError) -> [String: PassageSettings] = {
    _ in [:]
  }

  /// What holds for files without settings of their own.
  public var passages: PassageSettings {
    var passages = PassageSettings()
    passages.scope = scope
    passages.leastWords = leastWords
    passages.similarity = similarity
    return passages
  }

  /// The defaults, on as many threads as there are processors.
  public init() { threads = Workers.processors }
}
