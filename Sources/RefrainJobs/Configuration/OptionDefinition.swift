// What an option takes and means: the row of a table of options.

/// The options of a command, each once.
///
/// The raw value of an option is its long name, without the hyphens in front.
package protocol OptionTable: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
  /// What the option is.
  var definition: OptionDefinition { get }
}

/// What may have a value of its own for an option.
package enum OptionReach: Hashable, Sendable {
  /// A run as a whole.
  case run
  /// Each folder, from the nearest settings file; the command line adds to it.
  case folder
  /// Each file, from the nearest settings file and its patterns.
  case file
}

/// What an option takes and means.
package struct OptionDefinition: Hashable, Sendable {
  package let kind: OptionKind
  /// What holds where nothing is set; nil where that depends on the machine or is nothing.
  package let defaultValue: OptionValue?
  /// What may have a value of its own.
  package let reach: OptionReach
  /// One sentence.
  package let help: String

  init(
    _ kind: OptionKind, default defaultValue: OptionValue? = nil, reach: OptionReach = .run,
    _ help: String
  ) {
    self.kind = kind
    self.defaultValue = defaultValue
    self.reach = reach
    self.help = help
  }

  /// The same option where other words explain it.
  package func saying(_ help: String) -> OptionDefinition {
    OptionDefinition(kind, default: defaultValue, reach: reach, help)
  }

  /// The default as it is typed; empty where there is none.
  package var defaultText: String { defaultValue?.plainText ?? "" }

  /// The help with the values and the default, as the command line shows it.
  package var fullHelp: String {
    var notes: [String] = []
    if !kind.names.isEmpty { notes.append("values: \(kind.names.joined(separator: ", "))") }
    if let defaultValue, kind != .flag { notes.append("default: \(defaultValue.plainText)") }
    return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
  }
}

/// Options that several commands have.
extension OptionDefinition {
  static let textField = OptionDefinition(
    .name, default: .text("text"),
    "The field that holds a record's text. Dots lead to inner fields (meta.text), and commas join several "
      + "(title,body).")
  static let idField = OptionDefinition(
    .name, default: .text("id"), "The field that holds a record's id.")
  static let threads = OptionDefinition(
    .integer(1...1024), "The number of threads. Defaults to the number of processors.")
}
