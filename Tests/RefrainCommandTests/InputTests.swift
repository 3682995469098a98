// Inputs as they come: several files, folders, gzip, line ends, marks and gaps, ids of every type.

import Foundation
import TestSupport
import Testing

struct InputTests {
  private let folder: ScratchFolder
  private let lines: [String]

  init() throws {
    folder = try ScratchFolder()
    lines = PlantedCorpus(60, seed: 2).lines
  }

  /// The two parts of the corpus, where each first record of the second repeats one of the first.
  private func parts() -> (a: [String], b: [String]) {
    (Array(lines[..<40]), Array(lines[..<5]) + Array(lines[40...]))
  }

  @Test func severalInputsToOneFile() throws {
    let (a, b) = parts()
    // The first file lacks its last line end; the second lines must not run into it.
    try folder.write("a.jsonl", String(Records.file(a).dropLast()))
    try folder.write("b.jsonl", Records.file(b))
    _ = try folder.refrain(
      "dedup", "a.jsonl", "b.jsonl", "-o", "out.jsonl", "--evidence", "why.jsonl")
    let places =
      a.enumerated().map { ("a.jsonl:\($0.offset + 1)", $0.element) }
      + b.enumerated().map { ("b.jsonl:\($0.offset + 1)", $0.element) }
    let evidence = try Evidence.read(try folder.lines("why.jsonl"))
    checkDeduplication(places, kept: try folder.lines("out.jsonl"), evidence: evidence)
    #expect(evidence.contains { $0.removedAt == "b.jsonl:1" && $0.keptAt == "a.jsonl:1" })
  }

