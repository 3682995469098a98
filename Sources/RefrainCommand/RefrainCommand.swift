// The executable: it takes arguments and returns an exit status. No other module prints.

import ArgumentParser
import Glibc
import RefrainFiles
import RefrainModel

@main
struct RefrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "refrain",
    abstract: "Find near-duplicates and repeated passages in text.",
    discussion: """
      Examples:
        refrain check docs/
        refrain check article.txt --scope within
        refrain dedup corpus.jsonl -o unique.jsonl --evidence why.jsonl
        refrain pairs corpus.jsonl --threshold 0.7 > pairs.jsonl
        refrain explain --threshold 0.8

      Exit status is 0 on success, 1 if check reports a finding that fails the run, and 2 on an \
      error.
      """,
    version: RefrainVersion.current,
    subcommands: [
      Check.self, BaselineCommand.self, Dedup.self, Pairs.self, Compare.self, Explain.self,
      Config.self, Man.self,
    ])

  /// Parses the arguments and runs the command; usage errors exit with 2, like all errors.
  static func main() {
    OwnedProcess.run({ RefrainCommand.runToTheEnd() }) { error in
      Console.error(error.description)
      Glibc.exit(2)
    }
  }

  private static func runToTheEnd() {
    if let topic = unknownTopic(CommandLine.arguments.dropFirst()) {
      Console.error("help: there is no command \(topic); refrain --help lists them")
      Glibc.exit(2)
    }
    do {
      do {
        var command = try parseAsRoot()
        try command.run()
      } catch  where exitCode(for: error) == .success {
        // Help, the version and completions are results like any other.
        try Console.result(fullMessage(for: error) + "\n")
      }
    } catch let error as RefrainError {
      Console.error(error.description)
      Glibc.exit(2)
    } catch let status as FindingsExit {
      Glibc.exit(status.code)
    } catch {
      Console.raw(fullMessage(for: error))
      Glibc.exit(2)
    }
  }

  /// The first word after `help` that does not name a command.
  ///
  /// The parser would silently show the help of the command before it.
  private static func unknownTopic(_ arguments: ArraySlice<String>) -> String? {
    guard arguments.first == "help" else { return nil }
    var command: any ParsableCommand.Type = self
    for name in arguments.dropFirst() where !name.hasPrefix("-") {
      let all = command.configuration.subcommands
      guard let next = all.first(where: { $0._commandName == name }) else {
        return name == "help" && command == self ? nil : name
      }
      command = next
    }
    return nil
  }
}

/// Ends a run with the status of its findings.
struct FindingsExit: Error {
  var code: Int32
}
