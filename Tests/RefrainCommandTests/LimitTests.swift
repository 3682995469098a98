// Little room to work in: few descriptors, small stacks, closed standard streams, full devices. The
// program works, or says what it is that it lacks.

import Foundation
import TestSupport
import Testing

struct LimitTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("a.jsonl", Records.file(PlantedCorpus(60, seed: 51).lines))
    var prose = RandomProse(seed: 52)
    let shared = prose.text(40)
    try folder.write("docs/a.md", shared + "\n\n" + prose.text(40))
    try folder.write("docs/b.md", prose.text(40) + "\n\n" + shared)
    try folder.write(
      "pages.jsonl", Records.file([Records.line("1", shared), Records.line("2", "Then " + shared)]))
    try folder.write("asked.jsonl", #"{"a": 1, "b": 2}"#)
    _ = try folder.refrain("baseline", "write", "accepted", "docs", "-q")
    try folder.makeFolder("man")
  }

  private func shell(_ line: String) throws -> ProgramRun {
    try RefrainProgram.shell(line, in: folder)
  }

  /// What each command prints to standard output.
  static let printing = [
    "--help", "--version", "help dedup", "dedup --help", "explain", "config", "config --schema",
    "--generate-completion-script bash", "--generate-completion-script fish",
    "--generate-completion-script zsh", "help baseline prune", "man --help",
    "dedup a.jsonl -o -", "dedup a.jsonl -o - --threads 1", "dedup a.jsonl --dry-run --evidence -",
    "dedup a.jsonl -o u.jsonl --clusters -", "dedup a.jsonl -o u.jsonl --removed -",
    "dedup pages.jsonl asked.jsonl -o u.jsonl --rejects -", "pairs a.jsonl",
    "compare docs/a.md docs/b.md", "compare docs/a.md docs/b.md --format jsonl",
    "compare --documents pages.jsonl --pairs asked.jsonl", "check docs", "check docs --format json",
    "check docs --format jsonl", "check docs --format html",
    "check docs --explain $(refrain check docs --format json | grep -o '[0-9a-f]\\{16\\}' | head -n 1)",
    "baseline write - docs", "baseline prune - docs < accepted",
  ]

  @Test(arguments: printing)
  func aFullDeviceAndAClosedStreamAreTrouble(command: String) throws {
    let full = try shell("refrain \(command) > /dev/full")
    #expect(full.status == 2)
    #expect(
      full.errors.contains("<stdout>: cannot write: No space left on device"), "\(full.errors)")
    let closed = try shell("refrain \(command) >&-")
    #expect(closed.status == 2)
    #expect(
      closed.errors.contains("<stdout>: cannot write: Bad file descriptor"), "\(closed.errors)")
    let good = try shell("refrain \(command)")
    let finds = command.hasPrefix("check") && !command.contains("--explain")
    #expect(good.status == (finds ? 1 : 0), "\(command): \(good.errors)")
    #expect(!good.output.isEmpty, "\(command)")
  }

  @Test func manPagesAreAllOrNone() throws {
    #expect(try shell("refrain man man").status == 0)
    #expect(try folder.names(in: "man").count > 5)
    #expect(try shell("rm man/*; mkdir man/refrain.1; refrain man man").status == 2)
    #expect(try folder.names(in: "man") == ["refrain.1"])
    #expect(try shell("refrain man /dev/full").status == 2)
  }

  /// No file becomes a standard stream, into which messages or results would be written.
  @Test func closedStreams() throws {
    let expected = try folder.refrain("dedup", "a.jsonl", "-o", "-").output
    for closed in ["<&-", "2>&-", "<&- 2>&-", ">&-", "<&- >&- 2>&-"] {
      let run = try shell("refrain dedup a.jsonl -o o.jsonl --evidence w.jsonl \(closed)")
      #expect(run.status == 0, "\(closed)")
      #expect(try folder.read("o.jsonl") == expected)
      #expect(try !folder.read("w.jsonl").contains(UInt8(ascii: "\u{1B}")))
      #expect(!String(decoding: try folder.read("w.jsonl"), as: UTF8.self).contains("records kept"))
      #expect(try shell("refrain check docs --format json=c.json \(closed)").status == 1)
    }
    let input = try shell("refrain dedup - -o o.jsonl <&-")
    #expect(input.status == 2)
    #expect(input.errors.contains("<stdin>: cannot read: Bad file descriptor"))
    #expect(try shell("refrain dedup none.jsonl -o o.jsonl 2>&-").status == 2)
  }

  @Test func smallStacks() throws {
    for command in LimitTests.printing {
      let usual = try shell("refrain \(command)")
      let small = try shell("ulimit -s 64; refrain \(command)")
      #expect(small.status == usual.status, "\(command): \(small.errors)")
      #expect(small.output == usual.output)
    }
    // What nests deeply needs most.
    try folder.write("docs/deep.html", String(repeating: "<div>", count: 5000) + "some words")
    try folder.write("docs/deep.md", String(repeating: "> ", count: 5000) + "some words")
    #expect(try shell("ulimit -s 64; refrain check docs").status == 1)
  }

  @Test func fewDescriptors() throws {
    for count in [3, 4, 5, 6, 8, 12, 16, 18, 24] {
      for command in ["dedup a.jsonl -o o.jsonl --evidence w.jsonl --memory 1K", "check docs"] {
        let run = try shell("ulimit -n \(count); refrain \(command)")
        // Below this the program's own libraries cannot be loaded.
        if count < 5, run.status == 127 { continue }
        let done: Int32 = command.hasPrefix("check") ? 1 : 0
        #expect(
          run.status == (count < 18 ? 2 : run.status == 2 ? 2 : done), "\(count): \(run.errors)")
        if run.status == 2 { #expect(run.errors.contains("ulimit -n"), "\(run.errors)") }
        if count == 24 { #expect(run.status == done) }
      }
    }
  }

  /// More shards than descriptors, in and out.
  @Test(arguments: [".jsonl", ".jsonl.gz"])
  func moreFilesThanDescriptors(ending: String) throws {
    let lines = PlantedCorpus(3000, seed: 53, words: 8).lines
    for shard in 0..<300 {
      let part = Records.file(Array(lines[(shard * 10)..<(shard * 10 + 10)]))
      let name = "in/\(1000 + shard)\(ending)"
      if ending.hasSuffix("gz") {
        try folder.makeFolder("in")
        try folder.gzip(name, part)
      } else {
        try folder.write(name, part)
      }
    }
    try folder.makeFolder("out")
    let expected = try folder.refrain("dedup", "in", "-o", "-").output
    for order in ["first", "longest"] {
      let run = try shell("ulimit -n 100; refrain dedup in -o out --keep \(order)")
      #expect(run.status == 0, "\(run.errors)")
      #expect(try folder.names(in: "out") == folder.names(in: "in"))
      if order == "first" {
        let all = try shell(ending.hasSuffix("gz") ? "zcat out/*" : "cat out/*")
        #expect(all.output == expected)
      }
    }
    let pairs = try shell("ulimit -n 100; refrain pairs in")
    #expect(pairs.status == 0)
  }
}
