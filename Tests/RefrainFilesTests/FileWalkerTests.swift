// Walks over real folders: order, links, what is skipped, what is named, what is wrong.

import Foundation
import RefrainFiles
import RefrainModel
import Testing

struct FileWalkerTests {
  @Test func orderIsByBytesOfThePath() throws {
    let folder = try ScratchFolder()
    let names = ["b.md", "a/z.txt", "a.txt", "Z.md", "a/b/c.md", "é.md", "a-b.md", "a/B.txt"]
    for name in names { try folder.write(name) }
    #expect(
      try folder.walk() == [
        "Z.md", "a-b.md", "a.txt", "a/B.txt", "a/b/c.md", "a/z.txt", "b.md", "é.md",
      ])
    #expect(
      try folder.walk(FileWalker(), ["b.md", "a"]) == ["b.md", "a/B.txt", "a/b/c.md", "a/z.txt"])
  }

  @Test func kindsAndWhatIsNoText() throws {
    let folder = try ScratchFolder()
    for name in ["a.md", "b.txt", "c", "d.jsonl", "e.ndjson", "f.jsonl.gz", "g.png", "h.swift"] {
      try folder.write(name)
    }
    // Under a text's name a NUL is for the reader to report; a name without one is text on trial.
    try folder.write("binary.txt", "a\0b")
    try folder.write("binary", "a\0b")
    try folder.write("late.txt", String(repeating: "x", count: 8 << 10) + "\0")
    try folder.write("zip.jsonl.gz", "\u{1F}\0")
    let found = try FileWalker().walk([folder.path]).files
    #expect(
      found.map(\.kind) == [
        .text(.markdown), .text(.plain), .text(.plain), .text(.plain), .records, .records, .records,
        .text(.plain), .records,
      ])
    #expect(found.allSatisfy { !$0.explicit })
    #expect(
      try folder.walk() == [
        "a.md", "b.txt", "binary.txt", "c", "d.jsonl", "e.ndjson", "f.jsonl.gz", "late.txt",
        "zip.jsonl.gz",
      ])
    let notRead = try FileWalker().walk([folder.path]).notRead
    #expect(notRead.phrase == "1 without an extension, 1 .png, 1 .swift not read")
    let records = try FileWalker(.records).walk([folder.path])
    #expect(records.files.map(\.kind) == [.records, .records, .records, .records])
    #expect(
      records.notRead.phrase
        == "3 .txt, 2 without an extension, 1 .md, 1 .png, 1 .swift not read")
  }

  @Test func namedFilesAreTakenWhateverTheyAre() throws {
    let folder = try ScratchFolder()
    try folder.write("binary.txt", "a\0b")
    try folder.write("code.swift")
    try folder.write(".hidden.md")
    try folder.write(".gitignore", "*")
    let names = ["code.swift", "binary.txt", ".hidden.md"]
    let found = try FileWalker().walk(names.map { folder.path + "/" + $0 }).files
    #expect(found.map(\.kind) == [.text(.plain), .text(.plain), .text(.markdown)])
    #expect(found.allSatisfy { $0.explicit })
    #expect(try folder.walk().isEmpty)
  }

  @Test func theSameFileComesOnce() throws {
    let folder = try ScratchFolder()
    try folder.write("a/x.md")
    try folder.write("y.md")
    try folder.link("z.md", to: "y.md")
    #expect(try folder.walk(FileWalker(), ["y.md", "", "a", "a/../y.md"]) == ["y.md", "a/x.md"])
    let found = try FileWalker().walk([folder.path, folder.path + "/a/x.md"]).files
    #expect(found.map(\.explicit) == [true, false])
  }

  @Test func linksToFoldersAreNotFollowed() throws {
    let folder = try ScratchFolder()
    let other = try ScratchFolder()
    try other.write("far.md")
    try folder.write("a/x.md")
    try folder.link("a/loop", to: "..")
    try folder.link("away", to: other.path)
    try folder.link("gone.md", to: "nowhere.md")
    #expect(try folder.walk() == ["a/x.md"])
    let walked = try FileWalker().walk([folder.path])
    #expect(
      walked.unreadable == [
        .unreadable(path: folder.path + "/gone.md", cause: "No such file or directory")
      ])
    #expect(walked.notRead.phrase == "2 links to folders not followed")
    #expect(try folder.walk(FileWalker(), ["away"]) == ["away/far.md"], "a link that was named")
  }

  /// Texts may be anybody's, so a link does not lead out of them; a corpus is its owner's.
  @Test func linksThatLeadOutside() throws {
    let folder = try ScratchFolder()
    let other = try ScratchFolder()
    try other.write("far.md")
    try other.write("far.jsonl")
    try folder.write("top.md")
    try folder.write("docs/.hidden/b.md")
    try folder.link("docs/a.md", to: "../top.md")
    try folder.link("docs/b.md", to: ".hidden/b.md")
    try folder.link("docs/far.jsonl", to: other.path + "/far.jsonl")
    try folder.link("docs/far.md", to: other.path + "/far.md")
    try folder.link("docs/far.png", to: other.path + "/far.md")
    try folder.link("docs/null.md", to: "/dev/null")
    let walked = try FileWalker().walk([folder.path + "/docs"])
    #expect(walked.files.isEmpty && walked.unreadable.isEmpty)
    #expect(walked.notRead.phrase == "1 .png not read; 5 links that lead outside not followed")
    let named = folder.path + "/docs/far.md"
    #expect(try FileWalker().walk([named]).files.map(\.path) == [named])
    #expect(try folder.walk(FileWalker(.records), ["docs"]) == ["docs/far.jsonl"])
    #expect(try folder.walk(FileWalker(hidden: true), ["docs"]) == ["docs/.hidden/b.md"])
    #expect(try folder.walk(FileWalker(), ["docs/.hidden"]) == ["docs/.hidden/b.md"])
    // The whole repository is what it may lead to, except for .git.
    try folder.write(".git/c.md")
    try folder.link("docs/c.md", to: "../.git/c.md")
    #expect(try folder.walk(FileWalker(), ["docs"]) == ["docs/a.md"])
    #expect(try FileWalker(hidden: true).walk([folder.path]).notRead.outsideLinks == 4)
  }

  @Test func hiddenEntries() throws {
    let folder = try ScratchFolder()
    for name in [".a.md", ".b/c.md", ".git/d.md", "e.md"] { try folder.write(name) }
    #expect(try folder.walk() == ["e.md"])
    #expect(try folder.walk(FileWalker(hidden: true)) == [".a.md", ".b/c.md", "e.md"])
    #expect(try folder.walk(FileWalker(), [".b"]) == [".b/c.md"])
  }

  @Test func ignoreFiles() throws {
    let folder = try ScratchFolder()
    for name in ["a/keep.md", "a/drop.md", "a/b/drop.md", "out/keep.md", "log.txt"] {
      try folder.write(name)
    }
    try folder.write(".gitignore", "out/\n!out/keep.md\ndrop.md\n*.txt\n")
    try folder.write("a/b/.gitignore", "!drop.md\n")
    try folder.write(".ignore", "!log.txt\n")
    #expect(try folder.walk() == ["a/b/drop.md", "a/keep.md", "log.txt"])
    #expect(try folder.walk(FileWalker(), ["out"]) == ["out/keep.md"], "an ignored folder, named")
    #expect(try folder.walk(FileWalker(respectIgnoreFiles: false)).count == 5)
  }

  @Test func ignoreFilesAboveCountInARepositoryAlone() throws {
    let folder = try ScratchFolder()
    try folder.write(".gitignore", "/docs/drop.md\n")
    try folder.write("docs/drop.md")
    try folder.write("docs/keep.md")
    #expect(try folder.walk(FileWalker(), ["docs"]) == ["docs/drop.md", "docs/keep.md"])
    try folder.write(".git/HEAD")
    #expect(try folder.walk(FileWalker(), ["docs"]) == ["docs/keep.md"])
  }

  @Test func pathsThatLeadNowhere() throws {
    let folder = try ScratchFolder()
    let missing = folder.path + "/missing"
    let error = RefrainError.unreadable(path: missing, cause: "No such file or directory")
    #expect(throws: error) { try FileWalker().walk([missing]) }
    #expect(throws: RefrainError.unreadable(path: "", cause: "No such file or directory")) {
      try FileWalker().walk([""])
    }
    let unreadable = RefrainError.unreadable(
      path: folder.path + "/a\0b", cause: "No such file or directory")
    #expect(throws: unreadable) { try FileWalker().walk([folder.path + "/a\0b"]) }
  }

  @Test func printedPaths() throws {
    let folder = try ScratchFolder()
    try folder.write("a/x.md")
    let found = try FileWalker().walk([folder.path + "/a//"]).files
    #expect(found.map(\.path) == [folder.path + "/a/x.md"])
    // This package's own folder is the working directory of its tests.
    let here = try FileWalker().walk(["./Tests"]).files.map(\.path)
    #expect(here.allSatisfy { $0.hasPrefix("Tests/") })
    let all = try FileWalker().walk(["."]).files.map(\.path)
    #expect(all.allSatisfy { !$0.hasPrefix("./") && !$0.hasPrefix("/") })
  }

  @Test func namesThatAreNoUTF8AreReported() throws {
    let folder = try ScratchFolder()
    var name = Array((folder.path + "/caf").utf8).map(CChar.init(bitPattern:))
    name += [CChar(bitPattern: 0xE9)] + ".md".utf8.map(CChar.init(bitPattern:)) + [0]
    let file = try #require(fopen(name, "w"))
    fclose(file)
    let printed = folder.path + "/caf\u{FFFD}.md"
    let error = RefrainError.unreadable(path: printed, cause: "the name is not valid UTF-8")
    let walked = try FileWalker().walk([folder.path])
    #expect(walked.files.isEmpty)
    #expect(walked.unreadable == [error])
  }

  @Test func kindsByExtension() {
    #expect(FileKind(path: "x.jsonl") == .records)
    #expect(FileKind(path: "x.jsonl.gz") == .records)
    #expect(FileKind(path: "x.ndjson") == .records)
    #expect(FileKind(path: "x.txt.gz") == nil)
    #expect(FileKind(path: "x.swift") == nil)
  }
}
