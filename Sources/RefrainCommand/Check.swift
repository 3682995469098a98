// refrain check: repeated passages within and across files; the command of editors and CI.

public import ArgumentParser
import Glibc
public import Refrain
import RefrainModel
import RefrainReport

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find passages that texts repeat, word for word or edited.",
    discussion: """
      Reads plain text, Markdown and JSON Lines (each record a document). Folders are searched,
      .gitignore is respected. Every verbatim run of 25 words that stands in two places is found;
      edited repeats are scored by what their words weigh.

      Exit status: 0 nothing found, 1 findings that gate (exact-repeat, near-repeat,
      duplicate-document), 2 trouble.

      Examples:
        refrain check article.txt
        refrain check docs/ --format json -o findings.json
        refrain check docs/ --baseline findings.json
        refrain check docs/ --focus docs/install.md
        cat article.txt | refrain check -
      """)

  @Argument(help: "Files and folders, - for standard input; the working folder by default.")
  var paths: [String] = []

  @Option(help: "Where to look: within each document, across documents, or both.")
  var scope: CheckScope = .both

  @Option(help: "The fewest words of a passage that is reported.")
  var minWords = 5

  @Option(help: "The least share of the shorter place's words that the longer one holds in order.")
  var similarity: String?

  @Option(
    parsing: .upToNextOption,
    help: "Report only what concerns these files or folders; all else is only compared with.")
  var focus: [String] = []

  @Option(help: "An earlier JSON result: only what is not in it gates.")
  var baseline: String?

  @Option(help: "The form of the result: text (cards, or lines in a pipe), cards, lines or json.")
  var format: CheckFormat = .text

  @Option(name: [.short, .long], help: "The output: a file, or - for standard output.")
  var output = "-"

  @Option(help: "A passage in so many documents is boilerplate, and does not gate.")
  var boilerplate = 10

  @Option(help: "The field that holds a record's text.")
  var textField = "text"

  @Option(help: "The field that holds a record's id.")
  var idField = "id"

  @Option(help: "What to do with a file or record that cannot be read: fail or skip.")
  var onError: ErrorPolicy = .fail

  @Flag(help: "Read files that .gitignore and .ignore leave out, too.")
  var noIgnore = false

  @Flag(help: "Fail when there is nothing to check.")
  var requireFiles = false

  @Option(help: "Threads; as many as processors by default.")
  var threads: Int?

  @Option(help: "Colours: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(name: [.short, .long], help: "No progress, no summary.")
  var quiet = false

  func run() throws {
    let settings = try settings()
    let bar = ProgressBar(quiet: quiet)
    defer { bar.finish() }
    let result = try Checker(settings: settings, progress: bar.handler).run(paths)
    bar.finish()
    let style = TextStyle(isColored: color.isOn(output: output))
    let isTerminal = output == "-" && isatty(1) == 1
    let bytes: [UInt8]
    switch format {
    case .json: bytes = JSONReport.report(result, version: RefrainVersion.current)
    case .cards: bytes = TextReport.cards(result, style)
    case .lines: bytes = TextReport.lines(result)
    case .text: bytes = isTerminal ? TextReport.cards(result, style) : TextReport.lines(result)
    }
    try ResultFile.write(bytes, to: output)
    if !quiet {
      for error in result.skipped { Console.warning("left out: \(error.description)") }
      Console.raw(TextReport.summary(result))
    }
    if result.gates { throw FindingsExit(code: 1) }
    if !result.skipped.isEmpty { throw FindingsExit(code: 2) }
  }

  private func settings() throws(RefrainError) -> CheckSettings {
    var settings = CheckSettings()
    settings.scope = scope
    guard minWords >= 1 else {
      throw .badSetting(name: "--min-words", cause: "\(minWords) is not 1 or more")
    }
    settings.leastWords = minWords
    if let similarity {
      guard let threshold = Threshold(decimal: similarity) else {
        throw .badSetting(
          name: "--similarity", cause: "\(similarity) is not a decimal above 0 and at most 1")
      }
      settings.similarity = threshold
    }
    settings.focus = focus
    settings.baseline = baseline
    guard boilerplate >= 2 else {
      throw .badSetting(name: "--boilerplate", cause: "\(boilerplate) is not 2 or more")
    }
    settings.boilerplateDocuments = boilerplate
    settings.textField = textField
    settings.idField = idField
    settings.onError = onError
    settings.respectIgnoreFiles = !noIgnore
    settings.requireFiles = requireFiles
    if let threads {
      guard (1...1024).contains(threads) else {
        throw .badSetting(name: "--threads", cause: "\(threads) is not between 1 and 1024")
      }
      settings.threads = threads
    }
    return settings
  }
}

extension CheckScope: ExpressibleByArgument {}

enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case cards
  case lines
  case json
}
