// refrain config: shows the options of check in force and where each one was set.

import ArgumentParser
import RefrainJobs
import RefrainModel

struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the settings of check in force, and where each one comes from.",
    discussion: """
      Settings come from the command line, the environment (REFRAIN_MIN_WORDS=8), the nearest \
      refrain.toml and the defaults, in this order. A run uses the refrain.toml in the working \
      folder, or the nearest one above it in the same repository. Each file takes scope, min-words, \
      similarity, level and gate from the refrain.toml nearest to it. The output is itself a valid \
      refrain.toml.

      Examples:
        refrain config
        refrain config docs/install.md
        refrain config --no-config > refrain.toml
        refrain config --schema > refrain.schema.json
      """)

  @Argument(help: "Show the settings for this file. Defaults to the settings of a run.")
  var path: String?

  @OptionGroup var options: CheckOptions

  @Flag(help: "Print the JSON schema of refrain.toml instead.")
  var schema = false

  func run() throws {
    if schema {
      try Console.result(ConfigurationSchema.text)
      return
    }
    var configuration = try options.configuration()
    let raw = try path.map { path throws(RefrainError) in try configuration.options(for: path) }
    try Console.result(try (raw ?? configuration.run()).listing)
  }
}
