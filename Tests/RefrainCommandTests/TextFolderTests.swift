// Folders of text and markup as records, and folders of outputs.

import Foundation
import TestSupport
import Testing

struct TextFolderTests {
  private let folder: ScratchFolder
  private let shared: String

  init() throws {
    folder = try ScratchFolder()
    var prose = RandomProse(seed: 211)
    shared = prose.text(80)
    try folder.write("docs/a.md", "# A title\n\n" + shared + "\n")
    try folder.write(
      "docs/deep/b.html", "<html><body><h1>A title</h1><p>\(shared)</p></body></html>")
    try folder.write("docs/deep/c.txt", prose.text(80))
    try folder.write("docs/d.bin", [0, 1, 2])
    try folder.write("docs/copy.txt", try folder.read("docs/deep/c.txt"))
  }

  @Test func eachFileIsARecord() throws {
    let run = try folder.refrain("dedup", "docs", "-o", "out/", "--evidence", "-")
    let evidence = try Evidence.read(run.lines)
    #expect(evidence.map(\.removed) == ["docs/deep/b.html", "docs/deep/c.txt"])
    #expect(evidence.map(\.kept) == ["docs/a.md", "docs/copy.txt"])
    #expect(evidence.map(\.removedAt) == ["docs/deep/b.html:1", "docs/deep/c.txt:1"])
    #expect(run.errors.contains("1 .bin not read"))
    // Kept files are copied as they are, and nothing else is made.
    #expect(try folder.read("out/a.md") == folder.read("docs/a.md"))
    #expect(try folder.read("out/copy.txt") == folder.read("docs/copy.txt"))
    #expect(try folder.names(in: "out") == ["a.md", "copy.txt"])
    let pairs = try folder.refrain("pairs", "docs")
    #expect(pairs.lines.count == 2)
  }

  @Test func oneFileIsJSONLines() throws {
    _ = try folder.refrain("dedup", "docs", "-o", "out.jsonl.gz")
    let run = try RefrainProgram.shell("gzip -dc out.jsonl.gz", in: folder)
    let records = try Records.parse(run.lines)
    #expect(records.map { $0["id"] as? String } == ["docs/a.md", "docs/copy.txt"])
    #expect((records[0]["text"] as? String)?.contains("A title\n\n") == true)
    #expect((records[0]["text"] as? String)?.contains("#") == false)
  }

  @Test func whatIsNoTextIsAnError() throws {
    try folder.write("docs/e.txt", [0x61, 0xFF])
    try folder.refrainFails(["dedup", "docs", "-o", "out/"], saying: ["docs/e.txt:1: not UTF-8"])
    let run = try folder.refrain("dedup", "docs", "-o", "out/", "--on-error", "skip")
    #expect(run.errors.contains("1 record left out"))
  }

  /// Folders are made when they are missing, and are gone again when the run fails.
  @Test func foldersAreMade() throws {
    try folder.write("2024/part-0.jsonl", Records.line("1", "one two three"))
    try folder.write("2025/part-0.jsonl", Records.line("2", "four five six"))
    _ = try folder.refrain("dedup", "2024/part-0.jsonl", "2025", "-o", "new/deep/")
    #expect(try folder.names(in: "new/deep") == ["2024", "2025"])
    #expect(try folder.lines("new/deep/2025/part-0.jsonl") == [Records.line("2", "four five six")])
    try folder.write("2025/part-1.jsonl", "{broken")
    try folder.refrainFails(
      ["dedup", "2024", "2025", "-o", "other/deep/"], saying: ["part-1.jsonl:1"])
    #expect(!folder.exists("other"))
  }
}
