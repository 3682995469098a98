// The passages that texts of a collection share: seeds, which texts are compared for them, and what the comparison
// finds; each by itself, too, for those who spread them over machines.

public import CRefrain
import RefrainCorpus
import RefrainIndex
import RefrainModel
import RefrainPassages
import RefrainSketch
import RefrainText

/// The seeds of texts: rows ascending, and of each row its seeds.
private struct SeedColumns: Sendable {
  var rows: [UInt64] = []
  var seeds: [UInt64] = []
}

/// A passage of two rows of one collection.
private struct RowPassage: Sendable {
  let a: Int
  let b: Int
  let passage: ComparableText.Passage
}

extension CallOptions {
  /// The seeds of all texts that can be read.
  fileprivate func seeds(
    of texts: ArrowTexts, run: Int, _ stop: StopSignal, _ progress: @escaping Progress.Handler
  ) throws(Failure) -> SeedColumns {
    let workers = Workers(threads: corpus.threads, stop: stop)
    let parts = workers.map(texts.pieceCount, state: { Winnower(run: run) }) {
      winnower, piece -> SeedColumns? in
      var columns = SeedColumns()
      let rows = texts.rows(ofPiece: piece)
      for row in rows where texts.faults[row] == nil {
        let text = texts.text(row) ?? UnsafeRawBufferPointer(start: nil, count: 0)
        let seeds = winnower.seeds(of: text)
        columns.seeds += seeds
        columns.rows += repeatElement(UInt64(row), count: seeds.count)
      }
      progress(Progress(stage: .reading, done: rows.upperBound, total: texts.count))
      return columns
    }
    try engine { () throws(RefrainError) in try stop.check() }
    return SeedColumns(rows: parts.flatMap(\.rows), seeds: parts.flatMap(\.seeds))
  }

  /// The passages of pairs of rows, pair by pair in their order.
  fileprivate func passages(
    of texts: ArrowTexts, _ pairs: [(a: Int, b: Int)], leastBytes: Int, _ stop: StopSignal,
    _ progress: @escaping Progress.Handler
  ) throws(Failure) -> [RowPassage] {
    let workers = Workers(threads: corpus.threads, stop: stop)
    let pieceSize = 16
    let pieces = (pairs.count + pieceSize - 1) / pieceSize
    let parts = workers.map(pieces, state: { ComparableRows(texts) }) {
      rows, piece -> [RowPassage]? in
      let own = piece * pieceSize..<min(pairs.count, (piece + 1) * pieceSize)
      progress(Progress(stage: .verifying, done: own.upperBound, total: pairs.count))
      return own.flatMap { number in
        let (a, b) = pairs[number]
        return rows.passages(a, b, leastBytes: leastBytes).map {
          RowPassage(a: a, b: b, passage: $0)
        }
      }
    }
    try engine { () throws(RefrainError) in try stop.check() }
    return parts.flatMap(\.self)
  }

  /// The passages of all pairs of texts that share a seed.
  fileprivate func passages(
    of texts: ArrowTexts, run: Int, leastBytes: Int, _ stop: StopSignal,
    _ progress: @escaping Progress.Handler
  ) throws(Failure) -> [RowPassage] {
    let columns = try seeds(of: texts, run: run, stop, progress)
    progress(Progress(stage: .bucketing, done: 0, total: columns.seeds.count))
    // SAFETY: an entry a seed, all initialised here before they are read.
    let entries = UnsafeMutableBufferPointer<KeyedEntry>.allocate(capacity: columns.seeds.count)
    defer { entries.deallocate() }
    for (place, (seed, row)) in zip(columns.seeds, columns.rows).enumerated() {
      entries.initializeElement(
        at: place, to: KeyedEntry(key: seed, id: UInt32(truncatingIfNeeded: row)))
    }
    let pairs = SharedKeys.pairs(entries).pairs.map {
      (a: Int($0 >> 32), b: Int($0 & 0xFFFF_FFFF))
    }
    try engine { () throws(RefrainError) in try stop.check() }
    return try passages(of: texts, pairs, leastBytes: leastBytes, stop, progress)
  }
}

