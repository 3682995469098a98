// The programs that the documentation shows, as they stand there.

import Foundation
import Refrain
import Testing

struct SnippetTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Each line of Swift that a page shows stands in this file, and so compiles and runs.
  @Test func pagesShowWhatIsTested() throws {
    let own = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
    let known = Set(own.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    let pages =
      try ["README.md", "Documentation/library.md"]
      + FileManager.default.contentsOfDirectory(
        atPath: Self.root.path + "/Sources/Refrain/Refrain.docc"
      ).map { "Sources/Refrain/Refrain.docc/" + $0 }
    var shown = 0
    for page in pages {
      let text = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
      for block in text.components(separatedBy: "```swift\n").dropFirst() {
        let code = block.components(separatedBy: "```")[0]
        for line in code.split(separator: "\n") {
          let line = line.trimmingCharacters(in: .whitespaces)
          #expect(known.contains(line), "\(page): \(line)")
          shown += 1
        }
      }
    }
    #expect(shown > 20)
  }

  private let texts = [
    "The ship sailed on Monday with forty passengers on board.",
    "On Tuesday nothing happened, and nobody was surprised by it.",
    "The ship sailed on Monday with forty passengers on board!",
  ]

  @Test func deduplicateTexts() throws {
    let result = try Deduplicator(threshold: 0.7).deduplicate(texts)
    for gone in result.removed {
      print(gone.id, "repeats", gone.kept, gone.overlap.jaccard, gone.reason)
    }
    let stricter = try result.raised(to: 0.9)
    print(stricter.kept)
    #expect(result.kept == [0, 1])
    #expect(stricter.kept == [0, 1])
  }

  @Test func checkTexts() throws {
    let install = texts[0] + " " + texts[1]
    let upgrade = texts[1]
    let result = try Checker().check(["install.md": install, "upgrade.md": upgrade])
    for finding in result.findings { print(finding.kind, finding.occurrences.map(\.path)) }
    print(String(decoding: result.report(.concise), as: UTF8.self))
    #expect(result.findings.count == 1)
  }

  @Test func askAnIndex() throws {
    var index = try SimilarityIndex<String>(threshold: 0.7)
    try index.insert("monday", texts[0])
    try index.insert("tuesday", texts[1])
    for match in index.query(texts[2]) { print(match.id, match.overlap.jaccard, match.reason) }
    index.remove("monday")
    #expect(index.query(texts[2]).isEmpty)
  }
}
