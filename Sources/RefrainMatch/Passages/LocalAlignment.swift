// The stretch of two sentences that says most of the same in the same order.

/// Smith-Waterman on stems, with the place of the best stretch.
///
/// Reuses its memory. A match earns its weight, a word skipped on either side costs a quarter
/// of its weight. Words that the other sentence lacks can only be skipped, so the table holds the
/// shared ones alone, with what lies between them as a cost: a sentence shares a third of its words
/// with one that repeats it, and the table is a ninth as large.
package struct LocalAlignment {
  private struct Word {
    var stem: UInt32
    var weight: Int32
    /// What the words between the shared one before and this one cost.
    var before: Int32
    /// Its index in the sentence.
    var index: Int32
  }

  private var left: [Word] = []
  private var right: [Word] = []
  private var scores: [Int32] = []
  private var starts: [UInt64] = []

  package init() {}

  /// The best-scoring pair of stretches, the first of equals, row by row.
  ///
  /// O(|a| + |b| + shared words of a * shared words of b).
  package mutating func align(
    _ a: ArraySlice<UInt32>, _ b: ArraySlice<UInt32>, _ weights: [UInt16],
    isShared: (UInt32) -> Bool
  ) -> (score: Int, a: Range<Int>, b: Range<Int>) {
    Self.keep(a, weights, isShared, in: &left)
    Self.keep(b, weights, isShared, in: &right)
    let width = right.count + 1
    if scores.count < width {
      scores = [Int32](repeating: 0, count: width * 2)
      starts = [UInt64](repeating: 0, count: width * 2)
    }
    // SAFETY: the table has a column for each word of `right` and one more, see above.
    let best = left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        scores.withUnsafeMutableBufferPointer { scores in
          starts.withUnsafeMutableBufferPointer { starts in
            Self.best(left, right, scores, starts)
          }
        }
      }
    }
    let startA = a.startIndex + Int(best.start >> 32)
    let startB = b.startIndex + Int(best.start & 0xFFFF_FFFF)
    return (
      Int(best.score), startA..<max(startA, a.startIndex + best.endA),
      startB..<max(startB, b.startIndex + best.endB)
    )
  }

  /// The end of the best stretch, and where it starts, as two halves.
  private struct Best {
    var score: Int32 = 0
    var start: UInt64 = 0
    var endA = 0
    var endB = 0
  }

  /// Fills the table row by row; the rows share `scores` and `starts`.
  ///
  /// SAFETY: both have an element for each word of `right` and one more.
  @inline(__always)
  private static func best(
    _ left: UnsafeBufferPointer<Word>, _ right: UnsafeBufferPointer<Word>,
    _ scores: UnsafeMutableBufferPointer<Int32>, _ starts: UnsafeMutableBufferPointer<UInt64>
  ) -> Best {
    var best = Best()
    for j in 0...right.count { scores[j] = 0 }
    for word in left {
      let skipA = word.before + word.weight / 4
      // Row i - 1 and row i share the array; the diagonal is what is overwritten.
      var diagonal: Int32 = 0
      var diagonalStart: UInt64 = 0
      for j in 0..<right.count {
        let other = right[j]
        var value: Int32 = 0
        var start: UInt64 = 0
        let up = scores[j + 1] - skipA
        if up > value {
          value = up
          start = starts[j + 1]
        }
        let back = scores[j] - other.before - other.weight / 4
        if back > value {
          value = back
          start = starts[j]
        }
        if word.stem == other.stem {
          let from = diagonal - word.before - other.before
          let match = max(0, from) + word.weight
          if match > value {
            value = match
            start =
              from > 0
              ? diagonalStart
              : UInt64(UInt32(word.index)) << 32 | UInt64(UInt32(other.index))
          }
        }
        diagonal = scores[j + 1]
        diagonalStart = starts[j + 1]
        scores[j + 1] = value
        starts[j + 1] = start
        if value > best.score {
          best = Best(
            score: value, start: start, endA: Int(word.index) + 1, endB: Int(other.index) + 1)
        }
      }
    }
    return best
  }

  /// The shared words of a sentence.
  private static func keep(
    _ words: ArraySlice<UInt32>, _ weights: [UInt16], _ isShared: (UInt32) -> Bool,
    in kept: inout [Word]
  ) {
    kept.removeAll(keepingCapacity: true)
    var before: Int32 = 0
    for (index, stem) in words.enumerated() {
      let weight = Int32(weights[Int(stem)])
      if isShared(stem) {
        kept.append(Word(stem: stem, weight: weight, before: before, index: Int32(index)))
        before = 0
      } else {
        before += weight / 4
      }
    }
  }
}
