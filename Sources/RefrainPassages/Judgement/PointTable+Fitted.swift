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
}
