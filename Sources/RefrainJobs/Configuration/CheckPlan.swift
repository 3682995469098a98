// What a check is to do, every value valid: made of raw options, and of nothing else.

package import RefrainModel
import RefrainPassages
import RefrainReport

/// The settings of a check, with how its result is shown.
package struct CheckPlan: Sendable {
  private var settings: CheckSettings
  private let targets: [ReportTarget]
  private let output: String
  private let color: ColorChoice
  private let link: LinkTemplate?
  package let isQuiet: Bool
  /// What a settings file that was found loosens, a sentence each.
  package private(set) var loosened: [String] = []
  /// The files that are written because such a file says so.
  private var foundOutputs: [String] = []
  /// Whether all pairs of sentences that were measured are findings.
  package var keepsCandidates: Bool {
    get { settings.keepsCandidates }
    set { settings.keepsCandidates = newValue }
  }
  /// The settings file that is in force; nil where there is none.
  private let settingsFile: String?

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
    settings.showsKnown = raw.flag(.known)
    let kinds = raw.list(.kinds).compactMap(FindingKind.init)
    if !kinds.isEmpty { settings.kinds = Set(kinds) }
    settings.gate.kinds = defaults.gateKinds
    settings.gate.failOn = raw.text(.failOn).flatMap(FailOn.init) ?? settings.gate.failOn
    settings.gate.tolerated = raw.integer(.maxFindings) ?? settings.gate.tolerated
    settings.level = defaults.level
    settings.since = raw.text(.since)
    settings.boilerplateDocuments = raw.integer(.boilerplate) ?? settings.boilerplateDocuments
    settings.textField = raw.text(.textField) ?? settings.textField
    settings.idField = raw.text(.idField) ?? settings.idField
    settings.onError = raw.text(.onError).flatMap(ErrorPolicy.init) ?? settings.onError
    settings.respectIgnoreFiles = !raw.flag(.noIgnore)
    settings.requireFiles = raw.flag(.requireFiles)
    settings.threads = raw.integer(.threads) ?? settings.threads
    settings.memory = raw.text(.memory).flatMap(ByteCount.init)?.bytes ?? settings.memory
    targets = try raw.list(.format).map { text throws(RefrainError) in try ReportTarget(text) }
    output = raw.text(.output) ?? "-"
    settings.outputs = targets.compactMap(\.path) + [output]
    color = raw.text(.color).flatMap(ColorChoice.init) ?? .auto
    link = raw.text(.link).flatMap { LinkTemplate($0) }
    isQuiet = raw.flag(.quiet)
    if configuration.isSearching {
      let found = FoundSettings(raw, sections: try configuration.sectionsOfRun())
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

  /// Who writes the reports, and nothing but reports.
  ///
  /// - Throws: `badSetting` where a settings file that was found would write over anything but a
  ///   report, or two reports go to one place; `overwritesInput` for an output that is an input.
  package func reports() throws(RefrainError) -> CheckReports {
    for path in foundOutputs { try ReportMark.requireReplaceable(path) }
    let reports = try CheckReports(
      targets, output: output, color: color, link: link, threads: settings.threads)
    let others = [settings.baseline, settingsFile].compactMap { $0 }
    try ResultFile.requireApart(outputs: reports.outputs, inputs: others)
    return reports
  }

  /// The check whose result goes to these reports.
  package func job(
    for reports: CheckReports, progress: @escaping Progress.Handler
  ) -> CheckJob {
    var settings = settings
    settings.outputs = reports.outputs.map(\.path)
    return CheckJob(settings: settings, progress: progress)
  }

  /// The check that a baseline at `file` is made of: it finds everything, whatever a check would report.
  package func job(
    forBaseline file: String, progress: @escaping Progress.Handler
  ) -> CheckJob {
    var settings = settings
    // A check never reads its outputs or its baseline as texts, so this does not either.
    settings.outputs += [file] + (settings.baseline.map { [$0] } ?? [])
    settings.baseline = nil
    settings.since = nil
    settings.focus = []
    settings.setLevel(.note)
    settings.kinds = Set(FindingKind.allCases)
    settings.gate = Gate()
    return CheckJob(settings: settings, progress: progress)
  }

  /// The check that is to explain a finding: it tells hints, too.
  package func job(explaining progress: @escaping Progress.Handler) -> CheckJob {
    var settings = settings
    settings.setLevel(.hint)
    return CheckJob(settings: settings, progress: progress)
  }

  /// Refuses a baseline that cannot be written, or that would replace anything but a baseline.
  ///
  /// - Throws: `overwritesInput`, `unwritable`.
  package func requireReplaceable(baseline file: String) throws(RefrainError) {
    try ResultFile.requireApart(
      outputs: [("baseline write", file)], inputs: settingsFile.map { [$0] } ?? [])
  }
}

extension PassageSettings {
  /// The settings that raw options say.
  init(_ raw: RawOptions) {
    self.init()
    scope = raw.text(.scope).flatMap(CheckScope.init) ?? scope
    leastWords = raw.integer(.minWords) ?? leastWords
    similarity = raw.text(.similarity).flatMap { Threshold(decimal: $0) }
    level = raw.flag(.all) ? .hint : raw.text(.level).flatMap(FindingLevel.init) ?? level
    let kinds = raw.list(.gate).compactMap(FindingKind.init)
    if !kinds.isEmpty { gateKinds = Set(kinds) }
  }
}
