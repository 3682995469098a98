// The verified duplicate pairs of a corpus, as JSON Lines.

package import RefrainCorpus
import RefrainFiles
import RefrainMatch
package import RefrainModel
import RefrainRecords
import RefrainReport

/// What `pairs` is asked for besides the settings of every corpus job.
package struct PairListingRequest: Sendable {
  package var inputs: [String]
  /// The output, `-` for standard output.
  package var output = "-"
  /// Whether classes of more than `largestFullClass` equal records are written pair by pair too.
  package var allPairs = false

  /// The largest class of records with equal words of which every pair is written; a larger one is
  /// written as a star: its first record with each of the others.
  package static let largestFullClass = PairSpread.largestFullClass

  /// A request with the defaults: pairs to standard output.
  package init(inputs: [String]) { self.inputs = inputs }
}

/// Lists duplicate pairs.
package struct PairListingJob: Sendable {
  package let settings: CorpusSettings
  package let progress: Progress.Handler

  /// A job under these settings; `progress` is told how far it is.
  package init(settings: CorpusSettings, progress: @escaping Progress.Handler = { _ in }) {
    self.settings = settings
    self.progress = progress
  }

  /// Reads the inputs and writes the pairs, ordered by first and then second record.
  ///
  /// Pairs of equal words are listed at any threshold, each with its own figures.
  package func run(_ request: PairListingRequest) throws(RefrainError) -> CorpusStatistics {
    var inputs = try RecordInputs(request.inputs, onError: settings.onError)
    // Nothing is read before it is known that nothing is replaced by it.
    var files = RunFiles()
    let place = try files.add("--output", request.output)
    for input in inputs.paths { try files.requireApart(from: input) }
    let sources = try inputs.open(settings.onError, threads: settings.threads)
    let read = inputs
    OutputFile.clearStale([place])
    let output = try OutputFile(place)
    return try RecordInputs.watching(sources) { () throws(RefrainError) in
      let statistics = try run(request, read, sources, output)
      try output.finish()
      try RecordInputs.requireUnchanged(sources)
      try OutputFile.publish([output])
      return statistics
    }
  }

  private func run(
    _ request: PairListingRequest, _ inputs: RecordInputs, _ sources: [RecordSource],
    _ output: OutputFile
  ) throws(RefrainError) -> CorpusStatistics {
    let corpus = try SketchedCorpus(
      RecordFiles(sources), settings: settings, policyField: nil, progress: progress)
    try inputs.requireRecords(in: corpus)
    let search = try CandidateSearch(corpus, order: nil, settings: settings, progress: progress)
    let (pairs, counts) = search.verifier.pairs()
    let cursor = corpus.cursor()
    var ids: [UInt32: RecordID] = [:]
    func id(_ record: UInt32) -> RecordID {
      if let id = ids[record] { return id }
      let id = corpus.id(Int(record), cursor)
      ids[record] = id
      return id
    }
    let limit = request.allPairs ? Int.max : PairListingRequest.largestFullClass
    // What went to standard output cannot be taken back.
    try RecordInputs.requireUnchanged(sources)
    let reporter = PairLines()
    var bytes: [UInt8] = []
    for pair in PairSpread(search, limit: limit).spread(pairs) {
      bytes.removeAll(keepingCapacity: true)
      let reason = search.classes.reason(Int(pair.earlier), Int(pair.later))
      reporter.write(
        ReportedPair(
          a: id(pair.earlier), b: id(pair.later), overlap: pair.overlap, reason: reason),
        to: &bytes)
      try output.write(bytes)
    }
    var statistics = CorpusStatistics(search, counts, settings)
    statistics.add(settings.scope, corpus)
    statistics.add(inputs)
    return statistics
  }
}
