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
      Writes one line a pair, {"a": ID, "b": ID, "similarity": J, "containment": C, "reason": R}, in \
      input order, where R is identical (the same text), same-words, or near. Pairs with the same \
      words are listed at any threshold. A class of more than \
      \(PairListingRequest.largestFullClass) such records is written as a star on its first record, \
      unless --all-pairs is given.

      The list is complete with --exhaustive. By default MinHash bands propose the pairs: a pair at \
      the threshold is found with the probability of --recall, and in a crowded bucket, as templates \
      make them, a record is compared with the first \(Buckets.representatives) only. Standard error \
      counts what that cut off.

      Examples:
        refrain pairs corpus.jsonl > pairs.jsonl
        refrain pairs corpus.jsonl --threshold 0.5 --exhaustive -o truth.jsonl
        refrain pairs corpus.jsonl --match words
        refrain pairs corpus.jsonl --threshold 0.5 --bands 16 --rows 8 --stats
      """)

  @OptionGroup var corpus: CorpusOptions

  @Option(name: [.short, .long], help: "The output: a file, or - for standard output.")
  var output = "-"

  @Flag(help: "Write every pair of large classes of records with the same words.")
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
