// Prose as people write it, through the executable: what is read of a folder, what is said of the rest, and
// what a finding is made of.

import Foundation
import TestSupport
import Testing

struct ProseTests {
  private static let sentence =
    "The same sentence stands in two files and is long enough to be found by a check."

  private func check(_ folder: ScratchFolder, _ arguments: String...) throws -> (
    json: [String: Any], run: ProgramRun
  ) {
    let run = try RefrainProgram.run(["check", "--format", "json"] + arguments, in: folder)
    let json = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    return (try #require(json, "\(run.errors)"), run)
  }

  private func paths(_ json: [String: Any]) throws -> [String] {
    let findings = try #require(json["findings"] as? [[String: Any]])
    return try findings.flatMap { finding in
      try #require(finding["occurrences"] as? [[String: Any]]).compactMap { $0["path"] as? String }
    }.sorted()
  }

  /// A passage in one file of each format is found in all of them.
  @Test func everyFormatIsRead() throws {
    let folder = try ScratchFolder()
    let s = Self.sentence
    let pages = [
      "a.md": "# One\n\n!!! note\n\n    \(s)\n\nOther words of this page alone.\n",
      "b.mdx": "import X from 'x';\n\n<X>\n\n    \(s)\n\n</X>\n\nSomething else again.\n",
      "c.qmd": "---\ntitle: x\n---\n\n::: {.callout-note}\n\(s)\n:::\n\nThird page has this.\n",
      "d.Rmd": "```{r}\nx <- 1\n```\n\n\(s)\n\nThe fourth one differs here.\n",
      "e.rst": "Title\n=====\n\n.. only:: html\n\n   \(s)\n\nFifth words in a row.\n",
      "f.asc": "= Title\n\nNOTE: \(s)\n\nSixth page says more.\n",
      "g.org": "* Heading\n\n\(s)\n\nSeventh and nearly last.\n",
      "h.html": "<table><tr><td>\(s)</td></tr></table><p>Eighth words in it.</p>\n",
      "i.ipynb":
        "{\"cells\": [{\"cell_type\": \"markdown\", \"metadata\": {}, \"source\": [\"\(s)\\n\", "
        + "\"\\n\", \"Ninth cell of all.\"]}], \"metadata\": {}, \"nbformat\": 4, "
        + "\"nbformat_minor\": 5}\n",
    ]
    for (name, text) in pages { try folder.write(name, text) }
    try folder.write("j.tex", s)
    try folder.write("k.po", s)
    try folder.write("Makefile", s)
    let (json, run) = try check(folder)
    #expect(try paths(json) == pages.keys.sorted())
    #expect(run.errors.contains("1 without an extension, 1 .po, 1 .tex not read"), "\(run.errors)")
    let summary = try #require(json["summary"] as? [String: Any])
    let notRead = try #require(summary["notRead"] as? [[String: Any]])
    #expect(notRead.compactMap { $0["extension"] as? String } == ["", ".po", ".tex"])
  }

  @Test func placesInOtherEncodings() throws {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 61)
    let text = "Erster Satz, kürzer.\n\n\(Self.sentence)\n\n\(prose.text(60))\n"
    try folder.write("a.txt", text)
    var units = [UInt8]()
    for unit in ("\u{FEFF}" + text).utf16 { units += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    try folder.write("b.txt", units)
    let (json, _) = try check(folder, "--kinds", "duplicate-document")
    #expect(try paths(json) == ["a.txt", "b.txt"])
    try folder.write("a.txt", "\(prose.text(60))\n\n\(Self.sentence)\n")
    let (passages, _) = try check(folder)
    let findings = try #require(passages["findings"] as? [[String: Any]])
    let places = try #require(findings.first?["occurrences"] as? [[String: Any]])
    let other = try #require(places.first { $0["path"] as? String == "b.txt" })
    let start = try #require(other["start"] as? [String: Int])
    let before = "\u{FEFF}Erster Satz, kürzer.\n\n"
    #expect(start == ["byte": 2 * before.utf16.count, "line": 3, "column": 1])
  }

  @Test func whatAPassageIsMadeOf() throws {
    let folder = try ScratchFolder()
    let item = "- [Read more about the many ways to install it](x)\n"
    let text =
      "The call `os.path.join` takes max_size and [the documented options](y) of os.sep here."
    var prose = RandomProse(seed: 62)
    let own = (0..<3).map { _ in prose.text(80) }
    try folder.write("a.md", "# First\n\n\(text)\n\n\(own[0])\n\n\(item)")
    try folder.write("b.md", "# Second\n\n\(own[1])\n\n\(text)\n\n\(own[2])\n\n\(item)")
    let (json, _) = try check(folder)
    let findings = try #require(json["findings"] as? [[String: Any]])
    let made = try findings.map { finding in
      try #require((finding["occurrences"] as? [[String: Any]])?.first)
    }
    let paragraph = try #require(
      made.first { ($0["text"] as? String)?.contains("The call") == true })
    #expect(paragraph["blocks"] as? [String] == ["paragraph"])
    #expect(paragraph["inline"] as? [String: Int] == ["code": 3, "links": 3, "identifiers": 4])
    #expect(paragraph["navigation"] == nil)
    let list = try #require(made.first { ($0["text"] as? String)?.contains("Read more") == true })
    #expect(list["blocks"] as? [String] == ["linkList"])
    #expect(list["navigation"] as? Bool == true)
  }

