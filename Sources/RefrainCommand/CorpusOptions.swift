// The options that dedup and pairs share, as typed. Each option of the table `CorpusOption` has one
// property here. The table has the help texts and checks the values.

import ArgumentParser
import RefrainJobs
import RefrainModel

struct CorpusOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      """
      Files of records (JSON Lines, JSON arrays, CSV, TSV, WARC) or of text, plain or compressed, \
      archives and folders of them, or - for standard input.
      """,
      valueName: "in"))
  var inputs: [String]

  @Option(help: .of(CorpusOption.threshold)) var threshold: String?
  @Option(help: .of(CorpusOption.recall)) var recall: String?
  @Option(help: .of(CorpusOption.bands)) var bands: String?
  @Option(help: .of(CorpusOption.rows)) var rows: String?
  @Option(help: .of(CorpusOption.match), completion: .of(CorpusOption.match)) var match: String?
  @Flag(help: .of(CorpusOption.exhaustive)) var exhaustive = false
  @Flag(help: .hidden) var exact = false
  @Option(help: .of(CorpusOption.ngram)) var ngram: String?
  @Option(help: .of(CorpusOption.within)) var within: String?
  @Option(help: .of(CorpusOption.across)) var across: String?
  @Option(help: .of(CorpusOption.textField)) var textField: String?
  @Option(help: .of(CorpusOption.idField)) var idField: String?
  @Option(help: .of(CorpusOption.onError), completion: .of(CorpusOption.onError))
  var onError: String?
  @Option(help: .of(CorpusOption.threads)) var threads: String?
  @Option(help: .of(CorpusOption.memory)) var memory: String?
  @Flag(help: .of(CorpusOption.stats)) var stats = false
  @Flag(name: [.short, .long], help: .of(CorpusOption.quiet)) var quiet = false
  @Flag(name: [.short, .long], help: .of(CorpusOption.verbose)) var verbose = false

  /// The typed options, validated.
  ///
  /// - Throws: `badSetting` for the first invalid one.
  func raw() throws(RefrainError) -> OptionSettings<CorpusOption> {
    if exact {
      throw .badSetting(
        name: "--exact",
        cause: "is called --exhaustive; for equal records only, use --match identical or words")
    }
    return try OptionSettings(
      typed: [
        .threshold: threshold, .recall: recall, .bands: bands, .rows: rows, .match: match,
        .ngram: ngram, .within: within, .across: across, .textField: textField, .idField: idField,
        .onError: onError,
        .threads: threads, .memory: memory,
      ],
      flags: [.exhaustive: exhaustive, .stats: stats, .quiet: quiet, .verbose: verbose])
  }
}
