// What the parser of arguments is told of the options in the tables.

import ArgumentParser
import RefrainJobs

extension ArgumentHelp {
  /// The help of an option of `check`.
  static func of(_ option: CheckOption) -> ArgumentHelp { help(option.definition) }

  /// The help of an option of any table; in other words where its own do not fit the command.
  static func of(_ option: some OptionTable, saying words: String? = nil) -> ArgumentHelp {
    help(words.map(option.definition.saying) ?? option.definition)
  }

  private static func help(_ definition: OptionDefinition) -> ArgumentHelp {
    ArgumentHelp(
      "\(definition.fullHelp)", valueName: definition.kind.valueName)
  }
}

extension CompletionKind {
  /// The values that a shell offers for an option of `check`.
  static func of(_ option: CheckOption) -> CompletionKind { values(option.definition.kind) }

  /// The values that a shell offers for an option of any table.
  static func of(_ option: some OptionTable) -> CompletionKind { values(option.definition.kind) }

  private static func values(_ kind: OptionKind) -> CompletionKind {
    switch kind {
    case .choice(let names), .choices(let names), .reports(let names): .list(names)
    case .path, .paths: .file()
    default: .default
    }
  }
}

extension OptionKind {
  /// What help calls a value; nil for the name of the option.
  fileprivate var valueName: String? {
    switch self {
    case .choice, .flag: nil
    case .choices: "kinds"
    case .reports: "format"
    case .integer: "n"
    case .share: "share"
    case .probability: "probability"
    case .size: "size"
    case .patterns: "pattern"
    case .formats: "pattern=format"
    case .policy: "policy"
    case .link: "url"
    case .name: "name"
    case .path, .paths: "path"
    }
  }
}
