// `--since` in a repository whose configuration names programs: none of them runs.

import Foundation
import TestSupport
import Testing

struct HostileRepositoryTests {
  /// Configuration that makes git run a program on the way to a diff, each with what git runs by
  /// itself to show it; the program leaves a file, `ran`.
  enum Trap: String, CaseIterable {
    case fsmonitor, hooks, external, textconv, clean, process, lazyFetch

    /// A plain command of git that springs the trap, so that the test would see it.
    var control: String {
      switch self {
      case .hooks: "touch a.txt && git status"
      default: "git diff HEAD"
      }
    }

    func set(in folder: ScratchFolder, script: String) throws {
      switch self {
      case .fsmonitor: try folder.git("config", "core.fsmonitor", script)
      case .hooks:
        try folder.write(".git/hooks/post-index-change", "#!/bin/sh\n\(script)\n")
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o755], ofItemAtPath: folder(".git/hooks/post-index-change"))
      case .external: try folder.git("config", "diff.external", script)
      case .textconv:
        try folder.git("config", "diff.trap.textconv", script)
        try folder.write(".git/info/attributes", "*.txt diff=trap\n")
      case .clean, .process:
        try folder.git("config", "filter.trap.\(rawValue)", script)
        try folder.git("config", "filter.trap.required", "true")
        try folder.write(".git/info/attributes", "*.txt filter=trap\n")
      case .lazyFetch:
        try folder.git("config", "core.repositoryFormatVersion", "1")
        try folder.git("config", "extensions.partialClone", "origin")
        try folder.git("config", "remote.origin.promisor", "true")
        try folder.git("config", "remote.origin.url", "ext::\(script) %S")
        try folder.git("config", "protocol.ext.allow", "always")
        let blob = try folder.git("rev-parse", "HEAD:a.txt")
        try folder.remove(".git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
      }
    }
  }

  @Test(arguments: Trap.allCases)
  func nothingOfItsConfigurationRuns(trap: Trap) throws {
    var prose = RandomProse(seed: 77)
    let folder = try ScratchFolder()
    let outside = try ScratchFolder()
    let mark = outside("ran")
    let script = outside("trap.sh")
    // A filter passes on what it reads; a transport would wait for an answer, and ends.
    let end = trap == .lazyFetch ? "exit 1" : "cat"
    try outside.write("trap.sh", "#!/bin/sh\ntouch \(mark)\n\(end)\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    let paragraph = prose.text(40)
    try folder.git("init", "-q", "-b", "main")
    try folder.write("a.txt", paragraph + "\n\n" + prose.text(20) + "\n")
    try folder.git("add", "-A")
    try folder.git("commit", "-q", "-m", "one")
    try folder.write("a.txt", paragraph + "\n\n" + prose.text(20) + "\n\n" + paragraph + "\n")
    try trap.set(in: folder, script: script)
    // Where git is told nothing, the program runs: else this would test nothing.
    _ = try RefrainProgram.shell("\(trap.control) < /dev/null", in: folder)
    #expect(outside.exists("ran"), "\(trap.control)")
    if outside.exists("ran") { try outside.remove("ran") }
    let run = try RefrainProgram.run(["check", "--since", "HEAD"], in: folder)
    #expect(!outside.exists("ran"))
    // An object that is not there is not fetched.
    #expect(run.status == (trap == .lazyFetch ? 2 : 1), "\(run.errors)")
  }

  /// A filter whose name no command line can carry is refused, not run.
  @Test func aFilterThatCannotBeSwitchedOff() throws {
    let folder = try ScratchFolder()
    try folder.git("init", "-q", "-b", "main")
    try folder.write("a.txt", "Words.\n")
    try folder.git("add", "-A")
    try folder.git("commit", "-q", "-m", "one")
    try folder.git("config", "filter.a=b.clean", "touch ran; cat")
    try folder.refrainFails(
      ["check", "--since", "HEAD"], saying: ["--since: ", "filter.a=b.clean"])
  }
}
