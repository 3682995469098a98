// What a check is to do, every value valid: made of raw options, and of nothing else.

package import RefrainModel
import RefrainPassages

/// The settings of a check, with how its result is shown.
package struct CheckPlan: Sendable {
  package var settings: CheckSettings
  package var reports: [ReportTarget]
  package var output: String
  package var color: ColorChoice
  package var isQuiet: Bool
  /// What a settings file that was found loosens, a sentence each.
  package private(set) var loosened: [String] = []
  /// The files that are written because such a file says so.
  private var foundOutputs: [String] = []
  /// The settings file that is in force; nil where there is none.
  package private(set) var settingsFile: String?

  /// Resolves the options of a run, and for each file its own.
  package init(_ configuration: Configuration) throws(RefrainError) {
    var configuration = configuration
    let raw = try configuration.run()
    settingsFile = try configuration.fileOfRun()
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
    if !gate.isEmpty { settings.gate.kinds = Set(gate) }
    settings.gate.failOn = raw.text(.failOn).flatMap(FailOn.init) ?? settings.gate.failOn
    settings.gate.tolerated = raw.integer(.maxFindings) ?? settings.gate.tolerated
    settings.since = raw.text(.since)
    settings.boilerplateDocuments = raw.integer(.boilerplate) ?? settings.boilerplateDocuments
    settings.textField = raw.text(.textField) ?? settings.textField
    settings.idField = raw.text(.idField) ?? settings.idField
    settings.onError = raw.text(.onError).flatMap(ErrorPolicy.init) ?? settings.onError
    settings.respectIgnoreFiles = !raw.flag(.noIgnore)
    settings.requireFiles = raw.flag(.requireFiles)
    settings.threads = raw.integer(.threads) ?? settings.threads
    reports = try raw.list(.format).map { text throws(RefrainError) in try ReportTarget(text) }
    output = raw.text(.output) ?? "-"
    settings.outputs = reports.compactMap(\.path) + [output]
    color = raw.text(.color).flatMap(ColorChoice.init) ?? .auto
    isQuiet = raw.flag(.quiet)
    if configuration.isSearching {
      let found = FoundSettings(raw)
      loosened = found.loosened
      foundOutputs = found.outputs
    }
    let resolved = configuration
    settings.rules = resolved
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

  /// Refuses reports that a settings file that was found would write over anything but a report.
  ///
  /// - Throws: `badSetting` with the file.
  package func requireReplaceable() throws(RefrainError) {
    for path in foundOutputs { try ReportMark.requireReplaceable(path) }
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
