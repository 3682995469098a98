// What dedup writes besides the kept records: removed lines, rejects, and annotated records.

import Foundation
import TestSupport
import Testing

struct DedupOutputTests {
  private let folder: ScratchFolder
  private let lines = PlantedCorpus(300, seed: 141).lines

  init() throws {
    folder = try ScratchFolder()
    try folder.write("in.jsonl", Records.file(lines))
  }

  @Test(arguments: ["first", "longest", "last"])
  func removedAndKeptLinesAreTheInput(policy: String) throws {
    var outputs: Set<[String]> = []
    for threads in ["1", "4"] {
      _ = try folder.refrain(
        "dedup", "in.jsonl", "-o", "out.jsonl", "--removed", "gone.jsonl", "--evidence",
        "why.jsonl",
        "--keep", policy, "--threads", threads)
      let kept = try folder.lines("out.jsonl")
      let gone = try folder.lines("gone.jsonl")
      #expect((kept + gone).sorted() == lines.sorted())
      let evidence = try Evidence.read(try folder.lines("why.jsonl"))
      let numbers = evidence.compactMap { Int($0.removed.dropFirst()) }
      #expect(gone == numbers.map { lines[$0] })
      #expect(gone.count > 50)
      outputs.insert(gone)
    }
    #expect(outputs.count == 1)
  }

  @Test func aNameMakesThemGzip() throws {
    _ = try folder.refrain(
      "dedup", "in.jsonl", "-o", "out.jsonl", "--removed", "gone.jsonl.gz", "--rejects", "bad.gz")
    #expect(try folder.read("gone.jsonl.gz").starts(with: [0x1F, 0x8B]))
    #expect(try folder.read("bad.gz").starts(with: [0x1F, 0x8B]))
  }

