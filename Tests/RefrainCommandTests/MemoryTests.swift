// A collection of records whose texts are not kept: the same findings for any memory and any number of threads,
// and those of the same texts in memory.

import Foundation
import TestSupport
import Testing

struct MemoryTests {
  /// Records that repeat each other and themselves, in two files; CJK and escapes among them.
  private func records() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 41, words: 1500)
    var passages: [[String]] = []
    for file in ["a.jsonl", "b.jsonl"] {
      var lines: [String] = []
      for id in 0..<150 {
        var words = prose.words(80)
        if let old = passages.randomElement(using: &prose.random), id % 3 == 0 {
          words += prose.edited(old, changes: id % 5)
        }
        passages.append(Array(words.prefix(40)))
        if id % 7 == 0 { words += words.prefix(30) }
        let text = RandomProse.text(words) + (id % 11 == 0 ? "\n\n\"東京の空は青い。\"\tEnde." : "")
        let record = try JSONEncoder().encode(["id": "\(file)-\(id)", "text": text])
        lines.append(String(decoding: record, as: UTF8.self))
        if id % 40 == 0 { lines.append("") }
      }
      try folder.write(file, lines.joined(separator: "\n"))
    }
    return folder
  }

  @Test(arguments: ["jsonl", "json"])
  func memoryAndThreadsChangeNothing(format: String) throws {
    let folder = try records()
    let arguments = ["check", ".", "--all", "--format", format]
    let usual = try RefrainProgram.run(arguments + ["--threads", "1"], in: folder)
    #expect(usual.status == 1)
    #expect(usual.lines.count > 100)
    for (memory, threads) in [("1K", "1"), ("1K", "3"), ("1M", "2")] {
      let run = try RefrainProgram.run(
        arguments + ["--memory", memory, "--threads", threads], in: folder)
      #expect(run.status == 1)
      #expect(run.output == usual.output, "\(memory), \(threads) threads")
    }
  }

  /// A word stands where the record's own decoded text has it, though the text was read twice.
  @Test func placesAreThoseOfTheRecords() throws {
    let folder = try records()
    var texts: [String: [UInt8]] = [:]
    for file in ["a.jsonl", "b.jsonl"] {
      for line in try String(contentsOfFile: folder(file), encoding: .utf8).split(separator: "\n") {
        let record = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        texts[try #require(record["id"])] = Array(try #require(record["text"]).utf8)
      }
    }
    let run = try RefrainProgram.run(["check", ".", "--all", "--format", "jsonl"], in: folder)
    var places = 0
    for line in run.lines {
      let finding = try JSONDecoder().decode(Found.self, from: Data(line.utf8))
      for place in finding.occurrences where finding.kind != "duplicate-document" {
        let text = try #require(texts[place.id])
        #expect(
          String(decoding: text[place.start.byte..<place.end.byte], as: UTF8.self) == place.text)
        places += 1
      }
    }
    #expect(places > 200)
  }

  private struct Found: Decodable {
    struct Occurrence: Decodable {
      struct Place: Decodable { var byte: Int }
      var id: String
      var start: Place
      var end: Place
      var text: String
    }
    var kind: String
    var occurrences: [Occurrence]
  }
}
