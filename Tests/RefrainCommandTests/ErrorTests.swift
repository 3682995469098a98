// Bad input: a message that names file, line and cause, status 2, and nothing half-written.

import Foundation
import TestSupport
import Testing

struct ErrorTests {
  private let folder: ScratchFolder
  private let good = PlantedCorpus(20, seed: 3).lines

  init() throws { folder = try ScratchFolder() }

  /// Files whose third line is bad, with what the message says.
  static let badLines: [(line: [UInt8], cause: String)] = [
    (Array(#"{"id":3,"text":"bro"ken}"#.utf8), ":21: malformed JSON: expected \",\" or \"}\""),
    (Array(#"{"id":3,"text":"cut"#.utf8), ":16: malformed JSON: the string does not end"),
    (
      Array(#"{"id":3,"text":"two"} {"id":4,"text":"records"}"#.utf8),
      ":23: malformed JSON: something follows the record"
    ),
    (Array(#"{"id":3,"text":"x"},"#.utf8), ":20: malformed JSON: something follows"),
    (Array(#"{"id":3,"text":"\x"}"#.utf8), ":17: malformed JSON: no such escape"),
    (Array("{\"id\":3,\"text\":\"a\tb\"}".utf8), ":18: malformed JSON: a control character"),
    (Array("nonsense".utf8), ":1: malformed JSON: expected a value"),
    (Array(#"{"id":3,"#.utf8), ":9: malformed JSON: the record does not end on this line; if this"),
    (Array("{".utf8), "write one record a line, as jq -c . does"),
    (Array(#"["text"]"#.utf8), ":1: a JSON array, not a record; write one record a line"),
    (Array("[".utf8), ":1: a JSON array, not a record"),
    (Array(#""text""#.utf8), ":1: not a JSON object"),
    (Array(#"{"id":3}"#.utf8), ":1: no field \"text\"; fields are: id"),
    (Array("{}".utf8), ":1: no field \"text\"; the record has no fields"),
    (
      Array(#"{"content":{"text":1},"url":3,"Text":"x"}"#.utf8),
      ":1: no field \"text\"; fields are: content, url, Text"
    ),
    (Array(#"{"id":3,"text":null}"#.utf8), ":16: field \"text\" is not a string"),
    (Array(#"{"id":3,"text":["x"]}"#.utf8), ":16: field \"text\" is not a string"),
    (Array(#"{"id":3,"text":5}"#.utf8), ":16: field \"text\" is not a string"),
    (Array(#"{"id":3,"text":123456789012345678901}"#.utf8), ":16: field \"text\" is not a string"),
    (Array(#"{"id":3,"text":"x","n":1e400.5}"#.utf8), ":29: malformed JSON: expected"),
    (Array(#"{1E-5: -1.5e-7, "text": "x"}"#.utf8), ":2: malformed JSON: expected"),
    (Array(#"{"id":3,"text":"ab"#.utf8) + [0xFF] + Array(#"cd"}"#.utf8), "not UTF-8"),
    (Array(#"{"id":3,"text":"ab"#.utf8) + [0xC3] + Array(#"("}"#.utf8), "not UTF-8"),
  ]

  private func write(_ name: String, bad: [UInt8]) throws {
    var bytes = Array(Records.file(Array(good[..<2])).utf8)
    bytes += bad + [0x0A]
    bytes += Array(Records.file(Array(good[2...])).utf8)
    try folder.write(name, bytes)
  }

  @Test(arguments: badLines.indices)
  func aBadLineIsNamed(index: Int) throws {
    let (line, cause) = Self.badLines[index]
    try write("bad.jsonl", bad: line)
    try folder.write("out.jsonl", "what was there")
    try folder.write("why.jsonl", "and there")
    for threads in ["1", "8"] {
      try folder.refrainFails(
        [
          "dedup", "bad.jsonl", "-o", "out.jsonl", "--evidence", "why.jsonl", "--clusters", "new",
          "--threads", threads,
        ],
        saying: ["bad.jsonl:3:", cause])
    }
    try folder.refrainFails(["pairs", "bad.jsonl", "-o", "out.jsonl"], saying: ["bad.jsonl:3:"])
    #expect(try folder.lines("out.jsonl") == ["what was there"])
    #expect(try folder.lines("why.jsonl") == ["and there"])

    let run = try folder.refrain(
      "dedup", "bad.jsonl", "-o", "out.jsonl", "--on-error", "skip", "--stats")
    #expect(run.errors.contains("left out: bad.jsonl:3:"))
    #expect(run.errors.contains("1 record left out"))
    #expect(run.errors.contains("records              20"))
    try folder.write("good.jsonl", Records.file(good))
    _ = try folder.refrain("dedup", "good.jsonl", "-o", "expected.jsonl")
    #expect(try folder.read("out.jsonl") == folder.read("expected.jsonl"))
  }

  @Test func theFirstWrongByteIsNamed() throws {
    try folder.write(
      "bad.jsonl", Array("{\"text\":\"ab\"}\n{\"text\":\"é".utf8) + [0xFF, 0x22, 0x7D])
    try folder.refrainFails(
      ["pairs", "bad.jsonl"], saying: ["bad.jsonl:2: not UTF-8 (first wrong byte at offset 25)"])
  }

  /// Errors in several blocks of a large file: the first by place is told, whoever meets his first.
  @Test func theFirstErrorByPlaceWhateverTheThreads() throws {
    let line = Records.line("1", RandomProse.text((0..<60).map { "word\($0)" })) + "\n"
    let lines = 9000
    var file = String(repeating: line, count: lines)
    file += "{\"broken\n" + String(repeating: line, count: 50) + "[1]\n"
    file += String(repeating: line, count: lines) + "nonsense\n"
    try folder.write("large.jsonl", file)
    for _ in 0..<3 {
      for threads in ["1", "2", "8"] {
        try folder.refrainFails(
          ["dedup", "large.jsonl", "--dry-run", "--threads", threads],
          saying: ["large.jsonl:\(lines + 1):2: malformed JSON"])
      }
    }
    let run = try folder.refrain(
      "dedup", "large.jsonl", "--dry-run", "--on-error", "skip", "--verbose")
    for place in [lines + 1, lines + 52, 2 * lines + 53] {
      #expect(run.errors.contains("large.jsonl:\(place):"))
    }
    #expect(run.errors.contains("3 records left out"))
  }

  @Test func errorsInALaterFileNameThatFile() throws {
    try folder.write("a.jsonl", Records.file(good))
    try write("b.jsonl", bad: Array("{".utf8))
    try folder.refrainFails(
      ["dedup", "a.jsonl", "b.jsonl", "-o", "out.jsonl"], saying: ["b.jsonl:3:2: malformed JSON"])
  }

  @Test func inputsThatCannotBeRead() throws {
    try folder.write("a.jsonl", Records.file(good))
    try folder.refrainFails(
      ["dedup", "a.jsonl", "none.jsonl", "-o", "out.jsonl"],
      saying: ["none.jsonl: cannot read", "No such file"])
    try folder.refrainFails(["pairs", "none/x.jsonl"], saying: ["none/x.jsonl: cannot read"])
    try folder.refrainFails(["pairs", "a.jsonl/x"], saying: ["a.jsonl/x: cannot read"])
    try folder.refrainFails(
      ["dedup", "a.parquet", "--dry-run"],
      saying: ["a.parquet: cannot read: Parquet", "pip install refrain-text"])
  }

  @Test func damagedGzip() throws {
    try folder.gzip("whole.jsonl.gz", Records.file(good))
    let whole = try folder.read("whole.jsonl.gz")
    try folder.write("cut.jsonl.gz", whole[..<(whole.count - 20)])
    try folder.write("head.jsonl.gz", whole[..<12])
    var flipped = whole
    flipped[whole.count / 2] ^= 0xFF
    try folder.write("flipped.jsonl.gz", flipped)
    for name in ["cut.jsonl.gz", "head.jsonl.gz", "flipped.jsonl.gz"] {
      try folder.refrainFails(
        ["dedup", name, "-o", "out.jsonl"], saying: ["\(name): damaged: gzip stream"])
      // Nothing of a damaged stream can be trusted: there is no record to skip.
      try folder.refrainFails(
        ["dedup", name, "-o", "out.jsonl", "--on-error", "skip"], saying: ["\(name): damaged"])
    }
  }

  @Test func outputsThatCannotBeWritten() throws {
    try folder.write("a.jsonl", Records.file(good))
    try folder.makeFolder("folder")
    try folder.refrainFails(
      ["dedup", "a.jsonl", "-o", "none/out.jsonl"],
      saying: ["none/out.jsonl: cannot write: No such file"])
    try folder.refrainFails(
      ["dedup", "a.jsonl", "-o", "out.jsonl", "--evidence", "none/why.jsonl"],
      saying: ["none/why.jsonl: cannot write"])
    try folder.refrainFails(
      ["dedup", "a.jsonl", "-o", "out.jsonl", "--evidence", "folder"],
      saying: ["folder: cannot write: is a folder"])
    try folder.refrainFails(
      ["pairs", "a.jsonl", "-o", "none/out.jsonl"], saying: ["none/out.jsonl: cannot write"])
    // A device without space fails on the way; nothing else may be left of the run.
    try folder.refrainFails(
      ["dedup", "a.jsonl", "-o", "/dev/full", "--evidence", "why.jsonl"],
      saying: ["/dev/full: cannot write: No space left"])
  }

  @Test(
    arguments: [
      (["--threshold", "1.5"], "--threshold: 1.5"), (["--threshold", "0"], "--threshold: 0"),
      (["--threshold", "x"], "--threshold: x"), (["--recall", "1"], "--recall: 1"),
      (["--recall", "-1"], "--recall"),
      (["--bands", "5"], "--bands, --rows: must be used together"),
      (["--bands", "0", "--rows", "5"], "--bands: 0 is not between 1 and 1024"),
      (["--bands", "1000", "--rows", "1000"], "--bands, --rows: 1000 x 1000"),
      (["--exhaustive", "--bands", "5", "--rows", "5"], "--exhaustive"),
      (["--ngram", "0"], "--ngram: 0"),
      (["--threads", "0"], "--threads: 0"), (["--memory", "much"], "--memory: much"),
      (["--memory", "0"], "--memory: 0"), (["--on-error", "maybe"], "maybe"),
      (["--nonsense"], "--nonsense"), (["--threads"], "--threads"),
    ] as [([String], String)])
  func nonsenseOptions(options: [String], message: String) throws {
    try folder.write("a.jsonl", Records.file(good))
    for command in [["dedup", "a.jsonl", "-o", "out.jsonl"], ["pairs", "a.jsonl"]] {
      try folder.refrainFails(command + options, saying: [message])
    }
  }

  @Test func nonsenseOfDedupAlone() throws {
    try folder.write("a.jsonl", Records.file(good))
    try folder.refrainFails(["dedup", "a.jsonl"], saying: ["--output"])
    try folder.refrainFails(["dedup"], saying: ["<in>"])
    try folder.refrainFails(
      ["dedup", "a.jsonl", "--dry-run", "--keep", "least"], saying: ["--keep: least"])
    try folder.refrainFails(
      ["dedup", "a.jsonl", "-o", "x", "--evidence", "x"], saying: ["--evidence: x", "--output"])
    try folder.refrainFails(
      ["dedup", "a.jsonl", "-o", "-", "--clusters", "-"], saying: ["--clusters: -", "--output"])
    try folder.refrainFails(["explain", "--threshold", "7"], saying: ["--threshold: 7"])
    try folder.refrainFails(
      ["explain", "--bands", "7"], saying: ["--bands, --rows: must be used together"])
    try folder.refrainFails(["nonsense"], saying: ["nonsense"])
  }

  /// Numbers of any size in any field are JSON, and an id is written as it came.
  @Test func numbersOfAnySize() throws {
    let lines = [
      #"{"sha":123456789012345678901234,"x":1e400,"id":-98765432109876543210,"text":"the same"}"#,
      #"{"id":98765432109876543210.25e-5,"text":"The same!","n":[1e-400,{"m":-1E999}]}"#,
      #"{"id":18446744073709551615,"text":"one \ud83d two","sha":123456789012345678901234}"#,
      #"{"id":"\u0001numeral:5","text":"alone","sha":123456789012345678901234}"#,
    ]
    try folder.write("in.jsonl", Records.file(lines))
    let run = try folder.refrain(
      "dedup", "in.jsonl", "-o", "out.jsonl", "--clusters", "-")
    #expect(
      run.lines == [
        #"{"id": -98765432109876543210, "cluster": -98765432109876543210, "kept": true}"#,
        #"{"id": 98765432109876543210.25e-5, "cluster": -98765432109876543210, "kept": false}"#,
        #"{"id": 18446744073709551615, "cluster": 18446744073709551615, "kept": true}"#,
        #"{"id": 5, "cluster": 5, "kept": true}"#,
      ])
    #expect(try folder.lines("out.jsonl") == [lines[0], lines[2], lines[3]])
  }

  /// What is no JSON Lines at all is called by its name.
  @Test(
    arguments: [
      (Array("PAR1".utf8), "a Parquet file"), (Array("ARROW1".utf8), "an Arrow file"),
      ([0xFF, 0xFE, 0x7B, 0], "UTF-16 text"),
    ] as [([UInt8], String)])
  func foreignContainersAreNamed(start: [UInt8], name: String) throws {
    try folder.write("x.jsonl", start + Array(repeating: 0, count: 200))
    for options in [[], ["--on-error", "skip"]] {
      try folder.refrainFails(
        ["dedup", "x.jsonl", "-o", "out.jsonl"] + options,
        saying: ["x.jsonl: cannot read: is \(name), which Refrain does not read"])
    }
  }

  @Test func oddButAccepted() throws {
    let lines = [
      #"{"id": 1, "text": "one \ud83d two"}"#,
      #"{"id": 2, "text": "one \ufffd two"}"#,
      #"{"id": 3, "text": "nul \u0000 here"}"#,
      #"{"id": 4, "text": "nul here"}"#,
      #"{"id": 5, "text": "good \ud83d\ude00 pair"}"#,
    ]
    try folder.write("in.jsonl", Records.file(lines))
    let run = try folder.refrain("pairs", "in.jsonl")
    #expect(run.errors.contains("warning: 1 lone surrogate read as U+FFFD"))
    let pairs = try Records.parse(run.lines).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" }
    #expect(pairs == ["1-2", "3-4"])
  }

  @Test(arguments: ["", "\n", "\u{FEFF}", "\n  \r\n\n"])
  func noRecordsAreAWarning(content: String) throws {
    try folder.write("empty.jsonl", content)
    let run = try folder.refrain(
      "dedup", "empty.jsonl", "-o", "out.jsonl", "--evidence", "why.jsonl")
    #expect(run.errors.contains("warning: no records"))
    #expect(try folder.read("out.jsonl").isEmpty)
    #expect(try folder.read("why.jsonl").isEmpty)
    #expect(try folder.refrain("pairs", "empty.jsonl").output.isEmpty)
    #expect(try folder.refrain("pairs", "empty.jsonl", "--exhaustive").output.isEmpty)
  }
}
