// From a seed to the passage: how far two documents go along with each other around it.

import CKernels
import RefrainText

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
/// up to four words ahead in either document, at the price of a bit for each word left out. It ends at
/// its best place once it is eight bits below that. Linear in the passage. Not thread-safe.
final class TokenWalk {
  /// The price of a word left out, in sixteenths of a bit.
  static let skip = 16
  /// Eight bits.
  static let drop = 8 * 16
  /// The least weight of a word to go on at: two bits.
  static let landing = 32

  private let tokens: WordTokens
  private let words: UnsafeBufferPointer<UInt32>
  private var rules: refrain_walk_rules
  // SAFETY: room for the runs of a walk, see `reserve`; owned by the object.
  private var back: UnsafeMutableBufferPointer<refrain_run>
  private var ahead: UnsafeMutableBufferPointer<refrain_run>

  init(_ tokens: WordTokens) {
    self.tokens = tokens
    words = tokens.words
    rules = tokens.weights.walkRules
    rules.skip = Int32(Self.skip)
    rules.drop = Int32(Self.drop)
    rules.landing = Int32(Self.landing)
    back = .allocate(capacity: 64)
    ahead = .allocate(capacity: 64)
  }

  deinit {
    back.deallocate()
    ahead.deallocate()
  }

  /// To be called some time before a walk from a word.
  @inline(__always)
  func prefetch(_ word: Int) {
    guard let start = words.baseAddress else { return }
    refrain_prefetch(start + max(0, word - 8))
    refrain_prefetch(start + word + 8)
  }

  /// The passage around a pair of equal words of two documents; nil where they are not equal.
  ///
  /// One that weighs less than `least` comes without its runs, unless one of them may be long.
  func passage(
    _ a: Int, in first: Range<Int>, _ b: Int, in second: Range<Int>, least: Int = 0
  ) -> WalkedPassage? {
    guard WordTokens.isSame(words[a], words[b]), let start = words.baseAddress else { return nil }
    reserve(min(first.count, second.count))
    // SAFETY: the ranges are of documents of the collection, and hold the words; there is room for the runs.
    let before = refrain_walk(
      &rules, start + a - 1, a - first.lowerBound, start + b - 1, b - second.lowerBound, -1,
      back.baseAddress)
    let behind = refrain_walk(
      &rules, start + a, first.upperBound - a, start + b, second.upperBound - b, 1,
      ahead.baseAddress)
    var passage = WalkedPassage(
      first: (a - Int(before.first))..<(a + Int(behind.first)),
      second: (b - Int(before.second))..<(b + Int(behind.second)),
      weight: Int(before.weight + behind.weight), matched: Int(before.matched + behind.matched),
      matchedNumbers: Int(before.numbers + behind.numbers))
    // Most walks lead nowhere, and then nobody asks for their runs.
    let equal = passage.matched + passage.matchedNumbers
    guard passage.weight >= least || equal >= VerbatimRuns.leastWords else { return passage }
    passage.runs.reserveCapacity(Int(before.runs + behind.runs))
    for run in back[..<Int(before.runs)].reversed() {
      passage.runs.append(
        EqualRun(
          first: a - Int(run.first + run.length), second: b - Int(run.second + run.length),
          length: Int(run.length)))
    }
    for run in ahead[..<Int(behind.runs)] {
      let run = EqualRun(
        first: a + Int(run.first), second: b + Int(run.second), length: Int(run.length))
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

  private func reserve(_ count: Int) {
    if back.count >= count { return }
    back.deallocate()
    ahead.deallocate()
    back = .allocate(capacity: count * 2)
    ahead = .allocate(capacity: count * 2)
  }
}
