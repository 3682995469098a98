// Where places may begin and end: at a token's edge, never between two words of one. "hand" of
// "left-hand" is a word, and equal to the one of "right-hand", but no place begins with it.

/// Moves the edges of matches out of tokens.
///
/// A token is a longest run without white space; of the punctuation around its words a place may leave
/// out what it likes. Scripts without spaces have no tokens, nor has a run of so many words that it
/// could hold a verbatim run of its own, which is a text without spaces, too.
package enum TokenEdges {
  /// The most words of a token.
  static let longest = VerbatimRuns.leastWords - 1
  /// The most words that an edge gives up rather than take others in.
  private static let mostCut = 4
  /// Words that a match which is not verbatim keeps at least when an edge gives some up.
  private static let leastLeft = 8

  /// The token around the edge before word `edge`; nil where no token lies on both sides of it.
  ///
  /// O(`longest`).
  static func token(around edge: Int, in text: TokenText) -> Range<Int>? {
    guard edge > 0, edge < text.count, text.isJoined(edge) else { return nil }
    var start = edge - 1
    while start > 0, edge - start <= longest, text.isJoined(start) { start -= 1 }
    var end = edge + 1
    while end < text.count, end - edge <= longest, text.isJoined(end) { end += 1 }
    return end - start <= longest ? start..<end : nil
  }

  /// Words with the whole of the tokens at either edge.
  package static func whole(_ words: Range<Int>, in text: TokenText) -> Range<Int> {
    let start = token(around: words.lowerBound, in: text)?.lowerBound ?? words.lowerBound
    let end = token(around: words.upperBound, in: text)?.upperBound ?? words.upperBound
    return start..<end
  }

  /// A match whose edges lie inside no token.
  ///
  /// An edge inside one takes in the rest of it where both places have that rest, and what they repeat
  /// grows. Else it gives up the token's words in both places, four at most, where they are the same
  /// and enough is left: 25 of a verbatim run, 8 of another. Else either place takes in the rest of
  /// its own token. Two places that would meet by that give up what lies between them.
  package static func settled(_ match: PassageMatch, in tokens: WordTokens) -> PassageMatch {
    let (a, b) = (tokens.text(match.first.text), tokens.text(match.second.text))
    let edges = [match.first.words.lowerBound, match.first.words.upperBound]
    let others = [match.second.words.lowerBound, match.second.words.upperBound]
    guard
      edges.contains(where: { token(around: $0, in: a) != nil })
        || others.contains(where: { token(around: $0, in: b) != nil })
    else { return match }
    let least = match.isVerbatim ? VerbatimRuns.leastWords : leastLeft
    var pair = Pair(a: a, b: b, first: match.first.words, second: match.second.words)
    pair.settleStart(least: least, mostCut: mostCut)
    pair.settleEnd(least: least, mostCut: mostCut)
    if match.isWithin { pair.part() }
    var settled = match
    settled.first.words = pair.first
    settled.second.words = pair.second
    return settled
  }

  /// Two places with the words that they are of.
  private struct Pair {
    let a: TokenText
    let b: TokenText
    var first: Range<Int>
    var second: Range<Int>

    mutating func settleStart(least: Int, mostCut: Int) {
      let (i, j) = (first.lowerBound, second.lowerBound)
      let (mine, other) = (token(around: i, in: a), token(around: j, in: b))
      if mine == nil, other == nil { return }
      let (start, otherStart) = (mine?.lowerBound ?? i, other?.lowerBound ?? j)
      let grows = a.areSame(start..<i, otherStart..<j, of: b)
      if !grows, let cut = cut(least, mostCut, of: (i, j), step: 1) {
        first = (i + cut)..<first.upperBound
        second = (j + cut)..<second.upperBound
      } else {
        first = start..<first.upperBound
        second = otherStart..<second.upperBound
      }
    }

    mutating func settleEnd(least: Int, mostCut: Int) {
      let (i, j) = (first.upperBound, second.upperBound)
      let (mine, other) = (token(around: i, in: a), token(around: j, in: b))
      if mine == nil, other == nil { return }
      let (end, otherEnd) = (mine?.upperBound ?? i, other?.upperBound ?? j)
      let grows = a.areSame(i..<end, j..<otherEnd, of: b)
      if !grows, let cut = cut(least, mostCut, of: (i, j), step: -1) {
        first = first.lowerBound..<(i - cut)
        second = second.lowerBound..<(j - cut)
      } else {
        first = first.lowerBound..<end
        second = second.lowerBound..<otherEnd
      }
    }

    /// How many words two edges give up to lie inside no token; nil where that is too many, or not
    /// the same ones.
    private func cut(_ least: Int, _ most: Int, of edges: (Int, Int), step: Int) -> Int? {
      let room = min(most, min(first.count, second.count) - least)
      guard room > 0 else { return nil }
      for cut in 1...room {
        let (i, j) = (edges.0 + step * cut, edges.1 + step * cut)
        let (x, y) = step > 0 ? (i - 1, j - 1) : (i, j)
        guard a.isSame(x, y, of: b) else { return nil }
        if token(around: i, in: a) == nil, token(around: j, in: b) == nil { return cut }
      }
      return nil
    }

    /// Takes two places of one text apart again that meet in a token.
    mutating func part() {
      guard first.overlaps(second) else { return }
      let token = second.lowerBound..<first.upperBound
      if first.lowerBound < token.lowerBound, token.upperBound < second.upperBound {
        first = first.lowerBound..<token.lowerBound
        second = token.upperBound..<second.upperBound
      }
    }
  }
}
