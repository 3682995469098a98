// refrain check: repeated passages within and across files; the command of editors and CI.

import ArgumentParser
import Glibc
import Refrain
import RefrainModel
import RefrainReport

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find passages that texts repeat, word for word or edited.",
    discussion: """
      Reads plain text, Markdown, reStructuredText, AsciiDoc, HTML and JSON Lines (each record a \
      document). Folders are searched, .gitignore is respected. Every verbatim run of 25 words that \
      stands in two places is found; edited repeats are scored by what their words weigh.

      Options may also be set in refrain.toml, of which the nearest counts, and in the environment \
      (REFRAIN_MIN_WORDS=8); the command line is above both. refrain config shows what holds.

      Exit status: 0 nothing found, 1 findings that gate (exact-repeat, near-repeat, \
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

  @OptionGroup var options: CheckOptions

  func run() throws {
    let plan = try CheckPlan(options.configuration())
    let (output, quiet) = (plan.output, plan.isQuiet)
    let bar = ProgressBar(quiet: quiet)
    defer { bar.finish() }
    let result = try Checker(settings: plan.settings, progress: bar.handler).run(paths)
    bar.finish()
    let style = TextStyle(
      isColored: (ColorChoice(rawValue: plan.color) ?? .auto).isOn(output: output))
    let isTerminal = output == "-" && isatty(1) == 1
    let bytes: [UInt8]
    switch plan.format {
    case "json": bytes = JSONReport.report(result, version: RefrainVersion.current)
    case "cards": bytes = TextReport.cards(result, style)
    case "lines": bytes = TextReport.lines(result)
    case "jsonl": bytes = JSONReport.lines(result)
    case "github": bytes = GitHubReport.report(result)
    case "gitlab": bytes = GitLabReport.report(result)
    default: bytes = isTerminal ? TextReport.cards(result, style) : TextReport.lines(result)
    }
    try ResultFile.write(bytes, to: output)
    if !quiet {
      if let first = result.notText.first {
        let more = result.notText.count - 1
        let others = more > 0 ? " and \(more) more" : ""
        Console.warning("passed over, no text: \(first.description)\(others)")
      }
      for error in result.skipped { Console.warning("left out: \(error.description)") }
      Console.raw(TextReport.summary(result))
    }
    if result.gates { throw FindingsExit(code: 1) }
    if !result.skipped.isEmpty { throw FindingsExit(code: 2) }
  }
}
