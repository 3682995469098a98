// What a check is to do, every value valid: made of raw options, and of nothing else.

public import RefrainModel

/// The settings of a check, with how its result is shown.
public struct CheckPlan: Sendable {
  public var settings: CheckSettings
  /// text, cards, lines, json, jsonl, github or gitlab.
  public var format: String
  public var output: String
  /// auto, always or never.
  public var color: String
  public var isQuiet: Bool

  /// Resolves the options of a run, and for each file its own.
  public init(_ configuration: Configuration) throws(RefrainError) {
    var configuration = configuration
    let raw = try configuration.run()
    settings = CheckSettings()
    let defaults = PassageSettings(raw)
    settings.scope = defaults.scope
    settings.leastWords = defaults.leastWords
    settings.similarity = defaults.similarity
    settings.focus = raw.list(.focus)
    settings.baseline = raw.text(.baseline)
    let kinds = raw.list(.kinds).compactMap(FindingKind.init)
    if !kinds.isEmpty { settings.kinds = Set(kinds) }
    let gate = raw.list(.gate).compactMap(FindingKind.init)
    if !gate.isEmpty { settings.gatingKinds = Set(gate) }
    settings.boilerplateDocuments = raw.integer(.boilerplate) ?? settings.boilerplateDocuments
    settings.textField = raw.text(.textField) ?? settings.textField
    settings.idField = raw.text(.idField) ?? settings.idField
    settings.onError = raw.text(.onError).flatMap(ErrorPolicy.init) ?? settings.onError
    settings.respectIgnoreFiles = !raw.flag(.noIgnore)
    settings.requireFiles = raw.flag(.requireFiles)
    settings.threads = raw.integer(.threads) ?? settings.threads
    format = raw.text(.format) ?? "text"
    output = raw.text(.output) ?? "-"
    color = raw.text(.color) ?? "auto"
    isQuiet = raw.flag(.quiet)
    let resolved = configuration
    settings.perFile = { paths throws(RefrainError) in
      var configuration = resolved
      var result: [String: PassageSettings] = [:]
      for path in paths where result[path] == nil {
        let own = PassageSettings(try configuration.options(for: path))
        if own != defaults { result[path] = own }
      }
      return result
    }
  }
}

extension PassageSettings {
  /// The settings that raw options say.
  init(_ raw: RawOptions) {
    self.init()
    scope = raw.text(.scope).flatMap(CheckScope.init) ?? scope
    leastWords = raw.integer(.minWords) ?? leastWords
    similarity = raw.text(.similarity).flatMap { Threshold(decimal: $0) }
  }
}
