// The walk along two documents, held to the rule in plain code.

import CKernels
import TestSupport
import Testing

struct WalkKernelTests {
  private static let number: Int32 = 24
  private static let continuation: Int32 = 32
  private static let skip: Int32 = 16
  private static let drop: Int32 = 128
  private static let landing: Int32 = 32

  /// Weights by the upper eight bits of a word.
  private let weights: [UInt8]

  init() {
    var random = SeededGenerator(seed: 9)
    weights = (0..<256).map { _ in UInt8.random(in: 1...176, using: &random) }
  }

  /// How many words either side leaves out, the fewest first and as many on either side before others.
  private let skips: [(Int, Int)] = (1...Int(REFRAIN_WALK_REACH)).flatMap { most in
    [(most, most)] + (0..<most).flatMap { [(most, $0), ($0, most)] }
  }

  private func isSame(_ a: UInt32, _ b: UInt32) -> Bool { a >> 4 == b >> 4 }

  private func weight(_ word: UInt32, behind previous: UInt32) -> Int32 {
    let weight = word & REFRAIN_LOOK_NUMBER != 0 ? Self.number : Int32(weights[Int(word >> 24)])
    let goesOn =
      word & previous & REFRAIN_LOOK_CAPITAL != 0 && word & REFRAIN_LOOK_SENTENCE_START == 0
    return goesOn ? min(Self.continuation, weight) : weight
  }

  private struct Way: Equatable {
    var first = 0
    var second = 0
    var score: Int32 = 0
    var weight: Int32 = 0
    var matched = 0
    var numbers = 0
    var runs: [[Int]] = []
  }

  /// The rule, over words in the order of the walk; `before` gives the word that comes before one in its text.
  private func plainWalk(_ a: [UInt32], _ b: [UInt32], before: (Int, UInt32) -> UInt32) -> Way {
    var now = Way()
    var best = Way()
    var previous: UInt32?
    while now.first < a.count, now.second < b.count {
      let (i, j) = (now.first, now.second)
      if isSame(a[i], b[j]) {
        let earned = weight(a[i], behind: before(i, previous ?? 0))
        if previous == nil { now.runs.append([i, j, 0]) }
        now.runs[now.runs.count - 1][2] += 1
        if a[i] & REFRAIN_LOOK_NUMBER != 0 { now.numbers += 1 } else { now.matched += 1 }
        now.weight += earned
        now.score += earned
        now.first += 1
        now.second += 1
        previous = a[i]
        if now.score >= best.score { best = now }
        continue
      }
      previous = nil
      let next = skips.first { x, y in
        guard i + x < a.count, j + y < b.count, isSame(a[i + x], b[j + y]) else { return false }
        return x == y || weight(a[i + x], behind: 0) >= Self.landing
          || i + x + 1 < a.count && j + y + 1 < b.count && isSame(a[i + x + 1], b[j + y + 1])
      }
      let (x, y) = next ?? (1, 1)
      now.first += x
      now.second += y
      now.score -= Self.skip * Int32(max(x, y))
      if now.score <= best.score - Self.drop { break }
    }
    return best
  }

  /// Two texts over a small alphabet, of which the second is the first with edits.
  private func texts(_ random: inout SeededGenerator) -> ([UInt32], [UInt32]) {
    let alphabet = (0..<Int.random(in: 3...60, using: &random)).map { _ in
      UInt32.random(in: 0...UInt32.max, using: &random) & ~15
    }
    func word() -> UInt32 {
      alphabet.randomElement(using: &random) ?? 0 | UInt32.random(in: 0..<8, using: &random)
    }
    let a = (0..<Int.random(in: 1...80, using: &random)).map { _ in
      word() | UInt32.random(in: 0..<8, using: &random)
    }
    let edits = Int.random(in: 0...5, using: &random)
    var b: [UInt32] = []
    for own in a {
      switch Int.random(in: 0..<12, using: &random) {
      case 0..<edits where Bool.random(using: &random): continue
      case 0..<edits: b.append(word())
      case 11 where edits > 2: b += [word(), own]
      default: b.append(own & ~7 | UInt32.random(in: 0..<8, using: &random))
      }
    }
    return (a, b.isEmpty ? a : b)
  }

  @Test(arguments: UInt64(0)..<20)
  func kernelAgreesWithTheRule(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let (a, b) = texts(&random)
      let (i, j) = (
        Int.random(in: 0..<a.count, using: &random), Int.random(in: 0..<b.count, using: &random)
      )
      #expect(
        kernel(a, i, a.count - i, b, j, b.count - j, 1)
          == plainWalk(Array(a[i...]), Array(b[j...])) { _, previous in previous })
      let back = Array(a[...i].reversed())
      #expect(
        kernel(a, i, i + 1, b, j, j + 1, -1)
          == plainWalk(back, b[...j].reversed()) { at, _ in at + 1 < back.count ? back[at + 1] : 0 }
      )
    }
  }

  private func kernel(
    _ a: [UInt32], _ i: Int, _ limitA: Int, _ b: [UInt32], _ j: Int, _ limitB: Int, _ step: Int32
  ) -> Way {
    var runs = [refrain_run](repeating: refrain_run(), count: min(limitA, limitB))
    let way = weights.withUnsafeBufferPointer { weights in
      a.withUnsafeBufferPointer { a in
        b.withUnsafeBufferPointer { b in
          var rules = refrain_walk_rules()
          rules.weights = weights.baseAddress
          rules.shift = 24
          rules.number = Self.number
          rules.continuation = Self.continuation
          rules.skip = Self.skip
          rules.drop = Self.drop
          rules.landing = Self.landing
          // SAFETY: the limits are the words before or behind the start; there is room for the runs.
          return refrain_walk(
            &rules, a.baseAddress.map { $0 + i }, limitA, b.baseAddress.map { $0 + j }, limitB,
            step,
            &runs)
        }
      }
    }
    return Way(
      first: Int(way.first), second: Int(way.second), score: way.score, weight: way.weight,
      matched: Int(way.matched), numbers: Int(way.numbers),
      runs: runs.prefix(Int(way.runs)).map { [Int($0.first), Int($0.second), Int($0.length)] })
  }
}
