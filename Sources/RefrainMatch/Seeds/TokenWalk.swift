// From a seed to the passage: how far two documents go along with each other around it.

/// What two stretches of a collection have in common, word by word and in order.
struct WalkedPassage {
  /// Words of the collection.
  var first: Range<Int>
  var second: Range<Int>
  /// What the words that stand in both weigh, in sixteenths of a bit.
  var weight = 0
  /// Words that stand in both, numbers aside.
  var matched = 0
  /// Numbers that stand in both.
  var matchedNumbers = 0
  /// Different words that stand in both, numbers and names aside; known of what weighs enough.
  var plainWords = 0
  /// The runs of equal words, in order.
  var runs: [EqualRun] = []

  /// Words of the longest run of equal words.
  var longestRun: Int { runs.reduce(0) { max($0, $1.length) } }
}

/// Equal words in two places of a collection.
struct EqualRun: Hashable {
  var first: Int
  var second: Int
  var length: Int
}

/// Walks from a seed along two documents, both ways, as far as they say the same.
///
/// Equal words earn what they weigh; where words differ, the walk goes on at the nearest pair of equal words,
/// up to `reach` words ahead in either document, at the price of a bit for each word left out. It ends at
/// its best place once it is `drop` below that. Linear in the passage. Not thread-safe.
struct TokenWalk {
  /// Words that either side may leave out at once.
  private static let reach = 4
  /// The price of a word left out, in sixteenths of a bit.
  private static let skip = 16
  /// Eight bits.
  private static let drop = 8 * 16

  /// The least weight of a word to go on at: two bits.
  private static let landing = 32

  private let tokens: WordTokens
  /// The runs of the present way, and of the way back before it.
  private var runs: [EqualRun] = []
  private var runsBack: [EqualRun] = []
  /// How many words either side may leave out, the fewest first and as many on either side before others.
  private let skips: [(Int, Int)] = (1...reach).flatMap { most in
    [(most, most)] + (0..<most).flatMap { [(most, $0), ($0, most)] }
  }

  init(_ tokens: WordTokens) { self.tokens = tokens }

  /// One way of a walk: the words of either document that it has behind it at its best, and what they
  /// have in common.
  private struct Way {
    var first = 0
    var second = 0
    var score = 0
    var weight = 0
    var matched = 0
    var matchedNumbers = 0
    var runs = 0
  }

  /// The passage around a pair of equal words of two documents; nil where they are not equal.
  ///
  /// One that weighs less than `least` comes without its runs, unless one of them may be long.
  mutating func passage(
    _ a: Int, in first: Range<Int>, _ b: Int, in second: Range<Int>, least: Int = 0
  ) -> WalkedPassage? {
    guard WordTokens.isSame(tokens.words[a], tokens.words[b]) else { return nil }
    runs.removeAll(keepingCapacity: true)
    let back = walk(a - 1, a - first.lowerBound, b - 1, b - second.lowerBound, -1)
    swap(&runs, &runsBack)
    runs.removeAll(keepingCapacity: true)
    let ahead = walk(a, first.upperBound - a, b, second.upperBound - b, 1)
    var passage = WalkedPassage(
      first: (a - back.first)..<(a + ahead.first), second: (b - back.second)..<(b + ahead.second),
      weight: back.weight + ahead.weight, matched: back.matched + ahead.matched,
      matchedNumbers: back.matchedNumbers + ahead.matchedNumbers)
    // Most walks lead nowhere, and then nobody asks for their runs.
    let equal = passage.matched + passage.matchedNumbers
    guard passage.weight >= least || equal >= VerbatimRuns.leastWords else { return passage }
    passage.runs.reserveCapacity(back.runs + ahead.runs)
    for run in runsBack.prefix(back.runs).reversed() {
      passage.runs.append(
        EqualRun(
          first: run.first - run.length + 1, second: run.second - run.length + 1,
          length: run.length))
    }
    for run in runs.prefix(ahead.runs) {
      if let last = passage.runs.last, last.first + last.length == run.first,
        last.second + last.length == run.second
      {
        passage.runs[passage.runs.count - 1].length += run.length
      } else {
        passage.runs.append(run)
      }
    }
    return passage
  }

  /// Walks with `step` 1 or -1 from these words, over so many words at most; leaves the runs in `runs`.
  private mutating func walk(
    _ startA: Int, _ limitA: Int, _ startB: Int, _ limitB: Int, _ step: Int
  ) -> Way {
    let words = tokens.words
    var now = Way()
    var best = Way()
    var previous: UInt32 = 0
    while now.first < limitA, now.second < limitB {
      let (i, j) = (startA + step * now.first, startB + step * now.second)
      let token = words[i]
      if WordTokens.isSame(token, words[j]) {
        // Walking back, the word that comes before in the text is the next one.
        let neighbour = step > 0 ? previous : now.first + 1 < limitA ? words[i - 1] : 0
        let weight = tokens.weight(of: token, behind: neighbour)
        let isContinued =
          now.runs > 0 && previous != 0
          && runs[now.runs - 1].first + step * runs[now.runs - 1].length == i
          && runs[now.runs - 1].second + step * runs[now.runs - 1].length == j
        if isContinued {
          runs[now.runs - 1].length += 1
        } else {
          runs.append(EqualRun(first: i, second: j, length: 1))
          now.runs += 1
        }
        if token & WordTokens.Look.number != 0 { now.matchedNumbers += 1 } else { now.matched += 1 }
        now.weight += weight
        now.score += weight
        now.first += 1
        now.second += 1
        previous = token
        if now.score >= best.score { best = now }
        continue
      }
      previous = 0
      let (x, y) = ahead(i, limitA - now.first, j, limitB - now.second, step)
      now.first += x
      now.second += y
      now.score -= Self.skip * max(x, y)
      if now.score <= best.score - Self.drop { break }
    }
    // The last run may have grown behind the best place; that is where the walk ends.
    return best
  }

  /// How many words each side leaves out to go on where they are equal again; one and one where that is out
  /// of reach.
  ///
  /// A word that says next to nothing is no place to go on at, unless the one behind it is equal too or as
  /// many words are left out on either side.
  @inline(__always)
  private func ahead(_ i: Int, _ limitA: Int, _ j: Int, _ limitB: Int, _ step: Int) -> (Int, Int) {
    let words = tokens.words
    for (x, y) in skips where x < limitA && y < limitB {
      let (a, b) = (i + step * x, j + step * y)
      guard WordTokens.isSame(words[a], words[b]) else { continue }
      if x == y || tokens.weight(of: words[a]) >= Self.landing { return (x, y) }
      if x + 1 < limitA, y + 1 < limitB, WordTokens.isSame(words[a + step], words[b + step]) {
        return (x, y)
      }
    }
    return (1, 1)
  }
}
