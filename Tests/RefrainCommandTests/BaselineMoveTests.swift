// A baseline remembers passages, not paths: what is moved, renamed, split or put in another order stays
// accepted, and one place more is noticed wherever it is.

import Foundation
import TestSupport
import Testing

/// Pages in which every other one has a paragraph of each neighbour, some of them edited.
private struct Manual {
  let folder: ScratchFolder
  var pages: [String: String] = [:]
  var prose = RandomProse(seed: 311)
  static let count = 12

  init() throws {
    folder = try ScratchFolder()
    let shared = (0..<Self.count).map { _ in prose.words(40) }
    for page in 0..<Self.count {
      var blocks: [String] = []
      for (offset, words) in [(0, shared[page]), (1, shared[(page + 1) % Self.count])] {
        let isEdited = page % 3 == 0 && offset == 1
        blocks += [
          prose.text(50), RandomProse.text(isEdited ? prose.edited(words, changes: 4) : words),
        ]
      }
      // A paragraph that every third page has, and one that a page says twice.
      if page % 3 == 0 { blocks.append(RandomProse.text(shared[0].reversed())) }
      if page == 5 { blocks += [prose.text(45), blocks[0]] }
      pages["docs/page-\(page).md"] = blocks.joined(separator: "\n\n") + "\n"
    }
    try write()
    _ = try folder.refrain("baseline", "write", "accepted.txt", "docs")
  }

  func write() throws {
    for (name, text) in pages { try folder.write(name, text) }
  }

  /// Gives each page the name that `name` makes of its number, and the folder nothing else.
  mutating func rename(_ name: (Int) -> String) throws {
    for path in pages.keys { try folder.remove(path) }
    pages = pages.reduce(into: [:]) { moved, page in
      let number = Int(page.key.split(separator: "-").last?.prefix { $0 != "." } ?? "") ?? 0
      moved[name(number)] = page.value
    }
    try write()
  }

  /// How many findings are in each state.
  func states(_ paths: String..., status: Int32) throws -> [String: Int] {
    let run = try RefrainProgram.run(
      ["check", "--format", "json", "--baseline", "accepted.txt"] + paths, in: folder)
    #expect(run.status == status, "\(run.errors)")
    let report = try JSONDecoder().decode(CheckReport.self, from: Data(run.output))
    #expect(report.summary.resolved == 0)
    return report.findings.reduce(into: [:]) { $0[$1.state ?? "none", default: 0] += 1 }
  }
}

struct BaselineMoveTests {
  /// In another folder, in two, in an order of their own, and each under another name.
  @Test(arguments: 0..<4)
  func movedPagesAreKnown(way: Int) throws {
    var manual = try Manual()
    let before = try manual.states("docs", status: 0)
    #expect(before.keys.sorted() == ["known"])
    let all = try #require(before["known"])
    #expect(all > Manual.count)
    try manual.rename { page in
      switch way {
      case 0: "docs2/page-\(page).md"
      case 1: page % 2 == 0 ? "docs/a/page-\(page).md" : "docs/b/page-\(page).md"
      case 2: "docs/\((page * 7 + 3) % Manual.count)-page-\(page).md"
      default: "handbook/\(String(repeating: "x", count: 20 - page))-\(page).md"
      }
    }
    let states = try manual.states(way == 0 ? "docs2" : ".", status: 0)
    // The words that a finding shows may follow the order of its pages, the passages do not.
    #expect(states["known", default: 0] + states["changed", default: 0] == all, "\(states)")
    #expect(states["known", default: 0] * 10 >= all * 9, "\(states)")
    // Prune brings the names up to date, and accepts no more than there was.
    _ = try manual.folder.refrain("baseline", "prune", "accepted.txt", ".")
    let text = try manual.folder.lines("accepted.txt").joined(separator: "\n")
    #expect(!text.contains("docs/page-"))
    #expect(try manual.states(".", status: 0) == ["known": all])
  }

