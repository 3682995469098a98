// refrain dedup through the executable: what is kept, what is written, and why.

import Foundation
import TestSupport
import Testing

struct DedupTests {
  private let folder: ScratchFolder
  private let corpus = PlantedCorpus(400, seed: 1)

  init() throws {
    folder = try ScratchFolder()
    try folder.write("in.jsonl", Records.file(corpus.lines))
  }

  private var places: [(place: String, line: String)] {
    corpus.lines.enumerated().map { ("in.jsonl:\($0.offset + 1)", $0.element) }
  }

  @Test func memoryDecidesTheTimeAndNotTheResult() throws {
    // A single byte sends all keys to disk and lets no shingle stay.
    for (name, memory) in [("all", "1G"), ("none", "1"), ("some", "200K")] {
      _ = try folder.refrain(
        "dedup", "in.jsonl", "-o", "\(name).jsonl", "--evidence", "\(name).why", "--memory", memory)
    }
    for name in ["none", "some"] {
      #expect(try folder.lines("\(name).jsonl") == folder.lines("all.jsonl"))
      #expect(try folder.lines("\(name).why") == folder.lines("all.why"))
    }
  }

  @Test(arguments: [
    "first", "longest", "newest:date", "priority:source=print,wire",
  ])
  func everyPolicyKeepsTheRules(policy: String) throws {
    _ = try folder.refrain(
      "dedup", "in.jsonl", "-o", "out.jsonl", "--evidence", "why.jsonl", "--clusters", "c.jsonl",
      "--keep", policy)
    let kept = try folder.lines("out.jsonl")
    let evidence = try Evidence.read(try folder.lines("why.jsonl"))
    #expect(evidence.count > 50)
    checkDeduplication(places, kept: kept, evidence: evidence)

    let clusters = try Records.parse(try folder.lines("c.jsonl"))
    #expect(clusters.compactMap { $0["id"] as? String } == corpus.lines.indices.map { "r\($0)" })
    let keepers = Dictionary(uniqueKeysWithValues: evidence.map { ($0.removed, $0.kept) })
    for cluster in clusters {
      let id = try #require(cluster["id"] as? String)
      #expect(cluster["cluster"] as? String == keepers[id] ?? id)
      #expect(cluster["kept"] as? Bool == (keepers[id] == nil))
    }
    // The policy decides between the two of each line of evidence.
    let records = try Records.parse(corpus.lines)
    for entry in evidence {
      let kept = try #require(Int(entry.kept.dropFirst()))
      let removed = try #require(Int(entry.removed.dropFirst()))
      func value(_ record: Int, _ field: String) -> String {
        records[record][field] as? String ?? ""
      }
      func length(_ record: Int) -> Int { value(record, "text").utf8.count }
      func rank(_ record: Int) -> Int {
        ["print", "wire"].firstIndex(of: value(record, "source")) ?? 2
      }
      let isRight =
        switch policy {
        case "longest": (-length(kept), kept) < (-length(removed), removed)
        case "newest:date":
          value(kept, "date") > value(removed, "date")
            || value(kept, "date") == value(removed, "date") && kept < removed
        case "priority:source=print,wire": (rank(kept), kept) < (rank(removed), removed)
        default: kept < removed
        }
      #expect(isRight, "\(entry)")
    }
  }

