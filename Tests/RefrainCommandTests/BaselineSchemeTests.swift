// A baseline that was made under other rules of words is refused with what to run, in either form.

import TestSupport
import Testing

struct BaselineSchemeTests {
  /// A folder with one repeated passage.
  private func tree() throws -> ScratchFolder {
    var prose = RandomProse(seed: 131)
    let folder = try ScratchFolder()
    let passage = prose.text(40)
    try folder.write("docs/a.txt", prose.text(50) + "\n\n" + passage + "\n")
    try folder.write("docs/b.txt", passage + "\n\n" + prose.text(50) + "\n")
    return folder
  }

  @Test func aBaselineNamesTheRulesOfWords() throws {
    let folder = try tree()
    let written = try RefrainProgram.run(["baseline", "write", "known.txt", "docs"], in: folder)
    #expect(written.status == 0, "\(written.errors)")
    let text = try String(decoding: folder.read("known.txt"), as: UTF8.self)
    #expect(text.hasPrefix("# refrain baseline 2 bigram-min16/2 words2-unicode"))
    #expect(
      try RefrainProgram.run(["check", "docs", "--baseline", "known.txt"], in: folder).status == 0)
    let olds = [
      "1 bigram-min16/1 words2-unicode15.0", "2 bigram-min16/1 words2-unicode15.0",
      "2 bigram-min16/2 words1-unicode15.0", "2 bigram-min16/2 words2-unicode3.0",
      "2 bigram-min16/2",
    ]
    for old in olds {
      var lines = text.split(separator: "\n").map(String.init)
      lines[0] = "# refrain baseline \(old)"
      try folder.write("known.txt", lines.joined(separator: "\n") + "\n")
      for command in [
        ["check", "docs", "--baseline", "known.txt"], ["baseline", "prune", "known.txt", "docs"],
      ] {
        let run = try RefrainProgram.run(command, in: folder)
        #expect(run.status == 2, "\(command) \(old)")
        #expect(run.output.isEmpty)
        #expect(
          run.errors.contains("known.txt: this baseline was made with scheme \(old)"),
          "\(run.errors)")
        #expect(run.errors.contains("run refrain baseline write known.txt with the same paths"))
      }
    }
    // What it says to run puts it right.
    #expect(
      try RefrainProgram.run(["baseline", "write", "known.txt", "docs"], in: folder).status == 0)
    #expect(try String(decoding: folder.read("known.txt"), as: UTF8.self) == text)
  }

  @Test func aResultNamesThemToo() throws {
    let folder = try tree()
    let made = try RefrainProgram.run(
      ["check", "docs", "--format", "json", "-o", "known.json"], in: folder)
    #expect(made.status == 1)
    let check = ["check", "docs", "--baseline", "known.json"]
    #expect(try RefrainProgram.run(check, in: folder).status == 0)
    let text = try String(decoding: folder.read("known.json"), as: UTF8.self)
    #expect(text.contains("refrain1/words2-"))
    for changed in [
      text.replacing("refrain1/words2-", with: "refrain1/words1-"),
      text.replacing("\"scheme\"", with: "\"other\""),
    ] {
      try folder.write("known.json", changed)
      let run = try RefrainProgram.run(check, in: folder)
      #expect(run.status == 2)
      #expect(run.errors.contains("known.json: this baseline was made with"))
      #expect(
        run.errors.contains("run refrain check --format json -o known.json with the same paths"))
    }
  }

  /// A copy with soft hyphens, joiners and marks of direction is word for word the same.
  @Test func softHyphensDoNotHideARepeat() throws {
    var prose = RandomProse(seed: 132)
    let folder = try ScratchFolder()
    let words = prose.words(30)
    let marked = words.enumerated().map { index, word in
      let mark = ["\u{AD}", "\u{200D}", "\u{2060}", "\u{FE0F}"][index % 4]
      return String(word.prefix(3) + mark + word.dropFirst(3))
    }
    try folder.write("a.txt", prose.text(50) + "\n\n" + RandomProse.text(words) + "\n")
    try folder.write("b.txt", RandomProse.text(marked) + "\n\n" + prose.text(50) + "\n")
    let report = try folder.check("a.txt", "b.txt", status: 1)
    #expect(report.findings.map(\.kind) == ["exact-repeat"])
    #expect(report.findings.first?.words == 30)
    #expect(report.findings.first?.longestRun == 30)
  }
}
