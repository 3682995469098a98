// gzip inputs to the last byte: what stands behind a stream is an error, and every error names the file.

import Foundation
import TestSupport
import Testing

struct GzipInputTests {
  private let folder: ScratchFolder
  private let whole: [UInt8]
  private let expected: [UInt8]

  init() throws {
    folder = try ScratchFolder()
    let lines = PlantedCorpus(200, seed: 71).lines
    try folder.gzip("a.gz", Records.file(lines))
    whole = try folder.read("a.gz")
    expected = Array(Records.file(lines).utf8)
  }

  /// Runs on a file and on standard input.
  private func runs(_ bytes: [UInt8]) throws -> [(run: ProgramRun, name: String)] {
    try folder.write("x.jsonl.gz", bytes)
    let line = "(head -c 1; sleep 0.01; cat) < x.jsonl.gz | refrain dedup - --threshold 1 -o -"
    return [
      (
        try RefrainProgram.run(["dedup", "x.jsonl.gz", "--threshold", "1", "-o", "-"], in: folder),
        "x.jsonl.gz"
      ),
      (try RefrainProgram.shell(line, in: folder), "<stdin>"),
    ]
  }

  @Test(
    arguments: [[0x20], Array("junk".utf8), [0x1F], [0x1F, 0x8B], [0x1F, 0x42, 0, 0], [0, 0, 1]]
      as [[UInt8]])
  func junkBehindTheEndIsAnError(junk: [UInt8]) throws {
    for copies in 1...2 {
      for (run, name) in try runs([[UInt8]](repeating: whole, count: copies).flatMap { $0 } + junk)
      {
        #expect(run.status == 2)
        #expect(run.output.isEmpty)
        #expect(run.errors.contains("refrain: \(name): damaged: gzip stream"), "\(run.errors)")
        #expect(!run.errors.contains("fd:"))
      }
    }
    if junk.count > 3 {
      try folder.refrainFails(
        ["pairs", "x.jsonl.gz"],
        saying: ["other bytes after its end, from offset \(2 * whole.count)"])
    }
  }

  /// Members follow each other, and zeros fill up the last block of a tape.
  @Test func membersAndZeros() throws {
    let once = try folder.refrain("dedup", "a.gz", "--threshold", "1", "-o", "-").output
    for zeros in [0, 1, 511, 300_000] {
      for copies in 1...2 {
        let bytes = [[UInt8]](repeating: whole, count: copies).flatMap { $0 }
        for (run, _) in try runs(bytes + [UInt8](repeating: 0, count: zeros)) {
          #expect(run.status == 0, "\(run.errors)")
          #expect(run.output == once)
        }
      }
    }
  }

  @Test func everyCutIsAnError() throws {
    for length in [2, 5, 11, whole.count / 2, whole.count - 9, whole.count - 1] {
      for (run, name) in try runs(Array(whole[..<length])) {
        #expect(run.status == 2)
        #expect(run.errors.contains("\(name): damaged: gzip stream: unexpected end of file"))
      }
    }
    var wrong = whole
    wrong[whole.count - 5] ^= 1
    for (run, name) in try runs(wrong) {
      #expect(run.status == 2)
      #expect(run.errors.contains("\(name): damaged: gzip stream: incorrect"), "\(run.errors)")
    }
  }

  /// What is written is read again, here and by gzip, also where nothing is kept.
  @Test func outputsAreWhole() throws {
    try folder.write("plain.jsonl", expected)
    try folder.write("empty.jsonl", "")
    for (input, size) in [("plain.jsonl", expected.count), ("empty.jsonl", 0)] {
      _ = try folder.refrain("dedup", input, "--threshold", "1", "-o", "o.jsonl.gz")
      let again = try RefrainProgram.shell("gzip -t o.jsonl.gz && gzip -dc o.jsonl.gz", in: folder)
      #expect(again.status == 0, "\(again.errors)")
      #expect(again.output.isEmpty == (size == 0))
      #expect(
        again.output == (try folder.refrain("dedup", input, "--threshold", "1", "-o", "-")).output)
    }
  }
}
