// refrain pairs: the verified duplicate pairs of a corpus, as JSON Lines.

import ArgumentParser
import RefrainIndex
import RefrainJobs
import RefrainModel

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

      With --exhaustive the list is complete. By default, MinHash bands propose the pairs, and a \
      pair at the threshold is found with the probability that --recall sets. Templates create \
      crowded buckets, in which a record is compared only with the first \
      \(Buckets.representatives) records. Standard error counts what this cut off.

      Examples:
        refrain pairs corpus.jsonl > pairs.jsonl
        refrain pairs corpus.jsonl --threshold 0.5 --exhaustive -o truth.jsonl
        refrain pairs corpus.jsonl --match words
        refrain pairs corpus.jsonl --threshold 0.5 --bands 16 --rows 8 --stats
      """)

  @OptionGroup var corpus: CorpusOptions

  @Option(name: [.short, .long], help: "The output file, or - for standard output.")
  var output = "-"

  @Flag(help: "Write every pair, even if a great many records have the same words.")
  var allPairs = false

  func run() throws {
    let settings = try corpus.settings()
    var request = PairListingRequest(inputs: corpus.inputs)
    request.output = output
    request.allPairs = allPairs
    let bar = ProgressBar(quiet: corpus.quiet)
    defer { bar.finish() }
    let statistics = try PairListingJob(settings: settings, progress: bar.handler).run(request)
    bar.finish()
    StatisticsText.warn(statistics, corpus)
    if corpus.stats { Console.raw(StatisticsText.pairs(statistics)) }
  }
}
