// Every verified near-duplicate pair of a corpus, as JSON Lines.

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

/// Lists near-duplicate pairs.
public struct PairLister: Sendable {
  public let settings: CorpusSettings
  public let progress: Progress.Handler

  /// A job under these settings; `progress` is told how far it is.
  public init(settings: CorpusSettings, progress: @escaping Progress.Handler = { _ in }) {
    self.settings = settings
    self.progress = progress
  }

  /// Reads the inputs and writes the pairs, ordered by first and then second record.
  public func run(_ request: PairListingRequest) throws(RefrainError) -> CorpusStatistics {
    let sources = try RecordInputs.open(request.inputs)
    let output = try OutputFile(request.output)
    let corpus = try SketchedCorpus(
      sources, settings: settings, policyField: nil, progress: progress)
    let search = CandidateSearch(corpus, order: nil, settings: settings, progress: progress)
    let (pairs, counts) = search.verifier.pairs()
    let names = RecordNames(corpus, settings)
    var ids: [UInt32: RecordID] = [:]
    func id(_ record: UInt32) -> RecordID {
      if let id = ids[record] { return id }
      let id = names.id(Int(record))
      ids[record] = id
      return id
    }
    var json = JSONText()
    try listed(search, pairs, request.allPairs).forEachInOrder { pair throws(RefrainError) in
      json.removeAll()
      json.beginObject()
      json.key("a")
      id(pair.earlier).write(to: &json)
      json.key("b")
      id(pair.later).write(to: &json)
      json.write(pair.overlap)
      json.endObject()
      json.newline()
      try output.write(json.bytes)
    }
    try output.commit()
    return CorpusStatistics(search, counts, settings)
  }

  /// The pairs of representatives spread over their classes, and the pairs inside each class.
  private func listed(
    _ search: CandidateSearch, _ pairs: [VerifiedPair], _ allPairs: Bool
  ) -> PairList {
    var members: [UInt32: [UInt32]] = [:]
    for item in search.classes.first.indices {
      let first = search.classes.first[item]
      if Int(first) != item { members[first, default: [first]].append(UInt32(item)) }
    }
    let limit = allPairs ? Int.max : PairListingRequest.largestFullClass
    func shown(_ item: UInt32) -> [UInt32] {
      let all = members[item] ?? [item]
      return all.count > limit ? [item] : all
    }
    var list = PairList()
    for (first, all) in members {
      let n = Int(search.corpus.rows[Int(first)].shingles)
      let overlap = Overlap(shared: n, left: n, right: n)
      for (i, a) in all.enumerated() where i == 0 || all.count <= limit {
        for b in all[(i + 1)...] {
          list.pairs.append(VerifiedPair(earlier: a, later: b, overlap: overlap))
        }
      }
    }
    for pair in pairs {
      for a in shown(pair.earlier) {
        for b in shown(pair.later) {
          var overlap = pair.overlap
          if b < a { swap(&overlap.left, &overlap.right) }
          list.pairs.append(
            VerifiedPair(earlier: min(a, b), later: max(a, b), overlap: overlap))
        }
      }
    }
    return list
  }
}

/// Pairs to be written.
private struct PairList {
  var pairs: [VerifiedPair] = []

  func forEachInOrder(_ body: (VerifiedPair) throws(RefrainError) -> Void) throws(RefrainError) {
    for pair in pairs.sorted(by: { ($0.earlier, $0.later) < ($1.earlier, $1.later) }) {
      try body(pair)
    }
  }
}
