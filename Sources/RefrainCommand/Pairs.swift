// refrain pairs: every verified near-duplicate pair of a corpus, as JSON Lines.

import ArgumentParser
import Refrain
import RefrainModel

struct Pairs: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairs",
    abstract: "List every verified near-duplicate pair of a corpus.",
    discussion: """
      Writes one line a pair, {"a": ID, "b": ID, "similarity": J, "containment": C}, in input \
      order. A class of more than \(PairListingRequest.largestFullClass) records with equal words \
      is written as a star on its first record.

      Examples:
        refrain pairs corpus.jsonl > pairs.jsonl
        refrain pairs corpus.jsonl --threshold 0.5 --exact -o truth.jsonl
        refrain pairs corpus.jsonl --threshold 0.5 --bands 16 --rows 8 --stats
      """)

  @OptionGroup var corpus: CorpusOptions

  @Option(name: [.short, .long], help: "The output: a file, or - for standard output.")
  var output = "-"

  @Flag(help: "Write every pair of large classes of equal records too.")
  var allPairs = false

  func run() throws {
    let settings = try corpus.settings()
    var request = PairListingRequest(inputs: corpus.inputs)
    request.output = output
    request.allPairs = allPairs
    let bar = ProgressBar(quiet: corpus.quiet)
    defer { bar.finish() }
    let statistics = try PairLister(settings: settings, progress: bar.handler).run(request)
    bar.finish()
    StatisticsText.warn(statistics, corpus)
    if corpus.stats { Console.raw(StatisticsText.pairs(statistics)) }
  }
}
