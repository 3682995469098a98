// The options of check, each once: what the command line's help says, what refrain.toml and the
// environment may set, what the schema describes and what a plan is made of all come from here.

import RefrainFiles
import RefrainModel
import RefrainPassages
import RefrainReport

/// An option of `check`; its raw value is its long name, without the hyphens in front, and its key.
package enum CheckOption: String, OptionTable {
  case scope
  case minWords = "min-words"
  case similarity
  case focus
  case since
  case baseline
  case known
  case kinds
  case level
  case all
  case gate
  case failOn = "fail-on"
  case maxFindings = "max-findings"
  case format
  case output
  case link
  case boilerplate
  case exclude
  case formats
  case textField = "text-field"
  case idField = "id-field"
  case onError = "on-error"
  case noIgnore = "no-ignore"
  case requireFiles = "require-files"
  case threads
  case memory
  case color
  case quiet

  /// What the option is.
  package var definition: OptionDefinition {
    switch self {
    case .scope:
      OptionDefinition(
        .choice(CheckScope.allCases.map(\.rawValue)), default: .text("both"), reach: .file,
        "Where to look: within each document, across documents, or both.")
    case .minWords:
      OptionDefinition(
        .integer(1...1_000_000), default: .integer(5), reach: .file,
        "The minimum number of words in a reported passage.")
    case .similarity:
      OptionDefinition(
        .share, reach: .file,
        "The minimum share of the shorter place's words that the longer one has in the same order.")
    case .focus:
      OptionDefinition(
        .paths,
        "Report only findings that involve these files or folders. Compare them with all files.")
    case .baseline:
      OptionDefinition(
        .path, "A baseline or an earlier JSON result, whose findings are accepted and do not gate."
      )
    case .since:
      OptionDefinition(
        .name, "Report only findings that touch lines changed since this git revision.")
    case .kinds:
      OptionDefinition(
        .choices(FindingKind.allCases.map(\.rawValue)),
        "The kinds of findings to report, separated by commas. Defaults to all.")
    case .boilerplate:
      OptionDefinition(
        .integer(2...1_000_000), default: .integer(10),
        "A passage in at least this many documents is boilerplate, which does not gate.")
    case .exclude:
      OptionDefinition(
        .patterns, reach: .folder,
        "Leave out files and folders that match these patterns, as in .gitignore. A file that is "
          + "named as an argument is read all the same.")
    case .formats:
      OptionDefinition(
        .formats(FileKind.readers.map(\.name)), reach: .folder,
        "Read files with this extension, or that match this pattern, as another format: "
          + "tmpl=html, 'docs/*.txt=rst'.")
    case .textField: .textField
    case .idField: .idField
    case .onError:
      OptionDefinition(
        .choice(ErrorPolicy.allCases.map(\.rawValue)), default: .text("fail"),
        "What to do with a file or record that cannot be read.")
    case .noIgnore:
      OptionDefinition(
        .flag, default: .flag(false),
        "With --no-ignore, also read files that .gitignore and .ignore exclude.")
    case .threads: .threads
    case .memory:
      OptionDefinition(
        .size, default: .text("2G"),
        "How much memory to use for words and seeds, such as 512M or 4G. Beyond this limit, they go to "
          + "temporary files. The findings are the same, and take memory of their own."
      )
    case .known, .level, .all, .gate, .failOn, .maxFindings, .format, .output, .link, .requireFiles,
      .color, .quiet:
      resultDefinition
    }
  }

  /// What the options are that judge and show a result.
  private var resultDefinition: OptionDefinition {
    switch self {
    case .level:
      OptionDefinition(
        .choice(FindingLevel.allCases.map(\.rawValue)),
        default: .text(FindingLevel.note.rawValue), reach: .file,
        "The least level to report: errors, which an editor would fix, notes, which are wanted or "
          + "minor, or hints, which are hardly worth a person's time.")
    case .known:
      OptionDefinition(
        .flag, default: .flag(false),
        "Also report known findings, which the baseline accepts. JSON, SARIF and HTML always hold them."
      )
    case .all:
      OptionDefinition(
        .flag, default: .flag(false), "Report findings of all levels, as --level hint does.")
    case .gate:
      OptionDefinition(
        .choices(FindingKind.allCases.map(\.rawValue)),
        default: .list(FindingKind.allCases.filter(\.gates).map(\.rawValue)), reach: .file,
        "The kinds of findings that fail the run, if their level is error.")
    case .failOn:
      OptionDefinition(
        .choice(FailOn.allCases.map(\.rawValue)), default: .text(FailOn.new.rawValue),
        "Fail on new findings, on any findings (even accepted ones), or never.")
    case .maxFindings:
      OptionDefinition(
        .integer(0...1_000_000), default: .integer(0),
        "Fail only if more than this many findings gate.")
    case .format:
      OptionDefinition(
        .reports(ReportFormat.allCases.map(\.rawValue)), default: .list(["text"]),
        "The output format, or NAME=FILE to write a report to a file. For several formats, repeat "
          + "the option or separate them with commas. text means cards on a terminal, concise "
          + "elsewhere.")
    case .output:
      OptionDefinition(
        .path, default: .text("-"), "The output file, or - for standard output.")
    case .link:
      OptionDefinition(
        .link,
        "Link each place in the HTML report: vscode://file{path}:{line} opens an editor, and an "
          + "https URL gets the path from the root of the repository.")
    case .requireFiles:
      OptionDefinition(.flag, default: .flag(false), "Fail if there is nothing to check.")
    case .color:
      OptionDefinition(
        .choice(ColorChoice.allCases.map(\.rawValue)), default: .text(ColorChoice.auto.rawValue),
        "When to use colours. auto uses them on a terminal, unless NO_COLOR is set.")
    case .quiet:
      OptionDefinition(.flag, default: .flag(false), "Do not show progress or the summary.")
    default: definition
    }
  }

  /// Whether the option affects what is found; the others select, gate or show findings.
  package var affectsBaseline: Bool {
    switch self {
    case .scope, .minWords, .similarity, .boilerplate, .exclude, .formats, .textField, .idField,
      .noIgnore, .requireFiles, .threads, .memory, .quiet:
      true
    case .focus, .since, .baseline, .known, .kinds, .level, .all, .gate, .failOn, .maxFindings,
      .format, .output, .link, .onError, .color:
      false
    }
  }

  static let variablePrefix = "REFRAIN_"

  /// The environment variable that sets it: `REFRAIN_MIN_WORDS`.
  package var variable: String {
    Self.variablePrefix + rawValue.uppercased().replacing("-", with: "_")
  }
}
