// Two passages word by word: what stands in both, in order, what only in one, and what was moved.

package import RefrainModel

/// A stretch of an alignment.
package struct AlignedStretch: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case equal
    case onlyFirst
    case onlySecond
  }

  package var kind: Kind
  /// Words of the first text; empty for `onlySecond`.
  package var first: Range<Int>
  /// Words of the second text; empty for `onlyFirst`.
  package var second: Range<Int>
}

/// The word by word alignment of two passages.
package struct WordAlignment: Hashable, Sendable {
  package let stretches: [AlignedStretch]
  /// Words that stand in both, in order.
  package let equalWords: Int
  /// Words of the longest stretch that stands in both.
  package let longestRun: Int

  /// Above this product of lengths the alignment is made on unique words first and between them
  /// only where it is small enough again.
  private static let largestTable = 4_000_000

  /// Aligns two stretches of words: a longest common subsequence where lengths allow, otherwise
  /// anchored at words that occur once on either side (patience diff).
  package init(_ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>) {
    var pairs: [(Int, Int)] = []
    Self.align(a, b, &pairs)
    var stretches: [AlignedStretch] = []
    var i = a.startIndex
    var j = b.startIndex
    var longest = 0
    var k = 0
    while k <= pairs.count {
      let (nextA, nextB) = k < pairs.count ? pairs[k] : (a.endIndex, b.endIndex)
      if nextA > i { stretches.append(.init(kind: .onlyFirst, first: i..<nextA, second: j..<j)) }
      if nextB > j {
        stretches.append(.init(kind: .onlySecond, first: nextA..<nextA, second: j..<nextB))
      }
      if k == pairs.count { break }
      var length = 1
      while k + length < pairs.count, pairs[k + length] == (nextA + length, nextB + length) {
        length += 1
      }
      stretches.append(
        .init(
          kind: .equal, first: nextA..<(nextA + length), second: nextB..<(nextB + length)))
      longest = max(longest, length)
      k += length
      i = nextA + length
      j = nextB + length
    }
    self.stretches = stretches
    equalWords = pairs.count
    longestRun = longest
  }

  /// The same alignment of words that are numbered from `a` and `b` on instead of from 0.
  package func moved(_ a: Int, _ b: Int) -> WordAlignment {
    var stretches = stretches
    for index in stretches.indices {
      let (first, second) = (stretches[index].first, stretches[index].second)
      stretches[index].first = (first.lowerBound + a)..<(first.upperBound + a)
      stretches[index].second = (second.lowerBound + b)..<(second.upperBound + b)
    }
    return WordAlignment(stretches, equalWords: equalWords, longestRun: longestRun)
  }

  private init(_ stretches: [AlignedStretch], equalWords: Int, longestRun: Int) {
    self.stretches = stretches
    self.equalWords = equalWords
    self.longestRun = longestRun
  }

  private static func align(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>, _ pairs: inout [(Int, Int)]
  ) {
    var (a, b) = (a, b)
    while let x = a.first, let y = b.first, x == y {
      pairs.append((a.startIndex, b.startIndex))
      a.removeFirst()
      b.removeFirst()
    }
    var tail: [(Int, Int)] = []
    while let x = a.last, let y = b.last, x == y {
      tail.append((a.endIndex - 1, b.endIndex - 1))
      a.removeLast()
      b.removeLast()
    }
    if !a.isEmpty, !b.isEmpty {
      if a.count * b.count <= largestTable {
        alignByTable(a, b, &pairs)
      } else {
        alignByAnchors(a, b, &pairs)
      }
    }
    pairs.append(contentsOf: tail.reversed())
  }

  /// Of the longest common subsequences one in long unbroken stretches: a step that goes on with a
  /// stretch counts a little more than one that begins one, all of them together less than a word.
  private static func alignByTable(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>, _ pairs: inout [(Int, Int)]
  ) {
    let (n, m) = (a.count, b.count)
    let left = Array(a)
    let right = Array(b)
    // score[i][j] of what follows i and j; 4096 a match, for a table is at most 2000 matches deep,
    // and 1 more where the next words match too.
    var score = [Int32](repeating: 0, count: (n + 1) * (m + 1))
    let width = m + 1
    for i in stride(from: n - 1, through: 0, by: -1) {
      for j in stride(from: m - 1, through: 0, by: -1) {
        var best = max(score[(i + 1) * width + j], score[i * width + j + 1])
        if left[i] == right[j] {
          let goesOn = i + 1 < n && j + 1 < m && left[i + 1] == right[j + 1]
          best = max(best, score[(i + 1) * width + j + 1] + (goesOn ? 4097 : 4096))
        }
        score[i * width + j] = best
      }
    }
    var i = 0
    var j = 0
    while i < n, j < m {
      let here = score[i * width + j]
      if left[i] == right[j] {
        let goesOn = i + 1 < n && j + 1 < m && left[i + 1] == right[j + 1]
        if here == score[(i + 1) * width + j + 1] + (goesOn ? 4097 : 4096) {
          pairs.append((a.startIndex + i, b.startIndex + j))
          i += 1
          j += 1
          continue
        }
      }
      if here == score[(i + 1) * width + j] { i += 1 } else { j += 1 }
    }
  }

  /// Words that occur once on either side, in their longest common order, cut the rest in pieces.
  private static func alignByAnchors(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>, _ pairs: inout [(Int, Int)]
  ) {
    func unique(_ words: ArraySlice<UInt64>) -> [UInt64: Int] {
      var places: [UInt64: Int] = [:]
      for (i, word) in zip(words.indices, words) {
        places.updateValue(places[word] == nil ? i : -1, forKey: word)
      }
      return places.filter { $0.value >= 0 }
    }
    let uniqueB = unique(b)
    let common = unique(a).compactMap { word, i in uniqueB[word].map { (i, $0) } }
      .sorted { $0.0 < $1.0 }
    var anchors: [(Int, Int)] = []
    for index in longestIncreasing(common.map(\.1)) { anchors.append(common[index]) }
    // Nothing to hold on to: the texts are too large and too unlike to be worth a table.
    if anchors.isEmpty { return }
    var (i, j) = (a.startIndex, b.startIndex)
    for (x, y) in anchors + [(a.endIndex, b.endIndex)] {
      if i < x, j < y, (x - i) * (y - j) <= largestTable { align(a[i..<x], b[j..<y], &pairs) }
      if x < a.endIndex { pairs.append((x, y)) }
      (i, j) = (x + 1, y + 1)
    }
  }

  /// The indices of a longest strictly increasing subsequence.
  ///
  /// O(n log n).
  private static func longestIncreasing(_ values: [Int]) -> [Int] {
    var tails: [Int] = []
    var previous = [Int](repeating: -1, count: values.count)
    for i in values.indices {
      let low = tails.indices.partitionPoint { values[tails[$0]] >= values[i] }
      if low > 0 { previous[i] = tails[low - 1] }
      if low == tails.count { tails.append(i) } else { tails[low] = i }
    }
    var chain: [Int] = []
    var at = tails.last ?? -1
    while at >= 0 {
      chain.append(at)
      at = previous[at]
    }
    return chain.reversed()
  }
}

/// The overlap of two passages' sets of word bigrams, the measure that passages are reported by; a
/// passage of one word is a set of that word.
package enum PassageSimilarity {
  package static func overlap(_ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>) -> Overlap {
    let left = PassageSketch.bigrams(a)
    let right = PassageSketch.bigrams(b)
    return Overlap(
      shared: left.commonCount(with: right), left: left.count, right: right.count)
  }
}
