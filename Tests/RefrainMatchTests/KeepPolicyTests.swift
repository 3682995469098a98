// Policies: how they are written, and the order in which they let records claim their place.

import RefrainMatch
import RefrainModel
import Testing

struct KeepPolicyTests {
  @Test(arguments: [
    ("first", KeepPolicy.first), ("longest", .longest), ("newest:date", .newest(field: "date")),
    ("newest:a:b", .newest(field: "a:b")), ("last", .last), ("oldest:d", .oldest(field: "d")),
    ("score:q", .score(field: "q")),
    ("priority:source=a,b", .priority(field: "source", values: ["a", "b"])),
    ("priority:s=a=b,c", .priority(field: "s", values: ["a=b", "c"])),
  ])
  func written(text: String, policy: KeepPolicy) { #expect(KeepPolicy(text) == policy) }

  @Test(arguments: [
    "", "last:x", "oldest", "score", "score:", "First", "first:x", "longest:x", "newest", "newest:",
    "priority", "priority:",
    "priority:x", "priority:x=", "priority:=a", ":", "first ",
  ])
  func nonsense(text: String) { #expect(KeepPolicy(text) == nil) }

  private func order(
    _ policy: KeepPolicy, _ values: [RecordID?], lengths: [Int] = []
  ) throws -> [UInt32]? {
    try policy.order(
      count: max(values.count, lengths.count), length: { lengths[$0] }, value: { values[$0] },
      place: { "in:\($0 + 1)" })
  }

  @Test func firstIsInputOrder() throws { #expect(try order(.first, [nil, nil]) == nil) }

  @Test func longestThenFirst() throws {
    #expect(try order(.longest, [], lengths: [3, 9, 3, 9, 0]) == [1, 3, 0, 2, 4])
  }

  @Test func newestByNumberThenFirst() throws {
    let values: [RecordID?] = [
      nil, .integer(10), .string("9"), .number(10.5), .unsigned(.max), .string("-1.5"),
      .integer(10),
      .number(1e300), nil, .string(" 18446744073709551614 "), .integer(-3),
    ]
    #expect(try order(.newest(field: "d"), values) == [7, 4, 9, 3, 1, 6, 2, 5, 10, 0, 8])
  }

  /// Integers beyond 2^53 are not rounded to doubles.
  @Test func largeNumbersCompareExactly() throws {
    let values: [RecordID?] = [
      .integer(9_007_199_254_740_992), .integer(9_007_199_254_740_993),
      .number(9_007_199_254_740_992),
    ]
    #expect(try order(.newest(field: "d"), values) == [1, 0, 2])
  }

  @Test func newestByDateAsAnInstant() throws {
    let values: [RecordID?] = [
      .string("2024-02-01"), .string("2024-01-31T23:30:00-02:00"),
      .string("2024-02-01T00:00:00.5Z"),
      .string("2024-02-01 00:00"), nil, .string("1969-12-31"), .string("2024-02-01T00:00+0100"),
      .string("2024-02-29T12:00:00,25"),
    ]
    #expect(try order(.newest(field: "d"), values) == [7, 1, 2, 0, 3, 6, 5, 4])
  }

  @Test(
    arguments: [
      ([.integer(1), nil, .string("2024-01-01")], "1 at in:1 and \"2024-01-01\" at in:3"),
      ([.string("2024-01-01"), .string("12")], "\"2024-01-01\" at in:1 and \"12\" at in:2"),
      (
        [nil, .string("yesterday")],
        "\"yesterday\" at in:2 is neither a number nor an ISO 8601 date"
      ),
      ([.string("2024-13-01")], "\"2024-13-01\" at in:1"), ([.string("2023-02-29")], "at in:1"),
      ([.string("2024-01-01T25:00")], "at in:1"), ([.string("")], "\"\" at in:1"),
      ([.string("2024-01-01x")], "at in:1"), ([.string("nan")], "at in:1"),
      ([nil, nil], "no record has a number or a string in the field \"d\""),
    ] as [([RecordID?], String)])
  func valuesThatDoNotCompareAreAnError(values: [RecordID?], message: String) {
    let error = #expect(throws: RefrainError.self) {
      try order(.newest(field: "d"), values)
    }
    #expect(error?.description.contains(message) == true, "\(String(describing: error))")
  }

  @Test func aFieldThatNoRecordHasIsAnErrorForPriorityToo() throws {
    #expect(throws: RefrainError.self) {
      try order(.priority(field: "s", values: ["a"]), [nil, nil])
    }
    #expect(try order(.newest(field: "d"), []) == [])
  }

  @Test func priorityByPlaceInTheList() throws {
    let values: [RecordID?] = [.string("c"), .string("b"), nil, .string("a"), .integer(1)]
    let policy = KeepPolicy.priority(field: "s", values: ["a", "1", "b"])
    #expect(try order(policy, values) == [3, 4, 1, 0, 2])
  }

  @Test func thePolicyKnowsItsField() {
    #expect(KeepPolicy.first.field == nil)
    #expect(KeepPolicy.newest(field: "d").field == "d")
    #expect(KeepPolicy.priority(field: "s", values: []).field == "s")
  }
}
