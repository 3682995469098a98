// Policies: how they are written, and the order in which they let records claim their place.

import RefrainMatch
import RefrainModel
import Testing

struct KeepPolicyTests {
  @Test(arguments: [
    ("first", KeepPolicy.first), ("longest", .longest), ("newest:date", .newest(field: "date")),
    ("newest:a:b", .newest(field: "a:b")),
    ("priority:source=a,b", .priority(field: "source", values: ["a", "b"])),
    ("priority:s=a=b,c", .priority(field: "s", values: ["a=b", "c"])),
  ])
  func written(text: String, policy: KeepPolicy) { #expect(KeepPolicy(text) == policy) }

  @Test(arguments: [
    "", "last", "First", "first:x", "longest:x", "newest", "newest:", "priority", "priority:",
    "priority:x", "priority:x=", "priority:=a", ":", "first ",
  ])
  func nonsense(text: String) { #expect(KeepPolicy(text) == nil) }

  private func order(_ policy: KeepPolicy, _ values: [RecordID?], lengths: [Int] = []) -> [UInt32]?
  {
    policy.order(
      count: max(values.count, lengths.count), length: { lengths[$0] }, value: { values[$0] })
  }

  @Test func firstIsInputOrder() { #expect(order(.first, [nil, nil]) == nil) }

  @Test func longestThenFirst() {
    #expect(order(.longest, [], lengths: [3, 9, 3, 9, 0]) == [1, 3, 0, 2, 4])
  }

  @Test func newestByValueThenFirst() {
    let values: [RecordID?] = [
      nil, .string("2024-01-01"), .string("2024-02-01"), .string("2024-01-01"), .integer(5),
      .number(5.5), .unsigned(7), nil,
    ]
    // Strings stand above numbers, records without the field last.
    #expect(order(.newest(field: "d"), values) == [2, 1, 3, 6, 5, 4, 0, 7])
  }

  @Test func priorityByPlaceInTheList() {
    let values: [RecordID?] = [.string("c"), .string("b"), nil, .string("a"), .integer(1)]
    let policy = KeepPolicy.priority(field: "s", values: ["a", "1", "b"])
    #expect(order(policy, values) == [3, 4, 1, 0, 2])
  }

  @Test func thePolicyKnowsItsField() {
    #expect(KeepPolicy.first.field == nil)
    #expect(KeepPolicy.newest(field: "d").field == "d")
    #expect(KeepPolicy.priority(field: "s", values: []).field == "s")
  }
}
