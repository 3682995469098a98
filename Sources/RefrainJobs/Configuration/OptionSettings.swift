// Options as they were set, each with where: the step between what people write and a plan.

import Glibc
import RefrainFiles
package import RefrainModel

/// Where a value is from.
package enum OptionOrigin: Hashable, Sendable {
  case builtIn
  case file(path: String, line: Int)
  case environment(variable: String)
  case commandLine

  package var description: String {
    switch self {
    case .builtIn: "default"
    case .file(let path, let line): "\(path):\(line)"
    case .environment(let variable): "environment \(variable)"
    case .commandLine: "command line"
    }
  }
}

/// Options of `check` with valid values.
package typealias RawOptions = OptionSettings<CheckOption>

/// Some options of a table, each with a valid value.
package struct OptionSettings<Option: OptionTable>: Hashable, Sendable {
  /// A value and its origin.
  package struct Setting: Hashable, Sendable {
    package var value: OptionValue
    package var origin: OptionOrigin
  }

  package private(set) var settings: [Option: Setting] = [:]

  /// Nothing set.
  package init() {}

  /// The options of a command line: values as typed, and flags; nil where an option is not typed.
  ///
  /// - Throws: `badSetting` for the first value, in the order given, that the option does not take.
  package init(
    typed texts: KeyValuePairs<Option, String?>, flags: KeyValuePairs<Option, Bool?> = [:]
  ) throws(RefrainError) {
    for (option, text) in texts {
      if let text { try set(option, typed: text) }
    }
    for (option, flag) in flags {
      if let flag { set(option, .flag(flag), from: .commandLine) }
    }
  }

  /// Sets an option, whatever it was before.
  package mutating func set(_ option: Option, _ value: OptionValue, from origin: OptionOrigin) {
    settings[option] = Setting(value: value, origin: origin)
  }

  mutating func remove(_ option: Option) { settings[option] = nil }

  /// Sets an option to a value as typed on the command line.
  ///
  /// - Throws: `badSetting` with the option's name and what it takes.
  package mutating func set(_ option: Option, typed text: String) throws(RefrainError) {
    guard let value = option.definition.kind.value(typed: text) else {
      throw .badSetting(
        name: "--\(option.rawValue)", cause: option.definition.kind.fault(typed: text))
    }
    set(option, value, from: .commandLine)
  }

  /// Sets an option that takes several values to those typed, each word one or a list of them.
  ///
  /// - Throws: `badSetting` with the first value that is none.
  package mutating func set(_ option: Option, typed words: [String]) throws(RefrainError) {
    if words.isEmpty { return }
    var all: [String] = []
    for word in words {
      guard case .list(let items)? = option.definition.kind.value(typed: word) else {
        throw .badSetting(
          name: "--\(option.rawValue)", cause: option.definition.kind.fault(typed: word))
      }
      all += items
    }
    set(option, .list(all), from: .commandLine)
  }

  /// These options, and those of `lower` that are not set here.
  package func over(_ lower: Self) -> Self {
    var result = self
    result.settings.merge(lower.settings) { mine, _ in mine }
    return result
  }

  /// What is built in.
  package static var defaults: Self {
    var options = Self()
    for option in Option.allCases {
      if let value = option.definition.defaultValue { options.set(option, value, from: .builtIn) }
    }
    return options
  }

  /// These options, and what is built in where they are not set.
  var overDefaults: Self { over(.defaults) }

  // MARK: Reading

  func integer(_ option: Option) -> Int? {
    if case .integer(let value)? = settings[option]?.value { value } else { nil }
  }

  func text(_ option: Option) -> String? {
    if case .text(let value)? = settings[option]?.value { value } else { nil }
  }

  func list(_ option: Option) -> [String] {
    if case .list(let value)? = settings[option]?.value { value } else { [] }
  }

  func flag(_ option: Option) -> Bool {
    if case .flag(let value)? = settings[option]?.value { value } else { false }
  }
}

extension OptionSettings<CheckOption> {
  /// What the environment sets.
  ///
  /// - Throws: `badSetting` with the variable's name.
  package static func environment() throws(RefrainError) -> RawOptions {
    var options = RawOptions()
    for option in CheckOption.allCases {
      // SAFETY: getenv gives a string that ends with NUL; nothing here changes the environment.
      guard let text = getenv(option.variable).map({ String(cString: $0) }) else { continue }
      guard let value = option.definition.kind.value(typed: text) else {
        throw .badSetting(name: option.variable, cause: option.definition.kind.fault(typed: text))
      }
      options.set(option, value, from: .environment(variable: option.variable))
    }
    return options
  }

  /// Variables of the environment that set nothing but are called nearly like one that does, each with
  /// that one.
  ///
  /// Others that begin with `REFRAIN_` may be anybody's.
  package static func misspeltVariables() -> [(name: String, meant: String)] {
    let known = Set(CheckOption.allCases.map(\.variable))
    return UnsafeEnvironment.names.compactMap { name in
      guard name.hasPrefix(CheckOption.variablePrefix), !known.contains(name) else { return nil }
      let typed = String(name.dropFirst(CheckOption.variablePrefix.count))
      let meant = Suggestion.nearest(to: typed, among: CheckOption.allCases.map(\.rawValue))
      return meant.flatMap(CheckOption.init).map { (name, $0.variable) }
    }
  }
}
