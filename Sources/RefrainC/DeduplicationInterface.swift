// Who stays and who goes, at the threshold that was asked for and at any higher one.

public import CRefrain
import Refrain
import RefrainCorpus
import RefrainMatch
import RefrainModel
import Synchronization

/// A deduplication that a caller holds.
///
/// It keeps the texts and the candidates, so that another threshold can be asked for.
private final class DeduplicationResult: @unchecked Sendable {
  // SAFETY: the search has done all its loading when a result is made, and is only read from then on.
  let texts: ArrowTexts
  let search: CandidateSearch
  let threshold: Threshold
  private let verdicts: Verdicts
  private let graph = Mutex<PairGraph?>(nil)

  init(_ texts: ArrowTexts, _ search: CandidateSearch, _ verdicts: Verdicts, _ threshold: Threshold)
  {
    self.texts = texts
    self.search = search
    self.verdicts = verdicts
    self.threshold = threshold
  }

  /// The texts that go.
  var removed: PairColumns {
    var columns = PairColumns("removed", "kept")
    for record in search.corpus.rows.indices {
      guard let removal = verdicts.removal(of: record) else { continue }
      columns.append(
        search.corpus.row(record), search.corpus.row(removal.kept), removal.overlap,
        removal.reason)
    }
    return columns
  }

  /// The same at a higher threshold.
  ///
  /// The first call verifies all pairs; it is done again where it was stopped.
  func removed(
    at higher: Threshold, _ workers: Workers, _ stop: StopSignal,
    _ progress: @escaping Progress.Handler
  ) throws(RefrainError) -> PairColumns {
    let graph: PairGraph
    if let known = self.graph.withLock({ $0 }) {
      graph = known
    } else {
      graph = PairGraph(search, workers: workers, progress: progress)
      try stop.check()
      self.graph.withLock { $0 = graph }
    }
    let removals = graph.removals(at: higher)
    var rows: [(removed: Int, removal: PairGraph.Removal)] = []
    for (item, removal) in removals.enumerated() {
      if let removal { rows.append((Int(search.recordOfItem[item]), removal)) }
    }
    rows.sort { $0.removed < $1.removed }
    var columns = PairColumns("removed", "kept")
    for (record, removal) in rows {
      let kept = Int(search.recordOfItem[removal.kept])
      columns.append(
        search.corpus.row(record), search.corpus.row(kept), removal.overlap, removal.reason)
    }
    return columns
  }
}

@c @implementation
public func refrain_dedup(
  _ texts: refrain_handle, _ options: UnsafePointer<refrain_options>?,
  _ deduplication: UnsafeMutablePointer<refrain_handle>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let options = try CallOptions(options)
    let target = try required(deduplication, "deduplication")
    let result = try options.run { stop, progress throws(Failure) in
      let search = try options.search(texts, ordered: true, stop, progress)
      let (removals, _) = search.verifier.survivors()
      try engine { () throws(RefrainError) in try stop.check() }
      return DeduplicationResult(
        texts, search, Verdicts(search, removals), options.corpus.threshold)
    }
    target.pointee = Handles.add(result)
  }
}

@c @implementation
public func refrain_dedup_removed(
  _ deduplication: refrain_handle, _ threshold: Double,
  _ options: UnsafePointer<refrain_options>?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ array: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let result: DeduplicationResult = try Handles.find(deduplication, "deduplication")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    if threshold == 0 {
      target.write(result.removed.table)
      return
    }
    let higher = try engine { () throws(RefrainError) in try validated(threshold: threshold) }
    guard
      higher.numerator * result.threshold.denominator
        >= result.threshold.numerator * higher.denominator
    else {
      throw Failure(
        .badSetting(
          name: "threshold", cause: "\(threshold) is below the one that pairs were verified for"))
    }
    let columns = try options.run { stop, progress throws(Failure) in
      try engine { () throws(RefrainError) in
        let workers = Workers(threads: options.corpus.threads, stop: stop)
        return try result.removed(at: higher, workers, stop, progress)
      }
    }
    target.write(columns.table)
  }
}

@c @implementation
public func refrain_dedup_skipped(
  _ deduplication: refrain_handle, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ array: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let result: DeduplicationResult = try Handles.find(deduplication, "deduplication")
    let target = try TableTarget(schema, array)
    let rows = result.texts.faults.keys.sorted().map { UInt64($0) }
    var table = ArrowTable(rows: rows.count)
    table.add("row", rows)
    target.write(table)
  }
}

@c @implementation
public func refrain_pairs(
  _ texts: refrain_handle, _ options: UnsafePointer<refrain_options>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    let columns = try options.run { stop, progress throws(Failure) in
      let search = try options.search(texts, ordered: false, stop, progress)
      let (pairs, _) = search.verifier.pairs()
      let limit = options.listsAllPairs ? Int.max : PairSpread.largestFullClass
      var columns = PairColumns("a", "b")
      for pair in PairSpread(search, limit: limit).spread(pairs) {
        let (a, b) = (Int(pair.earlier), Int(pair.later))
        columns.append(
          search.corpus.row(a), search.corpus.row(b), pair.overlap, search.classes.reason(a, b))
      }
      try engine { () throws(RefrainError) in try stop.check() }
      return columns
    }
    target.write(columns.table)
  }
}
