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

/// Some options with valid values.
package struct RawOptions: Hashable, Sendable {
  /// A value and its origin.
  package struct Setting: Hashable, Sendable {
    package var value: OptionValue
    package var origin: OptionOrigin
  }

  package private(set) var settings: [CheckOption: Setting] = [:]

  /// Nothing set.
  package init() {}

  /// Sets an option, whatever it was before.
  package mutating func set(_ option: CheckOption, _ value: OptionValue, from origin: OptionOrigin)
  {
    settings[option] = Setting(value: value, origin: origin)
  }

  mutating func remove(_ option: CheckOption) { settings[option] = nil }

  /// Sets an option to a value as typed on the command line.
  ///
  /// - Throws: `badSetting` with the option's name and what it takes.
  package mutating func set(_ option: CheckOption, typed text: String) throws(RefrainError) {
    guard let value = option.definition.kind.value(typed: text) else {
      throw .badSetting(
        name: "--\(option.rawValue)", cause: option.definition.kind.fault(typed: text))
    }
    set(option, value, from: .commandLine)
  }

  /// Sets an option that takes several values to those typed, each word one or a list of them.
  ///
  /// - Throws: `badSetting` with the first value that is none.
  package mutating func set(_ option: CheckOption, typed words: [String]) throws(RefrainError) {
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
  package func over(_ lower: RawOptions) -> RawOptions {
    var result = self
    result.settings.merge(lower.settings) { mine, _ in mine }
    return result
  }

  /// What is built in.
  package static let defaults: RawOptions = {
    var options = RawOptions()
    for option in CheckOption.allCases {
      if let value = option.definition.defaultValue { options.set(option, value, from: .builtIn) }
    }
    return options
  }()

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

  // MARK: Reading

  func integer(_ option: CheckOption) -> Int? {
    if case .integer(let value)? = settings[option]?.value { value } else { nil }
  }

  func text(_ option: CheckOption) -> String? {
    if case .text(let value)? = settings[option]?.value { value } else { nil }
  }

  func list(_ option: CheckOption) -> [String] {
    if case .list(let value)? = settings[option]?.value { value } else { [] }
  }

  func flag(_ option: CheckOption) -> Bool {
    if case .flag(let value)? = settings[option]?.value { value } else { false }
  }
}
