// refrain config: what the options of check are, and which of all places that set them did.

import ArgumentParser
import RefrainJobs
import RefrainModel

struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the settings of check that are in force, and where each is from.",
    discussion: """
      Settings come from the command line, the environment (REFRAIN_MIN_WORDS=8), the nearest \
      refrain.toml and, last, the defaults. For a run that is the refrain.toml of the working \
      folder or the nearest one above; scope, min-words and similarity of a file are from the one \
      nearest to that file. What is printed is a refrain.toml itself.

      Examples:
        refrain config
        refrain config docs/install.md
        refrain config --no-config > refrain.toml
        refrain config --schema > refrain.schema.json
      """)

  @Argument(help: "The file to show the settings for; by default those of a run.")
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
