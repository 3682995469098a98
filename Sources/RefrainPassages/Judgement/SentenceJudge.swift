// The level of two sentences of an article, by points, for as many pairs as a search proposes.

import RefrainMatch
import RefrainModel

/// Looks up the points of sentence pairs: the sums of `PointTable.article`, without a judgement to show.
struct SentenceJudge: Sendable {
  /// By measure, in the order of `counted`, what each value counts.
  private let points: [[Int16]]
  private let table: PointTable

  private static let counted: [(Measure, values: Int)] = [
    (.shared, 256), (.contained, 256), (.aligned, 256), (.numbers, 8), (.contrast, 8),
    (.figures, 8), (.rare, 8), (.lead, 2), (.quoted, 2),
  ]

  init(_ table: PointTable = .article) {
    self.table = table
    points = Self.counted.map { measure, values in
      (0..<values).map { Int16(table.points(measure, $0)) }
    }
  }

  /// The level of two sentences.
  func level(of sentences: SentenceMeasures) -> FindingLevel {
    table.level(of: sum(sentences))
  }

  /// The points of two sentences.
  private func sum(_ sentences: SentenceMeasures) -> Int {
    let first = points[0][Int(sentences.shared)] + points[1][Int(sentences.contained)]
    let second = points[2][Int(sentences.aligned)] + points[3][sentences.numbers]
    let third = points[4][sentences.contrast] + points[5][Int(sentences.figures)]
    let fourth = points[6][sentences.rare] + points[7][sentences.isLead ? 1 : 0]
    return Int(first + second + third + fourth + points[8][sentences.isQuoted ? 1 : 0])
  }
}
