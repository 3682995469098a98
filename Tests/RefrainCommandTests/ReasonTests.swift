// Why records go: every removal rests on a comparison of the two that are named, and says how alike
// those two are.

import TestSupport
import Testing

struct ReasonTests {
  private let folder: ScratchFolder
  private static let lower =
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
  private static let edited = lower.replacing("sixteen", with: "changed")
  /// The words of `edited` in other sentences.
  private static let recut =
    "One two. Three four. Five six seven. Eight nine ten. Eleven twelve. Thirteen fourteen fifteen. "
    + "Changed"

  init() throws { folder = try ScratchFolder() }

  private func write(_ texts: [String]) throws {
    try folder.write(
      "in.jsonl", Records.file(texts.enumerated().map { Records.line("\($0.offset)", $0.element) }))
  }

  private func evidence(_ options: String...) throws -> [String] {
    let run = try RefrainProgram.run(
      ["dedup", "in.jsonl", "--dry-run", "--evidence", "-"] + options, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return try Evidence.read(run.lines).map {
      "\($0.removed) \($0.reason) \($0.kept) \($0.similarity)"
    }
  }

  private func pairs(_ options: String...) throws -> [String] {
    let run = try RefrainProgram.run(["pairs", "in.jsonl"] + options, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return try Records.parse(run.lines).map {
      "\($0["a"] ?? "")-\($0["b"] ?? "") \($0["reason"] ?? "") \($0["similarity"] as? Double ?? -1)"
    }
  }

  /// The third has the words of the second, which goes for the first; but the third is not like the
  /// first at all, and stays.
  @Test(arguments: [[], ["--exhaustive"], ["--keep", "first"]])
  func equalWordsDoNotInheritARemoval(options: [String]) throws {
    try write([Self.lower, Self.edited, Self.recut])
    let run = try RefrainProgram.run(
      ["dedup", "in.jsonl", "--dry-run", "--evidence", "-"] + options, in: folder)
    let found = try Evidence.read(run.lines).map { "\($0.removed) \($0.reason) \($0.kept)" }
    #expect(found == ["1 near 0"])
    #expect(
      run.errors.contains("2 of 3 records kept, 1 removed (0 identical, 0 with the same words"))
  }

  @Test func equalWordsGoWithTheirOwnFigures() throws {
    try write([Self.edited, Self.recut, Self.edited.uppercased(), Self.edited, Self.recut])
    // All shingles of the one lie inside one sentence, none of the other's are as long.
    #expect(
      try evidence() == [
        "1 same-words 0 0.0", "2 same-words 0 1.0", "3 identical 0 1.0", "4 same-words 0 0.0",
      ])
    #expect(
      try pairs("--threshold", "1") == [
        "0-1 same-words 0.0", "0-2 same-words 1.0", "0-3 identical 1.0", "0-4 same-words 0.0",
        "1-2 same-words 0.0", "1-3 same-words 0.0", "1-4 identical 1.0", "2-3 same-words 1.0",
        "2-4 same-words 0.0", "3-4 same-words 0.0",
      ])
  }

  @Test func theFirstKeptOneIsNamedWhateverTheReason() throws {
    // The last has the words of the second and is like the first: both are kept, the first is named.
    let base = (1...40).map { "w\($0)" }.joined(separator: " ")
    let other = base.replacing("w40", with: "x40")
    let cut = other.split(separator: " ").joined(separator: ". ").replacing("w", with: "W")
    try write([base, cut, other])
    // 35 of 37 shingles are shared: only that of the last five words differs.
    #expect(try evidence() == ["2 near 0 0.945946"])
  }

  @Test func matchSaysHowFarToGo() throws {
    try write([
      "C++ is a + b", "C is a b", "C# is a - b", "C is a b", Self.lower, Self.edited, "...", "...",
    ])
    #expect(try evidence("--match", "identical") == ["3 identical 1 1.0"])
    #expect(
      try evidence("--match", "words") == [
        "1 same-words 0 1.0", "2 same-words 0 1.0", "3 same-words 0 1.0",
      ])
    #expect(try evidence().count == 4)
    #expect(try pairs("--match", "identical") == ["1-3 identical 1.0"])
    #expect(try pairs("--match", "words").count == 6)
    #expect(try pairs().count == 7)
    for options in [["--exhaustive"], ["--bands", "5", "--rows", "5"]] {
      try folder.refrainFails(
        ["pairs", "in.jsonl", "--match", "words"] + options, saying: ["--match: words finds every"])
    }
    try folder.refrainFails(
      ["pairs", "in.jsonl", "--exact"], saying: ["--exact: is called --exhaustive"])
  }

  /// 400 records of one template: bands compare with the first of a crowded bucket and say what they
  /// left out; the exhaustive mode lists all.
  @Test func whatCrowdedBucketsCutIsCounted() throws {
    var prose = RandomProse(seed: 11)
    let words = prose.words(70)
    try write(
      (0..<400).map { number in
        var words = words
        words[20] = "\(100_000 + number)"
        words[50] = "\(200_000 + 7 * number)"
        return words.joined(separator: " ")
      })
    let all = try RefrainProgram.run(
      ["pairs", "in.jsonl", "--threshold", "0.7", "--exhaustive"], in: folder)
    #expect(all.lines.count == 400 * 399 / 2)
    #expect(!all.errors.contains("crowded"))
    let some = try RefrainProgram.run(["pairs", "in.jsonl", "--threshold", "0.7"], in: folder)
    #expect(some.lines.count < all.lines.count)
    #expect(Set(some.lines).isSubset(of: Set(all.lines)))
    #expect(some.errors.contains("compared with only the first 64 of a crowded bucket"))
    #expect(some.errors.contains("proposals: pairs may be missing; --exhaustive finds all"))
  }

  @Test func aPolicyWithoutItsFieldIsAnError() throws {
    let lines = [
      Records.line("1", "the same", "\"day\": \"2024-01-02\""), Records.line("2", "the same"),
      Records.line("3", "the same", "\"day\": \"2024-01-10\""),
    ]
    try folder.write("in.jsonl", Records.file(lines))
    let run = try folder.refrain(
      "dedup", "in.jsonl", "--dry-run", "--evidence", "-", "--keep", "newest:day")
    #expect(try Evidence.read(run.lines).map(\.kept) == ["3", "3"])
    #expect(
      run.errors.contains(
        "1 record without a number or a string in the field \"day\": --keep puts"))
    try folder.write("out.jsonl", "what was there")
    for policy in ["newest:missing", "priority:missing=a"] {
      try folder.refrainFails(
        ["dedup", "in.jsonl", "-o", "out.jsonl", "--keep", policy],
        saying: ["no record has a number or a string in the field \"missing\""])
    }
    try folder.write(
      "mixed.jsonl", Records.file(lines + [Records.line("4", "other", "\"day\": 20240103")]))
    try folder.refrainFails(
      ["dedup", "mixed.jsonl", "-o", "out.jsonl", "--keep", "newest:day"],
      saying: ["\"2024-01-02\" at mixed.jsonl:1 and 20240103 at mixed.jsonl:4 cannot be compared"])
    #expect(try folder.lines("out.jsonl") == ["what was there"])
  }
}
