// From texts and options to a search: what deduplication and pairs have in common.

import RefrainCorpus
import RefrainMatch
import RefrainModel
import RefrainRecords

extension CallOptions {
  /// Reads the texts and finds the candidates.
  ///
  /// - Throws: for a text that is null or no UTF-8, unless they are left out; for a keep policy whose
  ///   column was not imported, or does not compare; where it was stopped.
  func search(
    _ texts: ArrowTexts, ordered: Bool, _ stop: StopSignal, _ progress: @escaping Progress.Handler
  ) throws(Failure) -> CandidateSearch {
    if corpus.onError == .fail { try texts.requireSound() }
    let field = ordered ? keep.field : nil
    if let field, !texts.hasPolicy {
      throw .argument("keep needs the column \"\(field)\", which was not imported with the texts")
    }
    var settings = corpus
    settings.stop = stop
    let resolved = settings
    return try engine { () throws(RefrainError) in
      let corpus = try SketchedCorpus(
        texts, settings: resolved, policyField: field, progress: progress)
      let order = ordered ? try self.order(corpus) : nil
      return try CandidateSearch(corpus, order: order, settings: resolved, progress: progress)
    }
  }

  /// The records by precedence; nil for input order.
  private func order(_ corpus: SketchedCorpus) throws(RefrainError) -> [UInt32]? {
    try keep.order(
      count: corpus.rows.count, length: { Int(corpus.rows[$0].textLength) },
      value: { corpus.policyValues[$0] }, place: { "row \(corpus.rows[$0].address.offset)" })
  }
}

extension SketchedCorpus {
  /// The row of the caller's that a record is.
  func row(_ record: Int) -> UInt64 { UInt64(rows[record].address.offset) }
}

extension PairReason {
  /// As the header numbers it.
  var code: UInt8 {
    switch self {
    case .identical: 0
    case .sameWords: 1
    case .near: 2
    }
  }
}

/// Two rows and what they share, column by column.
struct PairColumns {
  private let names: (String, String)
  private var first: [UInt64] = []
  private var second: [UInt64] = []
  private var similarity: [Double] = []
  private var containment: [Double] = []
  private var reason: [UInt8] = []

  /// No pairs yet, of rows that are called so.
  init(_ first: String, _ second: String) { names = (first, second) }

  mutating func append(_ a: UInt64, _ b: UInt64, _ overlap: Overlap, _ reason: PairReason) {
    first.append(a)
    second.append(b)
    similarity.append(overlap.jaccard)
    containment.append(overlap.containment)
    self.reason.append(reason.code)
  }

  var table: ArrowTable {
    var table = ArrowTable(rows: first.count)
    table.add(names.0, first)
    table.add(names.1, second)
    table.add("similarity", similarity)
    table.add("containment", containment)
    table.add("reason", reason)
    return table
  }
}
