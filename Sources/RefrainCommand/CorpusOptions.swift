// The options that dedup and pairs share, as typed, and the settings they resolve to.

public import ArgumentParser
public import Refrain
import RefrainCorpus
import RefrainIndex
import RefrainJobs
import RefrainModel
import RefrainSketch

struct CorpusOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "JSON Lines files, plain or gzip, folders of them, or - for standard input.",
      valueName: "in"))
  var inputs: [String]

  @Option(
    help: "Least Jaccard similarity of word 5-grams (or --ngram) at which records are duplicates.")
  var threshold = "0.8"

  @Option(help: "Least probability with which a pair at the threshold is proposed.")
  var recall = 0.99

  @Option(help: "Bands, with --rows instead of --recall.")
  var bands: Int?

  @Option(help: "Rows a band, with --bands.")
  var rows: Int?

  @Option(
    help: """
      How far to go: identical (the same text), words (the same words, whatever their case and \
      punctuation), or near (a similarity that reaches the threshold, too).
      """)
  var match: MatchLevel = .near

  @Flag(
    help: """
      Find every pair, by prefix filter instead of MinHash bands. Without it a record is compared \
      with the first \(Buckets.representatives) of a crowded bucket only. Needs memory for all \
      shingles.
      """)
  var exhaustive = false

  @Flag(help: .hidden)
  var exact = false

  @Option(help: "Words in a shingle.")
  var ngram = 5

  @Option(help: "The field that holds a record's text.")
  var textField = "text"

  @Option(help: "The field that holds a record's id.")
  var idField = "id"

  @Option(
    help:
      "What to do with a record, or a file found in a folder, that cannot be read: fail or skip."
  )
  var onError: ErrorPolicy = .fail

  @Option(help: "Threads; as many as processors by default.")
  var threads: Int?

  @Option(
    help: """
      Memory to get by with beside the inputs, such as 512M or 4G; beyond it, keys go to a \
      temporary file and shingles are made again. A record takes some 200 bytes in any case.
      """)
  var memory = "1G"

  @Flag(help: "Print to standard error what was read, proposed, verified and accepted.")
  var stats = false

  @Flag(name: [.short, .long], help: "No progress, no warnings.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Name every record that was left out.")
  var verbose = false

  /// The settings, or the first option that makes no sense.
  func settings() throws(RefrainError) -> CorpusSettings {
    var settings = CorpusSettings()
    guard let threshold = Threshold(decimal: threshold) else {
      throw .badSetting(
        name: "--threshold", cause: "\(threshold) is not a decimal above 0 and at most 1")
    }
    settings.threshold = threshold
    guard recall > 0, recall < 1 else {
      throw .badSetting(name: "--recall", cause: "\(recall) is not between 0 and 1")
    }
    settings.recall = recall
    settings.plan = try Self.plan(bands: bands, rows: rows)
    if exact {
      throw .badSetting(
        name: "--exact",
        cause: "is called --exhaustive; for equal records alone use --match identical or words")
    }
    if exhaustive, settings.plan != nil {
      throw .badSetting(name: "--exhaustive", cause: "takes no --bands and --rows")
    }
    if match != .near, exhaustive || settings.plan != nil {
      throw .badSetting(
        name: "--match",
        cause: "\(match.rawValue) finds every pair without --exhaustive, --bands and --rows")
    }
    settings.exhaustive = exhaustive
    settings.match = match
    guard (1...64).contains(ngram) else {
      throw .badSetting(name: "--ngram", cause: "\(ngram) is not between 1 and 64")
    }
    settings.shingleWidth = ngram
    settings.textField = textField
    settings.idField = idField
    settings.onError = onError
    if let threads {
      guard (1...1024).contains(threads) else {
        throw .badSetting(name: "--threads", cause: "\(threads) is not between 1 and 1024")
      }
      settings.threads = threads
    }
    guard let memory = ByteCount(memory) else {
      throw .badSetting(name: "--memory", cause: "\(memory) is not a size such as 512M or 4G")
    }
    settings.memory = memory.bytes
    return settings
  }

  /// The banding asked for; nil where none was.
  static func plan(bands: Int?, rows: Int?) throws(RefrainError) -> BandPlan? {
    switch (bands, rows) {
    case (nil, nil): return nil
    case (let bands?, let rows?):
      guard let plan = BandPlan(bands: bands, rows: rows) else {
        throw .badSetting(
          name: "--bands, --rows", cause: "\(bands) x \(rows) is not 1 to 1024 slots")
      }
      return plan
    default: throw .badSetting(name: "--bands, --rows", cause: "go together")
    }
  }
}

extension ErrorPolicy: ExpressibleByArgument {}
extension MatchLevel: ExpressibleByArgument {}

/// A number of bytes, as people write it.
struct ByteCount {
  let bytes: Int

  /// Reads `1048576`, `512K`, `512M`, `4G` or `1T`, in powers of 1024; nil for anything else.
  init?(_ text: String) {
    var digits = Substring(text.uppercased())
    if digits.hasSuffix("B") { digits.removeLast() }
    var factor = 1
    if let last = digits.last, let power = "KMGT".firstIndex(of: last) {
      factor = 1 << (10 * (1 + "KMGT".distance(from: "KMGT".startIndex, to: power)))
      digits.removeLast()
    }
    guard let number = Int(digits), number > 0, number <= Int.max / factor else { return nil }
    bytes = number * factor
  }
}
