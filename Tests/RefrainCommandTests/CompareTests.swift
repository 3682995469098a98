// `refrain compare` of two files: what they share, by exact edges, and how it is shown.

import Foundation
import TestSupport
import Testing

struct CompareTests {
  /// Two texts in files, compared.
  private struct Pair {
    let folder: ScratchFolder

    init(_ a: String, _ b: String) throws {
      folder = try ScratchFolder()
      try folder.write("a.txt", a)
      try folder.write("b.txt", b)
    }

    /// The passages as the program's JSON Lines tell them.
    func passages(_ names: [String] = ["a.txt", "b.txt"]) throws -> [SharedLine] {
      let run = try RefrainProgram.run(["compare", "--format", "jsonl"] + names, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      return try run.lines.map { try JSONDecoder().decode(SharedLine.self, from: Data($0.utf8)) }
    }

    func text(_ options: [String] = []) throws -> String {
      let run = try RefrainProgram.run(["compare", "a.txt", "b.txt"] + options, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      return String(decoding: run.output, as: UTF8.self)
    }

    /// What stands at a place.
    func string(_ place: SharedLine.Place) throws -> String? {
      let bytes = try folder.read(place.id)
      return String(validating: bytes[place.start..<place.end], as: UTF8.self)
    }
  }

  struct SharedLine: Decodable {
    struct Place: Decodable {
      var id: String
      var start: Int
      var end: Int
    }

    var a: Place
    var b: Place
    var similarity: Double
    var containment: Double
  }

  /// Runs of 40 words and more are told by their own edges, whatever is alike around them.
  @Test func aVerbatimCopyHasExactEdges() throws {
    var prose = RandomProse(seed: 51)
    for round in 0..<10 {
      // In lower case and without stops: the edges are those of the words, not of sentences.
      let run = prose.words(Int.random(in: 40...80, using: &prose.random)).joined(separator: " ")
      let (before, after) = (prose.words(50), prose.words(50))
      let a = before.joined(separator: " ") + " " + run + " " + after.joined(separator: " ")
      let b = prose.text(40) + "\n\n“" + run.uppercased() + "”, " + prose.text(40)
      let pair = try Pair(a, b)
      let passages = try pair.passages()
      #expect(passages.count == 1, "\(round)")
      let passage = try #require(passages.first)
      #expect(passage.a.id == "a.txt" && passage.b.id == "b.txt")
      #expect(try pair.string(passage.a) == run)
      let there = try #require(try pair.string(passage.b))
      #expect(there.contains(run.uppercased()) && there.utf8.count <= run.utf8.count + 10)
      #expect(passage.similarity == 1)
      #expect(passage.containment == 1)
    }
  }

  private static let article = """
    The old lighthouse keeper retired on Friday after thirty-one years of service. He climbed the \
    tower for the last time at dawn and lit the lamp as he had always done. The harbour authority \
    will automate the light before winter, and the keeper's cottage becomes a small museum of \
    coastal navigation.
    """

  private static let edited = """
    On Friday the lighthouse keeper retired after thirty-one years of service. He climbed the \
    tower one last time at dawn and lit the lamp, as he always had. Before winter the harbour authority \
    is going to automate the light; the keeper's cottage becomes a museum of coastal navigation.
    """

  @Test func anEditedCopyIsOnePassage() throws {
    var prose = RandomProse(seed: 52)
    let a = prose.text(120) + "\n\n" + Self.article + "\n\n" + prose.text(120)
    let b = prose.text(60) + "\n\n" + Self.edited + "\n\n" + prose.text(90)
    let pair = try Pair(a, b)
    let passages = try pair.passages()
    #expect(passages.count == 1)
    let passage = try #require(passages.first)
    #expect(try pair.string(passage.a) == Self.article)
    #expect(try pair.string(passage.b) == Self.edited)
    #expect(passage.similarity > 0.4 && passage.similarity < 0.9)
  }

  @Test func aReorderedCopyIsFound() throws {
    var prose = RandomProse(seed: 53)
    let sentences = (0..<8).map { _ in prose.text(14) }
    let a = prose.text(150) + "\n\n" + sentences.joined(separator: " ") + "\n\n" + prose.text(150)
    let order = [5, 6, 7, 3, 4, 0, 1, 2]
    let b = prose.text(150) + "\n\n" + order.map { sentences[$0] }.joined(separator: " ")
    let pair = try Pair(a, b)
    let passages = try pair.passages()
    var covered = 0
    for passage in passages {
      let text = try #require(try pair.string(passage.a))
      covered += sentences.filter { text.contains($0.dropLast()) }.count
      // Nothing of what surrounds it.
      #expect(sentences.joined(separator: " ").contains(text))
    }
    #expect(covered == 8)
    let text = try pair.text()
    if passages.count == 1 { #expect(text.contains("[<") && text.contains("{>")) }
  }

  @Test func nothingInCommon() throws {
    var prose = RandomProse(seed: 54)
    let pair = try Pair(prose.text(300), prose.text(300))
    #expect(try pair.passages().isEmpty)
    #expect(try pair.text() == "no shared passages\n")
    let empty = try Pair("", prose.text(50))
    #expect(try empty.passages().isEmpty)
    #expect(try empty.text() == "no shared passages\n")
    let short = try Pair("One word.", "One word.")
    #expect(try short.passages().isEmpty)
  }

  /// Two pages that share one sentence are told of it: eight words as they are, fifteen that were edited.
  @Test func sharedSentences() throws {
    var prose = RandomProse(seed: 57)
    let verbatim = "nobody in this whole valley had seen snow"
    let first = "The old mill by the river was sold to a young baker who wants to make bread in it."
    let second =
      "The old mill at the river was given to a young farmer who wants to make bread in it."
    func page(_ parts: String...) -> String {
      parts.map { "\(prose.text(30))\n\n\($0)\n\n\(prose.text(30))" }.joined(separator: "\n\n")
    }
    let pair = try Pair(
      page("Then \(verbatim) before.", first), page(second, "Yet \(verbatim) since that."))
    let passages = try pair.passages()
    #expect(passages.count == 2)
    // The longest first.
    let told = try passages.map { [try pair.string($0.a), try pair.string($0.b)] }
    #expect(told == [[first, second], [verbatim, verbatim]])
    #expect(try pair.text(["--min-bytes", "150"]) == "no shared passages\n")
    try pair.folder.refrainFails(
      ["compare", "a.txt", "b.txt", "--min-bytes=-1"], saying: ["--min-bytes: -1 is below 0"])
  }

  /// Words dropped, added and moved, in the text's own words, and where they are.
  @Test func theWordDiff() throws {
    let a = """
      The committee met on Monday to discuss the plan for the new bridge across the river. Members \
      agreed that the northern bank needs a road before building starts, and that the budget is \
      too small by half. They will meet again in March.
      """
    let b = """
      They will meet again in March. The committee met on Tuesday to discuss the plan for the new \
      bridge across the river. Members agreed that the northern bank needs a wide road before \
      building starts, and that the budget is too small.
      """
    let pair = try Pair("Foreword.\n\n" + a, b)
    let text = try pair.text()
    #expect(text.hasPrefix("a.txt:3:1 = b.txt:1:1  "), "\(text)")
    for part in ["[-Monday-]", "{+Tuesday+}", "{+wide+}", "[-by half.-]"] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    #expect(text.contains("{>They will meet again in March.>}"))
    #expect(text.contains("[<They will meet again in March.<]"))
    // The equal words and what each side has by itself are the two sides.
    let passages = try pair.passages()
    #expect(passages.count == 1)
    #expect(!text.contains("\u{1B}"))
    #expect(try pair.text(["--color", "always"]).contains("\u{1B}[31m[-Monday-]\u{1B}[0m"))
  }

  /// A text cannot take hold of the terminal that shows it.
  @Test func hostileTextIsShownHarmless() throws {
    let hostile = "\u{1B}[2J\u{1B}]0;owned\u{07}\u{9B}31m\u{202E}\r\u{2028}\u{0}\u{7F}"
    let words = Self.article.replacing("lamp", with: "lamp \(hostile)")
    let pair = try Pair(
      words + "\n", "Other.\n\n" + words.replacing("dawn", with: "\(hostile) dusk"))
    try pair.folder.write("c\u{1B}[31m\n.txt", words)
    var runs = [
      try RefrainProgram.run(["compare", "a.txt", "b.txt"], in: pair.folder),
      try RefrainProgram.run(["compare", "a.txt", "c\u{1B}[31m\n.txt"], in: pair.folder),
    ]
    let check = ["check", "a.txt", "b.txt", "c\u{1B}[31m\n.txt"]
    for format in ["cards", "lines", "json"] {
      runs.append(try RefrainProgram.run(check + ["--format", format], in: pair.folder))
    }
    for run in runs {
      let text = try #require(String(validating: run.output, as: UTF8.self))
      // JSON escapes what it must; what shows on a terminal is escaped further.
      let isJSON = text.hasPrefix("{")
      let bad = text.unicodeScalars.filter {
        $0 != "\n" && ($0.value < 0x20 || !isJSON && (0x7F..<0xA0).contains($0.value))
      }
      #expect(!text.isEmpty)
      #expect(bad.isEmpty, "\(bad.map { String($0.value, radix: 16) }) in \(text)")
    }
    let shown = String(decoding: runs[0].output + runs[2].output + runs[3].output, as: UTF8.self)
    #expect(!shown.unicodeScalars.contains { (0x2028...0x202E).contains($0.value) })
    // A line a finding, whatever is in the texts.
    #expect(runs[3].lines.allSatisfy { $0.contains(": duplicate-document, ") })
  }

  @Test func standardInputAndOutputFiles() throws {
    let pair = try Pair(Self.article, Self.article + " More.")
    let run = try pair.folder.refrain("compare", "-", "b.txt", input: Self.article)
    #expect(String(decoding: run.output, as: UTF8.self).hasPrefix("<stdin>:1:1 = b.txt:1:1  100 %"))
    _ = try pair.folder.refrain("compare", "a.txt", "b.txt", "-o", "out.txt")
    #expect(try pair.folder.read("out.txt") == Array(try pair.text().utf8))
    #expect(try pair.folder.names() == ["a.txt", "b.txt", "out.txt"])
  }

  /// Markdown is compared by its prose; offsets are those of the file.
  @Test func markdownFiles() throws {
    let pair = try Pair(Self.article, "")
    let marked = Self.article.replacing("lighthouse keeper", with: "light**house** *keeper*")
    try pair.folder.write("b.md", "---\ntitle: x\n---\n\n- " + marked + "\n")
    let passages = try pair.passages(["a.txt", "b.md"])
    #expect(passages.count == 1)
    let passage = try #require(passages.first)
    // A verbatim passage ends with its last word.
    #expect(try pair.string(passage.a) == String(Self.article.dropLast()))
    #expect(try pair.string(passage.b) == String(marked.dropLast()))
    #expect(passage.similarity == 1)
  }

  @Test func whatCannotBeCompared() throws {
    let pair = try Pair(Self.article, Self.article)
    let folder = pair.folder
    try folder.write("bad.txt", Array("first\nsecond ".utf8) + [0xC3, 0x28])
    try folder.write("in.jsonl", "{\"id\": 1, \"text\": \"x\"}\n")
    try folder.refrainFails(["compare", "a.txt", "none.txt"], saying: ["none.txt: cannot read"])
    try folder.refrainFails(["compare", "a.txt", "bad.txt"], saying: ["bad.txt:2: not UTF-8"])
    try folder.refrainFails(["compare", "a.txt"], saying: ["takes two files"])
    try folder.refrainFails(
      ["compare", "a.txt", "in.jsonl"], saying: ["in.jsonl: ", "--documents and --pairs"])
    try folder.refrainFails(
      ["compare", "a.txt", "-", "--documents", "in.jsonl"], saying: ["takes"])
    try folder.refrainFails(["compare", "-", "-"], saying: ["standard input"])
    try folder.refrainFails(
      ["compare", "a.txt", "b.txt", "-o", "none/out.txt"], saying: ["none/out.txt: cannot write"])
  }
}
