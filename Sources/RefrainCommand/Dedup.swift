// refrain dedup: removes near-duplicates from a corpus and records the reasons.

import ArgumentParser
import RefrainJobs

struct Dedup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedup",
    abstract: "Remove near-duplicate records from a corpus.",
    discussion: """
      Dedup reads records, removes near-duplicates, and writes the kept ones byte for byte in their \
      order. It removes a record only if an earlier kept record has the same words, \
      or if the exact similarity of the two reaches the threshold. --evidence names the kept \
      record, the similarity of the two, and the reason: identical (the same text), same-words or \
      near. --removed keeps the removed lines. --annotate removes nothing: it adds the field \
      "refrain" to every record, an object with cluster, kept, reason, similarity and containment.

      --within compares only records with the same value of a field, such as the language. --across \
      compares only those with different values, such as a training set with a test set.

      Outputs appear only when they are complete. No output may be an input or another output, \
      under any name. The one exception is dedup X -o X, where X is the single input: it replaces X \
      at the end.

      Examples:
        refrain dedup corpus.jsonl -o unique.jsonl
        refrain dedup corpus.jsonl -o unique.jsonl --evidence why.jsonl
        refrain dedup news.jsonl.gz -o unique.jsonl --keep longest
        refrain dedup crawl.jsonl -o u.jsonl --removed out.jsonl --rejects bad.jsonl
        refrain dedup corpus.jsonl -o all.jsonl --annotate --keep longest
        refrain dedup sets.jsonl -o clean.jsonl --across split
        refrain dedup code.jsonl -o unique.jsonl --match identical
        refrain dedup part1.jsonl part2.jsonl -o unique/ --threshold 0.7 --stats
        refrain dedup crawl/2024 crawl/2025 -o unique/
        refrain dedup table.csv --text-field title,body -o unique.csv.zst
        refrain dedup pages/ -o unique.jsonl
        zcat big.jsonl.gz | refrain dedup - -o - > unique.jsonl
      """)

  @OptionGroup var corpus: CorpusOptions

  @Option(name: [.short, .long], help: .of(DeduplicationOption.output)) var output: String?
  @Option(
    help: .of(DeduplicationOption.outputFormat), completion: .of(DeduplicationOption.outputFormat))
  var outputFormat: String?
  @Option(help: .of(DeduplicationOption.evidence)) var evidence: String?
  @Flag(help: .of(DeduplicationOption.passages)) var passages = false
  @Option(help: .of(DeduplicationOption.clusters)) var clusters: String?
  @Option(help: .of(DeduplicationOption.removed)) var removed: String?
  @Option(help: .of(DeduplicationOption.rejects)) var rejects: String?
  @Flag(help: .of(DeduplicationOption.annotate)) var annotate = false
  @Option(help: .of(DeduplicationOption.keep)) var keep: String?
  @Flag(help: .of(DeduplicationOption.dryRun)) var dryRun = false

  func run() throws {
    let own = try OptionSettings<DeduplicationOption>(
      typed: [
        .output: output, .outputFormat: outputFormat, .evidence: evidence, .clusters: clusters,
        .removed: removed, .rejects: rejects, .keep: keep,
      ], flags: [.passages: passages, .annotate: annotate, .dryRun: dryRun])
    let plan = try DeduplicationPlan(inputs: corpus.inputs, try corpus.raw(), own)
    let statistics = try ProgressBar.during(quiet: plan.corpus.isQuiet, plan.run)
    StatisticsText.warn(statistics, plan.corpus)
    if plan.corpus.showsStatistics {
      Console.raw(StatisticsText.dedup(statistics))
    } else if !plan.corpus.isQuiet {
      Console.raw(StatisticsText.summary(statistics))
    }
  }
}
