// refrain dedup: removes near-duplicates from a corpus and records the reasons.

import ArgumentParser
import RefrainJobs
import RefrainMatch
import RefrainModel

struct Dedup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedup",
    abstract: "Remove near-duplicate records from a corpus.",
    discussion: """
      Dedup reads JSON Lines records, removes near-duplicates, and writes the kept lines byte for \
      byte in their order. It removes a record only if an earlier kept record has the same words, \
      or if the exact similarity of the two reaches the threshold. --evidence names the kept \
      record, the similarity of the two, and the reason: identical (the same text), same-words or \
      near.

      Outputs appear only when they are complete. No output may be an input or another output, \
      under any name. The one exception is dedup X -o X, where X is the single input: it replaces X \
      at the end.

      Examples:
        refrain dedup corpus.jsonl -o unique.jsonl
        refrain dedup corpus.jsonl -o unique.jsonl --evidence why.jsonl
        refrain dedup news.jsonl.gz -o unique.jsonl --keep longest
        refrain dedup code.jsonl -o unique.jsonl --match identical
        refrain dedup part1.jsonl part2.jsonl -o unique/ --threshold 0.7 --stats
        zcat big.jsonl.gz | refrain dedup - -o - > unique.jsonl
      """)

  @OptionGroup var corpus: CorpusOptions

  @Option(
    name: [.short, .long],
    help: "The output file, a folder for one file per input, or - for standard output.")
  var output: String?

  @Option(help: "Write one line per removed record: the kept one and their similarity.")
  var evidence: String?

  @Flag(help: "Add the shared passages to each line of --evidence, as byte offsets.")
  var passages = false

  @Option(help: "Write one line per record with its cluster.")
  var clusters: String?

  @Option(
    help: ArgumentHelp(
      "Which record to keep: first, longest, newest:FIELD or priority:FIELD=v1,v2.",
      valueName: "policy"))
  var keep = "first"

  @Flag(help: "Decide and report, but do not write any records.")
  var dryRun = false

  func run() throws {
    let settings = try corpus.settings()
    guard output != nil || dryRun else {
      throw RefrainError.badSetting(
        name: "--output", cause: "is missing; name a file, a folder or -, or use --dry-run")
    }
    guard let keep = KeepPolicy(keep) else {
      throw RefrainError.badSetting(
        name: "--keep",
        cause: "\(keep) is not first, longest, newest:FIELD or priority:FIELD=v1,v2")
    }
    var request = DeduplicationRequest(inputs: corpus.inputs, output: output)
    request.isDryRun = dryRun
    request.keep = keep
    request.evidence = evidence
    request.clusters = clusters
    request.passages = passages
    if passages, evidence == nil {
      throw RefrainError.badSetting(name: "--passages", cause: "needs --evidence")
    }
    let bar = ProgressBar(quiet: corpus.quiet)
    defer { bar.finish() }
    let statistics = try DeduplicationJob(settings: settings, progress: bar.handler).run(request)
    bar.finish()
    StatisticsText.warn(statistics, corpus)
    if corpus.stats { Console.raw(StatisticsText.dedup(statistics)) }
    if !corpus.quiet, !corpus.stats {
      Console.raw(StatisticsText.summary(statistics))
    }
  }
}