  /// Two characters of Han or Kana count as a word.
  @Test func charactersCountHalf() throws {
    let folder = try ScratchFolder()
    let said = "東京都庁の展望室は無料で入れます"
    var prose = RandomProse(seed: 63)
    try folder.write("a.txt", "\(said)。\n\n\(prose.text(60))\n")
    try folder.write("b.txt", "\(prose.text(50))\n\n\(said)。\n")
    let words = said.count / 2
    #expect(try paths(check(folder, "--min-words", "\(words)").json) == ["a.txt", "b.txt"])
    #expect(try paths(check(folder, "--min-words", "\(words + 4)").json).isEmpty)
  }

  @Test func excludeAndFormatsFromEverywhere() throws {
    let folder = try ScratchFolder()
    try folder.write("a.md", Self.sentence)
    try folder.write("sub/b.tmpl", "<p>\(Self.sentence)</p>")
    try folder.write("vendor/c.md", Self.sentence)
    #expect(try paths(check(folder).json) == ["a.md", "vendor/c.md"])
    #expect(
      try paths(check(folder, "--exclude", "vendor", "--formats", "tmpl=html").json)
        == ["a.md", "sub/b.tmpl"])
    try folder.write("refrain.toml", "exclude = [\"vendor/\"]\n")
    #expect(try paths(check(folder).json).isEmpty)
    try folder.write("sub/refrain.toml", "[formats]\ntmpl = \"html\"\n")
    #expect(try paths(check(folder).json) == ["a.md", "sub/b.tmpl"])
    #expect(try paths(check(folder, "--exclude", "sub").json).isEmpty)
    try folder.write("refrain.toml", "formats = {tmpl = \"htm\"}\n")
    try folder.refrainFails(
      ["check"], saying: ["refrain.toml:1: formats: \"htm\" is not text, markdown", "mean html?"])
  }

  /// The first thing that people try: a short text in which a sentence stands twice, the first one too.
  @Test(arguments: [0, 1], [6, 10, 18])
  func aSentenceThatStandsTwice(first: Int, words: Int) throws {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: UInt64(64 + words))
    let sentence = RandomProse.text(prose.words(words), sentence: words)
    var paragraphs = (0..<4).map { _ in prose.text(14) }
    paragraphs.insert(sentence, at: first)
    paragraphs.append(sentence)
    try folder.write("a.txt", paragraphs.joined(separator: "\n\n"))
    #expect(try paths(check(folder).json) == ["a.txt", "a.txt"])
    // A title that the text repeats by right has no mark at its end.
    paragraphs[first] = String(sentence.dropLast())
    try folder.write("a.txt", paragraphs.joined(separator: "\n\n"))
    if first == 0 { #expect(try paths(check(folder).json).isEmpty) }
  }
}
