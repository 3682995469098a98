// A refrain.toml that came with somebody else's texts: what it may name, replace and loosen.

import Foundation
import TestSupport
import Testing

struct FoundSettingsTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.makeFolder("repo/.git")
    var prose = RandomProse(seed: 901)
    let paragraph = prose.text(40)
    let text = [paragraph, prose.text(30), paragraph].joined(separator: "\n\n")
    try folder.write("repo/a.md", text)
    try folder.write("outside/secret.md", text)
  }

  private func check(_ toml: String, _ options: String...) throws -> ProgramRun {
    try folder.write("repo/refrain.toml", toml + "\n")
    return try RefrainProgram.run(["check"] + options, in: folder, at: "repo")
  }

  /// Every option that names a path, every way out of the folder.
  @Test(arguments: [
    "format = [\"concise=PATH\"]", "output = \"PATH\"", "baseline = \"PATH\"", "focus = [\"PATH\"]",
  ])
  func pathsStayBelowItsFolder(setting: String) throws {
    try folder.write("repo/.git/config", "")
    try FileManager.default.createSymbolicLink(
      atPath: folder("repo/link"), withDestinationPath: "../outside")
    try FileManager.default.createSymbolicLink(
      atPath: folder("repo/file"), withDestinationPath: folder("outside/secret.md"))
    try FileManager.default.createSymbolicLink(
      atPath: folder("repo/gone"), withDestinationPath: "../outside/new.md")
    try FileManager.default.createSymbolicLink(
      atPath: folder("repo/git"), withDestinationPath: ".git")
    let before = try folder.read("outside/secret.md")
    for path in [
      "../outside/secret.md", "../outside/new.md", folder("outside/secret.md"), "link/secret.md",
      "link/new.md", "file", "gone", ".git/config", ".git/hooks/post-checkout", "git/config",
      ".GIT/new", "x/../../outside/new.md",
    ] {
      let run = try check(setting.replacing("PATH", with: path))
      #expect(run.status == 2, "\(path)")
      #expect(run.output.isEmpty, "\(path)")
      #expect(run.errors.hasPrefix("refrain: refrain.toml:1: "), "\(path): \(run.errors)")
    }
    #expect(try folder.names(in: "outside") == ["secret.md"])
    #expect(try folder.read("outside/secret.md") == before)
    #expect(try folder.names(in: "repo/.git") == ["config"])
  }

  @Test func aNamedFileMayNameAnyPath() throws {
    let run = try check("output = \"../outside/report.txt\"", "--config", "refrain.toml")
    #expect(run.status == 1, "\(run.errors)")
    #expect(folder.exists("outside/report.txt"))
  }

  @Test func aLinkToSettingsElsewhereIsNotRead() throws {
    try folder.write("outside/refrain.toml", "min-words = 7\n")
    try FileManager.default.createSymbolicLink(
      atPath: folder("repo/refrain.toml"), withDestinationPath: "../outside/refrain.toml")
    let run = try RefrainProgram.run(["config"], in: folder, at: "repo")
    #expect(run.status == 2)
    #expect(run.errors.contains("refrain.toml: cannot read: is a link to somewhere else"))
  }

  /// A report replaces a report of any form, and nothing else.
  @Test(arguments: [
    "text", "cards", "concise", "html", "json", "jsonl", "sarif", "github", "gitlab", "junit",
    "checkstyle", "rdjsonl", "markdown",
  ])
  func onlyReportsAreReplaced(form: String) throws {
    let setting = "format = [\"\(form)=report.out\"]"
    for text in [
      "export PATH=/bin\n", "{\"name\": \"package\"}\n", "a: 1: b\n", "<?xml ?>\n<a/>\n",
    ] {
      try folder.write("repo/report.out", text)
      let run = try check(setting)
      #expect(run.status == 2)
      #expect(
        run.errors.contains("report.out: already exists and is not a Refrain report"),
        "\(run.errors)")
      #expect(try folder.read("repo/report.out") == Array(text.utf8))
    }
    try folder.remove("repo/report.out")
    for text in ["with findings", "again", "without", "again without"] {
      if text == "without" { try folder.write("repo/a.md", "One short line.\n") }
      let run = try check(setting)
      #expect(run.status == (text.contains("without") ? 0 : 1), "\(text): \(run.errors)")
    }
    // On the command line it is the user's own decision.
    try folder.write("repo/report.out", "mine")
    #expect(try check("", "--format", "\(form)=report.out").status == 0)
  }

  @Test func whatItLoosensIsSaid() throws {
    let toml = """
      fail-on = "never"
      gate = ["exact-repeat"]
      max-findings = 20
      kinds = ["duplicate-document"]
      quiet = true
      """
    let run = try check(toml)
    #expect(run.status == 0)
    #expect(
      run.errors.split(separator: "\n").map(String.init) == [
        "refrain: warning: refrain.toml:1: fail-on = \"never\" loosens the gate (default: \"new\")",
        """
        refrain: warning: refrain.toml:2: gate = ["exact-repeat"] loosens the gate (default: \
        ["exact-repeat", "near-repeat", "duplicate-document"])
        """,
        "refrain: warning: refrain.toml:3: max-findings = 20 loosens the gate (default: 0)",
        """
        refrain: warning: refrain.toml:4: kinds = ["duplicate-document"] loosens the gate \
        (default: all kinds)
        """,
      ])
    #expect(try check(toml, "--config", "refrain.toml").errors.isEmpty)
    let stricter = try check("fail-on = \"any\"\nmax-findings = 0\nquiet = true")
    #expect(stricter.errors.isEmpty)
    // What the command line overrides has no effect.
    #expect(
      try !check("max-findings = 20", "--max-findings", "0").errors.contains("loosens"))
  }

  /// The search ends at the repository's root, and outside of one at the working folder.
  @Test func howFarTheSearchGoes() throws {
    let stranger = try ScratchFolder()
    try stranger.write("refrain.toml", "min-words = 7\n")
    try stranger.write("work/sub/a.md", "Words.")
    func words(_ path: String, at place: String) throws -> String? {
      let run = try RefrainProgram.run(["config", path], in: stranger, at: place)
      return run.lines.first { $0.hasPrefix("min-words = ") }
    }
    #expect(try words("sub/a.md", at: "work") == "min-words = 5  # default")
    try stranger.write("work/refrain.toml", "min-words = 8\n")
    #expect(try words("sub/a.md", at: "work") == "min-words = 8  # refrain.toml:1")
    #expect(try words("a.md", at: "work/sub") == "min-words = 5  # default")
    #expect(try words("../sub/a.md", at: "work/sub") == "min-words = 5  # default")
    try stranger.makeFolder("work/.git")
    #expect(try words("a.md", at: "work/sub") == "min-words = 8  # ../refrain.toml:1")
    try stranger.remove("work/refrain.toml")
    #expect(try words("a.md", at: "work/sub") == "min-words = 5  # default")
  }
}
