// What is short may stand where it is needed: beside the opening of another page, in the entry of an option, in an
// example, in parallel sections. Each beside the same words where nothing speaks for them.

import Foundation
import TestSupport
import Testing

struct BriefRepetitionTests {
  private static let brief = """
    A hive that is moved in the middle of the day loses its foragers, because they return to the \
    place where it stood in the morning and wait there until night falls.
    """
  private static let long =
    brief + """
       Close the entrance at dusk, when the last of them are back, and carry the hive to its new place \
      before the sun is up again.
      """

  private func finding(_ pages: [String: String]) throws -> CheckedFinding? {
    let folder = try ScratchFolder()
    for (path, text) in pages { try folder.write(path, text) }
    let run = try RefrainProgram.run(["check", ".", "--format", "json"], in: folder)
    return try JSONDecoder().decode(CheckedFindings.self, from: Data(run.output)).findings.first
  }

  /// A page with a list, and with a section for each heading and its text.
  private func page(_ seed: UInt64, opening: String? = nil, _ sections: [(String, String)])
    -> String
  {
    var prose = RandomProse(seed: seed)
    var page =
      "# \(prose.text(2))\n\n\(opening ?? prose.text(30))\n\n- one\n- two\n- three\n\n\(prose.text(80))\n"
    for (heading, text) in sections {
      page += "\n## \(heading)\n\n\(text)\n\n\(prose.text(120))\n"
    }
    return page
  }

  private func expectNote(_ finding: CheckedFinding?, _ reason: String) {
    #expect(finding?.level == "note")
    #expect(finding?.why.sentence.hasSuffix(reason) == true, "\(finding?.why.sentence ?? "none")")
  }

  /// What a page opens with is what others say of it; what two pages open with, or what is long, is a copy.
  @Test func openings() throws {
    func level(_ text: String, opensBoth: Bool) throws -> CheckedFinding? {
      let other =
        opensBoth ? page(2, opening: text, []) : page(2, [("Keepers", text), ("Notes", "None.")])
      return try finding(["a.md": page(1, opening: text, []), "b.md": other])
    }
    expectNote(
      try level(Self.brief, opensBoth: false),
      "a page's opening may stand where another page speaks of it")
    #expect(try level(Self.brief, opensBoth: true)?.level == "error")
    #expect(try level(Self.long, opensBoth: false)?.level == "error")
  }

  /// A remark on an option or in an example may stand in the text as well; in two plain sections it is told twice.
  @Test(arguments: ["-Keeper", "-k, --keeper=NAME", "Keeper \\<Name\\>", "Example 2: In May"])
  func remarks(heading: String) throws {
    let note = try finding(["a.md": page(3, [(heading, Self.brief), ("Notes", Self.brief)])])
    expectNote(note, "short, and needed where an option or an example is explained")
    let plain = try finding(["a.md": page(3, [("Keepers", Self.brief), ("Notes", Self.brief)])])
    #expect(plain?.level == "error")
    let long = try finding(["a.md": page(3, [(heading, Self.long), ("Notes", Self.long)])])
    #expect(long?.level == "error")
  }

  /// An operator is no option.
  @Test func anOperatorIsNoOption() throws {
    let found = try finding([
      "a.md": page(4, [("-as operator", Self.brief), ("Notes", Self.brief)])
    ])
    #expect(found?.level == "error")
  }

  /// Sections side by side with half of a heading in common.
  @Test func parallelSections() throws {
    func level(_ first: String, _ second: String, _ text: String) throws -> CheckedFinding? {
      try finding(["a.md": page(5, [(first, text), (second, text)])])
    }
    expectNote(
      try level("Moving a hive by day", "Moving a swarm", Self.brief), "their sections are parallel"
    )
    #expect(try level("Moving a hive", "What a swarm does", Self.brief)?.level == "error")
    #expect(try level("Moving a hive", "Moving a swarm", Self.long)?.level == "error")
  }
}
