// Files that people leave out, and files whose names do not tell what they hold.

import Foundation
import RefrainFiles
import RefrainModel
import Testing

/// The same rules for every folder, or those of the nearest folder that has some.
private struct FixedRules: FileRuleSource, Sendable {
  var byFolder: [[UInt8]: FileRules]

  func rules(in folder: [UInt8]) -> FileRules {
    let above = byFolder.keys.filter { folder.starts(with: $0) }
    return above.max { $0.count < $1.count }.flatMap { byFolder[$0] } ?? FileRules()
  }
}

struct FileRulesTests {
  private func rules(
    _ folder: ScratchFolder, _ below: String = "", excluded: [String] = [],
    formats: [(String, FileKind)] = []
  ) -> FixedRules {
    let path = Array(URL(fileURLWithPath: folder.path + below).resolvingSymlinksInPath().path.utf8)
    var rules = FileRules()
    rules.add(below: path, excluded: excluded, formats: formats.map { (pattern: $0.0, kind: $0.1) })
    return FixedRules(byFolder: [path: rules])
  }

  @Test(arguments: [
    (["vendor/"], ["a.md", "sub/b.md", "sub/drafts/c.md"]),
    (["drafts"], ["a.md", "sub/b.md", "vendor/d.md"]),
    (["*.md", "!a.md"], ["a.md"]),
    (["/sub/*.md"], ["a.md", "sub/drafts/c.md", "vendor/d.md"]),
    (["sub/**/c.md"], ["a.md", "sub/b.md", "vendor/d.md"]),
  ])
  func whatIsLeftOut(patterns: [String], left: [String]) throws {
    let folder = try ScratchFolder()
    for name in ["a.md", "sub/b.md", "sub/drafts/c.md", "vendor/d.md"] { try folder.write(name) }
    let walker = FileWalker(rules: rules(folder, excluded: patterns))
    #expect(try folder.walk(walker) == left)
    // A file that is named is read all the same.
    #expect(try folder.walk(walker, ["vendor/d.md"]) == ["vendor/d.md"])
  }

  @Test func formatsByExtensionAndPattern() throws {
    let folder = try ScratchFolder()
    for name in ["a.tmpl", "b.txt", "docs/c.txt", "d.xyz", "run"] { try folder.write(name) }
    try folder.write("script", "#!/bin/sh\necho Some words.\n")
    let walker = FileWalker(
      rules: rules(
        folder,
        formats: [
          (".tmpl", .text(.html)), ("docs/*.txt", .text(.restructuredText)),
          ("script", .text(.markdown)),
        ]))
    let walked = try walker.walk([folder.path])
    let kinds = Dictionary(
      uniqueKeysWithValues: walked.files.map {
        (String($0.path.dropFirst(folder.path.utf8.count + 1)), $0.kind)
      })
    #expect(
      kinds == [
        "a.tmpl": .text(.html), "b.txt": .text(.plain), "docs/c.txt": .text(.restructuredText),
        "run": .text(.plain),
      ])
    // An extension is what "script" is taken for; a script without rules is for a program.
    #expect(walked.notRead.phrase == "1 without an extension, 1 .xyz not read")
    #expect(try walker.walk([folder.path + "/a.tmpl"]).files.map(\.kind) == [.text(.html)])
  }

  @Test func theNearestFolderCounts() throws {
    let folder = try ScratchFolder()
    for name in ["a.tmpl", "sub/b.tmpl"] { try folder.write(name) }
    var all = rules(folder, formats: [("tmpl", .text(.html))])
    all.byFolder.merge(rules(folder, "/sub", excluded: ["*.tmpl"]).byFolder) { $1 }
    #expect(try folder.walk(FileWalker(rules: all)) == ["a.tmpl"])
  }

  @Test func filesForProgramsAreNoTexts() throws {
    let folder = try ScratchFolder()
    for name in [
      "Makefile", "Dockerfile", "Earthfile", "SConstruct", "CMakeLists.txt", "requirements.txt",
      "README",
    ] {
      try folder.write(name)
    }
    #expect(try folder.walk() == ["README"])
  }
}
