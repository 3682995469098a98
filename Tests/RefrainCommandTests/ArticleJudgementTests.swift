// How two sentences of an article are judged: by points that add up, and not on pages or in other languages.

import Foundation
import TestSupport
import Testing

struct ArticleJudgementTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private static let article = """
    The council of Sparta said the old granary would close its doors in the spring.

    Nobody had asked the farmers what they thought of the plan, or when it was made.

    "The granary will close its doors in the spring," a clerk of the council told us. \
    The farmers have to take their barley to the mill at Tegea from then on.

    """

  /// The findings of a run as JSON has them.
  private func findings(_ arguments: [String]) throws -> [[String: Any]] {
    let run = try RefrainProgram.run(["check", "--format", "json"] + arguments, in: folder)
    #expect(run.status < 2, "\(run.errors)")
    let root = try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any]
    return try #require(root?["findings"] as? [[String: Any]])
  }

  private func why(_ finding: [String: Any]) throws -> [String: Any] {
    try #require(finding["why"] as? [String: Any])
  }

  @Test func pointsAddUp() throws {
    try folder.write("article.txt", Self.article)
    let finding = try #require(try findings(["article.txt"]).first)
    let why = try why(finding)
    #expect(why["table"] as? String == "article")
    let measures = try #require(why["measures"] as? [[String: Any]])
    let names = measures.compactMap { $0["measure"] as? String }
    #expect(
      names == [
        "shared", "contained", "aligned", "numbers", "contrast", "figures", "rare", "lead",
        "quoted",
      ])
    let points = measures.compactMap { $0["points"] as? Int }
    #expect(points.reduce(0, +) == why["points"] as? Int)
    #expect(measures.suffix(2).compactMap { $0["value"] as? Int } == [1, 1])
    let least = try #require(why["leastForError"] as? Int)
    #expect((points.reduce(0, +) >= least) == (finding["level"] as? String == "error"))
  }

  /// Other figures in the same words report another thing.
  @Test func otherNumbersSpeakAgainst() throws {
    func article(_ last: String) -> String {
      Self.article + "Last year the granary held 4,512 sacks of barley from the hills.\n\n"
        + "Farmers saw rain for weeks.\n\nA year before, the granary held \(last) of barley.\n"
    }
    try folder.write("same.txt", article("4,512 sacks"))
    try folder.write("other.txt", article("3,978 sacks"))
    func points(_ name: String) throws -> Int? {
      let all = try findings([name, "--candidates", "--all"]).filter { finding in
        let places = finding["occurrences"] as? [[String: Any]] ?? []
        return places.allSatisfy { ($0["text"] as? String ?? "").contains("barley of") == false }
          && places.contains { ($0["text"] as? String ?? "").contains("A year before") }
          && places.contains { ($0["text"] as? String ?? "").contains("Last year") }
      }
      return try all.first.map { try why($0)["points"] as? Int } ?? nil
    }
    let same = try #require(try points("same.txt"))
    let other = try #require(try points("other.txt"))
    #expect(same > other + 20)
  }

  /// Pages of manuals have the table of pages, and texts that are not in English have none.
  @Test func pagesAndOtherLanguagesAreNoArticles() throws {
    let said = "The granary of the council will close its doors at the end of this wet spring."
    let page = "# A\n\n- `a`\n- `b`\n- `c`\n\n## B\n\n\(said)\n\n## C\n\n- `d`\n\n\(said)\n"
    try folder.write("page.md", page)
    let german = """
      Der Rat von Sparta schloss den alten Speicher wegen des nassen Korns im Frühling zu.

      Niemand fragte die Bauern, wie ihnen der Plan gefiel.

      Der Rat von Sparta schloss den alten Speicher im Frühling wegen des nassen Korns zu.

      """
    try folder.write("german.txt", german)
    for (name, table) in [("page.md", "page"), ("german.txt", "text")] {
      let all = try findings([name, "--all"])
      #expect(!all.isEmpty)
      for finding in all { #expect(try why(finding)["table"] as? String == table) }
    }
  }

  @Test func threadsDoNotMatter() throws {
    let records = (0..<40).map { number in
      Records.line("\(number)", Self.article.replacing("granary", with: "granary \(number % 7)"))
    }
    try folder.write("in.jsonl", Records.file(records))
    let runs = try [1, 3].map { threads in
      try RefrainProgram.run(
        ["check", "in.jsonl", "--format", "json", "--all", "--threads", "\(threads)"], in: folder
      ).output
    }
    #expect(runs[0] == runs[1])
  }
}
