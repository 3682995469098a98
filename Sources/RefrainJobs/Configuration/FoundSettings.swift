// What is asked of a settings file that was found and not named, for it may be anybody's: what it
// loosens is said, and what it lets be written replaces nothing but reports.
//
// That its paths stay below its folder is seen to where they are read (`ConfigurationFile`).

import RefrainModel

/// The part of a run's options that a settings file set that was found.
struct FoundSettings {
  private let options: RawOptions
  private let sections: [RawOptions]

  /// - Parameters:
  ///   - options: those of a run, each with its origin, where settings files were looked for.
  ///   - sections: those that the run's settings file has for some files.
  init(_ options: RawOptions, sections: [RawOptions] = []) {
    self.options = options
    self.sections = sections
  }

  /// The files that a run writes because of it.
  var outputs: [String] {
    var paths: [String] = []
    if isFromFile(.format) {
      paths += options.list(.format).compactMap(ReportTarget.path)
    }
    if isFromFile(.output), let path = options.text(.output) { paths.append(path) }
    return paths.filter { $0 != "-" }
  }

  /// Where the gate lets more pass than it does by default, a sentence each.
  var loosened: [String] {
    let gating = Set(FindingKind.allCases.filter(\.gates).map(\.rawValue))
    var looser: [CheckOption] = []
    if options.text(.failOn) == FailOn.never.rawValue { looser.append(.failOn) }
    if !gating.isSubset(of: options.list(.gate)) { looser.append(.gate) }
    if options.integer(.maxFindings) ?? 0 > 0 { looser.append(.maxFindings) }
    let kinds = options.list(.kinds)
    if !kinds.isEmpty, !gating.isSubset(of: kinds) { looser.append(.kinds) }
    let own = sections.filter {
      $0.settings[.gate] != nil && !gating.isSubset(of: $0.list(.gate))
    }
    return looser.filter(isFromFile).compactMap { sentence($0, options) }
      + own.compactMap { sentence(.gate, $0) }
  }

  private func sentence(_ option: CheckOption, _ options: RawOptions) -> String? {
    guard let setting = options.settings[option] else { return nil }
    let usual = option.definition.defaultValue.map(\.literal) ?? "all kinds"
    return
      "\(setting.origin.description): \(option.rawValue) = \(setting.value.literal) loosens the "
      + "gate (default: \(usual))"
  }

  private func isFromFile(_ option: CheckOption) -> Bool {
    if case .file? = options.settings[option]?.origin { true } else { false }
  }
}

extension OptionKind {
  /// The paths in a value of this kind.
  func paths(in value: OptionValue) -> [String] {
    switch (self, value) {
    case (.path, .text(let path)): [path]
    case (.paths, .list(let paths)): paths
    case (.reports, .list(let reports)): reports.compactMap(ReportTarget.path)
    default: []
    }
  }
}
