// A collection of records whose texts are not kept: the same findings for any memory and any number of threads,
// and those of the same texts in memory.

import Foundation
import TestSupport
import Testing

struct MemoryTests {
  @Test(arguments: ["jsonl", "json"])
  func memoryAndThreadsChangeNothing(format: String) throws {
    let folder = try RepeatingRecords.folder()
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
    let folder = try RepeatingRecords.folder()
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
