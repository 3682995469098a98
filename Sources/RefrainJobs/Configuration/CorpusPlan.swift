// What dedup and pairs are to do, every value valid: made of raw options, and of nothing else.

package import RefrainCorpus
import RefrainMatch
package import RefrainModel
import RefrainSketch

/// The part of a plan that both commands share.
package struct CorpusPlan: Sendable {
  package private(set) var settings: CorpusSettings
  package let showsStatistics: Bool
  package let isQuiet: Bool
  /// Whether each record that was left out is named.
  package let isVerbose: Bool

  /// Resolves the options.
  ///
  /// - Throws: `badSetting` for options that exclude each other.
  package init(_ options: OptionSettings<CorpusOption>) throws(RefrainError) {
    let raw = options.overDefaults
    var settings = CorpusSettings()
    settings.threshold = raw.text(.threshold).flatMap { Threshold(decimal: $0) } ?? .documents
    settings.recall = raw.text(.recall).flatMap(Double.init) ?? settings.recall
    settings.plan = try Self.banding(raw)
    settings.match = raw.text(.match).flatMap(MatchLevel.init) ?? settings.match
    settings.exhaustive = raw.flag(.exhaustive)
    if settings.exhaustive, settings.plan != nil {
      throw .badSetting(name: "--exhaustive", cause: "cannot be used with --bands and --rows")
    }
    if settings.match != .near, settings.exhaustive || settings.plan != nil {
      throw .badSetting(
        name: "--match",
        cause: "\(settings.match.rawValue) finds every pair and takes no --exhaustive, --bands or "
          + "--rows")
    }
    settings.shingleWidth = raw.integer(.ngram) ?? settings.shingleWidth
    settings.scope = try Self.scope(raw)
    settings.textField = raw.text(.textField) ?? settings.textField
    settings.idField = raw.text(.idField) ?? settings.idField
    settings.onError = raw.text(.onError).flatMap(ErrorPolicy.init) ?? settings.onError
    settings.threads = raw.integer(.threads) ?? settings.threads
    settings.memory = raw.text(.memory).flatMap(ByteCount.init)?.bytes ?? settings.memory
    self.settings = settings
    showsStatistics = raw.flag(.stats)
    isQuiet = raw.flag(.quiet)
    isVerbose = raw.flag(.verbose)
  }

  /// Skips what cannot be read, since another option says where it goes.
  ///
  /// - Throws: `badSetting` where `options` say otherwise.
  fileprivate mutating func skipErrors(
    for option: String, _ options: OptionSettings<CorpusOption>
  ) throws(RefrainError) {
    if options.text(.onError) == ErrorPolicy.fail.rawValue {
      throw .badSetting(name: option, cause: "cannot be used with --on-error fail")
    }
    settings.onError = .skip
  }

  /// Which records are compared, or nil if the options do not say.
  private static func scope(
    _ raw: OptionSettings<CorpusOption>
  ) throws(RefrainError) -> ComparisonRule? {
    switch (raw.text(.within), raw.text(.across)) {
    case (nil, nil): return nil
    case (let field?, nil): return ComparisonRule(.within, field: field)
    case (nil, let field?): return ComparisonRule(.across, field: field)
    default: throw .badSetting(name: "--within", cause: "cannot be used with --across")
    }
  }

  /// The banding that the options set, or nil if they set none.
  private static func banding(
    _ raw: OptionSettings<CorpusOption>
  ) throws(RefrainError) -> BandPlan? {
    switch (raw.integer(.bands), raw.integer(.rows)) {
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

/// What `dedup` is to do.
package struct DeduplicationPlan: Sendable {
  package let corpus: CorpusPlan
  private let request: DeduplicationRequest

  /// Resolves the options.
  ///
  /// - Throws: `badSetting` for options that exclude or need each other.
  package init(
    inputs: [String], _ corpus: OptionSettings<CorpusOption>,
    _ own: OptionSettings<DeduplicationOption>
  ) throws(RefrainError) {
    var plan = try CorpusPlan(corpus)
    let raw = own.overDefaults
    var request = DeduplicationRequest(inputs: inputs, output: raw.text(.output))
    request.isDryRun = raw.flag(.dryRun)
    request.outputFormat = raw.text(.outputFormat).flatMap(OutputFormat.init) ?? .input
    request.keep = raw.text(.keep).flatMap { KeepPolicy($0) } ?? request.keep
    request.evidence = raw.text(.evidence)
    request.passages = raw.flag(.passages)
    request.clusters = raw.text(.clusters)
    request.removed = raw.text(.removed)
    request.rejects = raw.text(.rejects)
    request.isAnnotated = raw.flag(.annotate)
    if request.rejects != nil { try plan.skipErrors(for: "--rejects", corpus) }
    self.corpus = plan
    guard request.output != nil || request.isDryRun else {
      throw .badSetting(
        name: "--output", cause: "is missing; name a file, a folder or -, or use --dry-run")
    }
    if request.passages, request.evidence == nil {
      throw .badSetting(name: "--passages", cause: "needs --evidence")
    }
    self.request = request
  }

  /// Does it.
  ///
  /// - Throws: what the job throws.
  package func run(_ progress: @escaping Progress.Handler) throws(RefrainError) -> CorpusStatistics
  {
    try DeduplicationJob(settings: corpus.settings, progress: progress).run(request)
  }
}

/// What `pairs` is to do.
package struct PairListingPlan: Sendable {
  package let corpus: CorpusPlan
  private let request: PairListingRequest

  /// Resolves the options.
  ///
  /// - Throws: `badSetting` for options that exclude each other.
  package init(
    inputs: [String], _ corpus: OptionSettings<CorpusOption>,
    _ own: OptionSettings<PairListingOption>
  ) throws(RefrainError) {
    self.corpus = try CorpusPlan(corpus)
    let raw = own.overDefaults
    var request = PairListingRequest(inputs: inputs)
    request.output = raw.text(.output) ?? request.output
    request.allPairs = raw.flag(.allPairs)
    self.request = request
  }

  /// Does it.
  ///
  /// - Throws: what the job throws.
  package func run(_ progress: @escaping Progress.Handler) throws(RefrainError) -> CorpusStatistics
  {
    try PairListingJob(settings: corpus.settings, progress: progress).run(request)
  }
}
