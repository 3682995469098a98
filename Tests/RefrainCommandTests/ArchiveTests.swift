// tar and zip archives as inputs: what is in them is read as from a folder, and no name leads out of it.

import Foundation
import TestSupport
import Testing

struct ArchiveTests {
  private let folder: ScratchFolder
  private let a: [UInt8]
  private let b: [UInt8]

  init() throws {
    folder = try ScratchFolder()
    let lines = PlantedCorpus(80, seed: 181).lines
    a = Array(Records.file(Array(lines[..<50])).utf8)
    b = Array(Records.file(Array(lines[50...])).utf8)
    try folder.write("in/2024/a.jsonl", a)
    try folder.write("in/2025/b.jsonl", b)
  }

  /// The entries, of which one is compressed, one is hidden and one is of no kind that is read.
  private func entries() throws -> [(name: String, bytes: [UInt8])] {
    [
      ("2024/a.jsonl", a), ("./2025/b.jsonl.zst", try Packing.zstd(b)), ("2025/c.bin", [1, 2]),
      ("__MACOSX/d.jsonl", [1]), ("2025/notes.txt", Array("no record".utf8)),
    ]
  }

  @Test(arguments: ["x.tar", "x.zip", "x.tar.gz", "x.tar.zst", "x", "-"])
  func entriesAreRead(name: String) throws {
    var bytes = try name == "x.zip" ? Packing.zip(entries()) : Packing.tar(entries())
    if name.hasSuffix(".zst") { bytes = try Packing.zstd(bytes) }
    if name.hasSuffix(".gz") {
      try folder.write("plain.tar", bytes)
      _ = try RefrainProgram.shell("gzip -c plain.tar > x.tar.gz", in: folder)
      bytes = try folder.read("x.tar.gz")
    }
    if name != "-" { try folder.write(name, bytes) }
    let run = try RefrainProgram.run(
      ["dedup", name, "-o", "-", "--evidence", "why.jsonl"], in: folder,
      input: name == "-" ? bytes : [])
    #expect(run.status == 0, "\(run.errors)")
    let expected = try folder.refrain("dedup", "in", "-o", "-", "--evidence", "why2.jsonl")
    #expect(run.output == expected.output)
    #expect(run.errors.contains("1 .bin, 1 .txt not read"), "\(run.errors)")
    let prefix = name == "-" ? "<stdin>" : name
    let places = try Evidence.read(try folder.lines("why.jsonl")).map(\.removedAt)
    let plain = try Evidence.read(try folder.lines("why2.jsonl")).map { evidence in
      evidence.removedAt.replacing("in/", with: prefix + "/")
        .replacing("b.jsonl", with: "b.jsonl.zst")
    }
    #expect(places == plain)
  }

  /// In a folder of outputs each entry has a file of its own, where it was in the archive.
  @Test func outputsOfEntries() throws {
    try folder.write("x.tar", try Packing.tar(entries()))
    _ = try folder.refrain("dedup", "x.tar", "-o", "out/")
    _ = try folder.refrain("dedup", "in", "-o", "out2/")
    #expect(try folder.read("out/2024/a.jsonl") == folder.read("out2/2024/a.jsonl"))
    #expect(
      try folder.refrain("dedup", "out/2025/b.jsonl.zst", "-o", "-").output
        == folder.read("out2/2025/b.jsonl"))
  }

  @Test(arguments: ["../evil.jsonl", "/tmp/evil.jsonl", "a/../../evil.jsonl", "..", "a/.."])
  func noNameLeadsOut(name: String) throws {
    for (file, bytes) in [
      ("x.tar", try Packing.tar([("a.jsonl", a), (name, b)])),
      ("x.zip", try Packing.zip([("a.jsonl", a), (name, b)])),
    ] {
      try folder.write(file, bytes)
      try folder.refrainFails(
        ["dedup", file, "-o", "out/"],
        saying: ["\(file): damaged: archive: the entry", "leads out"])
      #expect(!folder.exists("out"))
      #expect(!folder.exists("evil.jsonl"))
    }
  }

  @Test func damageIsAnError() throws {
    let tar = try Packing.tar(entries())
    for length in [513, 2_000, a.count, a.count + 1024] {
      try folder.write("cut.tar", tar[..<length])
      try folder.refrainFails(["dedup", "cut.tar", "-o", "o"], saying: ["cut.tar", "damaged: "])
    }
    var wrong = tar
    wrong[100] ^= 1
    try folder.write("wrong.tar", wrong)
    try folder.refrainFails(["dedup", "wrong.tar", "-o", "o"], saying: ["wrong.tar", "damaged: "])
    let zip = try Packing.zip(entries())
    for length in [40, zip.count / 2, zip.count - 30] {
      try folder.write("cut.zip", zip[..<length])
      try folder.refrainFails(["dedup", "cut.zip", "-o", "o"], saying: ["cut.zip"])
    }
    var flipped = zip
    flipped[200] ^= 0x40
    try folder.write("flipped.zip", flipped)
    try folder.refrainFails(
      ["dedup", "flipped.zip", "-o", "o"], saying: ["flipped.zip", "damaged"])
  }
}
