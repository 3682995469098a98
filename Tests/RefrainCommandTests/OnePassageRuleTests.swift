// `dedup --passages` and `compare` are asked for the same pairs and say the same, tables, headings
// and odd line ends included.

import Foundation
import TestSupport
import Testing

struct OnePassageRuleTests {
  private static let table = (0..<14).map { row in
    "Alpha\(row)     \(row * 37 + 11).5     \(row * 91 + 7)     Beta\(row)"
  }.joined(separator: "\n")

  /// Pairs of records that a run of `dedup` removes one of, with a table, short lines, carriage
  /// returns, blank lines that hold blanks, a mark at the start.
  private static func texts(_ prose: inout RandomProse) -> [(String, String)] {
    let frames = [
      { (a: String, b: String) in "\(a)\n\n\(table)\n\n\(b)" },
      { a, b in "Short heading\n\(a)\nAnother heading\n\(b)" },
      { a, b in "\(a)\r\n\r\n\(b)\r\n \r\n" },
      { a, b in "\u{FEFF}\(a)\n\u{A0}\n\(table)\n\(b)" },
      { a, b in "- \(a)\n- \(b)\n1. co\u{AD}operate" },
    ]
    return frames.map { frame in
      let (a, b) = (prose.words(80), prose.words(80))
      let copy = (prose.edited(a, changes: 2), prose.edited(b, changes: 1))
      return (
        frame(RandomProse.text(a), RandomProse.text(b)),
        frame(RandomProse.text(copy.0), RandomProse.text(copy.1))
      )
    }
  }

  @Test func aPairHasTheSamePassagesWhoeverAsks() throws {
    var prose = RandomProse(seed: 141)
    let folder = try ScratchFolder()
    let pairs = Self.texts(&prose)
    let lines = pairs.enumerated().flatMap { index, pair in
      [Records.line("\"k\(index)\"", pair.0), Records.line("\"r\(index)\"", pair.1)]
    }
    try folder.write("docs.jsonl", Records.file(lines))
    let run = try RefrainProgram.run(
      [
        "dedup", "docs.jsonl", "-o", "kept.jsonl", "--evidence", "why.jsonl", "--passages",
        "--threshold", "0.6",
      ], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let evidence = try Records.parse(folder.lines("why.jsonl"))
    #expect(evidence.count == pairs.count)
    var asked = ""
    var expected: [NSDictionary] = []
    for line in evidence {
      let (removed, kept) = (line["removed"] as? String ?? "", line["kept"] as? String ?? "")
      asked += "{\"a\": \"\(removed)\", \"b\": \"\(kept)\"}\n"
      let passages = try #require(line["passages"] as? [NSDictionary])
      #expect(!passages.isEmpty)
      expected += passages
    }
    try folder.write("pairs.jsonl", asked)
    let compared = try RefrainProgram.run(
      ["compare", "--documents", "docs.jsonl", "--pairs", "pairs.jsonl"], in: folder)
    #expect(compared.status == 0, "\(compared.errors)")
    let found = try Records.parse(compared.lines).map { NSDictionary(dictionary: $0) }
    #expect(found == expected)
    for (index, pair) in pairs.enumerated() {
      try folder.write("\(index)a.txt", pair.1)
      try folder.write("\(index)b.txt", pair.0)
      let files = try RefrainProgram.run(
        ["compare", "--format", "jsonl", "\(index)a.txt", "\(index)b.txt"], in: folder)
      let own = found.filter { ($0["a"] as? NSDictionary)?["id"] as? String == "r\(index)" }
      let places = { (passages: [NSDictionary]) in
        passages.flatMap { passage in
          ["a", "b"].flatMap { side in
            ["start", "end"].map { (passage[side] as? NSDictionary)?[$0] as? Int }
          }
        }
      }
      #expect(
        places(try Records.parse(files.lines).map { NSDictionary(dictionary: $0) }) == places(own))
    }
  }

  /// A table that two texts share is a passage that they share.
  @Test func tablesAreCompared() throws {
    var prose = RandomProse(seed: 142)
    let folder = try ScratchFolder()
    for name in ["a.txt", "b.txt"] {
      try folder.write(name, prose.text(60) + "\n\n" + Self.table + "\n\n" + prose.text(60))
    }
    let run = try RefrainProgram.run(
      ["compare", "--format", "jsonl", "a.txt", "b.txt"], in: folder)
    let passage = try #require(try Records.parse(run.lines).first)
    let side = try #require(passage["a"] as? [String: Any])
    let (start, end) = (side["start"] as? Int ?? 0, side["end"] as? Int ?? 0)
    let text = String(decoding: try folder.read("a.txt")[start..<end], as: UTF8.self)
    #expect(text == Self.table)
  }
}
