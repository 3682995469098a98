// The same records in every form: the same evidence but for places, and a round trip through each.

import Foundation
import TestSupport
import Testing

struct RecordFormTests {
  private let folder: ScratchFolder
  private let corpus = FormedCorpus(90, seed: 191)

  init() throws {
    folder = try ScratchFolder()
    for file in corpus.files { try folder.write(file.name, file.bytes) }
  }

  /// Evidence without places, and the places.
  private func evidence(_ name: String, _ more: [String] = []) throws -> (String, [String]) {
    let run = try RefrainProgram.run(
      ["dedup", name, "--dry-run", "--passages", "--evidence", "-", "--clusters", "c.jsonl"] + more,
      in: folder)
    #expect(run.status == 0, "\(name): \(run.errors)")
    let lines = String(decoding: run.output, as: UTF8.self)
    let clusters = String(decoding: try folder.read("c.jsonl"), as: UTF8.self)
    let pattern = #/, "(?:removed|kept)At": "[^"]*"/#
    return (
      lines.replacing(pattern, with: "") + clusters, try Evidence.read(run.lines).map(\.removedAt)
    )
  }

  @Test func everyFormGivesTheSameEvidence() throws {
    let (expected, _) = try evidence("a.jsonl")
    #expect(expected.contains("\"passages\""))
    for file in corpus.files {
      let (found, places) = try evidence(file.name)
      #expect(found == expected, "\(file.name)")
      #expect(Set(places).count == places.count, "\(file.name)")
      for threads in ["1", "3"] {
        #expect(try evidence(file.name, ["--threads", threads]).0 == expected, "\(file.name)")
      }
    }
  }

  /// A place is the line where a record begins, or its number where several share a line.
  @Test func placesAreLines() throws {
    let run = try folder.refrain("dedup", "g.csv", "--dry-run", "--evidence", "-")
    for removal in try Evidence.read(run.lines) {
      let number = try #require(Int(removal.removedAt.dropFirst("g.csv:".count)))
      let lines = corpus.separated(",").split(separator: 0x0A, omittingEmptySubsequences: false)
      #expect(lines[number - 1].starts(with: "\(removal.removed),".utf8))
    }
    let pretty = String(decoding: corpus.prettyArray, as: UTF8.self).split(separator: "\n")
    for removal in try Evidence.read(
      try folder.refrain("dedup", "d.json", "--dry-run", "--evidence", "-").lines)
    {
      let number = try #require(Int(removal.removedAt.dropFirst("d.json:".count)))
      #expect(pretty[number - 1].contains("\"\(removal.removed)\""))
    }
    for removal in try Evidence.read(
      try folder.refrain("dedup", "e.json", "--dry-run", "--evidence", "-").lines)
    {
      #expect(removal.removedAt == "e.json:\((Int(removal.removed.dropFirst()) ?? -9) + 1)")
    }
  }

  /// What is written as it came is read as what was kept; and so it is as JSON Lines.
  @Test func roundTrips() throws {
    let kept = try folder.refrain("dedup", "a.jsonl", "-o", "-").lines
    for file in corpus.files {
      let form = file.name.split(separator: ".").last.map(String.init) ?? ""
      for (output, options) in [
        ("out.\(form)", []), ("lines.jsonl", []),
        ("lines", ["--output-format", "jsonl"]),
        ("folder/", []), ("deep/folder/", ["--output-format", "jsonl"]),
      ] as [(String, [String])] {
        _ = try folder.refrain(["dedup", file.name, "-o", output] + options)
        let stem = file.name.split(separator: ".")[0]
        let name =
          output == "folder/"
          ? "folder/" + file.name
          : output == "deep/folder/"
            ? "deep/folder/\(stem).\(form == "ndjson" || stem == "f" ? form : "jsonl")" : output
        // Nothing is removed from what was kept, and the texts are the same.
        let again = try folder.refrain("dedup", name, "-o", "-", "--output-format", "jsonl")
        let wanted = try Records.parse(kept).map { [$0["id"] as? String, $0["text"] as? String] }
        let found = try Records.parse(again.lines).map {
          [$0["id"] as? String, $0["text"] as? String]
        }
        #expect(found == wanted, "\(file.name) to \(name)")
      }
    }
  }

  /// Rows and elements are written byte for byte.
  @Test func bytesStay() throws {
    _ = try folder.refrain("dedup", "h.csv", "-o", "o.csv")
    let rows = String(decoding: corpus.separated(",", lineEnd: "\r\n"), as: UTF8.self)
    let out = String(decoding: try folder.read("o.csv"), as: UTF8.self)
    #expect(out.hasPrefix("id,note,text\r\n"))
    for part in out.dropFirst(14).split(separator: "\r\nr") { #expect(rows.contains(part)) }
    _ = try folder.refrain("dedup", "d.json", "-o", "o.json")
    let json = try JSONSerialization.jsonObject(with: Data(try folder.read("o.json")))
    #expect(
      (json as? [Any])?.count == (try folder.refrain("dedup", "a.jsonl", "-o", "-").lines.count))
    try folder.write("empty.csv", "id,text\n")
    _ = try folder.refrain("dedup", "empty.csv", "-o", "e.csv")
    #expect(try folder.lines("e.csv") == ["id,text"])
    try folder.write("empty.json", " [ ] ")
    _ = try folder.refrain("dedup", "empty.json", "-o", "e.json")
    #expect(
      (try JSONSerialization.jsonObject(with: Data(try folder.read("e.json"))) as? [Any])?.count
        == 0)
  }

  @Test func fieldsOfAWebArchive() throws {
    _ = try folder.refrain("dedup", "j.wet", "-o", "w.jsonl")
    let first = try Records.parse(try folder.lines("w.jsonl"))[0]
    #expect(first["url"] as? String == "https://example.org/r0")
    #expect(first["date"] as? String == "2024-01-02T03:04:05Z")
    let run = try folder.refrain(
      "dedup", "j.wet", "--dry-run", "--id-field", "url", "--clusters", "-")
    #expect(run.lines[0].contains("\"https://example.org/r0\""))
    #expect(run.errors.contains("1 record of other kinds than texts passed over"))
  }

  /// Two hundred files of all forms in one run.
  @Test func mixedForms() throws {
    let forms = corpus.files
    for number in 0..<200 {
      let file = forms[number % forms.count]
      try folder.write("mixed/\(number % 7)/\(number)-\(file.name)", file.bytes)
    }
    let run = try folder.refrain(
      "dedup", "mixed", "-o", "all.jsonl", "--evidence", "why.jsonl", "--quiet")
    _ = run
    let one = try folder.refrain("dedup", "a.jsonl", "-o", "-").lines.count
    #expect(try folder.lines("all.jsonl").count == one)
    #expect(try folder.lines("why.jsonl").count == 200 * corpus.records.count - one)
    try folder.refrainFails(
      ["dedup", "mixed", "-o", "all.csv"], saying: ["--output", "--output-format jsonl"])
    _ = try folder.refrain("dedup", "mixed", "-o", "shards/", "--quiet")
    #expect(try folder.names(in: "shards").count == 7)
    let total = try folder.refrain(
      "dedup", "shards", "-o", "-", "--output-format", "jsonl", "--quiet")
    #expect(total.lines.count == one)
  }
}
