// A corpus in, the deduplicated corpus out, and why each removed record went.

package import RefrainCorpus
import RefrainFiles
package import RefrainMatch
package import RefrainModel
import RefrainRecords

/// What `dedup` is asked for besides the settings of every corpus job.
package struct DeduplicationRequest: Sendable {
  package var inputs: [String]
  /// The output, `-` for standard output; a folder takes one file an input, of the input's name and below
  /// the folders that the inputs do not have in common; nil writes no records.
  ///
  /// It may be the single input, which is replaced at the end.
  package var output: String?
  /// The form of the output.
  package var outputFormat = OutputFormat.input
  /// Whether to decide and report only: `output` is checked as ever and not written.
  package var isDryRun = false
  package var keep = KeepPolicy.first
  /// Where to write a line a removed record.
  package var evidence: String?
  /// Whether the evidence holds the passages that each removed record shares with its kept one.
  package var passages = false
  /// Where to write a line a record with its cluster.
  package var clusters: String?
  /// Where to write the lines of removed records; not in a dry run.
  package var removed: String?
  /// Where to write a line for each record and input that cannot be read.
  package var rejects: String?
  /// Whether all records are written, each with what became of it, instead of the kept ones.
  package var isAnnotated = false

  /// A request with the defaults: the first record of each cluster is kept.
  package init(inputs: [String], output: String?) {
    self.inputs = inputs
    self.output = output
  }
}

/// Removes near-duplicate records.
package struct DeduplicationJob: Sendable {
  package let settings: CorpusSettings
  package let progress: Progress.Handler

  /// A job under these settings; `progress` is told how far it is.
  package init(settings: CorpusSettings, progress: @escaping Progress.Handler = { _ in }) {
    self.settings = settings
    self.progress = progress
  }

  /// Reads the inputs, decides, and writes what is asked for.
  ///
  /// Kept lines are written byte for byte as they came, in input order, while later ones are still
  /// being decided; no output has its name before all is written.
  package func run(_ request: DeduplicationRequest) throws(RefrainError) -> CorpusStatistics {
    var inputs = try RecordInputs(request.inputs, onError: settings.onError)
    // Nothing is read before it is known that nothing is replaced by it.
    _ = try DeduplicationPlaces(request, inputs: inputs.paths, names: inputs.paths)
    let sources = try inputs.open(settings.onError, threads: settings.threads)
    let layouts = try DeduplicationLayouts(request, sources)
    // Outputs are opened before the work: what cannot be written should not cost a run to find out.
    let folders = request.isDryRun ? nil : MadeFolders()
    let opened = try DeduplicationOutputs(
      DeduplicationPlaces(
        request, inputs: inputs.paths, names: inputs.names, layouts: layouts, folders: folders),
      layouts, threads: settings.threads)
    let read = inputs
    return try RecordInputs.watching(sources) { () throws(RefrainError) in
      try withExtendedLifetime(folders) { () throws(RefrainError) in
        try run(request, read, sources, opened)
      }
    }
  }

  private func run(
    _ request: DeduplicationRequest, _ inputs: RecordInputs, _ sources: [RecordSource],
    _ opened: DeduplicationOutputs
  ) throws(RefrainError) -> CorpusStatistics {
    let corpus = try SketchedCorpus(
      RecordFiles(sources), settings: settings, policyField: request.keep.field, progress: progress)
    try inputs.requireRecords(in: corpus)
    let order = try corpus.order(by: request.keep)
    let search = try CandidateSearch(corpus, order: order, settings: settings, progress: progress)
    let kept = KeptLines(corpus, sources, opened.kept, inBackground: settings.threads > 1)
    let (removals, counts) = search.verifier.survivors { items, keepers in
      // In input order what is decided can be written at once; any other order is known at the end.
      if order != nil || request.isAnnotated { return }
      kept.write(items) { search.classes.isRepresentative($0) && keepers[$0] == $0 }
    }
    let verdicts = Verdicts(search, removals)
    if order != nil, !request.isAnnotated {
      kept.write(corpus.rows.indices) { verdicts.isKept($0) }
    }
    progress(Progress(stage: .writing, done: 0, total: corpus.rows.count))
    try kept.finish()
    let writer = VerdictWriter(corpus: corpus, verdicts: verdicts, threads: settings.threads)
    if let evidence = opened.evidence {
      try writer.write(evidence: evidence, passages: request.passages)
    }
    if let clusters = opened.clusters { try writer.write(clusters: clusters) }
    if let rejects = opened.rejects { try writer.write(rejects: rejects, inputs, sources) }
    if request.isAnnotated { try writer.write(annotated: opened.kept, sources) }
    let removed = KeptLines(corpus, sources, opened.removed, inBackground: settings.threads > 1)
    if request.removed != nil { removed.write(corpus.rows.indices) { !verdicts.isKept($0) } }
    try removed.finish()
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
    statistics.add(settings.scope, corpus)
    statistics.add(inputs)
    return statistics
  }
}
