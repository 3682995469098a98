// A corpus in, the deduplicated corpus out, and why each removed record went.

import RefrainCorpus
public import RefrainMatch
public import RefrainModel
public import RefrainSketch

/// What `dedup` is asked for besides the settings of every corpus job.
public struct DeduplicationRequest: Sendable {
  public var inputs: [String]
  /// The output, `-` for standard output; a folder takes one file an input, of the input's name;
  /// nil writes no records.
  ///
  /// It may be the single input, which is replaced at the end.
  public var output: String?
  /// Whether to decide and report only: `output` is checked as ever and not written.
  public var isDryRun = false
  public var keep = KeepPolicy.first
  /// Where to write a line a removed record.
  public var evidence: String?
  /// Whether the evidence holds the passages that each removed record shares with its kept one.
  public var passages = false
  /// Where to write a line a record with its cluster.
  public var clusters: String?

  /// A request with the defaults: the first record of each cluster is kept.
  public init(inputs: [String], output: String?) {
    self.inputs = inputs
    self.output = output
  }
}

/// What a corpus job did, in numbers.
public struct CorpusStatistics: Hashable, Sendable {
  public var records = 0
  public var bytes = 0
  /// Records that were left out because they could not be read.
  public var skipped = 0
  /// Lines without a record.
  public var blankLines = 0
  /// Records without a word; always kept.
  public var withoutWords = 0
  /// The field that the keep policy looks at.
  public var policyField: String?
  /// Records that lack it, or have neither a number nor a string there.
  public var withoutPolicyField = 0
  /// Lone surrogates that were read as U+FFFD.
  public var replacedSurrogates = 0
  /// Records whose id another one has.
  public var repeatedIDs = 0
  /// Records with the words of an earlier one.
  public var equalRecords = 0
  public var buckets = 0
  public var proposedPairs = 0
  public var comparedPairs = 0
  public var acceptedPairs = 0
  /// Records that were compared with the first of a crowded bucket's records only.
  public var cutRecords = 0
  /// Proposals that crowded buckets cut off, counted bucket by bucket.
  public var cutProposals = 0
  /// Removed records with the text of the kept one.
  public var removedIdentical = 0
  /// Removed records with the words of the kept one, and another text.
  public var removedSameWords = 0
  /// Removed records whose similarity to the kept one reaches the threshold.
  public var removedNear = 0
  public var kept = 0
  /// All removed records.
  public var removed: Int { removedIdentical + removedSameWords + removedNear }
  /// How far the job went.
  public var match = MatchLevel.near
  /// nil where candidates did not come from bands.
  public var plan: BandPlan?
  /// Records that were left out, with their places.
  public var skippedErrors: [RefrainError] = []
  /// Files and folders that a walk met and that were left out.
  public var leftOutInputs: [RefrainError] = []
  /// Files that a walk met and that were not read for what they are.
  public var notRead = NotReadFiles()

  /// All zeros.
  public init() {}
}

/// Removes near-duplicate records.
public struct Deduplicator: Sendable {
  public let settings: CorpusSettings
  public let progress: Progress.Handler

  /// A job under these settings; `progress` is told how far it is.
  public init(settings: CorpusSettings, progress: @escaping Progress.Handler = { _ in }) {
    self.settings = settings
    self.progress = progress
  }

  /// Reads the inputs, decides, and writes what is asked for.
  ///
  /// Kept lines are written byte for byte as they came, in input order, while later ones are still
  /// being decided; no output has its name before all is written.
  public func run(_ request: DeduplicationRequest) throws(RefrainError) -> CorpusStatistics {
    var inputs = try RecordInputs(request.inputs, onError: settings.onError)
    // Nothing is read before it is known that nothing is replaced by it.
    _ = try DeduplicationPlaces(request, inputs: inputs.paths)
    let sources = try inputs.open(settings.onError)
    // Outputs are opened before the work: what cannot be written should not cost a run to find out.
    let opened = try DeduplicationOutputs(DeduplicationPlaces(request, inputs: inputs.paths))
    let read = inputs
    return try RecordInputs.watching(sources) { () throws(RefrainError) in
      try run(request, read, sources, opened)
    }
  }

