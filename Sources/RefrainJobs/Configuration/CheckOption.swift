// The options of check, each once: what the command line's help says, what refrain.toml and the
// environment may set, what the schema describes and what a plan is made of all come from here.

import RefrainModel
import RefrainPassages
import RefrainReport

/// An option of `check`; its raw value is its long name, without the hyphens in front, and its key.
package enum CheckOption: String, CaseIterable, Hashable, Sendable {
  case scope
  case minWords = "min-words"
  case similarity
  case focus
  case since
  case baseline
  case kinds
  case gate
  case failOn = "fail-on"
  case maxFindings = "max-findings"
  case format
  case output
  case boilerplate
  case textField = "text-field"
  case idField = "id-field"
  case onError = "on-error"
  case noIgnore = "no-ignore"
  case requireFiles = "require-files"
  case threads
  case color
  case quiet

  /// What the option is.
  package var definition: OptionDefinition {
    switch self {
    case .scope:
      OptionDefinition(
        .choice(CheckScope.allCases.map(\.rawValue)), default: .text("both"), perFile: true,
        "Where to look: within each document, across documents, or both.")
    case .minWords:
      OptionDefinition(
        .integer(1...1_000_000), default: .integer(5), perFile: true,
        "The fewest words of a passage that is reported.")
    case .similarity:
      OptionDefinition(
        .share, perFile: true,
        "The least share of the shorter place's words that the longer one holds in order.")
    case .focus:
      OptionDefinition(
        .paths,
        "Report only what concerns these files or folders; all else is only compared with.")
    case .baseline:
      OptionDefinition(
        .path, "A baseline, or an earlier JSON result: what it holds is accepted and does not gate."
      )
    case .since:
      OptionDefinition(
        .name, "Report only what touches lines changed since this revision of git.")
    case .kinds:
      OptionDefinition(
        .choices(FindingKind.allCases.map(\.rawValue)),
        "The kinds of findings to report, separated by commas; all by default.")
    case .gate:
      OptionDefinition(
        .choices(FindingKind.allCases.map(\.rawValue)),
        default: .list(FindingKind.allCases.filter(\.gates).map(\.rawValue)),
        "The kinds of findings that fail the run.")
    case .failOn:
      OptionDefinition(
        .choice(FailOn.allCases.map(\.rawValue)), default: .text(FailOn.new.rawValue),
        "Fail on new repetition, on any, accepted or not, or never.")
    case .maxFindings:
      OptionDefinition(
        .integer(0...1_000_000), default: .integer(0),
        "Fail only on more findings that gate than so many.")
    case .format:
      OptionDefinition(
        .reports(ReportFormat.allCases.map(\.rawValue)), default: .list(["text"]),
        "The form of the result, as NAME=FILE to write it to a file; for several forms several "
          + "times, or a list with commas; text is cards on a terminal, lines in a pipe.")
    case .output:
      OptionDefinition(
        .path, default: .text("-"), "The output: a file, or - for standard output.")
    case .boilerplate:
      OptionDefinition(
        .integer(2...1_000_000), default: .integer(10),
        "A passage in so many documents is boilerplate, and does not gate.")
    case .textField:
      OptionDefinition(.name, default: .text("text"), "The field that holds a record's text.")
    case .idField:
      OptionDefinition(.name, default: .text("id"), "The field that holds a record's id.")
    case .onError:
      OptionDefinition(
        .choice(ErrorPolicy.allCases.map(\.rawValue)), default: .text("fail"),
        "What to do with a file or record that cannot be read.")
    case .noIgnore:
      OptionDefinition(
        .flag, default: .flag(false),
        "With --no-ignore, files that .gitignore and .ignore leave out are read, too.")
    case .requireFiles:
      OptionDefinition(.flag, default: .flag(false), "Fail when there is nothing to check.")
    case .threads:
      OptionDefinition(.integer(1...1024), "Threads; as many as processors by default.")
    case .color:
      OptionDefinition(
        .choice(["auto", "always", "never"]), default: .text("auto"),
        "Colours; auto is on a terminal, unless NO_COLOR is set.")
    case .quiet:
      OptionDefinition(.flag, default: .flag(false), "No progress, no summary.")
    }
  }

  static let variablePrefix = "REFRAIN_"

  /// The environment variable that sets it: `REFRAIN_MIN_WORDS`.
  package var variable: String {
    Self.variablePrefix + rawValue.uppercased().replacing("-", with: "_")
  }
}

/// What an option takes and means.
package struct OptionDefinition: Hashable, Sendable {
  package let kind: OptionKind
  /// What holds where nothing is set; nil where that depends on the machine or is nothing.
  package let defaultValue: OptionValue?
  /// Whether each file may have a value of its own, from the nearest settings file and its patterns;
  /// all other options hold for a run as a whole.
  package let isPerFile: Bool
  /// One sentence.
  package let help: String

  init(
    _ kind: OptionKind, default defaultValue: OptionValue? = nil, perFile: Bool = false,
    _ help: String
  ) {
    self.kind = kind
    self.defaultValue = defaultValue
    isPerFile = perFile
    self.help = help
  }

  /// The help with the values and the default, as the command line shows it.
  package var fullHelp: String {
    var notes: [String] = []
    if case .choice(let names) = kind { notes.append("values: \(names.joined(separator: ", "))") }
    if case .reports(let names) = kind { notes.append("values: \(names.joined(separator: ", "))") }
    if case .choices(let names) = kind { notes.append("values: \(names.joined(separator: ", "))") }
    if let defaultValue, kind != .flag { notes.append("default: \(defaultValue.plainText)") }
    return notes.isEmpty ? help : "\(help) (\(notes.joined(separator: "; ")))"
  }
}
