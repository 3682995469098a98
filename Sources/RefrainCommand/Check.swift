// refrain check: finds repeated passages within and across files, for editors and CI.

import ArgumentParser
import RefrainCorpus
import RefrainJobs
import RefrainModel
import RefrainReport

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find passages that texts repeat, verbatim or edited.",
    discussion: """
      Check reads plain text, Markdown, MDX, reStructuredText, AsciiDoc, Org, HTML, Jupyter \
      notebooks and JSON Lines, where each record is a document. It searches folders, respects \
      .gitignore, and counts the files that it does not read. It finds every verbatim run of 25 \
      words that occurs in two places, and scores edited repeats by the weight of their words.

      A comment waives intended repetition, either in the next block or in everything up to \
      refrain-on. Check reports waivers that cover nothing, have expired or cannot be read.
        <!-- refrain-ignore-next reason="legal text" until=2027-01-31 -->
        <!-- refrain-off --> ... <!-- refrain-on -->

      You can also set options in refrain.toml and in the environment (REFRAIN_MIN_WORDS=8). Check \
      reads the nearest refrain.toml. The environment overrides the file, and the command line \
      overrides both. refrain config shows the settings in force.

      Each finding is an error, which an editor would fix, a note, which is wanted or minor, or a \
      hint. Exit status is 0 if no finding fails the run, 1 if one does, and 2 on an error. By \
      default, errors of the kinds exact-repeat, near-repeat and duplicate-document fail the run \
      unless a baseline accepts them. Standard output carries only results. A run writes all of its reports or none.

      Examples:
        refrain check article.txt
        refrain check docs/ --format sarif=out.sarif --format html=report.html
        refrain check docs/ --format json -o findings.json
        refrain baseline write accepted.txt docs/
        refrain check docs/ --baseline accepted.txt
        refrain check docs/ --since HEAD --format github
        refrain check docs/ --max-findings 20
        refrain check docs/ --level error
        refrain check docs/ --explain 1f2e3d4c
        refrain check docs/ --focus docs/install.md
        refrain check docs/ --exclude vendor/ --formats tmpl=html
        cat article.txt | refrain check -
      """)

  @Argument(help: "Files and folders, or - for standard input. Defaults to the working folder.")
  var paths: [String] = []

  @OptionGroup var options: CheckOptions

  @Option(
    help: ArgumentHelp(
      "Print why the finding with this id has its level, and nothing else. The beginning of an id "
        + "is enough.", valueName: "id"))
  var explain: String?

  func run() throws {
    var plan = try CheckPlan(options.configuration())
    plan.keepsCandidates = options.candidates
    if let explain { return try tell(why: explain, plan) }
    // The settings file cannot silence this warning.
    for sentence in plan.loosened { Console.warning(sentence) }
    let reports = try plan.reports()
    let stream = try reports.stream()
    let result = try ProgressBar.during(quiet: plan.isQuiet) { progress throws(RefrainError) in
      try plan.job(for: reports, progress: progress).run(paths, to: stream)
    }
    if let stream { try stream.finish(result) } else { try reports.write(result) }
    if !plan.isQuiet { CheckRun.tell(result) }
    // Errors come first, so that nobody takes a partial result for a complete one.
    if !result.skipped.isEmpty { throw FindingsExit(code: 2) }
    if result.gates { throw FindingsExit(code: 1) }
  }

  /// Prints how the level of a finding came about.
  private func tell(why id: String, _ plan: CheckPlan) throws {
    let result = try ProgressBar.during(quiet: plan.isQuiet) { progress throws(RefrainError) in
      try plan.job(explaining: progress).run(paths)
    }
    let findings = result.findings.filter { $0.id.hasPrefix(id) }
    guard !id.isEmpty, let first = findings.first else {
      throw RefrainError.badSetting(name: "--explain", cause: "no finding has the id \(id)")
    }
    // Two findings have one id where their places have the same words.
    for finding in findings where finding.id == first.id {
      try Console.result(ExplanationText.text(finding, in: result) + "\n")
    }
  }
}

/// What check and baseline share.
enum CheckRun {
  /// The most resolved baseline entries to name.
  private static let named = 20
  /// The most records of one file to name.
  private static let namedRecords = 3

  /// Prints to standard error what was left out, what is resolved, and a summary line.
  static func tell(_ result: CheckResult) {
    if let first = result.notText.first {
      let more = result.notText.count - 1
      let others = more > 0 ? " and \(more) more" : ""
      Console.warning("skipped, not text: \(first.description)\(others)")
    }
    tell(leftOut: result.skipped)
    tell(resolved: result.resolved)
    Console.raw(TextReport.summary(result))
  }

  /// Names what could not be read; for each file, it names the first few records and counts the rest.
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
      Console.warning("left out: \(count - namedRecords) more in \(path)")
    }
  }

  /// Names the baseline entries that the texts no longer contain.
  static func tell(resolved: [String]) {
    for hint in resolved.prefix(named) { Console.raw("resolved: \(VisibleText.line(hint))") }
    if resolved.count > named { Console.raw("resolved: \(resolved.count - named) more") }
  }
}
