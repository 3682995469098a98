// What other tools read: the hook definition, the action, the pipeline template, completions, man
// pages. YAML is read by a real parser where Python has one, and compared with the documented names.

import Foundation
import TestSupport
import Testing

struct WaysInTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Whether python3 has a YAML parser.
  private static let hasYAML: Bool = {
    guard let folder = try? ScratchFolder() else { return false }
    return (try? RefrainProgram.shell("python3 -c 'import yaml'", in: folder))?.status == 0
  }()

  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// The documents of a YAML file of the project.
  private func documents(_ name: String) throws -> [[String: Any]] {
    let path = Self.root.appendingPathComponent(name).path
    let program = "import yaml, json, sys; print(json.dumps(list(yaml.safe_load_all(sys.stdin))))"
    let run = try RefrainProgram.shell("python3 -c '\(program)' < '\(path)'", in: folder)
    try #require(run.status == 0, "\(name): \(run.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(run.output))
    if let lists = json as? [[[String: Any]]] { return lists.flatMap { $0 } }
    return try #require(json as? [[String: Any]])
  }

  @Test(.enabled(if: hasYAML))
  func theHooksForPreCommit() throws {
    let hooks = try documents(".pre-commit-hooks.yaml")
    let known: Set<String> = [
      "id", "name", "entry", "language", "files", "exclude", "types", "types_or", "exclude_types",
      "always_run", "fail_fast", "verbose", "pass_filenames", "require_serial", "description",
      "language_version", "minimum_pre_commit_version", "args", "stages", "additional_dependencies",
    ]
    #expect(hooks.count == 2)
    for hook in hooks {
      #expect(known.isSuperset(of: hook.keys))
      for key in ["id", "name", "entry", "language"] { #expect(hook[key] is String, "\(key)") }
    }
  }

  /// What a hook runs: the entry with the staged files behind it.
  @Test func theHookReportsWhatConcernsTheStagedFiles() throws {
    var prose = RandomProse(seed: 5)
    let shared = prose.text(40)
    for name in ["a.md", "b.md", "c.md"] {
      try folder.write(name, prose.text(100) + "\n\n" + (name == "c.md" ? "" : shared) + "\n")
    }
    let staged = try RefrainProgram.shell("refrain check . --focus a.md c.md", in: folder)
    #expect(staged.status == 1)
    #expect(staged.lines.contains { $0.contains("a.md") && $0.contains("repeat") })
    #expect(try RefrainProgram.shell("refrain check . --focus c.md", in: folder).status == 0)
  }

  @Test(.enabled(if: hasYAML))
  func theAction() throws {
    let action = try #require(try documents("action.yml").first)
    #expect(
      Set(action.keys) == [
        "name", "description", "author", "branding", "inputs", "outputs", "runs",
      ])
    let runs = try #require(action["runs"] as? [String: Any])
    #expect(runs["using"] as? String == "composite")
    let steps = try #require(runs["steps"] as? [[String: Any]])
    let known: Set<String> = [
      "name", "id", "if", "run", "shell", "uses", "with", "env", "working-directory",
      "continue-on-error",
    ]
    let inputs = try #require(action["inputs"] as? [String: [String: Any]])
    for step in steps {
      #expect(known.isSuperset(of: step.keys))
      #expect((step["run"] != nil) == (step["shell"] != nil), "each run needs a shell")
      #expect((step["run"] != nil) != (step["uses"] != nil))
      if let script = step["run"] as? String {
        // What users write reaches scripts through the environment alone.
        #expect(!script.contains("${{"))
        try folder.write("step.sh", script)
        #expect(try RefrainProgram.shell("bash -n step.sh", in: folder).status == 0)
      }
      for value in (step["env"] as? [String: String] ?? [:]).values {
        let name = value.firstMatch(of: /inputs\.([\w-]+)/)?.output.1
        #expect(inputs[String(name ?? "")] != nil, "\(value)")
      }
    }
  }

  /// The cache of the action is another one as soon as a source is.
  @Test(.enabled(if: hasYAML))
  func theActionBuildsWhatItIs() throws {
    let action = try #require(try documents("action.yml").first)
    let runs = try #require(action["runs"] as? [String: Any])
    let steps = try #require(runs["steps"] as? [[String: Any]])
    let hash = try #require(steps.first { $0["id"] as? String == "sources" }?["run"] as? String)
    let cache = try #require(steps.first { $0["id"] as? String == "cache" })
    let key = try #require((cache["with"] as? [String: String])?["key"])
    #expect(key.hasSuffix("-${{ steps.sources.outputs.hash }}"))
    try folder.write("hash.sh", hash)
    try folder.write("sources/Package.swift", "1")
    try folder.write("sources/Makefile", "2")
    try folder.write("sources/Sources/A/a b.swift", "3")
    func output() throws -> String {
      let run = try RefrainProgram.shell(
        "GITHUB_OUTPUT=$PWD/out GITHUB_ACTION_PATH=$PWD/sources bash -eo pipefail hash.sh",
        in: folder)
      #expect(run.status == 0, "\(run.errors)")
      return try #require(try folder.lines("out").last)
    }
    let first = try output()
    #expect(first.wholeMatch(of: /hash=[0-9a-f]{32}/) != nil)
    try folder.write("sources/README.md", "no source")
    #expect(try output() == first)
    try folder.write("sources/Sources/A/a b.swift", "4")
    #expect(try output() != first)
  }

  @Test(.enabled(if: hasYAML))
  func thePipelineTemplate() throws {
    let documents = try documents("templates/refrain.yml")
    try #require(documents.count == 2)
    let spec = try #require(documents[0]["spec"] as? [String: Any])
    let inputs = try #require(spec["inputs"] as? [String: [String: Any]])
    let job = try #require(documents[1]["refrain"] as? [String: Any])
    #expect(Set(job.keys) == ["stage", "image", "variables", "script", "rules", "artifacts"])
    #expect(job["variables"] as? [String: String] == ["GIT_DEPTH": "0"], "for --since")
    let artifacts = try #require(job["artifacts"] as? [String: Any])
    #expect((artifacts["reports"] as? [String: String])?.keys.first == "codequality")
    let text = String(
      decoding: try Data(contentsOf: Self.root.appendingPathComponent("templates/refrain.yml")),
      as: UTF8.self)
    let used = text.matches(of: /\$\[\[ inputs\.(\w+) \]\]/).map { String($0.output.1) }
    #expect(Set(used) == Set(inputs.keys))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let run = try folder.refrain("--generate-completion-script", shell)
    let text = String(decoding: run.output, as: UTF8.self)
    for word in ["check", "dedup", "min-words", "across"] { #expect(text.contains(word)) }
    if shell == "bash" {
      try folder.write("c.bash", run.output)
      let line =
        "source ./c.bash; COMP_WORDS=(refrain check --scope a); COMP_CWORD=3; "
        + "COMP_LINE='refrain check --scope a'; COMP_POINT=23; _refrain refrain a --scope; "
        + "echo ${COMPREPLY[@]}"
      #expect(
        try RefrainProgram.shell("bash -c \"\(line.replacing("$", with: "\\$"))\"", in: folder)
          .lines == ["across"])
    }
  }

  /// A page for each command, which roff reads without a warning where there is one.
  @Test func manPages() throws {
    try folder.makeFolder("man")
    _ = try folder.refrain("man", "man")
    let pages = try folder.names(in: "man")
    let help = try folder.refrain("--help")
    let commands = String(decoding: help.output, as: UTF8.self)
      .matches(of: /(?m)^  ([a-z]+) {2,}/).map { "refrain-\($0.output.1).1" }
    #expect(pages == (["refrain.1"] + commands).sorted())
    for page in pages {
      let lines = try folder.lines("man/\(page)")
      #expect(lines[0].hasPrefix(".TH REFRAIN"))
      for section in [".SH NAME", ".SH DESCRIPTION", ".SH SYNOPSIS", ".SH OPTIONS"] {
        #expect(lines.contains(section), "\(page): \(section)")
      }
    }
    let check = try folder.lines("man/refrain-check.1")
    #expect(check.contains(".B \\-\\-min\\-words <n>"))
    #expect(check.contains("  refrain check article.txt"))
    let groff = "command -v groff > /dev/null || exit 0; groff -man -Tutf8 -ww man/*.1 > /dev/null"
    let run = try RefrainProgram.shell(groff, in: folder)
    #expect(run.status == 0)
    #expect(run.errors.isEmpty)
  }

  /// What --since asks is there, and reads repositories of other owners.
  @Test func theImageHasGit() throws {
    let image = try String(
      contentsOf: Self.root.appendingPathComponent("Containerfile"), encoding: .utf8)
    let last = try #require(image.components(separatedBy: "\nFROM ").last)
    #expect(last.contains(" git "))
    #expect(last.contains("git config --system --add safe.directory '*'"))
  }

  /// Every library on the list for releases is one that the image's run stage has.
  @Test func theLibrariesOfARelease() throws {
    func text(_ name: String) throws -> String {
      try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
    }
    let libraries = try text("share/shared-libraries.txt").split(separator: "\n")
      .filter { !$0.hasPrefix("#") }
    #expect(libraries == libraries.sorted())
    // Ours follow from the fences; the rest is of every Debian.
    let packages = [
      "libgumbo.so.1": "libgumbo1", "libmd4c.so.0": "libmd4c0", "libisal.so.2": "libisal2",
      "libarchive.so.13": "libarchive13", "libzstd.so.1": "libzstd1",
      "libsimdjson.so.14": "libsimdjson14", "libstdc++.so.6": "libstdc++6",
    ]
    let image = try text("Containerfile")
    for (library, package) in packages {
      #expect(libraries.contains(Substring(library)))
      #expect(image.contains(" \(package) "), "\(package)")
    }
    let system = [
      "ld-linux-aarch64.so.1", "ld-linux-x86-64.so.2", "libc.so.6", "libgcc_s.so.1", "libm.so.6",
    ]
    #expect(Set(libraries.map(String.init)) == Set(packages.keys).union(system))
  }
}
