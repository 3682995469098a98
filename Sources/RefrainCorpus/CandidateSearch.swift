// From the sketched corpus to verified pairs: classes of equal words, buckets, and a verifier.

import RefrainIndex
package import RefrainMatch
package import RefrainModel
import RefrainRecords
import RefrainSketch

/// The middle of both corpus jobs.
///
/// Items are records in the order that decides who survives.
package struct CandidateSearch {
  package let corpus: SketchedCorpus
  /// The record of each item.
  package let recordOfItem: [UInt32]
  /// The item of each record; nil where they have the same numbers.
  package let itemOfRecord: [UInt32]?
  package let classes: EqualClasses
  /// Which items are compared at all; nil for all of them.
  package let scope: ComparisonScope?
  package let verifier: Verifier

  /// Finds the candidates.
  ///
  /// `order` lists the records by precedence; nil is input order.
  /// - Throws: `unreadable` where band keys that went to disk cannot be read back.
  package init(
    _ corpus: SketchedCorpus, order: [UInt32]?, settings: CorpusSettings,
    progress: @escaping Progress.Handler
  ) throws(RefrainError) {
    let items = corpus.rows.count
    let workers = settings.workers
    let records = order ?? (0..<UInt32(items)).map { $0 }
    let scope = try corpus.scope(settings.scope, records)
    var classes = EqualClasses(items: items) { item in
      let row = corpus.rows[Int(records[item])]
      return row.shingles > 0 ? row.wording.salted(scope?.salt(item) ?? 0) : nil
    }
    classes.verify(workers: workers) { RecordTexts(corpus, records) }
    try settings.stop?.check()
    if scope?.kind == .across { classes.standAlone() }
    let verified = classes
    let stands = { (item: Int) in
      verified.isRepresentative(item) && corpus.rows[Int(records[item])].shingles > 0
    }
    let loader = { RecordShingles(corpus, records, width: settings.shingleWidth) }
    progress(Progress(stage: .bucketing, done: 0, total: items))
    var itemOfRecord: [UInt32]?
    if order != nil {
      var inverse = [UInt32](repeating: 0, count: items)
      for item in 0..<items { inverse[Int(records[item])] = UInt32(item) }
      itemOfRecord = inverse
    }
    let buckets: Buckets
    let store: ShingleStore
    if settings.match != .near {
      store = ShingleStore(items: items, budget: 0)
      buckets = Buckets.none(items: items)
    } else if settings.exhaustive {
      store = ShingleStore(
        items: items, budget: .max, workers: workers, loader: loader, isNeeded: stands)
      let stored = store
      buckets = PrefixFilter.buckets(
        items: items, threshold: settings.threshold, workers: workers
      ) { stored.resident($0) ?? UnsafeBufferPointer(start: nil, count: 0) }
    } else {
      let standing = (0..<items).map(stands)
      let itemOfRecord = itemOfRecord
      buckets = Buckets(
        items: items, keySets: settings.bandPlan.bands, largestSet: items,
        limit: Buckets.representatives, workers: workers
      ) { band, entries in
        Self.fill(entries, corpus, band, itemOfRecord, standing, scope)
      }
      try corpus.releaseKeys()
      store = ShingleStore(items: items, budget: Self.shingleBudget(settings.memory, items))
    }
    try settings.stop?.check()
    self.corpus = corpus
    self.scope = scope
    self.classes = verified
    recordOfItem = records
    self.itemOfRecord = itemOfRecord
    verifier = Verifier(
      items: items, buckets: buckets, classes: verified, scope: scope, store: store,
      threshold: settings.threshold,
      workers: workers, loader: loader,
      progress: { progress(Progress(stage: .verifying, done: $0, total: items)) })
  }

  /// What is left of the memory for the shingles that are compared, when the keys are gone: an eighth
  /// of it at least.
  private static func shingleBudget(_ memory: Int, _ records: Int) -> Int {
    max(memory / 8, memory - records * bytesARecord)
  }

  /// Memory of a record besides keys and shingles, roughly: its row, its classes, buckets and marks.
  private static let bytesARecord = 200

  /// Writes a band's entries by ascending item.
  private static func fill(
    _ entries: UnsafeMutableBufferPointer<KeyedEntry>, _ corpus: SketchedCorpus, _ band: Int,
    _ itemOfRecord: [UInt32]?, _ standing: [Bool], _ scope: ComparisonScope?
  ) -> Int {
    var n = 0
    corpus.forEachKey(ofBand: band) { record, key in
      let item = itemOfRecord.map { Int($0[record]) } ?? record
      if standing[item] {
        let key = key ^ (scope?.salt(item) ?? 0)
        // SAFETY: there is room for an entry a record.
        entries.initializeElement(at: n, to: KeyedEntry(key: key, id: UInt32(item)))
        n += 1
      }
    }
    if itemOfRecord != nil {
      var written = UnsafeMutableBufferPointer(rebasing: entries[..<n])
      written.sort { $0.id < $1.id }
    }
    return n
  }
}

extension SketchedCorpus {
  /// The scope of a job whose items are `records`.
  ///
  /// - Throws: `badSetting` where no record has the field.
  fileprivate func scope(
    _ rule: ComparisonRule?, _ records: [UInt32]
  ) throws(RefrainError) -> ComparisonScope? {
    guard let rule, let scopeValues else { return nil }
    if !rows.isEmpty, withoutScopeField == rows.count {
      throw .badSetting(
        name: "--\(rule.kind.rawValue)",
        cause: "no record has a number or a string in the field \"\(rule.field)\"")
    }
    return ComparisonScope(rule.kind, values: records.map { scopeValues[Int($0)] })
  }
}

/// Reads a record's text again.
private final class RecordTexts: ItemTextLoader {
  private let corpus: SketchedCorpus
  private let records: [UInt32]
  private let cursor: any RecordCursor

  init(_ corpus: SketchedCorpus, _ records: [UInt32]) {
    self.corpus = corpus
    self.records = records
    cursor = corpus.cursor()
  }

  func text(_ item: Int) -> UnsafeRawBufferPointer {
    // What changed since the first pass has no text, and equals nothing; the job finds out at its end.
    cursor.text(at: corpus.rows[Int(records[item])].address)
      ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }
}

/// Makes a record's shingles again from its text.
private final class RecordShingles: ShingleLoader {
  private let texts: RecordTexts
  private let sketcher: TextSketcher

  init(_ corpus: SketchedCorpus, _ records: [UInt32], width: Int) {
    texts = RecordTexts(corpus, records)
    sketcher = TextSketcher(width: width, plan: nil)
  }

  func load(_ item: Int) -> UnsafeBufferPointer<UInt64> {
    sketcher.read(texts.text(item))
    return sketcher.shingles
  }
}