  @Test func severalInputsToAFolder() throws {
    let (a, b) = parts()
    try folder.write("x/a.jsonl", Records.file(a))
    try folder.write("y/b.jsonl", Records.file(b))
    _ = try folder.refrain("dedup", "x/a.jsonl", "y/b.jsonl", "-o", "out/")
    _ = try folder.refrain("dedup", "x/a.jsonl", "y/b.jsonl", "-o", "one.jsonl")
    #expect(try folder.names(in: "out") == ["x", "y"])
    #expect(
      try folder.read("out/x/a.jsonl") + folder.read("out/y/b.jsonl") == folder.read("one.jsonl"))
    #expect(Set(a).isSuperset(of: try folder.lines("out/x/a.jsonl")))
    try folder.refrainFails(
      ["dedup", "x/a.jsonl", "x/../x/a.jsonl", "-o", "out"],
      saying: ["--output", "out/a.jsonl", "x/a.jsonl"])
  }

  /// What is named `.gz` is compressed, in a folder of outputs and by itself.
  @Test func namesOfOutputsTellTheTruth() throws {
    try folder.gzip("a.jsonl.gz", Records.file(lines))
    try folder.makeFolder("out")
    _ = try folder.refrain(
      "dedup", "a.jsonl.gz", "-", "-o", "out", input: Records.line("1", "Some other words"))
    #expect(try folder.names(in: "out") == ["a.jsonl.gz", "stdin.jsonl"])
    #expect(try folder.read("out/a.jsonl.gz").starts(with: [0x1F, 0x8B]))
    #expect(try folder.lines("out/stdin.jsonl") == [Records.line("1", "Some other words")])
    let expected = try folder.refrain("dedup", "a.jsonl.gz", "-o", "-").output
    _ = try folder.refrain("dedup", "a.jsonl.gz", "-o", "b.gz", "--evidence", "why.gz")
    for name in ["out/a.jsonl.gz", "b.gz"] {
      #expect(try folder.refrain("dedup", name, "-o", "-").output == expected, "\(name)")
      #expect(try RefrainProgram.shell("zcat \(name)", in: folder).output == expected, "\(name)")
    }
    try folder.refrainFails(
      ["dedup", "a.jsonl.gz", "-o", "none/b.gz"], saying: ["none/b.gz: cannot write"])
  }

  @Test func foldersAreSearchedForRecords() throws {
    let (a, b) = parts()
    try folder.write("in/b.jsonl", Records.file(b))
    try folder.gzip("in/deep/a.ndjson.gz", Records.file(a))
    try folder.write("in/notes.txt", "not records")
    let run = try folder.refrain("dedup", "in", "-o", "-")
    try folder.write("a.jsonl", Records.file(a))
    try folder.write("b.jsonl", Records.file(b))
    #expect(run.output == (try folder.refrain("dedup", "b.jsonl", "a.jsonl", "-o", "-")).output)
    #expect(run.errors.contains("1 .txt not read"))
    try folder.makeFolder("empty")
    try folder.refrainFails(
      ["dedup", "empty", "--dry-run"], saying: ["no files of records or text", "empty"])
  }

  @Test func gzipByContentWhateverTheName() throws {
    try folder.write("plain.jsonl", Records.file(lines))
    let expected = try folder.refrain("dedup", "plain.jsonl", "-o", "-").output
    try folder.gzip("a.jsonl.gz", Records.file(lines))
    try folder.gzip("b.jsonl", Records.file(lines))
    try folder.gzip("c.gz", Records.file(Array(lines[..<30])), Records.file(Array(lines[30...])))
    try folder.write("d.jsonl.gz", Records.file(lines))
    for name in ["a.jsonl.gz", "b.jsonl", "c.gz", "d.jsonl.gz"] {
      #expect(try folder.refrain("dedup", name, "-o", "-").output == expected, "\(name)")
    }
    let run = try RefrainProgram.run(
      ["dedup", "-", "-o", "-"], in: folder, input: try folder.read("a.jsonl.gz"))
    #expect(run.output == expected)
  }

  @Test func lineEndsStay() throws {
    let text = "Five words are in here"
    let file =
      "\u{FEFF}" + Records.line("1", text) + "\r\n" + Records.line("2", text) + "\r\n"
      + "\n \t \n\r\n" + Records.line("3", "Other words than those are in here") + "\n"
      + Records.line("4", "A last one without an end")
    try folder.write("in.jsonl", file)
    let run = try folder.refrain(
      "dedup", "in.jsonl", "-o", "out.jsonl", "--evidence", "-", "--stats")
    let expected =
      Records.line("1", text) + "\r\n"
      + Records.line("3", "Other words than those are in here") + "\n"
      + Records.line("4", "A last one without an end")
    #expect(String(decoding: try folder.read("out.jsonl"), as: UTF8.self) == expected)
    let evidence = try Evidence.read(run.lines)
    #expect(evidence.map(\.removedAt) == ["in.jsonl:2"])
    #expect(run.errors.contains("blank lines          3"))
    #expect(run.errors.contains("records              4"))
  }

  @Test func idsOfEachType() throws {
    let ids = ["\"a\\n\u{E9}\"", "7", "-7", "18446744073709551615", "1.5", "null", "true", "[1]"]
    let texts = ids.map { Records.line($0, "The same five words again") }
    try folder.write(
      "in.jsonl", Records.file(texts + [Records.line(nil, "the same five words again")]))
    let run = try folder.refrain("pairs", "in.jsonl", "--all-pairs")
    let shown = [
      "\"a\\n\u{E9}\"", "7", "-7", "18446744073709551615", "1.5", "\"in.jsonl:6\"",
      "\"in.jsonl:7\"", "\"in.jsonl:8\"", "\"in.jsonl:9\"",
    ]
    var expected: [String] = []
    for a in shown.indices {
      for b in shown.indices where b > a {
        expected.append(
          "{\"a\": \(shown[a]), \"b\": \(shown[b]), "
            + "\"similarity\": 1.000000, \"containment\": 1.000000, "
            + "\"reason\": \"\(b == shown.count - 1 ? "same-words" : "identical")\"}")
      }
    }
    #expect(run.lines == expected)
  }

  @Test func repeatedIDsAreWarnedOf() throws {
    try folder.write(
      "in.jsonl",
      Records.file([
        Records.line("1", "one thing"), Records.line("\"1\"", "another thing"),
        Records.line("1", "a third thing"), Records.line("\"1\"", "a fourth thing"),
        Records.line(nil, "no id"), Records.line(nil, "no id at all"),
      ]))
    let run = try folder.refrain("dedup", "in.jsonl", "--dry-run")
    #expect(run.errors.contains("warning: 2 records with the id of an earlier one"))
    let quiet = try folder.refrain("dedup", "in.jsonl", "--dry-run", "--quiet")
    #expect(quiet.errors.isEmpty)
  }

  @Test func fieldsOfOtherNames() throws {
    try folder.write(
      "in.jsonl",
      "{\"key\": \"x\", \"body\": \"Some words\"}\n{\"body\": \"some words!\", \"key\": 2}\n")
    let run = try folder.refrain(
      "pairs", "in.jsonl", "--text-field", "body", "--id-field", "key")
    #expect(
      run.lines == [
        #"{"a": "x", "b": 2, "similarity": 1.000000, "containment": 1.000000, "#
          + #""reason": "same-words"}"#
      ])
  }

  @Test func recordsWithoutAWordAreKept() throws {
    let texts = ["", " ", "...", "❤", "\u{0}", "", "..."]
    let lines = texts.enumerated().map { Records.line("\($0.offset)", $0.element) }
    try folder.write("in.jsonl", Records.file(lines))
    for options in [[], ["--exhaustive"]] {
      let run = try RefrainProgram.run(
        ["dedup", "in.jsonl", "-o", "-", "--stats"] + options, in: folder)
      #expect(run.lines == lines)
      #expect(run.errors.contains("without a word       7"))
    }
  }

  @Test func shortTextsAreAlikeOnlyWhenEqual() throws {
    let texts = [
      "Yes", "No", "yes!", "Yes no", "No, yes", "是", "否", "是。", "Title One", "Title Two",
    ]
    let lines = texts.enumerated().map { Records.line("\($0.offset)", $0.element) }
    try folder.write("in.jsonl", Records.file(lines))
    let run = try folder.refrain("pairs", "in.jsonl")
    let pairs = try Records.parse(run.lines).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" }
    #expect(pairs == ["0-2", "5-7"])
  }
}
