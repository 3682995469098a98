// What has the name of a compression is compressed, whatever command writes it; names of other
// compressions are refused.

import Foundation
import TestSupport
import Testing

struct CompressedOutputTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("a.jsonl", Records.file(PlantedCorpus(60, seed: 191).lines))
    var prose = RandomProse(seed: 192)
    let shared = prose.text(40)
    for name in ["a.md", "b.md"] {
      try folder.write("docs/\(name)", "\(prose.text(40))\n\n\(shared)\n\n\(prose.text(40))\n")
    }
  }

  /// Command lines that write to a name, which stands for `#`.
  private static let writing = [
    "dedup a.jsonl -o u.jsonl --evidence #.jsonl", "dedup a.jsonl -o u.jsonl --clusters #.jsonl",
    "dedup a.jsonl -o u.jsonl --removed #.jsonl", "dedup a.jsonl --dry-run --evidence #.jsonl",
    "dedup a.jsonl --annotate -o #.jsonl", "pairs a.jsonl -o #.jsonl", "pairs a.jsonl -o #",
    "compare docs/a.md docs/b.md -o #.txt", "compare docs/a.md docs/b.md --format jsonl -o #.jsonl",
    "check docs --format json=#.json", "check docs --format html=#.html",
    "check docs --format json -o #.json", "check docs --format sarif -o #.sarif",
    "check docs --format jsonl -o #.jsonl", "check docs -o #.txt", "baseline write # docs",
  ]

  @Test(arguments: writing)
  func theNameDecides(line: String) throws {
    let status: Int32 = line.hasPrefix("check") ? 1 : 0
    func written(_ ending: String) throws -> [UInt8] {
      let words = line.split(separator: " ").map { word in
        word.contains("#") ? word.replacing("#", with: "plain") + ending : String(word)
      }
      let run = try RefrainProgram.run(words, in: folder)
      #expect(run.status == status, "\(words): \(run.errors)")
      #expect(run.output.isEmpty, "\(words)")
      let name = try #require(words.first { $0.contains("plain") })
      return try folder.read(name.components(separatedBy: "=").last ?? name)
    }
    let plain = try written("")
    #expect(!plain.isEmpty)
    #expect(try Packing.expanded(plain) == nil)
    for ending in [".gz", ".gzip", ".zst", ".zstd", ".xz", ".bz2", ".bzip2", ".lz4", ".GZ", ".Zst"]
    {
      #expect(try Packing.expanded(written(ending)) == plain, "\(line): \(ending)")
    }
  }

  /// What was written is read again under its name.
  @Test(arguments: ["gz", "gzip", "zst", "bzip2"])
  func whatIsWrittenIsReadAgain(ending: String) throws {
    let name = "accepted.\(ending)"
    _ = try folder.refrain("baseline", "write", name, "docs")
    let run = try RefrainProgram.run(["check", "docs", "--baseline", name], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    _ = try folder.refrain("baseline", "prune", name, "docs")
    #expect(try Packing.expanded(folder.read(name)) != nil)
    _ = try folder.refrain("dedup", "a.jsonl", "-o", "u.jsonl.\(ending)")
    try folder.makeFolder("walked")
    try FileManager.default.moveItem(
      atPath: folder("u.jsonl.\(ending)"), toPath: folder("walked/u.jsonl.\(ending)"))
    let again = try folder.refrain("dedup", "walked", "-o", "-")
    #expect(try again.output == folder.refrain("dedup", "a.jsonl", "-o", "-").output)
  }

  @Test(arguments: ["br", "lzma", "lz", "Z", "bz", "7z", "zip", "snappy", "zlib", "tar.gz"])
  func otherNamesAreRefused(ending: String) throws {
    for line in Self.writing {
      let words = line.split(separator: " ").map { word in
        word.contains("#") ? word.replacing("#", with: "plain") + "." + ending : String(word)
      }
      try folder.refrainFails(words, saying: ["plain", "cannot write: Refrain cannot write"])
    }
  }
}
