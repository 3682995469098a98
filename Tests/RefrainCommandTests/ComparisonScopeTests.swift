// --within, --across and --keep through the executable, against a naive program: every record is
// compared with every kept one before it that the rule allows.

import TestSupport
import Testing

/// A record as the naive program sees it.
private struct Plain {
  var id: String
  var words: [String]
  /// The value of the field as JSON; nil where the record has none.
  var value: String?
  var score: Int

  var line: String {
    let field = value.map { ", \"lang\": \($0)" } ?? ""
    return Records.line(
      "\"\(id)\"", words.joined(separator: " "), "\"score\": \(score)\(field)")
  }

  /// Word 5-grams of one sentence, as text.
  var shingles: Set<String> {
    if words.count < 5 { return [words.joined(separator: " ")] }
    return Set((0...(words.count - 5)).map { words[$0..<($0 + 5)].joined(separator: " ") })
  }
}

struct ComparisonScopeTests {
  private let folder: ScratchFolder
  private var records: [Plain] = []

  init() throws {
    folder = try ScratchFolder()
    var prose = RandomProse(seed: 131)
    var known: [[String]] = []
    for number in 0..<240 {
      var words = prose.words(Int.random(in: 30...40, using: &prose.random))
      if !known.isEmpty, Int.random(in: 0..<3, using: &prose.random) > 0 {
        let old = prose.random.pick(known)
        words = prose.edited(old, changes: prose.random.pick([0, 0, 1, 1, 2, 4]))
      }
      if known.count < 30 { known.append(words) }
      let value = prose.random.pick(["\"en\"", "\"en\"", "\"de\"", "7", "\"7\"", nil])
      records.append(
        Plain(
          id: "r\(number)", words: words, value: value,
          score: Int.random(in: 0...9, using: &prose.random)))
    }
    try folder.write("in.jsonl", Records.file(records.map(\.line)))
  }

  private func isAllowed(_ a: Plain, _ b: Plain, _ rule: String?) -> Bool {
    switch rule {
    case "--within": a.value == b.value
    case "--across": a.value != b.value
    default: true
    }
  }

  private func isDuplicate(_ a: Plain, _ b: Plain) -> Bool {
    if a.words == b.words { return true }
    let (left, right) = (a.shingles, b.shingles)
    return 10 * left.intersection(right).count >= 7 * left.union(right).count
  }

  private func precedence(_ policy: String) -> [Int] {
    switch policy {
    case "last": records.indices.reversed()
    case "score:score":
      records.indices.sorted { (-records[$0].score, $0) < (-records[$1].score, $1) }
    case "oldest:score":
      records.indices.sorted { (records[$0].score, $0) < (records[$1].score, $1) }
    default: Array(records.indices)
    }
  }

  @Test(
    arguments: ["--within", "--across", nil], ["first", "last", "score:score", "oldest:score"])
  func dedupIsTheNaiveProgram(rule: String?, policy: String) throws {
    var kept: [Int] = []
    var removers: [String: String] = [:]
    for record in precedence(policy) {
      let remover = kept.first {
        isAllowed(records[$0], records[record], rule) && isDuplicate(records[$0], records[record])
      }
      if let remover {
        removers[records[record].id] = records[remover].id
      } else {
        kept.append(record)
      }
    }
    #expect(removers.count > 20)
    for threads in ["1", "3"] {
      _ = try RefrainProgram.run(
        [
          "dedup", "in.jsonl", "-o", "out.jsonl", "--evidence", "why.jsonl", "--threshold", "0.7",
          "--exhaustive", "--keep", policy, "--threads", threads,
        ] + (rule.map { [$0, "lang"] } ?? []), in: folder)
      let evidence = try Evidence.read(try folder.lines("why.jsonl"))
      let found = Dictionary(uniqueKeysWithValues: evidence.map { ($0.removed, $0.kept) })
      #expect(found == removers)
      #expect(try folder.lines("out.jsonl") == kept.sorted().map { records[$0].line })
    }
  }

