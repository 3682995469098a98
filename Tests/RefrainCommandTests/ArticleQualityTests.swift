// Quality on short articles with planted paraphrases and decoys: which are found is written down,
// so that none of them slips unseen, and no decoy creeps in.

import Foundation
import RefrainModel
import TestSupport
import Testing

/// An article of the fixture.
private struct Article {
  var name: String
  var paragraphs: [String] = []
  /// Pairs of paragraphs that say the same, counted from 1.
  var repeats: [[Int]] = []
  /// Pairs that do so in words too far from each other.
  var outOfReach: [[Int]] = []

  /// The articles of `Fixtures/articles.txt`.
  static func all() throws -> [Article] {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(
      contentsOf: root.appendingPathComponent("Fixtures/articles.txt"), encoding: .utf8)
    var articles: [Article] = []
    for line in text.split(separator: "\n") {
      if let name = line.wholeMatch(of: /# (.+)/) {
        articles.append(Article(name: String(name.output.1)))
      } else if let planted = line.wholeMatch(of: /([*~])(\d+) (.+)/) {
        let index = articles.count - 1
        articles[index].paragraphs.append(String(planted.output.3))
        let original = try #require(Int(planted.output.2))
        let pair = [original, articles[index].paragraphs.count]
        if planted.output.1 == "*" {
          articles[index].repeats.append(pair)
        } else {
          articles[index].outOfReach.append(pair)
        }
      } else {
        articles[articles.count - 1].paragraphs.append(String(line))
      }
    }
    return articles
  }
}

struct ArticleQualityTests {
  /// The articles as files, a paragraph every other line.
  private func tree() throws -> (folder: ScratchFolder, articles: [Article]) {
    let folder = try ScratchFolder()
    let articles = try Article.all()
    for article in articles {
      try folder.write("\(article.name).txt", article.paragraphs.joined(separator: "\n\n") + "\n")
    }
    return (folder, articles)
  }

  /// The paragraphs that a finding's places lie in, counted from 1.
  private func paragraphs(_ finding: CheckReport.Finding) -> [Int] {
    finding.lines.map { ($0 + 1) / 2 }
  }

  @Test func plantedParaphrasesAreFoundAndDecoysAreNot() throws {
    let (folder, articles) = try tree()
    var missed: [String] = []
    var wrong: [String] = []
    for article in articles {
      let report = try folder.check("\(article.name).txt")
      try folder.checkPlaces(report)
      let found = report.findings.map(paragraphs)
      missed += article.repeats.filter { !found.contains($0) }.map { "\(article.name) \($0)" }
      wrong += found.filter { !article.repeats.contains($0) }.map { "\(article.name) \($0)" }
    }
    #expect(articles.flatMap(\.repeats).count == 6)
    #expect(articles.flatMap(\.outOfReach).count == 1)
    #expect(missed == [])
    // Reports that differ in their figures, phrases of the trade: no repetition.
    #expect(wrong == [])
  }

  /// The same with all articles as one corpus, and what one of them retells of another.
  @Test func articlesAmongEachOther() throws {
    let (folder, articles) = try tree()
    let report = try folder.check(".", "--scope", "across")
    let places = report.findings.map { finding in
      zip(finding.paths, paragraphs(finding)).map { "\($0.0) \($0.1)" }
    }
    #expect(places == [["auctions.txt 2", "museum.txt 2"]])
    let within = try folder.check(".", "--scope", "within")
    let expected = Set(
      articles.flatMap { article in article.repeats.map { "\(article.name).txt \($0)" } })
    let found = Set(within.findings.map { "\($0.paths[0]) \(paragraphs($0))" })
    #expect(found.subtracting(expected).isEmpty, "\(found)")
    #expect(expected.subtracting(found) == [])
  }

  /// Seeded: of a page's paragraphs one comes again with some words replaced.
  ///
  /// All are found up to a fifth of the words, and what is never edited so is never found.
  @Test func recallByTheShareOfEditedWords() throws {
    var prose = RandomProse(seed: 121)
    let folder = try ScratchFolder()
    var found: [Int: Int] = [:]
    let rounds = 10
    for share in [0, 5, 10, 20, 30, 50, 100] {
      for _ in 0..<rounds {
        let words = prose.words(40)
        let copy = prose.edited(words, changes: 40 * share / 100)
        let blocks = [
          prose.text(50), RandomProse.text(words), prose.text(50), RandomProse.text(copy),
          prose.text(50),
        ]
        try folder.write("page.txt", blocks.joined(separator: "\n\n"))
        let report = try folder.check("page.txt")
        let isFound = report.findings.contains { finding in
          finding.lines.contains { $0 == 3 } && finding.lines.contains { $0 == 7 }
        }
        found[share, default: 0] += isFound ? 1 : 0
        #expect(report.findings.allSatisfy { Set($0.lines).isSubset(of: [3, 7]) })
      }
    }
    for share in [0, 5, 10, 20] { #expect(found[share] == rounds, "\(share) %") }
    #expect(found[100] == 0)
  }
}
