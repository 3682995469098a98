// The word by word alignment against a longest common subsequence written as its definition, and the
// measures of passages against arithmetic on sets.

import RefrainMatch
import RefrainModel
import TestSupport
import Testing

struct WordAlignmentTests {
  /// The length of a longest common subsequence, by the textbook.
  private func longestCommon(_ a: [UInt64], _ b: [UInt64]) -> Int {
    var row = [Int](repeating: 0, count: b.count + 1)
    for x in a {
      var diagonal = 0
      for (j, y) in b.enumerated() {
        let above = row[j + 1]
        row[j + 1] = x == y ? diagonal + 1 : max(above, row[j])
        diagonal = above
      }
    }
    return row[b.count]
  }

  /// Asserts what holds for any alignment: the stretches tile both sides in order, equal ones hold
  /// equal words, and the counts are theirs.
  private func check(
    _ a: ArraySlice<UInt64>, _ b: ArraySlice<UInt64>, _ alignment: WordAlignment,
    at location: SourceLocation = #_sourceLocation
  ) {
    var i = a.startIndex
    var j = b.startIndex
    var equal = 0
    var longest = 0
    var isSound = true
    for stretch in alignment.stretches {
      isSound = isSound && stretch.first.lowerBound == i && stretch.second.lowerBound == j
      i = stretch.first.upperBound
      j = stretch.second.upperBound
      switch stretch.kind {
      case .equal:
        isSound = isSound && !stretch.first.isEmpty && a[stretch.first] == b[stretch.second]
        equal += stretch.first.count
        longest = max(longest, stretch.first.count)
      case .onlyFirst: isSound = isSound && !stretch.first.isEmpty && stretch.second.isEmpty
      case .onlySecond: isSound = isSound && !stretch.second.isEmpty && stretch.first.isEmpty
      }
    }
    isSound = isSound && i == a.endIndex && j == b.endIndex
    #expect(isSound, "\(Array(a)) \(Array(b)): \(alignment)", sourceLocation: location)
    #expect(alignment.equalWords == equal, sourceLocation: location)
    #expect(alignment.longestRun == longest, sourceLocation: location)
  }

  @Test(arguments: [2, 3, 5, 12, 60])
  func equalWordsAreALongestCommonSubsequence(alphabet: Int) {
    var random = SeededGenerator(seed: UInt64(alphabet))
    for round in 0..<200 {
      let limit = round < 150 ? 12 : 120
      let a = WordTexts.random(
        Int.random(in: 0...limit, using: &random), alphabet: alphabet, &random)
      let b = WordTexts.random(
        Int.random(in: 0...limit, using: &random), alphabet: alphabet, &random)
      let alignment = WordAlignment(a[...], b[...])
      check(a[...], b[...], alignment)
      #expect(alignment.equalWords == longestCommon(a, b))
    }
  }

  /// Scattered words outweigh an unbroken run that is shorter.
  @Test func theLongerSubsequenceWinsOverTheUnbrokenOne() {
    // Forty words in one run on one side of a cut, forty-one in pieces on the other.
    let run = (1...40).map { UInt64($0) }
    let pieces = (101...141).map { UInt64($0) }
    let a = run + pieces
    let b = pieces.flatMap { [$0, $0 + 1000] } + run
    #expect(WordAlignment(a[...], b[...]).equalWords == 41)
    // Of two of equal length the unbroken one is taken.
    let even = (101...140).map { UInt64($0) }
    let alignment = WordAlignment((run + even)[...], (even.flatMap { [$0, $0 + 1000] } + run)[...])
    #expect(alignment.equalWords == 40)
    #expect(alignment.longestRun == 40)
  }

  /// Slices are aligned by their own indices.
  @Test func slicesKeepTheirIndices() {
    var random = SeededGenerator(seed: 5)
    let a = WordTexts.random(60, alphabet: 9, &random)
    let b = WordTexts.random(60, alphabet: 9, &random)
    let alignment = WordAlignment(a[13..<41], b[20..<59])
    check(a[13..<41], b[20..<59], alignment)
    #expect(alignment.equalWords == longestCommon(Array(a[13..<41]), Array(b[20..<59])))
  }

  /// Texts too long for a table: sound, and no word of an untouched stretch with anchors is lost.
  @Test func longTextsAreAlignedAtAnchors() {
    var random = SeededGenerator(seed: 6)
    for changes in [1, 40, 400] {
      // Unique words among common ones, then some replaced, some left out and some put in.
      let a = (0..<6000).map { place in
        place % 3 == 0 ? UInt64(10_000 + place) : UInt64(Int.random(in: 0..<50, using: &random))
      }
      var b = a
      for _ in 0..<changes {
        let place = Int.random(in: 0..<b.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: b[place] = random.next()
        case 1: b.remove(at: place)
        default: b.insert(random.next(), at: place)
        }
      }
      let alignment = WordAlignment(a[...], b[...])
      check(a[...], b[...], alignment)
      #expect(alignment.equalWords >= a.count - 3 * changes, "\(changes) changes")
      #expect(alignment.equalWords <= min(a.count, b.count))
    }
  }

  /// Where nothing is unique, and where moved blocks cross, the answer is still sound.
  @Test func longTextsWithoutAnchorsAndWithCrossingOnes() {
    var random = SeededGenerator(seed: 7)
    let common = WordTexts.random(5000, alphabet: 40, &random)
    let others = WordTexts.random(5000, alphabet: 40, &random)
    check(common[...], others[...], WordAlignment(common[...], others[...]))
    let a = (0..<3000).map { UInt64($0) }
    let crossed = Array(a[2000...] + a[..<1000] + a[1000..<2000])
    let alignment = WordAlignment(a[...], crossed[...])
    check(a[...], crossed[...], alignment)
    #expect(alignment.equalWords == 2000)
  }

  @Test func similarityIsThatOfTheSetsOfBigrams() {
    var random = SeededGenerator(seed: 8)
    for _ in 0..<500 {
      let a = WordTexts.random(Int.random(in: 0...20, using: &random), alphabet: 4, &random)
      let b = WordTexts.random(Int.random(in: 0...20, using: &random), alphabet: 4, &random)
      func bigrams(_ words: [UInt64]) -> Set<[UInt64]> {
        words.count == 1 ? [words] : Set(zip(words, words.dropFirst()).map { [$0, $1] })
      }
      let (left, right) = (bigrams(a), bigrams(b))
      #expect(
        PassageSimilarity.overlap(a[...], b[...])
          == Overlap(
            shared: left.intersection(right).count, left: left.count, right: right.count))
    }
  }
}