  @Test func rejectsSayWhereWhyAndWhat() throws {
    var bytes = Array("{\"text\": \"good\"}\n{\"text\": 3}\r\n\n{\"text\": \"\n".utf8)
    bytes += Array("{\"text\": \"".utf8) + [0xFF] + Array("\"}\n{\"title\": \"é\"}".utf8)
    try folder.write("bad.jsonl", bytes)
    try folder.write("in/ok.jsonl", Records.file([Records.line("1", "fine words")]))
    try folder.write("in/cut.jsonl.gz", [0x1F, 0x8B, 8, 0])
    _ = try folder.refrain(
      "dedup", "bad.jsonl", "in", "-o", "out.jsonl", "--rejects", "rejects.jsonl")
    let rejects = try Records.parse(try folder.lines("rejects.jsonl"))
    #expect(try folder.lines("out.jsonl").count == 2)
    #expect(
      rejects.map { $0["path"] as? String } == ["in/cut.jsonl.gz"]
        + Array(repeating: "bad.jsonl", count: 4))
    #expect(rejects.map { $0["line"] as? Int } == [nil, 2, 4, 5, 6])
    #expect(
      rejects.map { $0["record"] as? String } == [
        nil, "{\"text\": 3}", "{\"text\": \"", "{\"text\": \"\u{FFFD}\"}", "{\"title\": \"é\"}",
      ])
    for (reject, cause) in zip(
      rejects.dropFirst(), ["is not a string", "malformed JSON", "not UTF-8", "no field \"text\""])
    {
      #expect((reject["cause"] as? String)?.contains(cause) == true)
    }
    // Without it, the first of them ends the run; and it cannot be both.
    try folder.refrainFails(["dedup", "bad.jsonl", "-o", "never.jsonl"], saying: ["bad.jsonl:2"])
    try folder.refrainFails(
      ["dedup", "bad.jsonl", "-o", "never.jsonl", "--rejects", "r", "--on-error", "fail"],
      saying: ["--rejects", "--on-error fail"])
  }

  @Test(arguments: ["first", "longest"])
  func annotatedRecordsAreTheInputAndWhy(policy: String) throws {
    _ = try folder.refrain(
      "dedup", "in.jsonl", "-o", "plain.jsonl", "--evidence", "why.jsonl", "--keep", policy)
    let evidence = try Evidence.read(try folder.lines("why.jsonl"))
    let removals = Dictionary(uniqueKeysWithValues: evidence.map { ($0.removed, $0) })
    var outputs: Set<[String]> = []
    for threads in ["1", "4"] {
      _ = try folder.refrain(
        "dedup", "in.jsonl", "-o", "all.jsonl", "--annotate", "--keep", policy, "--threads", threads
      )
      outputs.insert(try folder.lines("all.jsonl"))
    }
    let annotated = try #require(outputs.first)
    #expect(outputs.count == 1)
    #expect(annotated.count == lines.count)
    for (record, (line, original)) in zip(try Records.parse(annotated), zip(annotated, lines)) {
      #expect(line.hasPrefix(original.dropLast() + ", \"refrain\": {"))
      let id = try #require(record["id"] as? String)
      let note = try #require(record["refrain"] as? [String: Any])
      #expect(Set(note.keys) == ["cluster", "kept", "reason", "similarity", "containment"])
      #expect(note["kept"] as? Bool == (removals[id] == nil))
      #expect(note["cluster"] as? String == removals[id]?.kept ?? id)
      #expect(note["reason"] as? String == removals[id]?.reason)
      #expect(note["similarity"] as? Double == removals[id]?.similarity)
    }
  }

  /// An annotation is a member of an object, so that every form becomes one a line.
  @Test func annotatedFormsAreLines() throws {
    try folder.write("t/rows.csv", "id,text\na,one two three\nb,\"one, two three\"\n")
    try folder.write("t/list.json", "[\n{\"id\": \"c\",\n \"text\": \"four five\"}]\n")
    _ = try folder.refrain("dedup", "t", "-o", "t.out/", "--annotate")
    #expect(try folder.names(in: "t.out") == ["list.jsonl", "rows.jsonl"])
    let rows = try Records.parse(folder.lines("t.out/rows.jsonl"))
    #expect(rows.map { $0["text"] as? String } == ["one two three", "one, two three"])
    #expect(rows.map { ($0["refrain"] as? [String: Any])?["kept"] as? Bool } == [true, false])
    let list = try Records.parse(folder.lines("t.out/list.jsonl"))
    #expect((list[0]["refrain"] as? [String: Any])?["cluster"] as? String == "c")
    try folder.write("r.csv", "id,text,refrain\na,one,two\n")
    try folder.refrainFails(
      ["dedup", "r.csv", "-o", "never.jsonl", "--annotate"], saying: ["r.csv:2", "already"])
    try folder.refrainFails(
      ["dedup", "t/rows.csv", "-o", "never.csv", "--annotate"], saying: ["never.csv", "JSON"])
  }

  /// Removed records are written as the kept ones are.
  @Test func removedRowsHaveTheirHeader() throws {
    try folder.write("rows.csv", "id,text\na,one two\nb,one two\nc,three\n")
    _ = try folder.refrain("dedup", "rows.csv", "-o", "kept.csv", "--removed", "gone.csv")
    #expect(try folder.lines("kept.csv") == ["id,text", "a,one two", "c,three"])
    #expect(try folder.lines("gone.csv") == ["id,text", "b,one two"])
    _ = try folder.refrain("dedup", "rows.csv", "-o", "kept.csv", "--removed", "gone.jsonl")
    #expect(try folder.lines("gone.jsonl") == ["{\"id\": \"b\", \"text\": \"one two\"}"])
  }

  @Test func annotationKeepsFilesAndRefusesItsOwn() throws {
    try folder.write("a/x.jsonl", "{\"text\": \"one two\" }  \r\n\n{\"text\":\"three\"}")
    try folder.write("b/y.jsonl", "{\"text\": \"one two\"}\n")
    try folder.makeFolder("out")
    _ = try folder.refrain("dedup", "a/x.jsonl", "b/y.jsonl", "-o", "out", "--annotate")
    #expect(
      try folder.lines("out/a/x.jsonl") == [
        "{\"text\": \"one two\", \"refrain\": {\"cluster\": \"a/x.jsonl:1\", \"kept\": true, "
          + "\"reason\": null, \"similarity\": null, \"containment\": null}}",
        "{\"text\":\"three\", \"refrain\": {\"cluster\": \"a/x.jsonl:3\", \"kept\": true, "
          + "\"reason\": null, \"similarity\": null, \"containment\": null}}",
      ])
    #expect(
      try folder.lines("out/b/y.jsonl") == [
        "{\"text\": \"one two\", \"refrain\": {\"cluster\": \"a/x.jsonl:1\", \"kept\": false, "
          + "\"reason\": \"identical\", \"similarity\": 1.000000, \"containment\": 1.000000}}"
      ])
    // A text may hold the word; a field may not.
    try folder.write("w.jsonl", Records.file([Records.line("1", "say \"refrain\": now")]))
    _ = try folder.refrain("dedup", "w.jsonl", "-o", "w.out", "--annotate")
    try folder.refrainFails(
      ["dedup", "out/a/x.jsonl", "-o", "never.jsonl", "--annotate"],
      saying: ["out/a/x.jsonl:1", "\"refrain\" already"])
  }

  @Test func noneOfThemIsAnInputOrAnotherOutput() throws {
    for option in ["--removed", "--rejects"] {
      for options in [
        ["-o", "u.jsonl", option, "in.jsonl"], ["-o", "u.jsonl", option, "u.jsonl"],
        ["-o", "u.jsonl", option, "e.jsonl", "--evidence", "e.jsonl"],
        ["--dry-run", option, "in.jsonl"], ["-o", "u.jsonl", option, "gone.csv"],
        ["-o", "u.jsonl", option, "/dev/full"],
      ] {
        try folder.write("bad.jsonl", Records.file(lines) + "x\n")
        try folder.refrainFails(
          ["dedup", "in.jsonl", "bad.jsonl", "--on-error", "skip"] + options, saying: [])
        #expect(try folder.lines("in.jsonl") == lines)
        #expect(!FileManager.default.fileExists(atPath: folder("u.jsonl")))
      }
    }
  }

  @Test func aDryRunWritesNoRecords() throws {
    _ = try folder.refrain(
      "dedup", "in.jsonl", "--dry-run", "--removed", "gone.jsonl", "--annotate")
    #expect(!FileManager.default.fileExists(atPath: folder("gone.jsonl")))
    // The removed lines of an input that is replaced are safe before it is.
    _ = try folder.refrain("dedup", "in.jsonl", "-o", "in.jsonl", "--removed", "gone.jsonl")
    #expect(
      try (folder.lines("in.jsonl") + folder.lines("gone.jsonl")).sorted() == lines.sorted())
  }
}
