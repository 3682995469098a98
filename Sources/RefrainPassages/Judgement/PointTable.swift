// Points for measures: how what was measured becomes a level, in sums that a person can follow.

import RefrainModel

/// A table of points.
///
/// Each measure has steps; the last step that its value reaches says what it counts, and a value below the first
/// counts nothing. The sum is compared with two limits. All of it is small integers, and none of it depends on
/// other findings, so that an edit elsewhere moves no level.
struct PointTable: Sendable {
  /// From a value on, a measure counts so many points.
  struct Step: Hashable, Sendable {
    let from: Int
    let points: Int

    init(_ from: Int, _ points: Int) {
      self.from = from
      self.points = points
    }
  }

  let name: String
  /// The least sum of an error, and of a note.
  let leastForError: Int
  let leastForNote: Int
  /// By measure, in the order in which they are told.
  let rows: [(measure: Measure, steps: [Step])]

  /// What a value of a measure counts.
  func points(_ measure: Measure, _ value: Int) -> Int {
    let steps = rows.first { $0.measure == measure }?.steps ?? []
    return steps.last { $0.from <= value }?.points ?? 0
  }

  /// The items of a judgement, without its sentence.
  func judge(_ measures: PassageMeasures) -> Judgement {
    Judgement(
      table: name,
      items: rows.map { row in
        let value = measures[row.measure]
        return Judgement.Item(
          measure: row.measure.rawValue, value: value, points: points(row.measure, value))
      }, leastForError: leastForError, leastForNote: leastForNote)
  }

  /// The level of a sum.
  func level(of points: Int) -> FindingLevel {
    points >= leastForError ? .error : points >= leastForNote ? .note : .hint
  }

  /// For all else, such as paragraphs that two articles share: what the search tells is an error.
  static let text = PointTable(name: "text", leastForError: 0, leastForNote: 0, rows: [])

  /// The table of a name.
  static func named(_ name: String) -> PointTable {
    [page, article].first { $0.name == name } ?? text
  }
}