  @Test(arguments: [[], ["--exhaustive"], ["--bands", "24", "--rows", "3", "--threshold", "0.5"]])
  func theNumberOfThreadsChangesNothing(options: [String]) throws {
    // Large enough for several blocks of reading and of deciding, with one line larger than a
    // block.
    var lines = PlantedCorpus(5000, seed: 5).lines
    var prose = RandomProse(seed: 6)
    lines.insert(Records.line("\"long\"", prose.text(200_000)), at: 3000)
    try folder.write("in.jsonl", Records.file(lines))
    var first: [[UInt8]]?
    for threads in ["1", "2", "8"] {
      let arguments = [
        "dedup", "in.jsonl", "-o", "out.jsonl", "--evidence", "why.jsonl",
        "--clusters", "c.jsonl", "--threads", threads,
      ]
      let run = try RefrainProgram.run(arguments + options, in: folder)
      #expect(run.status == 0)
      let pairs = try RefrainProgram.run(
        ["pairs", "in.jsonl", "--threads", threads] + options, in: folder)
      let results =
        try ["out.jsonl", "why.jsonl", "c.jsonl"].map { try folder.read($0) } + [pairs.output]
      #expect(results.allSatisfy { !$0.isEmpty })
      if let first { #expect(results == first, "\(threads) threads") } else { first = results }
      checkDeduplication(
        lines.enumerated().map { ("in.jsonl:\($0.offset + 1)", $0.element) },
        kept: try folder.lines("out.jsonl"),
        evidence: try Evidence.read(try folder.lines("why.jsonl")), threshold: 0.5)
    }
  }

  @Test func aSecondRunRemovesNothing() throws {
    for options in [[], ["--exhaustive"], ["--keep", "longest"]] {
      let once = ["dedup", "in.jsonl", "-o", "one.jsonl"] + options
      #expect(try RefrainProgram.run(once, in: folder).status == 0)
      let twice = ["dedup", "one.jsonl", "-o", "two.jsonl", "--evidence", "why.jsonl"] + options
      #expect(try RefrainProgram.run(twice, in: folder).status == 0)
      #expect(try folder.read("one.jsonl") == folder.read("two.jsonl"))
      #expect(try folder.read("why.jsonl").isEmpty)
    }
  }

  @Test func standardInputAndOutput() throws {
    let run = try folder.refrain(
      "dedup", "-", "-o", "-", "--evidence", "why.jsonl", input: Records.file(corpus.lines))
    let evidence = try Evidence.read(try folder.lines("why.jsonl"))
    let places = corpus.lines.enumerated().map { ("<stdin>:\($0.offset + 1)", $0.element) }
    checkDeduplication(places, kept: run.lines, evidence: evidence)
  }

  @Test func theInputMayBeTheOutput() throws {
    _ = try folder.refrain("dedup", "in.jsonl", "-o", "other.jsonl")
    _ = try folder.refrain("dedup", "in.jsonl", "-o", "in.jsonl")
    #expect(try folder.read("in.jsonl") == folder.read("other.jsonl"))
    #expect(try folder.names() == ["in.jsonl", "other.jsonl"])
  }

  @Test func aLinkIsWrittenThrough() throws {
    try folder.write("data/real.jsonl", "what was there")
    try FileManager.default.createSymbolicLink(
      atPath: folder("link.jsonl"), withDestinationPath: "data/real.jsonl")
    _ = try folder.refrain("dedup", "in.jsonl", "-o", "link.jsonl")
    _ = try folder.refrain("dedup", "in.jsonl", "-o", "other.jsonl")
    #expect(try folder.read("data/real.jsonl") == folder.read("other.jsonl"))
    let target = try FileManager.default.destinationOfSymbolicLink(atPath: folder("link.jsonl"))
    #expect(target == "data/real.jsonl")
    #expect(try folder.names(in: "data") == ["real.jsonl"])
  }

  @Test func anExistingOutputKeepsItsPermissions() throws {
    try folder.write("out.jsonl", "what was there")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o640], ofItemAtPath: folder("out.jsonl"))
    _ = try folder.refrain("dedup", "in.jsonl", "-o", "out.jsonl")
    let attributes = try FileManager.default.attributesOfItem(atPath: folder("out.jsonl"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
  }

  @Test func dryRunWritesNoRecords() throws {
    let run = try folder.refrain(
      "dedup", "in.jsonl", "-o", "out.jsonl", "--dry-run", "--evidence", "why.jsonl")
    #expect(!folder.exists("out.jsonl"))
    #expect(try !folder.lines("why.jsonl").isEmpty)
    #expect(run.errors.contains("400 records kept"))
    _ = try folder.refrain("dedup", "in.jsonl", "--dry-run")
  }

  @Test func evidenceTellsTheReason() throws {
    let words = RandomProse.text((1...40).map { "word\($0)" }, sentence: 40)
    let near = words.replacing("word3 ", with: "other ")
    try folder.write(
      "small.jsonl",
      Records.file([
        Records.line("1", words), Records.line("2", words.uppercased() + "!!"),
        Records.line("3", near), Records.line("4", near), Records.line("5", "Something else"),
      ]))
    let run = try folder.refrain("dedup", "small.jsonl", "--dry-run", "--evidence", "-")
    #expect(
      run.lines == [
        #"{"removed": 2, "kept": 1, "removedAt": "small.jsonl:2", "keptAt": "small.jsonl:1", "#
          + #""similarity": 1.000000, "containment": 1.000000, "reason": "same-words"}"#,
        #"{"removed": 3, "kept": 1, "removedAt": "small.jsonl:3", "keptAt": "small.jsonl:1", "#
          + #""similarity": 0.846154, "containment": 0.916667, "reason": "near"}"#,
        #"{"removed": 4, "kept": 1, "removedAt": "small.jsonl:4", "keptAt": "small.jsonl:1", "#
          + #""similarity": 0.846154, "containment": 0.916667, "reason": "near"}"#,
      ])
  }

  @Test func memoryDecidesNothing() throws {
    _ = try folder.refrain("dedup", "in.jsonl", "-o", "one.jsonl", "--evidence", "a.jsonl")
    _ = try folder.refrain(
      "dedup", "in.jsonl", "-o", "two.jsonl", "--evidence", "b.jsonl", "--memory", "1K")
    #expect(try folder.read("one.jsonl") == folder.read("two.jsonl"))
    #expect(try folder.read("a.jsonl") == folder.read("b.jsonl"))
  }
}
