// Records that say things twice, for tests that need a collection with findings of all kinds.

import Foundation

public enum RepeatingRecords {
  /// Records that repeat each other and themselves, in two files; CJK and escapes among them.
  public static func folder() throws -> ScratchFolder {
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
}