/// One worker's texts that are ready to be compared; the first one of a pair is mostly asked for again.
private final class ComparableRows {
  private let texts: ArrowTexts
  private let analyzer = TextAnalyzer()
  private var first: (row: Int, text: ComparableText)?

  init(_ texts: ArrowTexts) { self.texts = texts }

  private func text(_ row: Int) -> ComparableText {
    ComparableText(record: texts.text(row).map { [UInt8]($0) } ?? [], analyzer)
  }

  func passages(_ a: Int, _ b: Int, leastBytes: Int) -> [ComparableText.Passage] {
    let left: ComparableText
    if let first, first.row == a {
      left = first.text
    } else {
      left = text(a)
      first = (a, left)
    }
    return left.passages(with: text(b), leastBytes: leastBytes)
  }
}

private func table(_ passages: [RowPassage], _ firstRow: String, _ secondRow: String) -> ArrowTable
{
  var table = ArrowTable(rows: passages.count)
  table.add(firstRow, passages.map { UInt64($0.a) })
  table.add(secondRow, passages.map { UInt64($0.b) })
  table.add("a_start", passages.map { UInt64($0.passage.a.start) })
  table.add("a_end", passages.map { UInt64($0.passage.a.end) })
  table.add("b_start", passages.map { UInt64($0.passage.b.start) })
  table.add("b_end", passages.map { UInt64($0.passage.b.end) })
  table.add("similarity", passages.map(\.passage.overlap.jaccard))
  table.add("containment", passages.map(\.passage.overlap.containment))
  return table
}

private func validated(run: Int64) throws(Failure) -> Int {
  guard let run = Int(exactly: run), Winnower.runs.contains(run) else {
    let (least, most) = (Winnower.runs.lowerBound, Winnower.runs.upperBound)
    throw Failure(
      .badSetting(name: "run", cause: "\(run) is not between \(least) and \(most) words"))
  }
  return run
}

private func validated(leastBytes: Int64) throws(Failure) -> Int {
  guard leastBytes >= 0 else { throw .argument("min_bytes is \(leastBytes)") }
  return Int(leastBytes)
}

@c @implementation
public func refrain_seeds(
  _ texts: refrain_handle, _ run: Int64, _ options: UnsafePointer<refrain_options>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    let run = try validated(run: run)
    if options.corpus.onError == .fail { try texts.requireSound() }
    let columns = try options.run { stop, progress throws(Failure) in
      try options.seeds(of: texts, run: run, stop, progress)
    }
    var table = ArrowTable(rows: columns.seeds.count)
    table.add("row", columns.rows)
    table.add("seed", columns.seeds)
    target.write(table)
  }
}

@c @implementation
public func refrain_compare_rows(
  _ texts: refrain_handle, _ left: UnsafePointer<UInt64>?, _ right: UnsafePointer<UInt64>?,
  _ count: Int64, _ leastBytes: Int64, _ options: UnsafePointer<refrain_options>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    let leastBytes = try validated(leastBytes: leastBytes)
    let (lefts, rights) = try texts.rowPairs(left, right, count)
    try texts.requireSound()
    let pairs = Array(zip(lefts, rights))
    let found = try options.run(.abandoned) { stop, progress throws(Failure) in
      try options.passages(
        of: texts, pairs.map { (a: $0.0, b: $0.1) }, leastBytes: leastBytes, stop, progress)
    }
    target.write(table(found, "left", "right"))
  }
}

@c @implementation
public func refrain_passages(
  _ texts: refrain_handle, _ run: Int64, _ leastBytes: Int64,
  _ options: UnsafePointer<refrain_options>?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ array: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    let run = try validated(run: run)
    let leastBytes = try validated(leastBytes: leastBytes)
    if options.corpus.onError == .fail { try texts.requireSound() }
    let found = try options.run(.abandoned) { stop, progress throws(Failure) in
      try options.passages(of: texts, run: run, leastBytes: leastBytes, stop, progress)
    }
    target.write(table(found, "a", "b"))
  }
}
