// Fields that lie deeper, and texts of several fields.

import Foundation
import TestSupport
import Testing

struct RecordFieldTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func texts(_ name: String, _ lines: [String], _ fields: [String]) throws -> [String] {
    try folder.write(name, Records.file(lines))
    // The pairs of equal texts tell what the text is.
    return try folder.refrain(["pairs", name, "--match", "identical"] + fields).lines
  }

  @Test func dotsLeadIntoObjects() throws {
    let lines = [
      #"{"meta": {"text": "Five words are in here", "id": 1}, "text": "x"}"#,
      #"{"text": "y", "meta": {"id": 2, "text": "Five words are in here"}}"#,
      #"{"meta.text": "Five words are in here", "meta": {"id": 3, "text": "other"}}"#,
      #"{"meta": {"deep.er": {"text": "z"}, "text": "Five words are in here"}, "meta.id": 4}"#,
    ]
    let pairs = try texts(
      "a.jsonl", lines, ["--text-field", "meta.text", "--id-field", "meta.id", "--all-pairs"])
    #expect(
      try Records.parse(pairs).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" } == [
        "1-2", "1-3", "1-4", "2-3", "2-4", "3-4",
      ])
    try folder.refrainFails(
      ["pairs", "a.jsonl", "--text-field", "meta.deep.er.text"],
      saying: ["a.jsonl:1:1: no field \"meta.deep.er.text\"; fields are: meta, text"])
  }

  @Test func severalFieldsAreOneText() throws {
    let lines = [
      #"{"id": 1, "title": "A title", "body": "And a text"}"#,
      #"{"id": 2, "title": "A title\n\nAnd a text", "body": null}"#,
      #"{"id": 3, "title": "", "body": "A title\n\nAnd a text"}"#,
      #"{"id": 4, "title": "A title", "body": "And a text."}"#,
    ]
    let pairs = try texts("a.jsonl", lines, ["--text-field", "title,body", "--all-pairs"])
    #expect(
      try Records.parse(pairs).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" } == ["1-2", "1-3", "2-3"])
    try folder.write(
      "a.csv",
      "id,title,body\n1,A title,And a text\n2,\"A title\n\nAnd a text\",\n4,A title,And a text.\n")
    let rows = try folder.refrain(
      "pairs", "a.csv", "--text-field", "title,body", "--match", "identical")
    #expect(try Records.parse(rows.lines).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" } == ["1-2"])
    for (line, words) in [
      (#"{"id": 1, "title": "A"}"#, ":1:1: no field \"body\"; fields are: id, title"),
      (#"{"id": 1, "title": "A", "body": 7}"#, ":1:33: field \"body\" is not a string"),
    ] {
      try folder.write("b.jsonl", line)
      try folder.refrainFails(
        ["pairs", "b.jsonl", "--text-field", "title,body"], saying: ["b.jsonl" + words])
    }
  }
}
