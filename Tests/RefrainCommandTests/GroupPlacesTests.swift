// Findings of three places and more: each place is as long as what it says alike.

import Foundation
import TestSupport
import Testing

struct GroupPlacesTests {
  /// Two files hold a passage, a third one its first sentences verbatim and the rest edited: its place
  /// goes on to the end, as the diff with it does.
  @Test(arguments: [(4, true), (1, false)])
  func aPlaceGoesOnAsTheFirstDoes(edited: Int, isWhole: Bool) throws {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 55)
    let (head, tail) = (prose.words(28), prose.words(14))
    var other = tail
    for place in tail.indices where place % edited == 0 { other[place] = prose.word() }
    for (name, end) in [("a", tail), ("b", tail), ("c", other)] {
      let passage = RandomProse.text(head + end)
      try folder.write(
        "\(name).md", [prose.text(40), passage, prose.text(40)].joined(separator: "\n\n"))
    }
    let run = try RefrainProgram.run(["check", ".", "--format", "json"], in: folder)
    let report = try JSONDecoder().decode(CheckReport.self, from: Data(run.output))
    let finding = try #require(report.findings.first)
    #expect(report.findings.count == 1)
    let lengths = finding.occurrences.map { $0.text.split(separator: " ").count }
    #expect(lengths.prefix(2) == [42, 42])
    #expect(isWhole ? lengths[2] == 42 : lengths[2] < 36, "\(lengths)")
  }
}
