// refrain pairs: the verified duplicate pairs of a corpus, as JSON Lines.

import ArgumentParser
import RefrainIndex
import RefrainJobs

struct Pairs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairs",
    abstract: "List the verified duplicate pairs of a corpus.",
    discussion: """
      Pairs writes one line per pair, {"a": ID, "b": ID, "similarity": J, "containment": C, \
      "reason": R}, in input order. R is identical (the same text), same-words or near. Pairs lists \
      records with the same words at any threshold. If more than \
      \(PairListingRequest.largestFullClass) records have the same words, it pairs each of them \
      only with the first, unless you pass --all-pairs.

      With --exhaustive the list is complete. By default, it is bounded: MinHash bands propose the \
      pairs, and a pair at the threshold is found with the probability that --recall sets. \
      Templates create crowded buckets, in which a record is compared only with the first \
      \(Buckets.representatives) records. Standard error counts what this cut off.

      Examples:
        refrain pairs corpus.jsonl > pairs.jsonl
        refrain pairs corpus.jsonl --threshold 0.5 --exhaustive -o truth.jsonl
        refrain pairs corpus.jsonl --match words
        refrain pairs news.jsonl --across publisher
        refrain pairs corpus.jsonl --threshold 0.5 --bands 16 --rows 8 --stats
      """)

  @OptionGroup var corpus: CorpusOptions

  @Option(name: [.short, .long], help: .of(PairListingOption.output)) var output: String?
  @Flag(help: .of(PairListingOption.allPairs)) var allPairs = false

  func run() throws {
    let own = try OptionSettings<PairListingOption>(
      typed: [.output: output], flags: [.allPairs: allPairs])
    let plan = try PairListingPlan(inputs: corpus.inputs, try corpus.raw(), own)
    let statistics = try ProgressBar.during(quiet: plan.corpus.isQuiet, plan.run)
    StatisticsText.warn(statistics, plan.corpus)
    if plan.corpus.showsStatistics { Console.raw(StatisticsText.pairs(statistics)) }
  }
}
