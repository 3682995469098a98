// The stages by themselves: sketches, candidates and exact overlaps, for those who spread them over
// machines.

public import CRefrain
import RefrainCorpus
import RefrainIndex
import RefrainModel
import RefrainSketch

/// What stays of a text that was sketched.
private struct TextRow: Sendable {
  let wording: Wording
  let shingles: Int
}

@c @implementation
public func refrain_sketch(
  _ texts: refrain_handle, _ options: UnsafePointer<refrain_options>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    try texts.requireSound()
    let plan = options.corpus.bandPlan
    let width = options.corpus.shingleWidth
    let parts = try options.run { stop, progress throws(Failure) in
      let workers = Workers(threads: options.corpus.threads, stop: stop)
      let parts = workers.map(
        texts.pieceCount, state: { TextSketcher(width: width, plan: plan) }
      ) { sketcher, piece -> (rows: [TextRow], keys: [UInt64])? in
        let rows = texts.rows(ofPiece: piece)
        var keys: [UInt64] = []
        let sketched = rows.map { row in
          let text = texts.text(row) ?? UnsafeRawBufferPointer(start: nil, count: 0)
          let sketch = sketcher.sketch(text, to: &keys)
          return TextRow(wording: sketch.wording, shingles: sketch.shingles)
        }
        progress(Progress(stage: .reading, done: rows.upperBound, total: texts.count))
        return (sketched, keys)
      }
      try engine { () throws(RefrainError) in try stop.check() }
      return parts
    }
    let rows = parts.flatMap(\.rows)
    let keys = parts.flatMap(\.keys)
    var table = ArrowTable(rows: rows.count)
    table.add("words_low", rows.map(\.wording.words.low))
    table.add("words_high", rows.map(\.wording.words.high))
    table.add("cut", rows.map(\.wording.cut))
    table.add("shingles", rows.map { UInt32(clamping: $0.shingles) })
    for band in 0..<plan.bands {
      table.add("key_\(band)", rows.indices.map { keys[$0 * plan.bands + band] })
    }
    target.write(table)
  }
}

@c @implementation
public func refrain_candidates(
  _ keys: UnsafePointer<UInt64>?, _ rows: Int64, _ bands: Int64,
  _ options: UnsafePointer<refrain_options>?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ array: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    guard (0..<Int64(UInt32.max)).contains(rows), (1...1024).contains(bands) else {
      throw .argument("there are \(rows) rows of \(bands) keys")
    }
    let (rows, bands) = (Int(rows), Int(bands))
    let given = rows == 0 ? nil : try required(keys, "keys")
    // SAFETY: the caller has `rows * bands` keys, and keeps them during the call.
    nonisolated(unsafe) let all = UnsafeBufferPointer(start: given, count: rows * bands)
    let found = try options.run { stop, _ throws(Failure) in
      let workers = Workers(threads: options.corpus.threads, stop: stop)
      let hasKeys = (0..<rows).map { row in
        all[row * bands..<(row + 1) * bands].contains { $0 != 0 }
      }
      let buckets = Buckets(
        items: rows, keySets: bands, largestSet: rows, limit: Buckets.representatives,
        workers: workers
      ) { band, entries in
        var n = 0
        for row in 0..<rows where hasKeys[row] {
          // SAFETY: there is room for an entry a row.
          entries.initializeElement(
            at: n, to: KeyedEntry(key: all[row * bands + band], id: UInt32(row)))
          n += 1
        }
        return n
      }
      var marks = CandidateMarks(items: rows)
      var candidates: [UInt32] = []
      var (earlier, later): ([UInt64], [UInt64]) = ([], [])
      for row in 0..<rows where buckets.hasCandidates(row) && !stop.isRaised {
        _ = buckets.collect(before: row, marks: &marks, into: &candidates)
        for candidate in candidates {
          earlier.append(UInt64(candidate))
          later.append(UInt64(row))
        }
      }
      try engine { () throws(RefrainError) in try stop.check() }
      return (earlier, later)
    }
    var table = ArrowTable(rows: found.0.count)
    table.add("earlier", found.0)
    table.add("later", found.1)
    target.write(table)
  }
}

@c @implementation
public func refrain_verify(
  _ texts: refrain_handle, _ left: UnsafePointer<UInt64>?, _ right: UnsafePointer<UInt64>?,
  _ count: Int64, _ options: UnsafePointer<refrain_options>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let texts: ArrowTexts = try Handles.find(texts, "texts")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    let (lefts, rights) = try texts.rowPairs(left, right, count)
    try texts.requireSound()
    let overlaps = try options.run { stop, progress throws(Failure) in
      try options.overlaps(lefts.count, stop, progress) { sets, pair in
        sets.overlap(lefts[pair], of: texts, with: texts.text(rights[pair]))
      }
    }
    var table = ArrowTable(rows: overlaps.count)
    table.add("shared", overlaps.map { UInt64($0.shared) })
    table.add("left", overlaps.map { UInt64($0.left) })
    table.add("right", overlaps.map { UInt64($0.right) })
    table.add(
      "reached", overlaps.map { options.corpus.threshold.isReached(by: $0) ? UInt8(1) : 0 })
    target.write(table)
  }
}
