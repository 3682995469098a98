// The fixtures that the README shows: exactly the planted repeats go, and each for its own
// original.

import Foundation
import TestSupport
import Testing

struct FixtureTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private func folder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    for name in ["corpus.jsonl", "lavrov-pompeo.txt"] {
      let url = Self.root.appendingPathComponent("Fixtures/\(name)")
      try folder.write(name, try Data(contentsOf: url))
    }
    return folder
  }

  @Test(arguments: [[], ["--exhaustive"]])
  func thePlantedRepeatsGo(options: [String]) throws {
    let folder = try folder()
    let run = try RefrainProgram.run(
      ["dedup", "corpus.jsonl", "-o", "out.jsonl", "--evidence", "-"] + options, in: folder)
    #expect(run.status == 0)
    let lines = try folder.lines("corpus.jsonl")
    let evidence = try Evidence.read(run.lines)
    checkDeduplication(
      lines.enumerated().map { ("corpus.jsonl:\($0.offset + 1)", $0.element) },
      kept: try folder.lines("out.jsonl"), evidence: evidence)
    #expect(
      evidence.map { "\($0.removed) \($0.reason) \($0.kept)" } == [
        "bridge-copy identical bridge", "ferry-copy identical ferry", "rail-upper same-words rail",
        "bees-dashes same-words bees", "volcano-edited near volcano", "snow-wire near snow",
        "court-short near court", "bridge-third near bridge", "t4 same-words t2", "zh-copy near zh",
        "ja-copy identical ja", "de-quotes same-words de", "7 identical t6",
      ])
  }

  /// At 0.7 the lightly edited ones go too; what only resembles its neighbour stays.
  @Test func moreGoAtALowerThreshold() throws {
    let run = try RefrainProgram.run(
      [
        "dedup", "corpus.jsonl", "--dry-run", "--evidence", "-", "--threshold", "0.7",
        "--exhaustive",
      ],
      in: try folder())
    let removed = Set(try Evidence.read(run.lines).map(\.removed))
    #expect(removed.count == 16)
    #expect(removed.isSuperset(of: ["museum-edited", "ru-copy", "football-short"]))
    #expect(removed.isDisjoint(with: ["bank-june", "choir-quarter", "t3", "t9", "empty", "8"]))
  }

  /// The longest of three copies stays where that is asked for.
  @Test func theLongestStays() throws {
    let run = try RefrainProgram.run(
      ["dedup", "corpus.jsonl", "--dry-run", "--evidence", "-", "--keep", "longest"],
      in: try folder())
    let evidence = try Evidence.read(run.lines)
    #expect(
      Set(evidence.filter { $0.kept == "bridge-third" }.map(\.removed)) == [
        "bridge", "bridge-copy",
      ])
  }
}
