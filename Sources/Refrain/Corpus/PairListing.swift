// The verified duplicate pairs of a corpus, as JSON Lines.

import RefrainCorpus
import RefrainMatch
public import RefrainModel
import RefrainReport

/// What `pairs` is asked for besides the settings of every corpus job.
public struct PairListingRequest: Sendable {
  public var inputs: [String]
  /// The output, `-` for standard output.
  public var output = "-"
  /// Whether classes of more than `largestFullClass` equal records are written pair by pair too.
  public var allPairs = false

  /// The largest class of records with equal words of which every pair is written; a larger one is
  /// written as a star: its first record with each of the others.
  public static let largestFullClass = 100

  /// A request with the defaults: pairs to standard output.
  public init(inputs: [String]) { self.inputs = inputs }
}

/// Lists duplicate pairs.
public struct PairLister: Sendable {
  public let settings: CorpusSettings
  public let progress: Progress.Handler

  /// A job under these settings; `progress` is told how far it is.
  public init(settings: CorpusSettings, progress: @escaping Progress.Handler = { _ in }) {
    self.settings = settings
    self.progress = progress
  }

  /// Reads the inputs and writes the pairs, ordered by first and then second record.
  ///
  /// Pairs of equal words are listed at any threshold, each with its own figures.
  public func run(_ request: PairListingRequest) throws(RefrainError) -> CorpusStatistics {
    var inputs = try RecordInputs(request.inputs, onError: settings.onError)
    // Nothing is read before it is known that nothing is replaced by it.
    var files = RunFiles()
    let place = try files.add("--output", request.output)
    for input in inputs.paths { try files.requireApart(from: input) }
    let sources = try inputs.open(settings.onError)
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
      sources, settings: settings, policyField: nil, progress: progress)
    try inputs.requireRecords(in: corpus)
    let search = try CandidateSearch(corpus, order: nil, settings: settings, progress: progress)
    let (pairs, counts) = search.verifier.pairs()
    let names = RecordNames(corpus, settings)
    var ids: [UInt32: RecordID] = [:]
    func id(_ record: UInt32) -> RecordID {
      if let id = ids[record] { return id }
      let id = names.id(Int(record))
      ids[record] = id
      return id
    }
    let limit = request.allPairs ? Int.max : PairListingRequest.largestFullClass
    // What went to standard output cannot be taken back.
    try RecordInputs.requireUnchanged(sources)
    var json = JSONText()
    for pair in PairSpread(search, limit: limit).spread(pairs) {
      json.removeAll()
      json.beginObject()
      json.key("a")
      id(pair.earlier).write(to: &json)
      json.key("b")
      id(pair.later).write(to: &json)
      json.write(pair.overlap)
      json.key("reason")
      json.string(search.classes.reason(Int(pair.earlier), Int(pair.later)).rawValue)
      json.endObject()
      json.newline()
      try output.write(json.bytes)
    }
    var statistics = CorpusStatistics(search, counts, settings)
    statistics.add(inputs)
    return statistics
  }
}

/// Spreads the pairs of records that stand for their wording over all records of that wording, and
/// adds the pairs of equal words.
private struct PairSpread {
  let search: CandidateSearch
  /// The members of each class of equal words of two records and more, by its first.
  private let classes: [UInt32: [UInt32]]
  /// The members of each wording of two records and more, by its first.
  private let wordings: [UInt32: [UInt32]]
  /// The largest class that is spread.
  private let limit: Int

  init(_ search: CandidateSearch, limit: Int) {
    self.search = search
    self.limit = limit
    classes = Self.members(search.classes.firstOfWords)
    wordings = Self.members(search.classes.firstOfWording)
  }

  private static func members(_ firsts: [UInt32]) -> [UInt32: [UInt32]] {
    var members: [UInt32: [UInt32]] = [:]
    for (item, first) in firsts.enumerated() where Int(first) != item {
      members[first, default: [first]].append(UInt32(item))
    }
    return members
  }

  /// All pairs that are to be listed, by first and then second record.
  func spread(_ pairs: [VerifiedPair]) -> [VerifiedPair] {
    let firstOfWords = search.classes.firstOfWords
    var spread = equalPairs()
    for pair in pairs where firstOfWords[Int(pair.earlier)] != firstOfWords[Int(pair.later)] {
      for a in shown(pair.earlier) {
        for b in shown(pair.later) { spread.append(pair.between(a, b)) }
      }
    }
    return spread.sorted { ($0.earlier, $0.later) < ($1.earlier, $1.later) }
  }

  /// The records that a record which stands for its wording speaks for in this list.
  private func shown(_ item: UInt32) -> [UInt32] {
    let all = classes[search.classes.firstOfWords[Int(item)]]?.count ?? 1
    return all > limit ? [item] : wordings[item] ?? [item]
  }

  /// The pairs inside each class of equal words: all, or a star on the first.
  private func equalPairs() -> [VerifiedPair] {
    let firstOfWording = search.classes.firstOfWording
    var pairs: [VerifiedPair] = []
    var recut: [(earlier: UInt32, later: UInt32)] = []
    for all in classes.values {
      for (i, a) in all.enumerated() where i == 0 || all.count <= limit {
        for b in all[(i + 1)...] {
          if firstOfWording[Int(a)] != firstOfWording[Int(b)] {
            recut.append((a, b))
          } else {
            let n = Int(search.corpus.rows[Int(a)].shingles)
            let overlap = Overlap(shared: n, left: n, right: n)
            pairs.append(VerifiedPair(earlier: a, later: b, overlap: overlap))
          }
        }
      }
    }
    return pairs + search.verifier.overlaps(recut)
  }
}

extension VerifiedPair {
  /// The same figures for two records of the wordings of this pair, in their own order.
  fileprivate func between(_ a: UInt32, _ b: UInt32) -> VerifiedPair {
    var overlap = overlap
    if b < a { swap(&overlap.left, &overlap.right) }
    return VerifiedPair(earlier: min(a, b), later: max(a, b), overlap: overlap)
  }
}
