// The tables of points that are in force. Written by Benchmarks/judge/fit.py: change its input, not this file.

extension PointTable {
  /// For pages of manuals.
  static let page = PointTable(
    name: "page", leastForError: 18, leastForNote: 9,
    rows: [
      (
        .told,
        [
          Step(9, 1), Step(15, 4), Step(18, 8), Step(21, 12), Step(25, 14), Step(40, 15),
          Step(60, 18),
        ]
      ),
      (.likeness, [Step(35, 3), Step(55, 5), Step(65, 7), Step(80, 9)]),
      (.places, [Step(3, -1), Step(9, -2)]),
      (.frame, [Step(1, -1), Step(4, -2)]),
      (.values, [Step(1, -1), Step(2, -2)]),
    ])

  /// For two sentences of an article.
  static let article = PointTable(
    name: "article", leastForError: 38, leastForNote: 29,
    rows: [
      (
        .shared,
        [
          Step(9, 2), Step(12, 3), Step(16, 5), Step(20, 7), Step(25, 8), Step(30, 10),
          Step(36, 12), Step(42, 14), Step(49, 15), Step(56, 17), Step(64, 19), Step(72, 20),
          Step(81, 22),
        ]
      ),
      (
        .contained,
        [
          Step(25, 1), Step(30, 2), Step(35, 3), Step(40, 5), Step(45, 6), Step(50, 7), Step(55, 8),
          Step(60, 9), Step(65, 10), Step(70, 11), Step(75, 12), Step(80, 14), Step(85, 15),
          Step(90, 16), Step(95, 17),
        ]
      ),
      (
        .aligned,
        [
          Step(9, 1), Step(12, 3), Step(16, 4), Step(20, 6), Step(25, 7), Step(30, 9), Step(36, 10),
          Step(42, 12), Step(49, 13),
        ]
      ),
      (.numbers, [Step(1, -4), Step(2, -9), Step(3, -13), Step(4, -17)]),
      (.contrast, [Step(1, -6), Step(2, -13), Step(3, -19)]),
      (.figures, [Step(1, 15), Step(2, 29)]),
      (.rare, [Step(1, 1), Step(2, 3), Step(3, 4), Step(4, 6), Step(5, 7)]),
      (.lead, [Step(1, 12)]),
      (.quoted, [Step(1, 7)]),
    ])
}
