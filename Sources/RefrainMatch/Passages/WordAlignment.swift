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
    var runs = EqualRuns()
    Self.align(a, b, &runs)
    var stretches: [AlignedStretch] = []
    var i = a.startIndex
    var j = b.startIndex
    func leaveOut(before nextA: Int, _ nextB: Int) {
      if nextA > i { stretches.append(.init(kind: .onlyFirst, first: i..<nextA, second: j..<j)) }
      if nextB > j {
        stretches.append(.init(kind: .onlySecond, first: nextA..<nextA, second: j..<nextB))
      }
    }
    for run in runs.all {
      leaveOut(before: run.first.lowerBound, run.second.lowerBound)
      stretches.append(run)
      (i, j) = (run.first.upperBound, run.second.upperBound)
    }
    leaveOut(before: a.endIndex, b.endIndex)
    self.stretches = stretches
    equalWords = runs.all.reduce(0) { $0 + $1.first.count }
    longestRun = runs.all.reduce(0) { max($0, $1.first.count) }
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
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>, _ runs: inout EqualRuns
  ) {
    let most = min(a.count, b.count)
    var head = 0
    while head < most, a[a.startIndex + head] == b[b.startIndex + head] { head += 1 }
    var tail = 0
    while tail < most - head, a[a.endIndex - 1 - tail] == b[b.endIndex - 1 - tail] { tail += 1 }
    runs.add(a.startIndex, b.startIndex, count: head)
    if head + tail < most {
      let (x, y) = (a.dropFirst(head).dropLast(tail), b.dropFirst(head).dropLast(tail))
      if x.count * y.count <= largestTable {
        alignByTable(x, y, &runs)
      } else {
        alignByAnchors(x, y, &runs)
      }
    }
    runs.add(a.endIndex - tail, b.endIndex - tail, count: tail)
  }

  private static func alignByTable(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>, _ runs: inout EqualRuns
  ) {
    // SAFETY: the words are read within the closures.
    a.withUnsafeBufferPointer { left in
      b.withUnsafeBufferPointer { right in
        AlignmentTable.pairs(of: left, right) { i, j in
          runs.add(a.startIndex + i, b.startIndex + j)
        }
      }
    }
  }

  /// Words that occur once on either side, in their longest common order, cut the rest in pieces.
  private static func alignByAnchors(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>, _ runs: inout EqualRuns
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
      if i < x, j < y, (x - i) * (y - j) <= largestTable { align(a[i..<x], b[j..<y], &runs) }
      if x < a.endIndex { runs.add(x, y) }
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

/// Equal stretches in the order of both texts, none of which touches the next one.
private struct EqualRuns {
  private(set) var all: [AlignedStretch] = []

  /// Adds equal words behind those that are there.
  mutating func add(_ first: Int, _ second: Int, count: Int = 1) {
    guard count > 0 else { return }
    if let last = all.indices.last, all[last].first.upperBound == first,
      all[last].second.upperBound == second
    {
      all[last].first = all[last].first.lowerBound..<(first + count)
      all[last].second = all[last].second.lowerBound..<(second + count)
    } else {
      all.append(
        AlignedStretch(
          kind: .equal, first: first..<(first + count), second: second..<(second + count)))
    }
  }
}

/// The overlap of two passages' sets of word bigrams, the measure that passages are reported by; a
/// passage of one word is a set of that word.
package enum PassageSimilarity {
  package static func overlap(_ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>) -> Overlap {
    overlap(ofBigrams: PassageSketch.bigrams(a), PassageSketch.bigrams(b))
  }

  /// The overlap of the sets that `PassageSketch.bigrams` gives of two passages.
  package static func overlap(ofBigrams a: [UInt64], _ b: [UInt64]) -> Overlap {
    Overlap(shared: a.commonCount(with: b), left: a.count, right: b.count)
  }
}
