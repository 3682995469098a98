// refrain baseline: writes the file of accepted repetition, and removes what is gone from it.

import ArgumentParser
import RefrainJobs
import RefrainModel

struct BaselineCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "baseline",
    abstract: "Accept existing repetition, so that only new repetition fails a check.",
    discussion: """
      A baseline is a sorted text file with one accepted finding per line. It contains hashes and \
      paths, but no texts and no line numbers, so it merges like any other text file. Keep it \
      beside the texts, and pass these commands the same paths as check.

      \(optionsThatCount)

      Examples:
        refrain baseline write accepted.txt docs/
        refrain check docs/ --baseline accepted.txt
        refrain baseline prune accepted.txt docs/
      """,
    subcommands: [Write.self, Prune.self])

  struct Write: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "write",
      abstract: "Accept everything that is found now.",
      discussion: """
        \(optionsThatCount)

        Example:
          refrain baseline write accepted.txt docs/
        """)

    @OptionGroup var target: BaselineTarget

    func run() throws {
      try BaselineFile.requireReplaceable(target.file)
      let plan = try BaselineCommand.plan(target.options)
      try plan.requireReplaceable(baseline: target.file)
      let result = try BaselineCommand.result(plan, target)
      try ResultFile.write(BaselineFile.accepting(result, at: target.file), to: target.file)
      if !plan.isQuiet { CheckRun.tell(result) }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune",
      abstract: "Remove entries for repetition that is gone; accept nothing new.",
      discussion: """
        Prune also updates the entries of findings that were edited.

        \(optionsThatCount)

        Example:
          refrain baseline prune accepted.txt docs/
        """)

    @OptionGroup var target: BaselineTarget

    func run() throws {
      let plan = try BaselineCommand.plan(target.options)
      // Read first: a missing baseline should not cost a run to find out.
      let baseline = try BaselineFile.editable(target.file)
      let result = try BaselineCommand.result(plan, target)
      let (bytes, gone) = BaselineFile.pruned(baseline, result)
      try ResultFile.write(bytes, to: target.file)
      if !plan.isQuiet { CheckRun.tell(resolved: gone) }
    }
  }

  private static let optionsThatCount: String = {
    let names = CheckOption.allCases.filter(\.affectsBaseline).map { "--\($0.rawValue)" }
    return """
      A baseline covers everything that is found. These options of check affect it: \
      \(names.joined(separator: ", ")), --config and --no-config. All other options are an error on \
      the command line, and have no effect in refrain.toml or the environment.
      """
  }()

  /// The plan for the typed options.
  ///
  /// - Throws: what a check throws, and `badSetting` for a typed option that does not affect a baseline.
  private static func plan(_ options: CheckOptions) throws(RefrainError) -> CheckPlan {
    let typed = try options.raw().settings
    for option in CheckOption.allCases where typed[option] != nil && !option.affectsBaseline {
      throw .badSetting(
        name: "--\(option.rawValue)",
        cause: "a baseline covers everything that is found, and only check takes this option")
    }
    return try CheckPlan(options.configuration())
  }

  /// All findings, including those that a check would not report.
  ///
  /// - Throws: what a check throws, and the first error that a check would skip. Otherwise findings in
  ///   the skipped files would later count as new.
  private static func result(
    _ plan: CheckPlan, _ target: BaselineTarget
  ) throws(RefrainError) -> CheckResult {
    let result = try ProgressBar.during(quiet: plan.isQuiet) { progress throws(RefrainError) in
      try plan.job(forBaseline: target.file, progress: progress).run(target.paths)
    }
    if let error = result.skipped.first { throw error }
    return result
  }
}

/// The arguments of write and prune.
struct BaselineTarget: ParsableArguments {
  @Argument(help: "The baseline file.")
  var file: String

  @Argument(help: "Files and folders to read, as for check. Defaults to the working folder.")
  var paths: [String] = []

  @OptionGroup var options: CheckOptions
}
