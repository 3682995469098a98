// The options of check as typed. Each option of the table in the facade has one property here. The
// table has the help texts, checks the values, and knows where else they can be set.

import ArgumentParser
import RefrainJobs
import RefrainModel

struct CheckOptions: ParsableArguments {
  @Option(help: .of(.scope), completion: .of(.scope)) var scope: String?
  @Option(help: .of(.minWords)) var minWords: String?
  @Option(help: .of(.similarity)) var similarity: String?
  @Option(parsing: .upToNextOption, help: .of(.focus), completion: .of(.focus))
  var focus: [String] = []
  @Option(help: .of(.since)) var since: String?
  @Option(help: .of(.baseline), completion: .of(.baseline)) var baseline: String?
  @Flag(inversion: .prefixedNo, help: .of(.known)) var known: Bool?
  @Option(help: .of(.kinds), completion: .of(.kinds)) var kinds: String?
  @Option(help: .of(.level), completion: .of(.level)) var level: String?
  @Flag(inversion: .prefixedNo, help: .of(.all)) var all: Bool?
  @Option(help: .of(.gate), completion: .of(.gate)) var gate: String?
  @Option(help: .of(.failOn), completion: .of(.failOn)) var failOn: String?
  @Option(help: .of(.maxFindings)) var maxFindings: String?
  @Option(help: .of(.format), completion: .of(.format)) var format: [String] = []
  @Option(name: [.short, .long], help: .of(.output), completion: .of(.output))
  var output: String?
  @Option(help: .of(.link)) var link: String?
  @Option(help: .of(.boilerplate)) var boilerplate: String?
  @Option(help: .of(.exclude)) var exclude: [String] = []
  @Option(help: .of(.formats)) var formats: [String] = []
  @Option(help: .of(.textField)) var textField: String?
  @Option(help: .of(.idField)) var idField: String?
  @Option(help: .of(.onError), completion: .of(.onError)) var onError: String?
  @Flag(inversion: .prefixedNo, help: .of(.noIgnore)) var ignore: Bool?
  @Flag(inversion: .prefixedNo, help: .of(.requireFiles)) var requireFiles: Bool?
  @Option(help: .of(.threads)) var threads: String?
  @Option(help: .of(.memory)) var memory: String?
  @Option(help: .of(.color), completion: .of(.color)) var color: String?
  @Flag(name: [.short, .long], inversion: .prefixedNo, help: .of(.quiet)) var quiet: Bool?

  @Option(
    help: ArgumentHelp("Read settings from this file instead of refrain.toml.", valueName: "file"),
    completion: .file(extensions: ["toml"]))
  var config: String?
  @Flag(help: "Do not read any refrain.toml.") var noConfig = false
  /// What the points of articles are fitted on, and no part of the interface.
  @Flag(help: .hidden) var candidates = false

  /// The typed options, validated.
  func raw() throws(RefrainError) -> RawOptions {
    var raw = try RawOptions(
      typed: [
        .scope: scope, .minWords: minWords, .similarity: similarity, .baseline: baseline,
        .since: since, .kinds: kinds, .level: level, .gate: gate, .failOn: failOn,
        .maxFindings: maxFindings, .output: output, .link: link, .boilerplate: boilerplate,
        .textField: textField, .idField: idField,
        .onError: onError, .threads: threads, .memory: memory, .color: color,
      ],
      flags: [
        .noIgnore: ignore.map { !$0 }, .requireFiles: requireFiles, .all: all, .known: known,
        .quiet: quiet,
      ])
    try raw.set(.format, typed: format)
    try raw.set(.exclude, typed: exclude)
    try raw.set(.formats, typed: formats)
    if !focus.isEmpty { raw.set(.focus, .list(focus), from: .commandLine) }
    return raw
  }

  /// The options from all sources; warns about variables that look misspelt.
  func configuration() throws(RefrainError) -> Configuration {
    if config != nil, noConfig {
      throw .badSetting(name: "--config", cause: "cannot be used with --no-config")
    }
    for variable in RawOptions.misspeltVariables() {
      Console.warning("unknown variable \(variable.name); did you mean \(variable.meant)?")
    }
    let source: ConfigurationSource = noConfig ? .none : config.map { .file($0) } ?? .nearest
    return try Configuration(commandLine: try raw(), source: source)
  }
}
