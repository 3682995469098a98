// The table of a word by word alignment, filled no further than a best path can go.

/// Scores of pairs of places in two texts, in a band around the diagonal.
///
/// A path from the start of both texts to their ends that matches as many words as can be leaves out `n - l` words of
/// the first and `m - l` of the second, where `l` is the length of a longest common subsequence. So it never lies
/// further than that from the diagonal, and a table of these diagonals alone has the same best paths as the whole
/// one (after Ukkonen, Information and Control 64, 1985). Two texts that are nearly equal have a narrow band.
struct AlignmentTable {
  /// Words that either text may leave out at first, besides the difference of their lengths.
  private static let slack = 16
  /// What a match scores.
  ///
  /// No table is as many matches deep, so what they score besides is less than a match.
  private static let match: Int32 = 4096

  private let a: UnsafeBufferPointer<UInt64>
  private let b: UnsafeBufferPointer<UInt64>
  /// How many words of the first text a path may be ahead of the second, and behind it.
  private let below: Int
  private let above: Int
  /// How long a row is: a place of the first text with those of the second that lie in the band, and a 0 at either
  /// side.
  private let stride: Int
  private var scores: [Int32] = []

  /// The pairs of words of a longest common subsequence, in long unbroken stretches: a match that the next words go
  /// on with counts a little more, all of these together less than a match.
  ///
  /// O(n * d) time and memory, where d is how many words a best path leaves out, once more for a first guess.
  static func pairs(
    of a: UnsafeBufferPointer<UInt64>, _ b: UnsafeBufferPointer<UInt64>,
    _ body: (_ first: Int, _ second: Int) -> Void
  ) {
    let guess = max(0, min(a.count, b.count) - slack)
    var table = AlignmentTable(a, b, matches: guess)
    // What was found is found in the band of as many matches, too.
    if table.matches < guess { table = AlignmentTable(a, b, matches: table.matches) }
    table.walk(body)
  }

  /// A table in which every path of at least so many matches lies.
  private init(
    _ a: UnsafeBufferPointer<UInt64>, _ b: UnsafeBufferPointer<UInt64>, matches: Int
  ) {
    self.a = a
    self.b = b
    below = a.count - matches
    above = b.count - matches
    stride = min(below + above, b.count) + 3
    var scores = [Int32](repeating: 0, count: (a.count + 1) * stride)
    scores.withUnsafeMutableBufferPointer { fill($0) }
    self.scores = scores
  }

  /// How many words the best path in the band matches.
  private var matches: Int { Int(scores[index(0, 0)] / Self.match) }

  /// The first place of the second text in a row.
  private func start(ofRow i: Int) -> Int { max(0, i - below) }

  /// Where the score of what follows two places stands, which lie in the band or at its edge.
  @inline(__always)
  private func index(_ i: Int, _ j: Int) -> Int { i * stride + j - start(ofRow: i) + 1 }

  /// What it scores to match the words at two places that are equal.
  @inline(__always)
  private func score(_ i: Int, _ j: Int) -> Int32 {
    i + 1 < a.count && j + 1 < b.count && a[i + 1] == b[j + 1] ? Self.match + 1 : Self.match
  }

  /// Fills the rows from the last one up.
  ///
  /// Outside of the band, and at the ends of the texts, scores stay 0.
  private func fill(_ scores: UnsafeMutableBufferPointer<Int32>) {
    for i in a.indices.reversed() {
      let start = start(ofRow: i)
      var j = min(b.count - 1, i + above)
      // SAFETY: there is a row more than the first text has words, and at either side of a row a column more than are
      // filled, so all neighbours of a place in the band are in the table.
      var at = index(i, j)
      var next = index(i + 1, j)
      while j >= start {
        var best = max(scores[next], scores[at + 1])
        if a[i] == b[j] { best = max(best, scores[next + 1] + score(i, j)) }
        scores[at] = best
        j -= 1
        at -= 1
        next -= 1
      }
    }
  }

  /// Follows the best path from the start, the one that matches first and leaves out words of the first text next.
  private func walk(_ body: (Int, Int) -> Void) {
    var i = 0
    var j = 0
    while i < a.count, j < b.count {
      let score = scores[index(i, j)]
      if a[i] == b[j], score == scores[index(i + 1, j + 1)] + self.score(i, j) {
        body(i, j)
        i += 1
        j += 1
      } else if score == scores[index(i + 1, j)] {
        i += 1
      } else {
        j += 1
      }
    }
  }
}
