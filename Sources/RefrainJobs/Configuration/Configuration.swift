// From all that sets options to what holds: for a run, and for each of its files.
//
// The command line is above the environment, that above the settings files, those above what is
// built in. Of the settings files the nearest one counts, alone: for options of a run the one nearest
// to the working folder, for options of a file the one nearest to that file.

package import RefrainFiles
package import RefrainModel

/// Where settings files are looked for.
package enum ConfigurationSource: Hashable, Sendable {
  /// In the nearest folder.
  case nearest
  /// This file, for everything.
  case file(String)
  /// Nowhere.
  case none
}

/// Resolves options.
package struct Configuration: Sendable {
  private let source: ConfigurationSource
  /// Command line over environment.
  private let above: RawOptions
  /// What is built in.
  private let builtIn = RawOptions.defaults
  private var search = SettingsSearch(name: ConfigurationFile.name)
  /// The settings files that were read, by path.
  private var files: [String: ConfigurationFile] = [:]

  /// - Throws: `badSetting` for a variable of the environment that makes no sense.
  package init(
    commandLine: RawOptions = RawOptions(), source: ConfigurationSource = .nearest
  ) throws(RefrainError) {
    self.source = source
    above = commandLine.over(try RawOptions.environment())
  }

  /// What holds for a run from the working folder.
  ///
  /// - Throws: `badFile`, or `unreadable` for a file that was named.
  package mutating func run() throws(RefrainError) -> RawOptions {
    let file = try file(for: ".")
    return above.over(file?.options ?? RawOptions()).over(builtIn)
  }

  /// Whether settings files are looked for, which may be anybody's.
  var isSearching: Bool { source == .nearest }

  /// The settings file of a run; nil where there is none.
  package mutating func fileOfRun() throws(RefrainError) -> String? {
    try file(for: ".")?.place.path
  }

  /// What the settings file of a run has for some files each.
  mutating func sectionsOfRun() throws(RefrainError) -> [RawOptions] {
    try file(for: ".")?.sections.map(\.options) ?? []
  }

  /// What holds for a file; options that hold for a run are those of the run.
  package mutating func options(for path: String) throws(RefrainError) -> RawOptions {
    var result = try run()
    let file = try file(for: path)
    let own = above.over(file?.options(for: path) ?? RawOptions()).over(builtIn)
    for (option, setting) in own.settings where option.definition.reach == .file {
      result.set(option, setting.value, from: setting.origin)
    }
    // What the run's settings file sets and the nearer one does not is at its default here.
    for option in CheckOption.allCases
    where option.definition.reach == .file && own.settings[option] == nil {
      result.remove(option)
    }
    return result
  }

  private mutating func file(for path: String) throws(RefrainError) -> ConfigurationFile? {
    switch source {
    case .none: return nil
    case .file(let named): return try file(at: search.place(of: named))
    case .nearest:
      guard let place = search.nearest(to: path) else { return nil }
      return try file(at: place)
    }
  }

  private mutating func file(at place: SettingsPlace) throws(RefrainError) -> ConfigurationFile {
    if let known = files[place.path] { return known }
    let file = try ConfigurationFile(place)
    files[place.path] = file
    return file
  }
}

extension Configuration: FileRuleSource {
  /// What command line, environment and the nearest settings file say of the files in a folder.
  package mutating func rules(in folder: [UInt8]) throws(RefrainError) -> FileRules {
    var rules = FileRules()
    above.addRules(to: &rules, below: search.here)
    let place: SettingsPlace?
    switch source {
    case .none: place = nil
    case .file(let named): place = try search.place(of: named)
    case .nearest: place = search.nearest(in: folder)
    }
    if let place { try file(at: place).options.addRules(to: &rules, below: place.folder) }
    return rules
  }
}

extension RawOptions {
  fileprivate func addRules(to rules: inout FileRules, below folder: [UInt8]) {
    rules.add(
      below: folder, excluded: list(.exclude),
      formats: list(.formats).compactMap { item in
        OptionKind.pattern(ofFormat: item).flatMap { pattern, reader in
          FileKind(reader: reader).map { (pattern, $0) }
        }
      })
  }

  /// The options as a settings file, each with its help and where it is from; those without a value
  /// are commented out.
  package var listing: String {
    var text = ""
    for option in CheckOption.allCases {
      text += "# \(option.definition.fullHelp)\n"
      if let setting = settings[option] {
        let origin = VisibleText.line(setting.origin.description)
        text += "\(option.rawValue) = \(setting.value.literal)  # \(origin)\n\n"
      } else {
        text += "# \(option.rawValue) =\n\n"
      }
    }
    text.removeLast()
    return text
  }
}
