// `--keep newest:F`, `oldest:F` and `score:F` as people run them: numbers are compared as numbers, dates
// as instants, and what cannot be compared is named.

import TestSupport
import Testing

struct KeepValueTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// Writes records with the same text whose field `d` holds these JSON values; nil for no field.
  private func write(_ values: [String?]) throws {
    try folder.write(
      "in.jsonl",
      Records.file(
        values.enumerated().map {
          Records.line("\($0.offset)", "the same words", $0.element.map { "\"d\": \($0)" } ?? "")
        }))
  }

  /// The id of the record that stays.
  private func kept(_ policy: String) throws -> String {
    let run = try folder.refrain("dedup", "in.jsonl", "-o", "-", "--keep", policy, "-q")
    let records = try Records.parse(run.lines)
    #expect(records.count == 1, "\(policy)")
    return "\(records.first?["id"] ?? "")"
  }

  @Test(
    arguments: [
      // By characters 9 would come behind 10, and 1e3 behind 999.
      (["9", "10"], 1, 0), (["\"9\"", "\"10\""], 1, 0), (["9", "\"10\"", "8.5"], 1, 2),
      (["999", "1e3", "-5"], 1, 2), (["-2", "-10"], 0, 1), (["0.5", ".5e1", "0.25"], 1, 2),
      (["9007199254740992", "9007199254740993", "9007199254740991"], 1, 2),
      (["\"2024-01-31T23:30:00-02:00\"", "\"2024-02-01\""], 0, 1),
      (["\"2024-02-01\"", "\"2024-01-31T23:30:00Z\"", "\"1969-12-31\""], 0, 2),
      (["\"2024-02-29T12:00:00.5Z\"", "\"2024-02-29T12:00:00.25Z\""], 0, 1),
      ([nil, "3", "\"20\"", nil], 2, 1),
    ] as [([String?], Int, Int)])
  func valuesCompareAsWhatTheyAre(values: [String?], newest: Int, oldest: Int) throws {
    // JSON has no number without a digit before its point, but a string may hold one.
    try write(values.map { $0 == ".5e1" ? "\".5e1\"" : $0 })
    #expect(try kept("newest:d") == "\(newest)")
    #expect(try kept("oldest:d") == "\(oldest)")
    if values.allSatisfy({ $0?.contains("T") != true && $0?.contains("-0") != true }) {
      #expect(try kept("score:d") == "\(newest)")
    }
  }

  @Test(
    arguments: [
      (["9", "\"2024-01-02\""], ["9 at in.jsonl:1", "\"2024-01-02\" at in.jsonl:2"]),
      (
        ["\"2024-01-02\"", nil, "\"10\""], ["\"2024-01-02\" at in.jsonl:1", "\"10\" at in.jsonl:3"]
      ),
      (
        ["\"2024-01-02\"", "\"2024-01-03T10:00Z\"", "1704067200"],
        ["\"2024-01-02\" at in.jsonl:1", "1704067200 at in.jsonl:3"]
      ),
      (
        ["1", "2", "\"yesterday\""], ["\"yesterday\" at in.jsonl:3 is neither a number nor an ISO"]
      ),
      (["\"2023-02-29\""], ["\"2023-02-29\" at in.jsonl:1 is neither"]),
    ] as [([String?], [String])], ["newest", "oldest"])
  func mixturesNameBothValues(fault: ([String?], [String]), policy: String) throws {
    try write(fault.0)
    try folder.write("out.jsonl", "as before")
    for options in [[], ["--on-error", "skip"], ["--exhaustive"]] {
      try folder.refrainFails(
        [
          "dedup", "in.jsonl", "-o", "out.jsonl", "--evidence", "why.jsonl", "--keep",
          "\(policy):d",
        ]
          + options, saying: ["--keep \(policy):d: "] + fault.1)
    }
    #expect(try folder.lines("out.jsonl") == ["as before"])
  }

  @Test func aScoreIsANumber() throws {
    try write(["1", "\"2024-01-02\""])
    try folder.refrainFails(
      ["dedup", "in.jsonl", "-o", "out.jsonl", "--keep", "score:d"],
      saying: ["--keep score:d: \"2024-01-02\" at in.jsonl:2 is not a number"])
  }
}
