// refrain check: repeated passages within and across files; the command of editors and CI.

import ArgumentParser
import RefrainCorpus
import RefrainJobs
import RefrainModel
import RefrainReport

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find passages that texts repeat, word for word or edited.",
    discussion: """
      Reads plain text, Markdown, reStructuredText, AsciiDoc, HTML and JSON Lines (each record a \
      document). Folders are searched, .gitignore is respected. Every verbatim run of 25 words that \
      stands in two places is found; edited repeats are scored by what their words weigh.

      A comment waives repetition that is meant to be there: that of the next block, or all up to \
      refrain-on. A waiver without use, or past its last day, is itself reported.
        <!-- refrain-ignore-next reason="legal text" until=2027-01-31 -->
        <!-- refrain-off --> ... <!-- refrain-on -->

      Options may also be set in refrain.toml, of which the nearest counts, and in the environment \
      (REFRAIN_MIN_WORDS=8); the command line is above both. refrain config shows what holds.

      Exit status: 0 nothing found, 1 findings that gate (exact-repeat, near-repeat, \
      duplicate-document, unless a baseline accepts them), 2 trouble. Results alone go to standard \
      output. Of several reports all are written or none.

      Examples:
        refrain check article.txt
        refrain check docs/ --format sarif=out.sarif --format html=report.html
        refrain check docs/ --format json -o findings.json
        refrain baseline write accepted.txt docs/
        refrain check docs/ --baseline accepted.txt
        refrain check docs/ --since HEAD --format github
        refrain check docs/ --max-findings 20
        refrain check docs/ --focus docs/install.md
        cat article.txt | refrain check -
      """)

  @Argument(help: "Files and folders, - for standard input; the working folder by default.")
  var paths: [String] = []

  @OptionGroup var options: CheckOptions

  func run() throws {
    var plan = try CheckPlan(options.configuration())
    // Whoever wrote the settings does not decide whether that is told.
    for sentence in plan.loosened { Console.warning(sentence) }
    try plan.requireReplaceable()
    let reports = try Reports(plan)
    let others = [plan.settings.baseline, plan.settingsFile].compactMap { $0 }
    try ResultFile.requireApart(outputs: reports.outputs, inputs: others)
    plan.settings.outputs = reports.outputs.map(\.path)
    let result = try CheckRun.result(plan.settings, paths, quiet: plan.isQuiet)
    try reports.write(result)
    if !plan.isQuiet { CheckRun.tell(result) }
    // Trouble comes first: whoever reads the status must not take a part for the whole.
    if !result.skipped.isEmpty { throw FindingsExit(code: 2) }
    if result.gates { throw FindingsExit(code: 1) }
  }
}

/// What check and baseline do alike.
enum CheckRun {
  /// Resolved lines of a baseline that are named.
  private static let named = 20
  /// Records of a file that are named.
  private static let namedRecords = 3

  /// Runs a check behind a progress bar.
  static func result(
    _ settings: CheckSettings, _ paths: [String], quiet: Bool
  ) throws(RefrainError) -> CheckResult {
    let bar = ProgressBar(quiet: quiet)
    defer { bar.finish() }
    return try CheckJob(settings: settings, progress: bar.handler).run(paths)
  }

  /// Tells on standard error what was left out, what is resolved, and the whole in a line.
  static func tell(_ result: CheckResult) {
    if let first = result.notText.first {
      let more = result.notText.count - 1
      let others = more > 0 ? " and \(more) more" : ""
      Console.warning("passed over, no text: \(first.description)\(others)")
    }
    tell(leftOut: result.skipped)
    tell(resolved: result.resolved)
    Console.raw(TextReport.summary(result))
  }

  /// Names what could not be read; of one file the first few records, and how many more.
  private static func tell(leftOut errors: [RefrainError]) {
    var counts: [String: Int] = [:]
    for error in errors {
      if let path = error.path {
        counts[path, default: 0] += 1
        if counts[path, default: 0] > namedRecords { continue }
      }
      Console.warning("left out: \(error.description)")
    }
    for (path, count) in counts.sorted(by: { $0.key < $1.key }) where count > namedRecords {
      Console.warning("left out: \(count - namedRecords) more of \(path)")
    }
  }

  /// Names what a baseline holds that is no longer there.
  static func tell(resolved: [String]) {
    for hint in resolved.prefix(named) { Console.raw("resolved: \(VisibleText.line(hint))") }
    if resolved.count > named { Console.raw("resolved: \(resolved.count - named) more") }
  }
}
