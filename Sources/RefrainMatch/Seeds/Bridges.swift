// Edits do not break a passage: what was matched sentence by sentence in one text is joined where the text
// goes along with itself from the one to the other.

extension SeededSearch {
  /// Joins matches of one text that lie on one walk.
  ///
  /// Not thread-safe: each worker has its own.
  package struct Bridges {
    /// More matches than that in one text are a crowd.
    private static let crowd = 512
    /// So many of the matches behind one may be of its passage.
    private static let nearest = 32

    private let tokens: WordTokens
    private let walk: TokenWalk

    package init(_ tokens: WordTokens) {
      self.tokens = tokens
      walk = TokenWalk(tokens)
    }

    /// For every two matches or more that a walk from the first of them goes through, the match of all of them.
    ///
    /// O(n log n + what the walks go through); a text that is all repetition has no bridges.
    package func between(_ matches: [PassageMatch]) -> [PassageMatch] {
      if matches.count < 2 || matches.count > Self.crowd { return [] }
      let inOrder = matches.sorted(by: PassageMatch.inOrder)
      var isJoined = [Bool](repeating: false, count: inOrder.count)
      var bridges: [PassageMatch] = []
      for (index, match) in inOrder.enumerated() where !isJoined[index] {
        guard let passage = passage(around: match) else { continue }
        var bridge: PassageMatch?
        for other in inOrder.indices.dropFirst(index + 1).prefix(Self.nearest) {
          let next = inOrder[other]
          guard Self.holds(passage.first, next.first.words),
            Self.holds(passage.second, next.second.words)
          else { continue }
          isJoined[other] = true
          let all = bridge ?? match
          var joined = PassageMatch(
            all.first.union(next.first), all.second.union(next.second), score: 0,
            weight: passage.weight)
          joined.isHint = all.isHint && next.isHint
          bridge = joined
        }
        if let bridge, !bridge.first.words.overlaps(bridge.second.words) { bridges.append(bridge) }
      }
      return bridges
    }

    /// The passage that goes along in both places of a match, in words of the text.
    private func passage(around match: PassageMatch) -> WalkedPassage? {
      let range = tokens.range(of: match.first.text)
      let (first, second) = (match.first.words, match.second.words)
      guard let seed = longestRun(range.lowerBound, first, second) else { return nil }
      let passage = walk.passage(
        seed.first, in: range.lowerBound..<(range.lowerBound + second.lowerBound),
        seed.second, in: (range.lowerBound + first.upperBound)..<range.upperBound)
      guard var passage else { return nil }
      passage.first = tokens.span(passage.first, of: match.first.text).words
      passage.second = tokens.span(passage.second, of: match.first.text).words
      return passage
    }

    /// Where the longest run of equal words begins in two stretches of a text.
    ///
    /// O(product of the words), of the first 128 of each.
    private func longestRun(
      _ start: Int, _ first: Range<Int>, _ second: Range<Int>
    ) -> (first: Int, second: Int)? {
      let (first, second) = (first.prefix(128), second.prefix(128))
      var best = (length: 0, first: 0, second: 0)
      for i in first {
        for j in second {
          var length = 0
          while i + length < first.upperBound, j + length < second.upperBound,
            WordTokens.isSame(
              tokens.words[start + i + length], tokens.words[start + j + length])
          {
            length += 1
          }
          if length > best.length { best = (length, i, j) }
        }
      }
      return best.length == 0 ? nil : (start + best.first, start + best.second)
    }

    /// Whether words hold most of others.
    private static func holds(_ all: Range<Int>, _ words: Range<Int>) -> Bool {
      all.clamped(to: words).count * 2 > words.count
    }
  }
}
