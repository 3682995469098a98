// `refrain compare --documents --pairs`: many pairs of records in one run, by their ids.

import Foundation
import TestSupport
import Testing

struct CompareRecordsTests {
  /// A passage that all records share, between words of their own, which are not ASCII.
  private struct Corpus {
    let folder: ScratchFolder
    let passage: String
    var texts: [String: String] = [:]

    init() throws {
      var prose = RandomProse(seed: 61)
      folder = try ScratchFolder()
      passage = prose.text(60)
      var lines: [String] = []
      for id in ["\"a\"", "\"1\"", "1", "-7", "2.5", "18446744073709551615"] {
        let text = "Größe – „" + prose.text(30) + "“\n\n" + passage + "\n\n" + prose.text(30) + " ½"
        texts[id] = text
        lines.append(Records.line(id, text))
      }
      lines.append(Records.line("\"other\"", prose.text(100)))
      lines.append(Records.line(nil, passage + " " + prose.text(30)))
      texts["\"docs.jsonl:8\""] = passage
      try folder.write("docs.jsonl", Records.file(lines))
    }

    func run(_ pairs: String, _ options: [String] = []) throws -> ProgramRun {
      try folder.write("pairs.jsonl", pairs)
      return try RefrainProgram.run(
        ["compare", "--documents", "docs.jsonl", "--pairs", "pairs.jsonl"] + options, in: folder)
    }

    /// What stands at a place, given by the JSON of its side.
    func string(_ side: [String: Any], _ id: String) throws -> String? {
      let bytes = Array(try #require(texts[id]).utf8)
      let start = try #require(side["start"] as? Int)
      let end = try #require(side["end"] as? Int)
      return String(validating: bytes[start..<end], as: UTF8.self)
    }
  }

  @Test func idsKeepTheirTypesAndOffsetsAreOfTheDecodedText() throws {
    let corpus = try Corpus()
    let asked = [
      ("\"a\"", "1"), ("\"1\"", "1"), ("1", "-7"), ("2.5", "\"a\""),
      ("18446744073709551615", "\"1\""), ("\"docs.jsonl:8\"", "1"),
    ]
    let pairs = asked.map { "{\"a\": \($0.0), \"b\": \($0.1)}\n" }.joined()
    let run = try corpus.run("\n" + pairs, ["--threads", "2"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == asked.count)
    for (line, ids) in zip(run.lines, asked) {
      #expect(line.hasPrefix("{\"a\": {\"id\": \(ids.0), "), "\(line)")
      #expect(line.contains("\"b\": {\"id\": \(ids.1), "), "\(line)")
      let object = try #require(try Records.parse([line]).first)
      #expect(
        Set(object.keys).isSuperset(of: ["a", "b", "similarity"]), "\(Array(object.keys))")
      for (key, id) in [("a", ids.0), ("b", ids.1)] {
        let side = try #require(object[key] as? [String: Any])
        #expect(Set(side.keys) == ["id", "start", "end"])
        #expect(try corpus.string(side, id) == String(corpus.passage.dropLast()))
      }
      #expect(object["similarity"] as? Double == 1)
    }
  }

  @Test func pairsWithoutASharedPassageGiveNoLine() throws {
    let corpus = try Corpus()
    let run = try corpus.run("{\"a\": \"a\", \"b\": \"other\"}\n{\"a\": \"other\", \"b\": 1}\n")
    #expect(run.status == 0)
    #expect(run.output.isEmpty)
    let none = try corpus.run("")
    #expect(none.status == 0)
    #expect(none.output.isEmpty)
  }

  /// The same bytes for any number of threads, in the order of the pairs; extra fields are nothing.
  @Test func threadsDoNotShow() throws {
    let corpus = try Corpus()
    let ids = ["\"a\"", "\"1\"", "1", "-7", "\"other\""]
    var pairs = ""
    for a in ids { for b in ids { pairs += "{\"label\": 0.5, \"b\": \(b), \"a\": \(a)}\n" } }
    pairs = String(repeating: pairs, count: 8)
    let one = try corpus.run(pairs, ["--threads", "1"])
    for threads in ["2", "8"] {
      #expect(try corpus.run(pairs, ["--threads", threads]).output == one.output)
    }
    // Of 25 pairs one is "other" with itself, sixteen are of those that share.
    #expect(one.lines.count == 8 * 17)
    let written = try corpus.run(pairs, ["-o", "out.jsonl"])
    #expect(written.output.isEmpty)
    #expect(try corpus.folder.read("out.jsonl") == one.output)
  }

  @Test func whatIsWrongIsNamedWithItsLine() throws {
    let corpus = try Corpus()
    let cases: [(pairs: String, says: [String])] = [
      ("{\"a\": \"a\", \"b\": 1}\n\n{\"a\": \"a\", \"b\": 3}\n", ["pairs.jsonl:3: ", "id 3"]),
      ("{\"a\": \"-7\", \"b\": 1}\n", ["pairs.jsonl:1: ", "docs.jsonl", "id -7"]),
      ("{\"a\": \"a\"}\n", ["pairs.jsonl:1: "]),
      ("{\"a\": \"a\", \"b\": 1}\n{\"a\": \"a\", \"b\": \n", ["pairs.jsonl:2:17: malformed JSON"]),
      ("{\"a\": \"a\", \"b\": [1]}\n", ["pairs.jsonl:1: "]),
      ("[\"a\", 1]\n", ["pairs.jsonl:1:1: a JSON array"]),
    ]
    for (pairs, says) in cases {
      try corpus.folder.write("pairs.jsonl", pairs)
      try corpus.folder.refrainFails(
        [
          "compare", "--documents", "docs.jsonl", "--pairs", "pairs.jsonl", "-o", "out.jsonl",
          "--threads", "2",
        ], saying: says)
    }
    try corpus.folder.write("pairs.jsonl", "{\"a\": \"a\", \"b\": 1}\n")
    try corpus.folder.refrainFails(
      ["compare", "--documents", "docs.jsonl", "--pairs", "none.jsonl"], saying: ["none.jsonl"])
    try corpus.folder.refrainFails(
      ["compare", "--documents", "none.jsonl", "--pairs", "pairs.jsonl"], saying: ["none.jsonl"])
    try corpus.folder.refrainFails(
      ["compare", "--documents", "docs.jsonl", "--pairs", "pairs.jsonl", "--format", "text"],
      saying: ["--format", "jsonl"])
    try corpus.folder.write("docs.jsonl", "{\"id\": 1, \"text\": \"x\"}\n{\"id\": 2}\n")
    try corpus.folder.refrainFails(
      ["compare", "--documents", "docs.jsonl", "--pairs", "pairs.jsonl"],
      saying: ["docs.jsonl:2:1: no field \"text\"; fields are: id"])
  }
}
