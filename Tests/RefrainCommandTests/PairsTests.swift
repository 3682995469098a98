// refrain pairs: which pairs, in which order, and how large classes are written.

import TestSupport
import Testing

struct PairsTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func names(_ run: ProgramRun) throws -> [String] {
    try Records.parse(run.lines).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" }
  }

  @Test func inInputOrderAndInBothDirectionsRight() throws {
    let base = (1...40).map { "word\($0)" }
    let text = RandomProse.text(base, sentence: 40)
    let shorter = RandomProse.text(Array(base.dropLast(4)), sentence: 40)
    try folder.write(
      "in.jsonl",
      Records.file([
        Records.line("\"s\"", shorter), Records.line("\"x\"", "Nothing like it at all"),
        Records.line("\"t\"", text), Records.line("\"u\"", text + "!"),
        Records.line("\"v\"", shorter + "?"),
      ]))
    let run = try folder.refrain("pairs", "in.jsonl")
    let near = "\"similarity\": 0.888889, \"containment\": 1.000000, \"reason\": \"near\""
    let equal =
      "\"similarity\": 1.000000, \"containment\": 1.000000, \"reason\": \"same-words\""
    #expect(
      run.lines == [
        "{\"a\": \"s\", \"b\": \"t\", \(near)}", "{\"a\": \"s\", \"b\": \"u\", \(near)}",
        "{\"a\": \"s\", \"b\": \"v\", \(equal)}", "{\"a\": \"t\", \"b\": \"u\", \(equal)}",
        "{\"a\": \"t\", \"b\": \"v\", \(near)}", "{\"a\": \"u\", \"b\": \"v\", \(near)}",
      ])
  }

  @Test func theThresholdIsExact() throws {
    // 11 of 20 shingles: a similarity of 0.55 itself.
    let base = (1...24).map { "word\($0)" }
    let part = Array(base.prefix(15))
    try folder.write(
      "in.jsonl",
      Records.file([
        Records.line("1", RandomProse.text(base, sentence: 99)),
        Records.line("2", RandomProse.text(part, sentence: 99)),
      ]))
    let at = try folder.refrain("pairs", "in.jsonl", "--exhaustive", "--threshold", "0.55")
    #expect(try names(at) == ["1-2"])
    #expect(at.lines.first?.contains("\"similarity\": 0.550000") == true)
    let above = try folder.refrain("pairs", "in.jsonl", "--exhaustive", "--threshold", "0.550001")
    #expect(above.output.isEmpty)
  }

  @Test(arguments: [100, 101])
  func largeClassesAreStars(count: Int) throws {
    var lines = (0..<count).map { Records.line("\($0)", "The very same words every time") }
    lines.insert(Records.line("-1", "Something quite different"), at: 50)
    try folder.write("in.jsonl", Records.file(lines))
    let all = count * (count - 1) / 2
    let star = (1..<count).map { "0-\($0)" }
    let shown = try names(try folder.refrain("pairs", "in.jsonl"))
    if count > 100 { #expect(shown == star) } else { #expect(shown.count == all) }
    let full = try names(try folder.refrain("pairs", "in.jsonl", "--all-pairs"))
    #expect(full.count == all)
    #expect(Set(full).count == all)
    #expect(full.first == "0-1")
    #expect(full.last == "\(count - 2)-\(count - 1)")
  }

  @Test func toAFileAndAcrossFiles() throws {
    try folder.write("a.jsonl", Records.file([Records.line(nil, "The same words in two files")]))
    try folder.write("b.jsonl", Records.file([Records.line(nil, "the same words, in two files")]))
    let run = try folder.refrain("pairs", "a.jsonl", "b.jsonl", "-o", "pairs.jsonl")
    #expect(run.output.isEmpty)
    let written = try Records.parse(try folder.lines("pairs.jsonl"))
    #expect(written.map { $0["a"] as? String } == ["a.jsonl:1"])
    #expect(written.map { $0["b"] as? String } == ["b.jsonl:1"])
  }

  @Test func statisticsAddUp() throws {
    try folder.write("in.jsonl", Records.file(PlantedCorpus(300, seed: 9).lines))
    for options in [[], ["--exhaustive"]] {
      let run = try RefrainProgram.run(["pairs", "in.jsonl", "--stats"] + options, in: folder)
      func number(_ name: String) throws -> Int {
        let line = try #require(
          run.errors.split(separator: "\n").first { $0.hasPrefix(name) }, "\(name)")
        return try #require(line.split(separator: " ").last.flatMap { Int($0) })
      }
      #expect(try number("records") == 300)
      #expect(try number("pairs proposed") >= number("pairs verified"))
      #expect(try number("pairs verified") >= number("pairs accepted"))
      #expect(try number("pairs accepted") > 0)
      #expect(try number("in crowded buckets") == 0)
    }
  }
}
