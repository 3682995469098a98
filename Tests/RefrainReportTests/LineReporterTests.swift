// Pairs, evidence and clusters as lines: each against the dictionary that a parser makes of it.

import Foundation
import RefrainModel
import RefrainReport
import TestSupport
import Testing

struct LineReporterTests {
  private let overlap = Overlap(shared: 3, left: 4, right: 5)

  private func objects(_ bytes: [UInt8]) throws -> [NSDictionary] {
    try bytes.split(separator: 0x0A).map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line)) as? NSDictionary)
    }
  }

  private func record(_ id: RecordID, _ line: Int) -> ReportedRecord {
    ReportedRecord(id: id, path: "a b.jsonl", line: line)
  }

  @Test func aPair() throws {
    let pair = ReportedPair(
      a: .string("x\"y"), b: .integer(-7), overlap: overlap, reason: .sameWords)
    let expected: NSDictionary = [
      "a": "x\"y", "b": -7, "similarity": 0.5, "containment": 0.75, "reason": "same-words",
    ]
    #expect(try objects(PairLines().report(pair)) == [expected])
  }

  @Test(arguments: [false, true])
  func evidence(withPassages: Bool) throws {
    let passage = ReportedPassage(
      a: .unsigned(9), ByteRange(1, 5), b: .string("k"), ByteRange(0, 4), overlap)
    let removal = ReportedRemoval(
      removed: record(.unsigned(9), 3), kept: record(.string("k"), 1), overlap: overlap,
      reason: .near, passages: withPassages ? [passage] : nil)
    let expected: NSMutableDictionary = [
      "removed": 9, "kept": "k", "removedAt": "a b.jsonl:3", "keptAt": "a b.jsonl:1",
      "similarity": 0.5, "containment": 0.75, "reason": "near",
    ]
    if withPassages {
      expected["passages"] = [
        [
          "a": ["id": 9, "start": 1, "end": 5], "b": ["id": "k", "start": 0, "end": 4],
          "similarity": 0.5, "containment": 0.75,
        ] as NSDictionary
      ]
    }
    #expect(try objects(EvidenceLines().report(removal)) == [expected])
  }

  @Test func clusters() throws {
    let member = ReportedMember(
      id: .place(path: "p", line: 2), cluster: .string("c"), isKept: false)
    let expected: NSDictionary = ["id": "p:2", "cluster": "c", "kept": false]
    #expect(try objects(ClusterLines().report(member)) == [expected])
  }

  /// What a reporter appends is what it writes alone, whatever is there already.
  @Test func aReporterOnlyAppends() {
    func check<Kind: Reporter>(_ reporter: Kind, _ subject: Kind.Subject) {
      let alone = reporter.report(subject)
      var bytes = Array("before".utf8)
      reporter.write(subject, to: &bytes)
      reporter.write(subject, to: &bytes)
      #expect(bytes == Array("before".utf8) + alone + alone, "\(Kind.self)")
    }
    let result = ReportFixture.result
    check(JSONReport(version: "1"), result)
    check(JSONLinesReport(), result)
    check(SARIFReport(version: "1"), result)
    check(GitHubReport(), result)
    check(GitLabReport(), result)
    check(JUnitReport(), result)
    check(CheckstyleReport(), result)
    check(ReviewdogReport(), result)
    check(MarkdownReport(), result)
    check(HTMLReport(version: "1"), result)
    check(ConciseReport(), result)
    check(TextReport(style: TextStyle(isColored: true)), result)
    check(
      PairLines(), ReportedPair(a: .integer(1), b: .integer(2), overlap: overlap, reason: .near))
    check(ClusterLines(), ReportedMember(id: .integer(1), cluster: .integer(1), isKept: true))
    check(
      PassageLines(),
      [ReportedPassage(a: .integer(1), ByteRange(0, 1), b: .integer(2), ByteRange(2, 3), overlap)])
  }
}
