// The exact overlaps of two texts at a time.

import CRefrain
import RefrainCorpus
import RefrainModel
import RefrainSketch

/// Reads texts into their sets of shingles.
///
/// One a worker; the set that was read last is mostly asked for again.
final class ShingleSets {
  private let sketcher: TextSketcher
  private var left: (row: Int, set: Set<UInt64>)?

  init(width: Int) { sketcher = TextSketcher(width: width, plan: nil) }

  private func set(_ text: UnsafeRawBufferPointer?) -> Set<UInt64> {
    sketcher.read(text ?? UnsafeRawBufferPointer(start: nil, count: 0))
    return Set(sketcher.shingles)
  }

  /// The overlap of two texts, the first of which is called by its row.
  func overlap(_ row: Int, of a: ArrowTexts, with b: UnsafeRawBufferPointer?) -> Overlap {
    let known: Set<UInt64>
    if let left, left.row == row {
      known = left.set
    } else {
      known = set(a.text(row))
      left = (row, known)
    }
    let other = set(b)
    return Overlap(
      shared: known.intersection(other).count, left: known.count, right: other.count)
  }
}

extension CallOptions {
  /// The overlaps of `count` pairs of texts.
  ///
  /// - Throws: where it was stopped.
  func overlaps(
    _ count: Int, _ stop: StopSignal, _ progress: @escaping Progress.Handler,
    _ pair: @Sendable (ShingleSets, Int) -> Overlap
  ) throws(Failure) -> [Overlap] {
    let workers = Workers(threads: corpus.threads, stop: stop)
    let pieceSize = 64
    let pieces = (count + pieceSize - 1) / pieceSize
    let parts = workers.map(pieces, state: { ShingleSets(width: corpus.shingleWidth) }) {
      sets, piece -> [Overlap]? in
      let end = min(count, (piece + 1) * pieceSize)
      progress(Progress(stage: .verifying, done: end, total: count))
      return (piece * pieceSize..<end).map { pair(sets, $0) }
    }
    try engine { () throws(RefrainError) in try stop.check() }
    return parts.flatMap { $0 }
  }
}

/// Two columns of texts of which each row is a pair.
///
/// - Throws: where they have different lengths, or a text is null or no UTF-8.
func requirePairs(_ left: ArrowTexts, _ right: ArrowTexts) throws(Failure) {
  guard left.count == right.count else {
    throw .argument("there are \(left.count) texts on the left and \(right.count) on the right")
  }
  try left.requireSound()
  try right.requireSound()
}

extension ArrowTexts {
  /// Pairs of rows that a caller names.
  ///
  /// - Throws: where there is no such row.
  func rowPairs(
    _ left: UnsafePointer<UInt64>?, _ right: UnsafePointer<UInt64>?, _ count: Int64
  ) throws(Failure) -> (left: [Int], right: [Int]) {
    guard (0...1 << 40).contains(count) else { throw .argument("count is \(count)") }
    func rows(_ pointer: UnsafePointer<UInt64>?, _ name: String) throws(Failure) -> [Int] {
      if count == 0 { return [] }
      let rows = UnsafeBufferPointer(start: try required(pointer, name), count: Int(count))
      if let wrong = rows.first(where: { $0 >= UInt64(self.count) }) {
        throw .argument("\(name) has row \(wrong), and there are \(self.count)")
      }
      return rows.map { Int($0) }
    }
    return (try rows(left, "left"), try rows(right, "right"))
  }
}
