// The band of an alignment's table against the whole table.

import RefrainMatch
import TestSupport
import Testing

struct AlignmentTableTests {
  /// The pairs of equal words of two texts: those at the start, those at the end, and between these the best path in
  /// a table of all places.
  private func plainPairs(_ a: [UInt64], _ b: [UInt64]) -> [[Int]] {
    let head = zip(a, b).prefix { $0 == $1 }.count
    let most = min(a.count, b.count) - head
    let tail = zip(a.reversed(), b.reversed()).prefix { $0 == $1 }.prefix(most).count
    let (n, m) = (a.count - tail, b.count - tail)
    func match(_ i: Int, _ j: Int) -> Int {
      i + 1 < n && j + 1 < m && a[i + 1] == b[j + 1] ? 4097 : 4096
    }
    var scores = [[Int]](repeating: [Int](repeating: 0, count: m + 1), count: n + 1)
    for i in (head..<max(head, n)).reversed() {
      for j in (head..<max(head, m)).reversed() {
        scores[i][j] = max(scores[i + 1][j], scores[i][j + 1])
        if a[i] == b[j] { scores[i][j] = max(scores[i][j], scores[i + 1][j + 1] + match(i, j)) }
      }
    }
    var pairs = (0..<head).map { [$0, $0] }
    var (i, j) = (head, head)
    while i < n, j < m {
      if a[i] == b[j], scores[i][j] == scores[i + 1][j + 1] + match(i, j) {
        pairs.append([i, j])
        (i, j) = (i + 1, j + 1)
      } else if scores[i][j] == scores[i + 1][j] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs + (0..<tail).map { [n + $0, m + $0] }
  }

  private func pairs(_ alignment: WordAlignment) -> [[Int]] {
    alignment.stretches.filter { $0.kind == .equal }
      .flatMap { zip($0.first, $0.second).map { [$0, $1] } }
  }

  /// Texts from equal ones to such as have nothing in common, so that bands are narrow, wide and as wide as the table.
  @Test(arguments: [2, 3, 7, 40, 1000])
  func theBandHasTheBestPathOfTheTable(alphabet: Int) {
    var random = SeededGenerator(seed: UInt64(alphabet))
    for round in 0..<60 {
      let a = WordTexts.random(
        Int.random(in: 0...250, using: &random), alphabet: alphabet, &random)
      var b = a
      for _ in 0..<Int.random(in: 0...(round * 2), using: &random) where !b.isEmpty {
        let place = Int.random(in: 0..<b.count, using: &random)
        let other = WordTexts.random(1, alphabet: alphabet, &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: b[place] = other[0]
        case 1: b.remove(at: place)
        case 2: b.insert(other[0], at: place)
        // What was moved is left out on either side.
        default: b = Array(b[place...] + b[..<place])
        }
      }
      #expect(pairs(WordAlignment(a[...], b[...])) == plainPairs(a, b))
      #expect(pairs(WordAlignment(b[...], a[...])) == plainPairs(b, a))
    }
  }

  /// One text is a small part of the other, at its start, its end or scattered over it.
  @Test func textsOfUnlikeLengths() {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<60 {
      let a = WordTexts.random(300, alphabet: 50, &random)
      let kept = a.filter { _ in Int.random(in: 0..<8, using: &random) == 0 }
      for b in [kept, Array(a[10..<50]), Array(a[250...].reversed()), []] {
        #expect(pairs(WordAlignment(a[...], b[...])) == plainPairs(a, b))
        #expect(pairs(WordAlignment(b[...], a[...])) == plainPairs(b, a))
      }
    }
  }
}
