// The options that dedup and pairs share, as typed, and the settings they resolve to.

public import ArgumentParser
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
    help: "The lowest Jaccard similarity of duplicates, by their word 5-grams (see --ngram).")
  var threshold = "0.8"

  @Option(help: "The lowest probability of proposing a pair at the threshold.")
  var recall = 0.99

  @Option(help: "The number of bands. Use it with --rows, instead of --recall.")
  var bands: Int?

  @Option(help: "The number of rows per band. Use it with --bands.")
  var rows: Int?

  @Option(
    help: """
      What counts as a duplicate: identical (the same text), words (also the same words with other \
      case and punctuation), or near (also a similarity that reaches the threshold).
      """)
  var match: MatchLevel = .near

  @Flag(
    help: """
      Find every pair, with a prefix filter instead of MinHash bands. This needs memory for all \
      shingles. Without this flag, a record is compared only with the first \
      \(Buckets.representatives) records of a crowded bucket.
      """)
  var exhaustive = false

  @Flag(help: .hidden)
  var exact = false

  @Option(help: "The number of words in a shingle.")
  var ngram = 5

  @Option(help: "The field that holds a record's text.")
  var textField = "text"

  @Option(help: "The field that holds a record's id.")
  var idField = "id"

  @Option(
    help:
      "What to do with an unreadable record, or an unreadable file in a folder: fail or skip."
  )
  var onError: ErrorPolicy = .fail

  @Option(help: "The number of threads. Defaults to the number of processors.")
  var threads: Int?

  @Option(
    help: """
      How much memory to use beside the inputs, such as 512M or 4G. Beyond this limit, keys go to a \
      temporary file and shingles are computed again. A record always takes about 200 bytes.
      """)
  var memory = "1G"

  @Flag(help: "Print counts to standard error: what was read, proposed, verified and accepted.")
  var stats = false

  @Flag(name: [.short, .long], help: "Do not show progress, warnings or the summary.")
  var quiet = false

  @Flag(name: [.short, .long], help: "Name every record that was left out.")
  var verbose = false

  /// The settings; throws for the first invalid option.
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
        cause: "is called --exhaustive; for equal records only, use --match identical or words")
    }
    if exhaustive, settings.plan != nil {
      throw .badSetting(name: "--exhaustive", cause: "cannot be used with --bands and --rows")
    }
    if match != .near, exhaustive || settings.plan != nil {
      throw .badSetting(
        name: "--match",
        cause: "\(match.rawValue) finds every pair and takes no --exhaustive, --bands or --rows")
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

  /// The banding that the options set, or nil if they set none.
  static func plan(bands: Int?, rows: Int?) throws(RefrainError) -> BandPlan? {
    switch (bands, rows) {
    case (nil, nil): return nil
    case (let bands?, let rows?):
      guard let plan = BandPlan(bands: bands, rows: rows) else {
        throw .badSetting(
          name: "--bands, --rows", cause: "\(bands) x \(rows) is not between 1 and 1024 slots")
      }
      return plan
    default: throw .badSetting(name: "--bands, --rows", cause: "must be used together")
    }
  }
}

extension ColorChoice: ExpressibleByArgument {}
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
