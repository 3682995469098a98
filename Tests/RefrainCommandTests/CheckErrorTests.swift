// What `refrain check` does when something is wrong: status 2, a message that names it, and an
// output that is whole or not there.

import Foundation
import TestSupport
import Testing

struct CheckErrorTests {
  private func folder() throws -> ScratchFolder {
    var prose = RandomProse(seed: 101)
    let folder = try ScratchFolder()
    let paragraph = prose.text(40)
    try folder.write("a.txt", [paragraph, prose.text(40), paragraph].joined(separator: "\n\n"))
    try folder.write("good.txt", prose.text(100))
    return folder
  }

  @Test func statuses() throws {
    let folder = try folder()
    #expect(try RefrainProgram.run(["check", "good.txt"], in: folder).status == 0)
    #expect(try RefrainProgram.run(["check", "a.txt"], in: folder).status == 1)
    try folder.refrainFails(["check", "none.txt"], saying: ["none.txt: cannot read"])
    try folder.refrainFails(["check", "a.txt", "none"], saying: ["none: cannot read"])
    try folder.refrainFails(
      ["check", "good.txt", "--focus", "none"], saying: ["none: cannot read"])
  }

  @Test func settingsThatCannotBe() throws {
    let folder = try folder()
    let cases = [
      ["--min-words", "0"], ["--similarity", "0"], ["--similarity", "1.1"], ["--similarity", "x"],
      ["--boilerplate", "1"], ["--threads", "0"], ["--threads", "5000"], ["--scope", "around"],
      ["--format", "xml"], ["--color", "pink"],
    ]
    for options in cases {
      try folder.refrainFails(["check", "a.txt"] + options, saying: [options[0]])
    }
  }

  /// A file that is not UTF-8 is named with the line of the first wrong byte.
  @Test func textThatIsNotUTF8() throws {
    let folder = try folder()
    try folder.write("bad.txt", Array("one\ntwo\nthree ".utf8) + [0xFF, 0x0A])
    try folder.refrainFails(["check", "bad.txt"], saying: ["bad.txt:3: not UTF-8", "offset 14"])
    // Where a walk found it, all else is checked, but never as if all were well.
    let walked = try RefrainProgram.run(["check", "."], in: folder)
    #expect(walked.status == 2)
    #expect(!walked.lines.isEmpty)
    #expect(walked.errors.contains("left out: bad.txt:3: not UTF-8"))
    try folder.refrainFails(
      ["check", "-"], saying: ["<stdin>:1: not UTF-8"], input: [0x61, 0xC3, 0x28])
    // Left out on request, but never without a word, and never as if all were well.
    let run = try RefrainProgram.run(
      ["check", "good.txt", "bad.txt", "--on-error", "skip"], in: folder)
    #expect(run.status == 2)
    #expect(run.errors.contains("left out: bad.txt:3: not UTF-8"))
    let found = try RefrainProgram.run(["check", ".", "--on-error", "skip"], in: folder)
    #expect(found.status == 2)
    #expect(found.errors.contains("bad.txt:3"))
    #expect(found.lines.count == 1)
  }

  @Test func recordsThatCannotBeRead() throws {
    let folder = try folder()
    try folder.write("in.jsonl", "{\"id\": 1, \"text\": \"fine\"}\n{\"id\": 2, \"text\": 3}\n{\n")
    try folder.refrainFails(["check", "in.jsonl"], saying: ["in.jsonl:2:19: field"])
    let run = try RefrainProgram.run(["check", "in.jsonl", "--on-error", "skip"], in: folder)
    #expect(run.status == 2)
    #expect(run.errors.contains("in.jsonl:2:19: ") && run.errors.contains("in.jsonl:3:2: "))
  }

  @Test func nothingToCheck() throws {
    let folder = try ScratchFolder()
    #expect(try RefrainProgram.run(["check"], in: folder).status == 0)
    try folder.refrainFails(["check", "--require-files"], saying: ["no text files"])
    try folder.write("a.bin", [0, 1, 2])
    try folder.refrainFails(["check", ".", "--require-files"], saying: ["no text files"])
    try folder.write("a.txt", "")
    #expect(try RefrainProgram.run(["check", "--require-files"], in: folder).status == 0)
  }

  @Test func baselinesThatAreNone() throws {
    let folder = try folder()
    try folder.refrainFails(
      ["check", "good.txt", "--baseline", "none.json"], saying: ["none.json: cannot read"])
    for text in ["", "not JSON", "[]"] {
      try folder.write("base.json", text)
      try folder.refrainFails(
        ["check", "good.txt", "--baseline", "base.json"],
        saying: ["base.json:1: neither a baseline", "nor a JSON result"])
    }
    for text in ["{\"version\": 1}", "{\"version\": 1, \"findings\": [{}]}"] {
      try folder.write("base.json", text)
      try folder.refrainFails(
        ["check", "good.txt", "--baseline", "base.json"], saying: ["base.json is not a JSON result"]
      )
    }
    try folder.write("base.json", "{\"version\": 2, \"findings\": []}")
    try folder.refrainFails(
      ["check", "good.txt", "--baseline", "base.json"], saying: ["base.json: ", "version 2"])
  }

  /// An output is there when it is whole: not after a failure, and never in place of an older one.
  @Test func theOutputIsWholeOrNotThere() throws {
    let folder = try folder()
    try folder.write("bad.txt", [0xFF])
    try folder.refrainFails(["check", "a.txt", "bad.txt", "-o", "out.json"], saying: ["bad.txt:1"])
    #expect(!folder.exists("out.json"))
    try folder.write("out.json", "older")
    try folder.refrainFails(
      ["check", "a.txt", "bad.txt", "-o", "out.json", "--format", "json"], saying: ["bad.txt"])
    #expect(try folder.lines("out.json") == ["older"])
    try folder.refrainFails(["check", "a.txt", "-o", "none/out.json"], saying: ["none/out.json"])
    let run = try RefrainProgram.run(
      ["check", "a.txt", "-o", "out.json", "--format", "json"], in: folder)
    #expect(run.status == 1)
    #expect(run.output.isEmpty)
    let straight = try RefrainProgram.run(["check", "a.txt", "--format", "json"], in: folder)
    #expect(try folder.read("out.json") == straight.output)
    #expect(try folder.names() == ["a.txt", "bad.txt", "good.txt", "out.json"])
    // In a file text is lines, as in a pipe.
    _ = try RefrainProgram.run(["check", "a.txt", "-o", "out.txt"], in: folder)
    #expect(try folder.lines("out.txt").count == 1)
  }
}