  @Test(arguments: ["--within", "--across"])
  func pairsAreTheNaiveProgram(rule: String) throws {
    var expected: [String] = []
    for (i, a) in records.enumerated() {
      for b in records[(i + 1)...] where isAllowed(a, b, rule) && isDuplicate(a, b) {
        expected.append("\(a.id)-\(b.id)")
      }
    }
    let run = try folder.refrain(
      "pairs", "in.jsonl", "--threshold", "0.7", "--exhaustive", rule, "lang")
    let found = try Records.parse(run.lines).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" }
    #expect(found == expected)
    // Bands may miss some, and find no other.
    let banded = try folder.refrain("pairs", "in.jsonl", "--threshold", "0.7", rule, "lang")
    let some = try Records.parse(banded.lines).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" }
    #expect(Set(some).isSubset(of: expected))
    #expect(some.count * 100 >= expected.count * 95)
    #expect(banded.errors.contains("without a number or a string in the field \"lang\""))
  }

  @Test func equalTextsFollowTheRuleAtEveryLevel() throws {
    let text = "the same words in every one of these records"
    let lines = ["a", "b", "a", "c", "b"].enumerated().map {
      Records.line("\($0.offset)", text, "\"s\": \"\($0.element)\"")
    }
    try folder.write("same.jsonl", Records.file(lines))
    for match in ["identical", "words", "near"] {
      let within = try folder.refrain(
        "dedup", "same.jsonl", "-o", "-", "--match", match, "--within", "s")
      #expect(within.lines == [lines[0], lines[1], lines[3]])
      let across = try folder.refrain(
        "dedup", "same.jsonl", "-o", "-", "--match", match, "--across", "s")
      #expect(across.lines == [lines[0], lines[2]])
    }
  }

  /// A crowd of one value does not hide the others from its later members.
  @Test func crowdsOfOneValueLeaveRoomForOthers() throws {
    var prose = RandomProse(seed: 132)
    let base = prose.words(60)
    func line(_ id: Int, _ value: String) -> String {
      let words = base + ["own\(id)"]
      return Records.line("\(id)", words.joined(separator: " "), "\"s\": \"\(value)\"")
    }
    var lines = (0..<150).map { line($0, "a") }
    lines += [line(150, "b"), line(151, "a")]
    try folder.write("crowd.jsonl", Records.file(lines))
    let run = try folder.refrain("pairs", "crowd.jsonl", "--across", "s")
    let pairs = Set(try Records.parse(run.lines).map { "\($0["a"] ?? "")-\($0["b"] ?? "")" })
    #expect(pairs.contains("150-151"))
    #expect(pairs.contains("0-150"))
    // Buckets differ a little, so that some more than 64 are proposed, and far from all.
    #expect(pairs.count < 151)
  }

  @Test func largeClassesAreStarsOnWhatTheyMayBePairedWith() throws {
    let lines = (0..<120).map {
      Records.line("\($0)", "one text for all of them", "\"s\": \($0 % 40 == 39 ? 2 : 1)")
    }
    try folder.write("class.jsonl", Records.file(lines))
    let run = try folder.refrain("pairs", "class.jsonl", "--across", "s")
    let pairs = try Records.parse(run.lines).map { ($0["a"] as? Int ?? -1, $0["b"] as? Int ?? -1) }
    // Each of the others once: with 0, or with 39 where it has the value of 0.
    #expect(pairs.count == 119)
    #expect(pairs.allSatisfy { ($0.0 % 40 == 39) != ($0.1 % 40 == 39) && $0.0 < $0.1 })
  }

  @Test func nonsenseIsRefused() throws {
    for (options, cause) in [
      (["--within", "lang", "--across", "lang"], "cannot be used with --across"),
      (["--within", "nowhere"], "no record has a number or a string in the field \"nowhere\""),
      (["--across", "nowhere"], "no record has a number or a string in the field \"nowhere\""),
      (["--keep", "score:lang"], "is not a number"),
    ] {
      try folder.refrainFails(
        ["dedup", "in.jsonl", "-o", "never.jsonl"] + options, saying: [cause])
    }
  }
}
