// What a walk through a folder meets and cannot read, or does not: nothing of it goes in silence.

import Foundation
import TestSupport
import Testing

struct LeftOutTests {
  private func records(_ ids: String...) -> String {
    var prose = RandomProse(seed: 55)
    return Records.file(ids.map { Records.line("\"\($0)\"", prose.text(30)) })
  }

  /// A folder with one good file, and one of each thing that cannot be read by anybody.
  private func corpus() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try folder.write("in/good.jsonl", records("a", "b"))
    try folder.write("in/torn.jsonl.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])
    try FileManager.default.createSymbolicLink(
      atPath: folder("in/gone.jsonl"), withDestinationPath: "nowhere")
    var name = Array(folder("in/caf").utf8).map(CChar.init(bitPattern:))
    name += [CChar(bitPattern: 0xE9)] + ".jsonl".utf8.map(CChar.init(bitPattern:)) + [0]
    let file = try #require(fopen(name, "w"))
    fclose(file)
    return folder
  }

  @Test(arguments: [["dedup", "in", "-o", "out.jsonl"], ["pairs", "in", "-o", "out.jsonl"]])
  func aWalkGoesOnWhereErrorsAreSkipped(arguments: [String]) throws {
    let folder = try corpus()
    try folder.refrainFails(arguments, saying: ["refrain: in/"])
    let run = try RefrainProgram.run(arguments + ["--on-error", "skip"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    for part in [
      "left out: in/caf\u{FFFD}.jsonl: cannot read: the name is not valid UTF-8",
      "left out: in/gone.jsonl: cannot read: No such file", "left out: in/torn.jsonl.gz: ",
      "3 inputs left out",
    ] {
      #expect(run.errors.contains(part), "\(run.errors)")
    }
    if arguments[0] == "dedup" { #expect(try folder.lines("out.jsonl").count == 2) }
  }

  /// Where nothing at all could be read there is no result, whatever was asked.
  @Test(arguments: ["dedup", "pairs"])
  func nothingCouldBeRead(command: String) throws {
    let folder = try corpus()
    try folder.remove("in/good.jsonl")
    try folder.write("bad.jsonl", "{\n[]\n")
    for input in ["in", "bad.jsonl"] {
      try folder.refrainFails(
        [command, input, "-o", "out.jsonl", "--on-error", "skip"], saying: [" could be read"])
    }
    // An empty corpus is one.
    try folder.write("empty.jsonl", "")
    let run = try RefrainProgram.run(
      [command, "empty.jsonl", "-o", "out.jsonl", "--on-error", "skip"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test(arguments: [[], ["--on-error", "skip"]])
  func checkReadsTheOthers(options: [String]) throws {
    let folder = try corpus()
    var prose = RandomProse(seed: 56)
    let paragraph = prose.text(40)
    try folder.write("in/a.md", [paragraph, prose.text(9), paragraph].joined(separator: "\n\n"))
    let run = try RefrainProgram.run(["check", "in"] + options, in: folder)
    #expect(run.status == 2)
    #expect(run.lines.count == 1)
    for part in [
      "left out: in/caf\u{FFFD}.jsonl: ", "left out: in/gone.jsonl: ",
      "left out: in/torn.jsonl.gz: ",
    ] {
      #expect(run.errors.contains(part), "\(run.errors)")
    }
    // Nothing at all is trouble even if everything is to be skipped.
    try folder.remove("in/a.md")
    try folder.remove("in/good.jsonl")
    #expect(try RefrainProgram.run(["check", "in"] + options, in: folder).status == 2)
  }

  /// A text of another encoding under a text's name is named with its cause.
  @Test func textsThatAreNone() throws {
    let folder = try ScratchFolder()
    let words = "Some words that stand here, and no others.\n"
    try folder.write("good.md", words)
    try folder.write(
      "torn.md", [0xFF, 0xFE] + words.utf16.flatMap { [UInt8($0 & 0xFF), 0] } + [9])
    try folder.write("wide.txt", words.utf16.flatMap { [UInt8($0 & 0xFF), 0] })
    try folder.write("nul.md", words + words + "One \0 more.\n")
    try folder.write("binary", [0, 1, 2])
    let run = try RefrainProgram.run(["check"], in: folder)
    #expect(run.status == 2)
    for part in [
      "left out: torn.md:2: is UTF-16LE text that ends inside a character",
      "left out: wide.txt:1: is UTF-16 text without a byte order mark",
      "left out: nul.md:3: contains a NUL byte", "1 without an extension not read",
    ] {
      #expect(run.errors.contains(part), "\(run.errors)")
    }
  }

  @Test func whatIsNotReadIsCounted() throws {
    let folder = try ScratchFolder()
    for number in 0..<12 { try folder.write("in/\(number).jsonl.br", "x") }
    for number in 0..<3 { try folder.write("in/\(number).parquet", "x") }
    try folder.write("in/.hidden.parquet", "x")
    try folder.write("in/a.jsonl", records("a"))
    for command in ["dedup", "pairs"] {
      let run = try RefrainProgram.run([command, "in", "-o", "out.jsonl"], in: folder)
      #expect(run.status == 0)
      #expect(run.errors.contains("12 .jsonl.br, 3 .parquet not read"), "\(run.errors)")
    }
    try folder.remove("in/a.jsonl")
    try folder.refrainFails(
      ["dedup", "in", "-o", "out.jsonl"],
      saying: ["no files of records or text in in", "12 .jsonl.br"])
  }

  private struct Result: Decodable {
    struct Summary: Decodable {
      struct Kind: Decodable, Equatable {
        var `extension`: String
        var files: Int
      }
      var notRead: [Kind]
    }
    var summary: Summary
  }

  @Test func checkCountsToo() throws {
    let folder = try ScratchFolder()
    try folder.write("a.md", "Words.")
    for number in 0..<30 { try folder.write("docs/\(number).tex", "Words.") }
    for name in ["b.png", "a.PNG", "ignored.svg", ".hidden.svg"] { try folder.write(name, "x") }
    try folder.write(".gitignore", "*.svg\n")
    let run = try RefrainProgram.run(["check", "--format", "json"], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.contains("30 .tex, 2 .png not read"), "\(run.errors)")
    let result = try JSONDecoder().decode(Result.self, from: Data(run.output))
    #expect(
      result.summary.notRead == [
        .init(extension: ".tex", files: 30), .init(extension: ".png", files: 2),
      ])
    // Folders that overlap are counted once.
    let twice = try RefrainProgram.run(["check", ".", "docs"], in: folder)
    #expect(twice.errors.contains("30 .tex, 2 .png not read"), "\(twice.errors)")
  }

  /// A stranger's folder shows nothing of a file elsewhere; a file that was named is read.
  @Test func checkFollowsNoLinkOutside() throws {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 57)
    let paragraph = prose.text(40)
    let secret = [paragraph, prose.text(9), paragraph].joined(separator: "\n\n")
    try folder.write("secret.md", secret)
    try folder.write("repo/a.md", prose.text(30))
    try folder.write("repo/.git/secret", secret)
    for (link, target) in [
      ("up.md", "../secret.md"), ("absolute.txt", folder("secret.md")),
      ("environment.txt", "/proc/self/environ"), ("git.md", ".git/secret"),
    ] {
      try FileManager.default.createSymbolicLink(
        atPath: folder("repo/\(link)"), withDestinationPath: target)
    }
    let run = try RefrainProgram.run(["check"], in: folder, at: "repo")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains("4 links that lead outside not followed"), "\(run.errors)")
    let named = try RefrainProgram.run(["check", "up.md"], in: folder, at: "repo")
    #expect(named.status == 1, "\(named.errors)")
    let focused = try RefrainProgram.run(
      ["check", "--focus", "up.md"], in: folder, at: "repo")
    #expect(focused.status == 1, "\(focused.errors)")
  }

  /// The shards of a corpus often lie elsewhere.
  @Test(arguments: ["dedup", "pairs"])
  func aCorpusIsReadThroughLinks(command: String) throws {
    let folder = try ScratchFolder()
    try folder.write("blobs/1", records("a"))
    try folder.makeFolder("corpus")
    try FileManager.default.createSymbolicLink(
      atPath: folder("corpus/a.jsonl"), withDestinationPath: "../blobs/1")
    let run = try RefrainProgram.run([command, "corpus", "-o", "out.jsonl"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
  }
}
