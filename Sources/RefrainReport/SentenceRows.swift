// Two passages side by side, a sentence a row: the words of both aligned, and a new row wherever a
// sentence begins. The script of the HTML report does the same for other places.

import RefrainModel

/// The rows of two passages.
struct SentenceRows {
  /// Text with what became of it.
  struct Span: Hashable {
    var kind: WordDifference.Piece.Kind
    var text: String
  }

  struct Row: Hashable {
    var left: [Span] = []
    var right: [Span] = []
  }

  /// Words that stand on the other side too, this many together, were moved.
  private static let leastMoved = 4

  private(set) var rows: [Row] = []

  init(_ a: Occurrence, _ b: Occurrence) {
    let (left, right) = (ShownToken.tokens(a), ShownToken.tokens(b))
    let steps = TokenAlignment.steps(left.map(\.key), right.map(\.key))
    let (onlyLeft, onlyRight) = (steps.compactMap(\.onlyLeft), steps.compactMap(\.onlyRight))
    let movedLeft = Self.moved(onlyLeft, left, onlyRight, right)
    let movedRight = Self.moved(onlyRight, right, onlyLeft, left)
    var row = Row()
    for step in steps {
      let startsLeft = step.left.map { left[$0].startsSentence } ?? false
      let startsRight = step.right.map { right[$0].startsSentence } ?? false
      if startsLeft && !row.left.isEmpty || startsRight && !row.right.isEmpty {
        rows.append(row)
        row = Row()
      }
      let isEqual = step.left != nil && step.right != nil
      if let i = step.left {
        let kind: WordDifference.Piece.Kind = movedLeft.contains(i) ? .movedAway : .removed
        Self.append(left[i].text, isEqual ? .equal : kind, to: &row.left)
      }
      if let j = step.right {
        let kind: WordDifference.Piece.Kind = movedRight.contains(j) ? .movedHere : .added
        Self.append(right[j].text, isEqual ? .equal : kind, to: &row.right)
      }
    }
    if !row.left.isEmpty || !row.right.isEmpty { rows.append(row) }
  }

  /// The sentences of a passage.
  static func sentences(_ place: Occurrence) -> [String] {
    var sentences: [String] = []
    for token in ShownToken.tokens(place) {
      if token.startsSentence || sentences.isEmpty { sentences.append("") }
      sentences[sentences.count - 1] += token.text
    }
    return sentences.map { String($0.drop(while: \.isWhitespace)) }
  }

  private static func append(
    _ text: String, _ kind: WordDifference.Piece.Kind, to spans: inout [Span]
  ) {
    // No row begins with a blank.
    let text = spans.isEmpty && text.hasPrefix(" ") ? String(text.dropFirst()) : text
    if spans.last?.kind == kind {
      spans[spans.count - 1].text += text
    } else if kind != .equal, text.hasPrefix(" ") {
      // A blank before the words that differ is none of the difference.
      if spans[spans.count - 1].kind != .equal { spans.append(Span(kind: .equal, text: "")) }
      spans[spans.count - 1].text += " "
      spans.append(Span(kind: kind, text: String(text.dropFirst())))
    } else {
      spans.append(Span(kind: kind, text: text))
    }
  }

  /// Those of `indices` that stand among `others` too, some together.
  private static func moved(
    _ indices: [Int], _ tokens: [ShownToken], _ others: [Int], _ otherTokens: [ShownToken]
  ) -> Set<Int> {
    func runs(_ indices: [Int], _ tokens: [ShownToken]) -> [(at: Int, key: [String])] {
      zip(indices, indices.dropFirst(leastMoved - 1)).compactMap { first, last in
        last - first == leastMoved - 1 ? (first, tokens[first...last].map(\.key)) : nil
      }
    }
    let known = Set(runs(others, otherTokens).map(\.key))
    var moved: Set<Int> = []
    if known.isEmpty { return moved }
    for run in runs(indices, tokens) where known.contains(run.key) {
      moved.formUnion(run.at..<(run.at + leastMoved))
    }
    return moved
  }
}
