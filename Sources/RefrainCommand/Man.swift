// refrain man: writes the man pages, for packagers. The list of commands does not show it.

import ArgumentParser
import RefrainJobs
import RefrainModel

struct Man: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a man page for each command.", shouldDisplay: false)

  /// Wide enough that no line of help is wrapped.
  private static let columns = 10_000

  @Argument(help: "The folder to write to. It must exist.")
  var folder: String

  func run() throws {
    let root = RefrainCommand.configuration
    var pages = [
      page("refrain", root.abstract, RefrainCommand.helpMessage(columns: Self.columns))
    ]
    for command in root.subcommands where command.configuration.shouldDisplay {
      pages.append(
        page(
          "refrain-\(command._commandName)", command.configuration.abstract,
          RefrainCommand.helpMessage(for: command, columns: Self.columns)))
    }
    try ResultFile.write(pages)
  }

  private func page(
    _ name: String, _ abstract: String, _ help: String
  ) -> (bytes: [UInt8], path: String) {
    let page = ManualPage(
      name: name, abstract: abstract, version: RefrainVersion.current, help: help)
    return (Array(page.text.utf8), "\(folder)/\(name).1")
  }
}
