// Each place of a finding says how alike it is to the first, in every form that names it; and no form
// calls another spelling of the same words a change.

import Foundation
import TestSupport
import Testing

struct PlaceLikenessTests {
  /// A passage in three files, with two and with six words replaced, in a page of its own each.
  private func tree() throws -> ScratchFolder {
    var prose = RandomProse(seed: 171)
    let folder = try ScratchFolder()
    let passage = prose.words(56)
    for (name, changes) in [("a", 0), ("b", 6), ("c", 2)] {
      let copy = RandomProse.text(prose.edited(passage, changes: changes))
      try folder.write(
        "\(name).md", [prose.text(40), copy, prose.text(40)].joined(separator: "\n\n"))
    }
    return folder
  }

  private func bigrams(_ text: String) -> Set<String> {
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    return Set(zip(words, words.dropFirst()).map { "\($0) \($1)" })
  }

  @Test func aPlaceHasItsOwnLikeness() throws {
    let folder = try tree()
    let run = try RefrainProgram.run(["check", ".", "--format", "json"], in: folder)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    let findings = try #require(report["findings"] as? [[String: Any]])
    let finding = try #require(findings.first)
    let places = try #require(finding["occurrences"] as? [[String: Any]])
    #expect(findings.count == 1)
    #expect(places.count == 3)
    let first = bigrams(places[0]["text"] as? String ?? "")
    var percents: [Int] = []
    for place in places {
      let other = bigrams(place["text"] as? String ?? "")
      let (shared, union) = (first.intersection(other).count, first.union(other).count)
      let expected = Double(shared) / Double(union)
      let found = try #require(place["similarity"] as? Double)
      #expect(abs(found - expected) < 1e-5)
      percents.append(Int(expected * 100))
    }
    #expect(finding["similarity"] as? Double == places[1]["similarity"] as? Double)
    #expect(Set(percents).count == 3)
    for format in ["concise", "cards", "markdown", "html", "sarif", "github"] {
      let text = try RefrainProgram.run(["check", ".", "--format", format], in: folder)
      let shown = String(decoding: text.output, as: UTF8.self)
      for (place, percent) in zip(places, percents).dropFirst() {
        let path = place["path"] as? String ?? ""
        let near = [percent, percent + 1].map(String.init).joined(separator: "|")
        let pattern = try Regex("\(path):[^%]{0,160}?(\(near)) %")
        #expect(shown.contains(pattern), "\(format): \(path) \(percent)")
      }
    }
  }

  /// "e-mail" and "e mail" are the same two words in cards and on the page, also in a third place.
  @Test func spellingsOfTheSameWordsAreNoChange() throws {
    var prose = RandomProse(seed: 172)
    let folder = try ScratchFolder()
    let (head, tail) = (prose.text(24), prose.text(24))
    let last = ["alpha", "beta", "gamma"]
    for (index, word) in ["e-mail", "e mail", "E\u{2011}mail"].enumerated() {
      try folder.write(
        "\(index).md",
        "\(prose.text(30))\n\n\(head) An \(word) to \(last[index]) them. \(tail)\n\n\(prose.text(30))\n"
      )
    }
    let run = try RefrainProgram.run(["check", ".", "--format", "html"], in: folder)
    let page = String(decoding: run.output, as: UTF8.self)
    let marked = page.matches(of: /<(del|ins)[^>]*>([^<]*)</).map { String($0.output.2) }
    #expect(marked == ["alpha", "beta"])
    #expect(page.contains(/data-d="[^"]*-6[^"]*\+6[^"]*"/))
    #expect(
      page.matches(of: /data-d="([^"]*)"/).allSatisfy {
        $0.output.1.count { "-+".contains($0) } == 2
      })
  }

  /// Where the words are the same and only their spelling differs, nothing is marked in any form.
  @Test func anExactRepeatHasNoMark() throws {
    var prose = RandomProse(seed: 173)
    let folder = try ScratchFolder()
    let (head, tail) = (prose.text(24), prose.text(24))
    for (name, spelt) in [("a", "e-mail"), ("b", "e mail"), ("c", "E\u{2011}MAIL")] {
      let passage = "\(head) An \(spelt) to all of them. \(tail)"
      try folder.write("\(name).md", "\(prose.text(60))\n\n\(passage)\n\n\(prose.text(60))\n")
    }
    for paths in [["a.md", "b.md"], ["a.md", "c.md"], ["b.md", "a.md"], ["."]] {
      let json = try RefrainProgram.run(["check", "--format", "json"] + paths, in: folder)
      let report = try JSONDecoder().decode(CheckReport.self, from: Data(json.output))
      #expect(report.kinds == ["exact-repeat"])
      #expect(report.findings[0].occurrences.allSatisfy { $0.similarity == 1 })
      func shown(_ format: String) throws -> String {
        let run = try RefrainProgram.run(["check", "--format", format] + paths, in: folder)
        return String(decoding: run.output, as: UTF8.self)
      }
      let cards = try shown("cards")
      #expect(cards.contains("exact-repeat"))
      for mark in ["[-", "{+", "[<", "{>", "-]", "+}"] {
        #expect(!cards.contains(mark), "\(cards)")
      }
      let page = try shown("html")
      #expect(page.contains("exact-repeat"))
      #expect(!page.contains(/<(del|ins)[ >]/))
      for alignment in page.matches(of: /data-d="([^"]*)"/) {
        #expect(!alignment.output.1.contains { "-+".contains($0) }, "\(alignment.output.1)")
      }
    }
    let compared = try folder.refrain("compare", "a.md", "b.md")
    let text = String(decoding: compared.output, as: UTF8.self)
    #expect(text.contains("100 %"))
    #expect(!text.contains("[-") && !text.contains("{+"), "\(text)")
  }
}