  /// Moved pages with words changed in each accepted passage.
  @Test func movedAndEditedPagesAreAccepted() throws {
    var manual = try Manual()
    let all = try manual.states("docs", status: 0)["known"]
    try manual.rename { "guide/part-\($0 % 4)/page-\($0).md" }
    for (path, text) in manual.pages {
      manual.pages[path] = text.split(separator: "\n\n").map { block in
        var words = block.split(separator: " ").map(String.init)
        words[words.count / 2] = manual.prose.word()
        return words.joined(separator: " ")
      }.joined(separator: "\n\n")
    }
    try manual.write()
    let states = try manual.states(".", status: 0)
    #expect(states["changed", default: 0] + states["known", default: 0] == all, "\(states)")
    #expect(states["changed", default: 0] > Manual.count / 2)
  }

  /// Text begins with what is new, names the page that it is new on, and leaves out what is known.
  @Test(arguments: [false, true])
  func aKnownParagraphOnAThirdPage(moved: Bool) throws {
    var manual = try Manual()
    if moved { try manual.rename { "docs2/page-\($0).md" } }
    let name = moved ? "docs2/page-" : "docs/page-"
    let pasted = try #require(manual.pages["\(name)2.md"]?.split(separator: "\n\n")[1])
    try manual.folder.write("\(name)99.md", manual.prose.text(50) + "\n\n\(pasted)\n")
    let check = ["check", ".", "--baseline", "accepted.txt"]
    let run = try RefrainProgram.run(check, in: manual.folder)
    #expect(run.status == 1)
    let first = try #require(run.lines.first)
    #expect(first.contains("\(name)99.md:3:1") && first.contains("grown"), "\(run.lines)")
    // The page of an equal passage that was added is where the finding is told.
    if !moved { #expect(first.hasPrefix("\(name)99.md:3:1: "), "\(first)") }
    #expect(run.lines.allSatisfy { !$0.contains(", known") })
    #expect(run.errors.contains("1 grown, 0 resolved; 1 gating"), "\(run.errors)")
    let known = try RefrainProgram.run(check + ["--known"], in: manual.folder)
    #expect(known.lines.first == first)
    #expect(known.lines.filter { $0.contains(", known") }.count > Manual.count)
  }

  /// What every report for people leaves out, and what programs get.
  @Test func knownFindingsInEachFormat() throws {
    let manual = try Manual()
    func output(_ format: String, _ options: String...) throws -> String {
      let run = try RefrainProgram.run(
        ["check", "docs", "--baseline", "accepted.txt", "--format", format] + options,
        in: manual.folder)
      #expect(run.status == (options.contains("any") ? 1 : 0))
      return String(decoding: run.output, as: UTF8.self)
    }
    for format in ["text", "cards", "github", "checkstyle", "rdjsonl", "junit", "gitlab"] {
      let bare = try output(format)
      #expect(!bare.contains("repeat"), "\(format): \(bare)")
      #expect(try output(format, "--known").contains("repeat"), "\(format)")
      // What fails the run is told.
      #expect(try output(format, "--fail-on", "any").contains("repeat"), "\(format)")
    }
    #expect(try output("sarif").contains("\"baselineState\": \"unchanged\""))
    #expect(try output("jsonl").contains("\"state\": \"known\""))
    #expect(try output("html").contains("repeated"))
  }

  /// Two branches that accept the same words on other pages: their lines, both kept, accept the three.
  @Test func linesOfTwoBranches() throws {
    let folder = try ScratchFolder()
    var prose = RandomProse(seed: 312)
    let shared = prose.text(40)
    for name in ["a", "b", "c", "d"] {
      try folder.write("\(name).md", prose.text(50) + "\n\n" + shared + "\n")
    }
    var lines: Set<String> = []
    for pages in [["a.md", "b.md"], ["a.md", "c.md"]] {
      let run = try RefrainProgram.run(["baseline", "write", "accepted.txt"] + pages, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      lines.formUnion(try folder.lines("accepted.txt"))
    }
    #expect(lines.count == 3)
    try folder.write("accepted.txt", lines.sorted().joined(separator: "\n") + "\n")
    let check = ["check", "--baseline", "accepted.txt"]
    let three = try RefrainProgram.run(check + ["a.md", "b.md", "c.md"], in: folder)
    #expect(three.status == 0, "\(three.errors)")
    let four = try RefrainProgram.run(check + ["a.md", "b.md", "c.md", "d.md"], in: folder)
    #expect(four.status == 1)
    // What was not read is still there: the pages that were read may not take its place.
    let some = try RefrainProgram.run(check + ["c.md", "d.md"], in: folder)
    #expect(some.status == 1, "\(some.errors)")
  }
}
