// A small repository whose pages tests edit, commit and check.

import Foundation
import TestSupport
import Testing

/// Pages of paragraphs in a git repository in a scratch folder.
struct Repository {
  let folder: ScratchFolder
  /// The paragraphs of each page, by its path.
  var pages: [String: [String]] = [:]
  var prose: RandomProse

  /// A repository with three pages that have nothing in common, committed on `main`.
  init(seed: UInt64) throws {
    folder = try ScratchFolder()
    prose = RandomProse(seed: seed)
    try folder.git("init", "-q", "-b", "main")
    for name in ["docs/install.md", "docs/upgrade.md", "docs/faq.md"] { pages[name] = own(4) }
    try commit("pages")
  }

  /// Paragraphs that stand nowhere else.
  mutating func own(_ count: Int) -> [String] { (0..<count).map { _ in prose.text(50) } }

  /// The pages as they are now, on disk.
  func write() throws {
    for (name, blocks) in pages {
      try folder.write(name, blocks.joined(separator: "\n\n") + "\n")
    }
  }

  func commit(_ message: String) throws {
    try write()
    try folder.git("add", "-A")
    try folder.git("commit", "-q", "-m", message)
  }

  /// Replaces words of a paragraph from `start` on.
  mutating func edit(_ name: String, _ block: Int, words: Int, from start: Int) {
    var parts = (pages[name]?[block] ?? "").split(separator: " ").map(String.init)
    for place in start..<(start + words) { parts[place] = prose.word() }
    pages[name]?[block] = parts.joined(separator: " ")
  }

  /// Writes the pages and runs `refrain` here.
  func run(_ arguments: String..., at subfolder: String = "") throws -> ProgramRun {
    try write()
    return try RefrainProgram.run(arguments, in: folder, at: subfolder)
  }

  /// Writes the pages and checks them; the JSON result and what was said beside it.
  func check(
    _ options: String..., status: Int32, at subfolder: String = "",
    from location: SourceLocation = #_sourceLocation
  ) throws -> (report: CheckReport, errors: String) {
    try write()
    let run = try RefrainProgram.run(
      ["check", "--format", "json"] + options, in: folder, at: subfolder)
    #expect(run.status == status, "\(options): \(run.errors)", sourceLocation: location)
    let report = try JSONDecoder().decode(CheckReport.self, from: Data(run.output))
    return (report, run.errors)
  }
}