  private func run(
    _ request: DeduplicationRequest, _ inputs: RecordInputs, _ sources: [RecordSource],
    _ opened: DeduplicationOutputs
  ) throws(RefrainError) -> CorpusStatistics {
    let corpus = try SketchedCorpus(
      sources, settings: settings, policyField: request.keep.field, progress: progress)
    try inputs.requireRecords(in: corpus)
    let order = try request.keep.order(
      count: corpus.rows.count, length: { Int(corpus.rows[$0].textLength) },
      value: { corpus.policyValues[$0] },
      place: { record in
        let place = corpus.place(record)
        return "\(place.path):\(place.line)"
      })
    let search = try CandidateSearch(corpus, order: order, settings: settings, progress: progress)
    let kept = KeptLines(corpus, opened.kept, inBackground: settings.threads > 1)
    let (removals, counts) = search.verifier.survivors { items, keepers in
      // In input order what is decided can be written at once; any other order is known at the end.
      if order != nil { return }
      kept.write(items) { search.classes.isRepresentative($0) && keepers[$0] == $0 }
    }
    let verdicts = Verdicts(search, removals)
    if order != nil { kept.write(corpus.rows.indices) { verdicts.isKept($0) } }
    progress(Progress(stage: .writing, done: 0, total: corpus.rows.count))
    try kept.finish()
    let writer = VerdictWriter(corpus: corpus, verdicts: verdicts, settings: settings)
    if let evidence = opened.evidence {
      try writer.write(evidence: evidence, passages: request.passages)
    }
    if let clusters = opened.clusters { try writer.write(clusters: clusters) }
    let files = try opened.finish()
    try RecordInputs.requireUnchanged(sources)
    try OutputFile.publish(files)

    var statistics = CorpusStatistics(search, counts, settings)
    statistics.removedIdentical = verdicts.removed[.identical, default: 0]
    statistics.removedSameWords = verdicts.removed[.sameWords, default: 0]
    statistics.removedNear = verdicts.removed[.near, default: 0]
    if let field = request.keep.field {
      statistics.withoutPolicyField = corpus.policyValues.count { $0 == nil }
      statistics.policyField = field
    }
    statistics.kept = corpus.rows.count - verdicts.removedRecords
    statistics.add(inputs)
    return statistics
  }
}

/// Where the outputs of a deduplication go.
private struct DeduplicationPlaces {
  /// Of the kept records: one, or one an input; none in a dry run.
  let kept: [OutputPlace]
  let evidence: OutputPlace?
  let clusters: OutputPlace?
  /// Whether the single input is replaced.
  let isReplaced: Bool

  /// Finds them, and opens nothing.
  ///
  /// - Throws: `badSetting` and `overwritesInput` where an output is another one or an input;
  ///   `unwritable`.
  init(_ request: DeduplicationRequest, inputs: [String]) throws(RefrainError) {
    var files = RunFiles()
    var places: [OutputPlace] = []
    if let path = request.output {
      places = try OutputSet.places(path, sources: inputs, in: &files)
    }
    evidence = try request.evidence.map { path throws(RefrainError) in
      try files.add("--evidence", path)
    }
    clusters = try request.clusters.map { path throws(RefrainError) in
      try files.add("--clusters", path)
    }
    let single = inputs.count == 1 && inputs == request.inputs ? request.output : nil
    for input in inputs { try files.requireApart(from: input, except: single) }
    isReplaced = files.output(replacing: inputs[0]) != nil
    kept = request.isDryRun ? [] : places
  }
}

/// The open outputs of a deduplication.
private struct DeduplicationOutputs {
  let kept: OutputSet
  let evidence: OutputFile?
  let clusters: OutputFile?

  /// Opens them.
  ///
  /// - Throws: `unwritable`.
  init(_ places: DeduplicationPlaces) throws(RefrainError) {
    OutputFile.clearStale(places.kept + [places.evidence, places.clusters].compactMap { $0 })
    kept = try OutputSet(places.kept, isDurable: places.isReplaced)
    evidence = try places.evidence.map { place throws(RefrainError) in try OutputFile(place) }
    clusters = try places.clusters.map { place throws(RefrainError) in try OutputFile(place) }
  }

  /// All of them, whole but for their names.
  func finish() throws(RefrainError) -> [OutputFile] {
    var files = try kept.finish()
    for file in [evidence, clusters].compactMap({ $0 }) {
      try file.finish()
      files.append(file)
    }
    return files
  }
}
