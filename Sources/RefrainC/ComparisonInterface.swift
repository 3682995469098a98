// Texts compared row by row: how alike they are, and which passages they share.

public import CRefrain
import RefrainCorpus
import RefrainModel
import RefrainPassages
import RefrainText

@c @implementation
public func refrain_similarity(
  _ left: refrain_handle, _ right: refrain_handle, _ options: UnsafePointer<refrain_options>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let left: ArrowTexts = try Handles.find(left, "left")
    let right: ArrowTexts = try Handles.find(right, "right")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    try requirePairs(left, right)
    let overlaps = try options.run { stop, progress throws(Failure) in
      try options.overlaps(left.count, stop, progress) { sets, row in
        sets.overlap(row, of: left, with: right.text(row))
      }
    }
    var table = ArrowTable(rows: overlaps.count)
    table.add("shared", overlaps.map { UInt64($0.shared) })
    table.add("left", overlaps.map { UInt64($0.left) })
    table.add("right", overlaps.map { UInt64($0.right) })
    table.add("similarity", overlaps.map(\.jaccard))
    table.add("containment", overlaps.map(\.containment))
    target.write(table)
  }
}

/// A passage of a pair of rows.
private struct PairPassage: Sendable {
  let pair: Int
  let passage: ComparableText.Passage
}

@c @implementation
public func refrain_compare(
  _ left: refrain_handle, _ right: refrain_handle, _ leastBytes: Int64,
  _ options: UnsafePointer<refrain_options>?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ array: UnsafeMutablePointer<ArrowArray>?, _ error: UnsafeMutablePointer<refrain_error>?
) -> Int32 {
  reporting(error) { () throws(Failure) in
    let left: ArrowTexts = try Handles.find(left, "left")
    let right: ArrowTexts = try Handles.find(right, "right")
    let options = try CallOptions(options)
    let target = try TableTarget(schema, array)
    guard leastBytes >= 0 else { throw .argument("min_bytes is \(leastBytes)") }
    try requirePairs(left, right)
    let found = try options.run(.abandoned) { stop, progress throws(Failure) in
      let workers = Workers(threads: options.corpus.threads, stop: stop)
      let parts = workers.map(left.count, state: { TextAnalyzer() }) {
        analyzer, row -> [PairPassage]? in
        let sides = [left, right].map { texts in
          ComparableText(record: texts.text(row).map { [UInt8]($0) } ?? [], analyzer)
        }
        progress(Progress(stage: .verifying, done: row, total: left.count))
        return sides[0].passages(with: sides[1], leastBytes: Int(leastBytes)).map {
          PairPassage(pair: row, passage: $0)
        }
      }
      try engine { () throws(RefrainError) in try stop.check() }
      return parts.flatMap { $0 }
    }
    var table = ArrowTable(rows: found.count)
    table.add("pair", found.map { UInt64($0.pair) })
    table.add("a_start", found.map { UInt64($0.passage.a.start) })
    table.add("a_end", found.map { UInt64($0.passage.a.end) })
    table.add("b_start", found.map { UInt64($0.passage.b.start) })
    table.add("b_end", found.map { UInt64($0.passage.b.end) })
    table.add("similarity", found.map(\.passage.overlap.jaccard))
    table.add("containment", found.map(\.passage.overlap.containment))
    target.write(table)
  }
}
