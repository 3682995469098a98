// `--since`: everything is compared, and what touches lines changed since a revision is reported.

import Foundation
import TestSupport
import Testing

struct SinceTests {
  /// A repository, and the copy of a paragraph in a page that is not committed yet.
  private func edited(_ page: String = "docs/upgrade.md", seed: UInt64) throws -> Repository {
    var repository = try Repository(seed: seed)
    let paragraph = try #require(repository.pages["docs/install.md"]?[1])
    repository.pages[page, default: []].append(paragraph)
    return repository
  }

  @Test func theWorkingTreeCounts() throws {
    let repository = try edited(seed: 311)
    let report = try repository.check("--since", "HEAD", status: 1).report
    #expect(report.findings.map(\.paths) == [["docs/upgrade.md", "docs/install.md"]])
    try repository.folder.git("add", "-A")
    #expect(try repository.check("--since", "HEAD", status: 1).report.findings.count == 1)
    try repository.folder.git("commit", "-q", "-m", "copy")
    #expect(try repository.check("--since", "HEAD", status: 0).report.findings.isEmpty)
    #expect(try repository.check("--since", "HEAD~1", status: 1).report.findings.count == 1)
  }

  /// What the other branch did meanwhile is not this one's.
  @Test func theMergeBaseIsWhatCounts() throws {
    var repository = try Repository(seed: 312)
    try repository.folder.git("checkout", "-q", "-b", "topic")
    let added = repository.own(1)
    repository.pages["docs/faq.md"]?.append(contentsOf: added)
    try repository.commit("topic")
    try repository.folder.git("checkout", "-q", "main")
    repository.pages["docs/faq.md"]?.removeLast()
    let paragraph = try #require(repository.pages["docs/install.md"]?[0])
    repository.pages["docs/upgrade.md"]?.append(paragraph)
    try repository.commit("main goes on")
    try repository.folder.git("checkout", "-q", "topic")
    let run = try RefrainProgram.run(["check", "--since", "main"], in: repository.folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  /// Who adds words of his own to a copy of another page has repeated nothing; who copies more has.
  @Test func aDuplicateDocumentThatGrows() throws {
    var repository = try Repository(seed: 319)
    let page = repository.own(6)
    repository.pages["docs/one.md"] = page
    repository.pages["docs/two.md"] = Array(page.dropLast())
    try repository.commit("two pages that are one")
    // A heading that others have, too, is no repetition.
    let own = repository.own(1)
    repository.pages["docs/one.md"]?.insert("Notes", at: 0)
    try repository.commit("a heading")
    repository.pages["docs/two.md"]?.append(contentsOf: ["Notes"] + own)
    #expect(try repository.check("--since", "HEAD", status: 0).report.findings.isEmpty)
    repository.pages["docs/two.md"]?.remove(at: 1)
    #expect(try repository.check("--since", "HEAD", status: 0).report.findings.isEmpty)
    repository.pages["docs/two.md"]?.append(page[5])
    let report = try repository.check("--since", "HEAD", status: 1).report
    #expect(report.findings.map(\.kind) == ["duplicate-document"])
    // A new page is a copy with all that it holds.
    try repository.commit("so far")
    repository.pages["docs/three.md"] = page
    let new = try repository.check("--since", "HEAD", status: 1).report
    #expect(new.findings.map(\.kind) == ["duplicate-document"])
  }

  /// Paths in reports begin at the root of the repository, wherever the program runs.
  @Test func inASubfolder() throws {
    let repository = try edited(seed: 313)
    for options in [[], [".."], ["install.md", "upgrade.md"]] {
      let run = try RefrainProgram.run(
        ["check", "-q", "--since", "HEAD", "--format", "sarif"] + options,
        in: {
          try repository.write(); return repository.folder
        }(), at: "docs")
      #expect(run.status == 1, "\(options): \(run.errors)")
      #expect(try SARIFPlace.first(in: run.output).uri == "docs/upgrade.md")
    }
    let people = try repository.run("check", "-q", "--since", "HEAD", at: "docs")
    #expect(people.lines.first?.hasPrefix("upgrade.md:9:1: exact-repeat") == true)
  }

  @Test func aRevisionThatIsNone() throws {
    let repository = try edited(seed: 314)
    try repository.write()
    for revision in ["nowhere", "--all", "main:docs/faq.md", "HEAD^{tree}"] {
      try repository.folder.refrainFails(
        ["check", "--since=\(revision)"], saying: ["--since: "])
    }
    try repository.folder.refrainFails(
      ["check", "--since", "nowhere"], saying: ["nowhere", "is not a revision"])
  }

  @Test func outsideOfARepository() throws {
    let folder = try ScratchFolder()
    try folder.write("a.txt", "Some words.\n")
    try folder.refrainFails(
      ["check", "--since", "HEAD"], saying: ["--since: not a git repository"])
  }

  /// The texts may be in a repository; it is the working folder that must be in one.
  @Test func outsideOfTheRepositoryOfTheTexts() throws {
    let folder = try ScratchFolder()
    try folder.makeFolder("docs")
    try folder.git("init", "-q", "docs")
    try folder.write("docs/a.txt", "Some words.\n")
    try folder.refrainFails(
      ["check", "docs", "--since", "HEAD"],
      saying: ["--since: not a git repository", "git runs in the working folder"])
  }

  /// What git calls the error is the cause, not the hints behind it, whatever language it speaks.
  @Test func theCauseThatGitNames() throws {
    let repository = try edited(seed: 320)
    try repository.write()
    // A git that says what it says of a repository that somebody else owns.
    try repository.folder.write(
      "bin/git",
      """
      #!/bin/sh
      echo "warning: something else" >&2
      echo "fatal: detected dubious ownership in repository at '/x' ($LC_ALL)" >&2
      echo "To add an exception for this directory, call:" >&2
      echo "\tgit config --global --add safe.directory /x" >&2
      exit 128
      """)
    let run = try RefrainProgram.shell(
      "chmod +x bin/git; LC_ALL=de_DE.UTF-8 PATH=$PWD/bin:$PATH refrain check --since HEAD",
      in: repository.folder)
    #expect(run.status == 2)
    #expect(
      run.errors == "refrain: --since: detected dubious ownership in repository at '/x' (C)\n")
  }

  /// In a shallow clone a revision may be unknown for that reason alone.
  @Test func aShallowClone() throws {
    let repository = try edited(seed: 321)
    try repository.commit("copy")
    try repository.folder.git(
      "clone", "-q", "--depth", "1", "file://\(repository.folder.path)", "clone")
    let run = try RefrainProgram.run(
      ["check", "--since", "HEAD~1"], in: repository.folder, at: "clone")
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    for part in ["HEAD~1 is not a revision", "shallow", "fetch-depth: 0"] {
      #expect(run.errors.contains(part), "\(run.errors)")
    }
    let whole = try RefrainProgram.run(["check", "--since", "HEAD~9"], in: repository.folder)
    #expect(whole.status == 2)
    #expect(!whole.errors.contains("shallow"))
  }

  /// A repository without a commit has no revision.
  @Test func aRepositoryWithoutACommit() throws {
    let folder = try ScratchFolder()
    try folder.git("init", "-q", "-b", "main")
    try folder.write("a.txt", "Some words.\n")
    try folder.refrainFails(["check", "--since", "HEAD"], saying: ["--since: HEAD"])
  }

  /// A page that only got another name has no changed line.
  @Test func aRenamedFile() throws {
    var repository = try edited(seed: 315)
    try repository.commit("copy")
    try repository.folder.git("mv", "docs/upgrade.md", "docs/update.md")
    repository.pages["docs/update.md"] = repository.pages.removeValue(forKey: "docs/upgrade.md")
    #expect(try repository.check("--since", "HEAD", status: 0).report.findings.isEmpty)
    // With the paragraph edited, the new name is the changed side.
    repository.edit("docs/update.md", 4, words: 2, from: 8)
    let report = try repository.check("--since", "HEAD", status: 1).report
    #expect(report.findings.map(\.paths) == [["docs/update.md", "docs/install.md"]])
  }

  @Test(
    arguments: [
      "docs/new.md", "with blank, comma: colon.md", "naïve/日本語 😀.md", "tab\there \"quoted\".md",
      "back\\slash%20.md",
    ])
  func filesOfAnyName(name: String) throws {
    var repository = try edited(name, seed: 316)
    // New to git, and not added yet.
    var report = try repository.check("--since", "HEAD", status: 1).report
    #expect(report.findings.map(\.paths) == [[name, "docs/install.md"]])
    try repository.commit("added")
    #expect(try repository.check("--since", "HEAD", status: 0).report.findings.isEmpty)
    let other = try #require(repository.pages["docs/faq.md"]?[2])
    repository.pages[name]?.append(other)
    report = try repository.check("--since", "HEAD", status: 1).report
    #expect(report.findings.map(\.paths) == [[name, "docs/faq.md"]])
    #expect(report.findings.first?.occurrences.first?.changedLines == .init(first: 3, last: 3))
    let sarif = try repository.run("check", "-q", "--since", "HEAD", "--format", "sarif")
    #expect(try SARIFPlace.first(in: sarif.output).uri.removingPercentEncoding == name)
  }

  /// Waivers are remarked on where the change touched them.
  @Test func remarksOfTheChangeAlone() throws {
    var repository = try Repository(seed: 319)
    let waiver = "<!-- refrain-ignore-next -->"
    repository.pages["docs/faq.md"]?.insert(waiver, at: 1)
    try repository.commit("a waiver")
    #expect(try repository.check(status: 0).report.remarks.map(\.path) == ["docs/faq.md"])
    #expect(try repository.check("--since", "HEAD", status: 0).report.remarks.isEmpty)
    repository.pages["docs/upgrade.md"]?.insert(waiver, at: 2)
    let report = try repository.check("--since", "HEAD", status: 0).report
    #expect(report.remarks.map(\.path) == ["docs/upgrade.md"])
  }

  /// A file that git ignores is nobody's change.
  @Test func anIgnoredFile() throws {
    let repository = try edited("build/copy.md", seed: 317)
    try repository.folder.write(".gitignore", "build/\n")
    #expect(try repository.check("--since", "HEAD", status: 0).report.findings.isEmpty)
  }

  /// What an attribute calls binary for git's diffs has changed all the same.
  @Test func aFileThatGitShowsNoDiffOf() throws {
    let repository = try edited(seed: 320)
    try repository.folder.write(".gitattributes", "*.md -diff\n")
    let report = try repository.check("--since", "HEAD", status: 1).report
    #expect(report.findings.map(\.paths) == [["docs/upgrade.md", "docs/install.md"]])
  }

  /// A passage of several lines, one of which changed, is cut to that line.
  @Test func theRegionIsCutToWhatChanged() throws {
    var prose = RandomProse(seed: 318)
    let folder = try ScratchFolder()
    try folder.git("init", "-q", "-b", "main")
    var lines = (0..<6).map { _ in prose.text(12) }
    let text = lines.joined(separator: "\n") + "\n"
    try folder.write("a.md", text)
    let (first, rest) = (prose.text(30), prose.text(30))
    try folder.write("b.md", "\(first)\n\n\(text)\n\(rest)\n")
    try folder.git("add", "-A")
    try folder.git("commit", "-q", "-m", "pages")
    lines[3] = lines[3].uppercased()
    try folder.write("b.md", "\(first)\n\n\(lines.joined(separator: "\n"))\n\n\(rest)\n")
    let run = try RefrainProgram.run(
      ["check", "-q", "--since", "HEAD", "--format", "sarif"], in: folder)
    #expect(run.status == 1, "\(run.errors)")
    let place = try SARIFPlace.first(in: run.output)
    #expect(place.uri == "b.md")
    #expect(place.region == ["startLine": 6, "endLine": 6])
  }
}
