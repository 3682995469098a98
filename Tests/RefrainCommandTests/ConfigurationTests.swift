// refrain.toml, the environment and the command line: which of them counts, what is refused and how.

import Foundation
import RefrainJobs
import TestSupport
import Testing

struct ConfigurationTests {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    // No settings file above the scratch folder may matter.
    try folder.makeFolder(".git")
  }

  /// The value and the origin of an option, as `refrain config` prints them.
  private func setting(
    _ option: String, _ arguments: String = "", environment: String = ""
  ) throws -> String? {
    let run = try RefrainProgram.shell("\(environment) refrain config \(arguments)", in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let line = run.lines.first { $0.hasPrefix("\(option) = ") }
    return line.map { String($0.dropFirst(option.count + 3)) }
  }

  private func refusal(_ toml: String) throws -> String {
    try folder.write("refrain.toml", toml)
    let run = try RefrainProgram.run(["check", "."], in: folder)
    #expect(run.status == 2)
    #expect(run.output.isEmpty)
    return run.errors.trimmingCharacters(in: .newlines)
  }

  @Test func theOrderOfPrecedence() throws {
    #expect(try setting("min-words") == "5  # default")
    try folder.write("refrain.toml", "# mine\nmin-words = 7\n")
    #expect(try setting("min-words") == "7  # refrain.toml:2")
    let environment = "REFRAIN_MIN_WORDS=8"
    #expect(
      try setting("min-words", environment: environment) == "8  # environment REFRAIN_MIN_WORDS")
    #expect(
      try setting("min-words", "--min-words 9", environment: environment) == "9  # command line")
    #expect(try setting("min-words", "--no-config") == "5  # default")
    try folder.write("other.toml", "min-words = 11\n")
    #expect(try setting("min-words", "--config other.toml") == "11  # other.toml:1")
  }

  @Test func flagsCanBeTakenBack() throws {
    try folder.write("refrain.toml", "no-ignore = true\nquiet = true\nrequire-files = true\n")
    #expect(try setting("no-ignore") == "true  # refrain.toml:1")
    #expect(try setting("no-ignore", "--ignore") == "false  # command line")
    #expect(try setting("quiet", "--no-quiet") == "false  # command line")
    #expect(
      try setting("require-files", environment: "REFRAIN_REQUIRE_FILES=no")
        == "false  # environment REFRAIN_REQUIRE_FILES")
  }

  @Test func theNearestFileCountsForAFile() throws {
    try folder.write("refrain.toml", "min-words = 7\nsimilarity = 0.5\nthreads = 3\n")
    try folder.write(
      "docs/refrain.toml",
      """
      min-words = 8
      threads = 4

      [[files]]
      paths = ["blog/", "*.txt"]
      min-words = 12

      [[files]]
      paths = ["blog/short.md"]
      min-words = 3
      """)
    for name in ["a.md", "docs/b.md", "docs/c.txt", "docs/blog/deep/d.md", "docs/blog/short.md"] {
      try folder.write(name, "Words.")
    }
    #expect(try setting("min-words", "a.md") == "7  # refrain.toml:1")
    #expect(try setting("min-words", "docs/b.md") == "8  # docs/refrain.toml:1")
    #expect(try setting("min-words", "docs/c.txt") == "12  # docs/refrain.toml:6")
    #expect(try setting("min-words", "docs/blog/deep/d.md") == "12  # docs/refrain.toml:6")
    #expect(try setting("min-words", "docs/blog/short.md") == "3  # docs/refrain.toml:10")
    #expect(try setting("min-words", "docs/c.txt --min-words 2") == "2  # command line")
    // The nearest file alone counts, and options of a run are those of the run.
    #expect(try setting("similarity", "a.md") == "\"0.5\"  # refrain.toml:2")
    #expect(try setting("similarity", "docs/b.md") == nil)
    #expect(try setting("threads", "docs/b.md") == "3  # refrain.toml:3")
    // A repository ends the search.
    try folder.makeFolder("docs/inner/.git")
    try folder.write("docs/inner/e.md", "Words.")
    #expect(try setting("min-words", "docs/inner/e.md") == "5  # default")
  }

  @Test func namesOfFilesAreRelativeToTheSettings() throws {
    try folder.write("refrain.toml", "baseline = \"accepted.json\"\nfocus = [\"docs\", \"a.md\"]\n")
    try folder.makeFolder("docs/sub")
    let run = try RefrainProgram.shell("cd docs/sub && refrain config", in: folder)
    #expect(run.lines.contains("baseline = \"../../accepted.json\"  # ../../refrain.toml:1"))
    #expect(
      run.lines.contains("focus = [\"../../docs\", \"../../a.md\"]  # ../../refrain.toml:2"))
  }

  /// What `config` prints can be used as it is.
  @Test func theListingIsASettingsFile() throws {
    let run = try folder.refrain("config", "--min-words", "9", "--focus", "a \"b\"")
    try folder.write("refrain.toml", run.output)
    let again = try folder.refrain("config")
    #expect(again.lines.contains { $0.hasPrefix("min-words = 9  # refrain.toml:") })
    #expect(again.lines.contains { $0.hasPrefix(#"focus = ["a \"b\""]  # refrain.toml:"#) })
  }

  @Test(arguments: [
    ("min-wrods = 5", "refrain.toml:1: unknown key min-wrods; did you mean min-words?"),
    ("\n\nmin_words = 5", "refrain.toml:3: unknown key min_words; did you mean min-words?"),
    ("colour = \"auto\"", "refrain.toml:1: unknown key colour; did you mean color?"),
    ("zzzzzz = 1", "refrain.toml:1: unknown key zzzzzz"),
    ("min-words = \"5\"", "refrain.toml:1: min-words: \"5\" is not an integer, 1 or more"),
    ("min-words = 0", "refrain.toml:1: min-words: 0 is not an integer, 1 or more"),
    ("threads = 2000", "refrain.toml:1: threads: 2000 is not an integer, between 1 and 1024"),
    ("scope = \"all\"", "refrain.toml:1: scope: \"all\" is not within, across or both"),
    ("similarity = 1.5", "refrain.toml:1: similarity: 1.5 is not a decimal above 0 and at most 1"),
    ("quiet = 1", "refrain.toml:1: quiet: 1 is not true or false"),
    ("focus = \"a\"", "refrain.toml:1: focus: \"a\" is not an array of strings"),
    (
      "kinds = [\n  \"near-repeat\",\n  \"near\",\n]",
      "refrain.toml:3: kinds: \"near\" is not exact-repeat, near-repeat, "
    ),
    (
      "gate = [\"quotes\"]",
      "refrain.toml:1: gate: \"quotes\" is not exact-repeat, "
    ),
    ("kinds = [5]", "refrain.toml:1: kinds: 5 is not exact-repeat, "),
    ("kinds = []", "refrain.toml:1: kinds: an empty array is not an array of some of exact-"),
    ("kinds = 5", "refrain.toml:1: kinds: 5 is not an array of some of exact-"),
    (
      "format = [\"json\", \"htm=x\"]", "refrain.toml:1: format: \"htm=x\" is not text, cards, "
    ),
    ("focus = [\"a\", true]", "refrain.toml:1: focus: true is not a string"),
    (
      "[[files]]\npaths = [\n\"a\", 1]", "refrain.toml:3: paths: 1 is not a string"
    ),
    ("text-field = 5", "refrain.toml:1: text-field: 5 is not a string"),
    ("[scope]\na = 1", "refrain.toml:1: scope: a table is not within, across or both"),
    ("files = 1", "refrain.toml:1: files is an integer, not [[files]] tables"),
    (
      "[[files]]\nmin-words = 5",
      "refrain.toml:1: a [[files]] table needs paths, a list of patterns"
    ),
    (
      "[[files]]\npaths = [\"a\"]\nthreads = 5",
      "refrain.toml:3: threads applies to a whole run and cannot be set for some files; only scope, "
        + "min-words, similarity, level, gate can"
    ),
    (
      "[[files]]\npath = [\"a\"]", "refrain.toml:2: unknown key path; did you mean paths?"
    ),
    ("a = = 1", "refrain.toml:1: "), ("min-words = 5\nmin-words = 6", "refrain.toml:2: "),
  ])
  func mistakesAreNamed(toml: String, message: String) throws {
    #expect(try refusal(toml).hasPrefix("refrain: \(message)"))
  }

  /// What is nearly a value is taken for it, wherever it is written, but only to ask.
  @Test(arguments: [
    ("kinds", "near", "near-repeat"), ("kinds", "exact-repeats", "exact-repeat"),
    ("gate", "duplicate", "duplicate-document"), ("format", "htm=x", "html"),
    ("scope", "with", "within"),
  ])
  func valuesAreSuggested(option: String, typed: String, meant: String) throws {
    let hint = "; did you mean \(meant)?"
    let value = option == "scope" ? "\"\(typed)\"" : "[\"\(typed)\"]"
    #expect(try refusal("\(option) = \(value)").hasSuffix(hint))
    try folder.write("refrain.toml", "")
    try folder.refrainFails(
      ["check", "--\(option)", typed], saying: ["--\(option): \(typed) is not", hint])
  }

  /// A variable that sets nothing but is nearly called like one that does; others are not ours.
  @Test func misspeltVariables() throws {
    let run = try RefrainProgram.run(
      ["check", "-q"], in: folder,
      environment: [
        "REFRAIN_MINWORDS": "8", "REFRAIN_FORMAAT": "json", "REFRAIN_FAIL": "any",
        "REFRAIN_MIN_WORDS": "9", "REFRAIN_BENCHMARKS": "/tmp", "REFRAIN_VERSION": "1",
        "REFRAIN_": "", "MINWORDS": "7",
      ])
    #expect(run.status == 0)
    #expect(
      run.errors == """
        refrain: warning: unknown variable REFRAIN_FAIL; did you mean REFRAIN_FAIL_ON?
        refrain: warning: unknown variable REFRAIN_FORMAAT; did you mean REFRAIN_FORMAT?
        refrain: warning: unknown variable REFRAIN_MINWORDS; did you mean REFRAIN_MIN_WORDS?

        """)
  }

  @Test func mistakesInTheEnvironmentAndOnTheCommandLine() throws {
    let run = try RefrainProgram.shell("REFRAIN_MIN_WORDS=few refrain check .", in: folder)
    #expect(run.status == 2)
    #expect(run.errors == "refrain: REFRAIN_MIN_WORDS: few is not 1 or more\n")
    try folder.refrainFails(
      ["check", "--scope", "all"], saying: ["--scope: all is not within, across or both"])
    try folder.refrainFails(
      ["check", "--config", "none.toml"], saying: ["none.toml: cannot read: No such file"])
    try folder.refrainFails(["check", "--config", "a", "--no-config"], saying: ["--no-config"])
    try folder.write("refrain.toml", [0xFF])
    try folder.refrainFails(["check"], saying: ["refrain.toml:1: not UTF-8"])
  }

  /// Settings of files decide which findings are reported: one of the files must want it.
  @Test func aCheckHeedsTheSettingsOfItsFiles() throws {
    var prose = RandomProse(seed: 11)
    let shared = prose.text(40)
    for name in ["a/one.md", "a/two.md", "b/one.md", "b/two.md"] {
      let own = name.hasPrefix("a") ? shared : prose.text(0)
      try folder.write(name, "\(prose.text(200))\n\n\(own)\n\n\(prose.text(200))\n")
    }
    func status(_ arguments: String...) throws -> Int32 {
      try RefrainProgram.run(["check"] + arguments, in: folder).status
    }
    #expect(try status("a") == 1)
    #expect(try status("b") == 0)
    try folder.write("a/refrain.toml", "min-words = 60\n")
    #expect(try status(".") == 0)
    #expect(try status(".", "--min-words", "5") == 1)
    #expect(try status(".", "--no-config") == 1)
    try folder.write("a/refrain.toml", "[[files]]\npaths = [\"two.md\"]\nscope = \"within\"\n")
    #expect(try status(".") == 1, "one.md still asks for both")
    try folder.write("a/refrain.toml", "scope = \"within\"\n")
    #expect(try status(".") == 0)
  }

  @Test func filesThatAreNoTextArePassedOver() throws {
    try folder.write("a.txt", "Some words that stand here alone.\n")
    try folder.write("binary", [0x41, 0xFF, 0xFE, 0x42])
    try folder.write("other", [0x41, 0xFF])
    let run = try RefrainProgram.run(["check"], in: folder)
    #expect(run.status == 0)
    #expect(
      run.errors.contains(
        "warning: skipped, not text: binary:1: not UTF-8 (first wrong byte at offset 1) and 1 "
          + "more"))
    let named = try RefrainProgram.run(["check", "a.txt", "binary"], in: folder)
    #expect(named.status == 2)
    #expect(named.errors.contains("binary:1: not UTF-8"))
  }

  // MARK: One definition

  /// The schema beside the sources is the one of this program, and its keys are the options.
  @Test func theSchemaIsUpToDate() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = root.appendingPathComponent("share/refrain.schema.json")
    #expect(
      try String(contentsOf: file, encoding: .utf8) == ConfigurationSchema.text,
      "refrain config --schema > share/refrain.schema.json")
    let json = try JSONSerialization.jsonObject(with: Data(ConfigurationSchema.text.utf8))
    let schema = try #require(json as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(Set(properties.keys) == Set(CheckOption.allCases.map(\.rawValue) + ["files"]))
    for option in CheckOption.allCases {
      let property = try #require(properties[option.rawValue])
      #expect(property["description"] as? String == option.definition.help)
    }
  }

  /// The command line has every option of the table, with its help, and no others.
  @Test func theCommandLineIsTheTable() throws {
    let run = try folder.refrain("check", "--experimental-dump-help")
    let json = try JSONSerialization.jsonObject(with: Data(run.output))
    let command = try #require((json as? [String: Any])?["command"] as? [String: Any])
    let arguments = try #require(command["arguments"] as? [[String: Any]])
    var found: [String: String] = [:]
    for argument in arguments {
      for name in argument["names"] as? [[String: Any]] ?? []
      where name["kind"] as? String == "long" {
        found[name["name"] as? String ?? ""] = argument["abstract"] as? String ?? ""
      }
    }
    for option in CheckOption.allCases {
      #expect(found.removeValue(forKey: option.rawValue) == option.definition.fullHelp)
    }
    let inverses = ["ignore", "no-all", "no-known", "no-require-files", "no-quiet"]
    #expect(
      Set(found.keys).subtracting(inverses) == [
        "candidates", "config", "no-config", "explain", "help", "version",
      ])
    #expect(CheckOption.minWords.variable == "REFRAIN_MIN_WORDS")
  }
}
