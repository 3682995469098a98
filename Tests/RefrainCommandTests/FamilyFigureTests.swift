// Duplicate documents: each place of a finding was compared with the first itself, and bears the figures
// of these two, whatever other document has the same words.

import Foundation
import TestSupport
import Testing

struct FamilyFigureTests {
  /// Sixty words in one sentence; the same with another last word; and those in capitals and in sentences of
  /// three words, so that no five words stand in one.
  private static let words: [String] = {
    var prose = RandomProse(seed: 211)
    return prose.words(60)
  }()
  private static let edited = words.dropLast() + ["changed"]
  private static let texts = [
    "lower": words.joined(separator: " "),
    "edited": edited.joined(separator: " "),
    "recut": edited.enumerated().map { index, word in
      index % 3 == 2 ? word.capitalized + "." : word.capitalized
    }.joined(separator: " "),
    // In capitals alone: other bytes, and the same sentence.
    "upper": edited.joined(separator: " ").uppercased(),
  ]

  /// The sets of five words in a row within a sentence, or of all where it has fewer.
  private static func shingles(_ text: String) -> Set<[String]> {
    var found: Set<[String]> = []
    for sentence in text.lowercased().components(separatedBy: ".") {
      let words = sentence.split(separator: " ").map(String.init)
      if words.isEmpty { continue }
      for start in 0...max(0, words.count - 5) {
        found.insert(Array(words[start..<min(words.count, start + 5)]))
      }
    }
    return found
  }

  private static func similarity(_ a: String, _ b: String) throws -> Double {
    let sets = try [a, b].map { shingles(try #require(texts[$0])) }
    return Double(sets[0].intersection(sets[1]).count) / Double(sets[0].union(sets[1]).count)
  }

  private static let orders = [
    ["lower", "edited", "recut"], ["lower", "recut", "edited"], ["edited", "lower", "recut"],
    ["edited", "recut", "lower"], ["recut", "lower", "edited"], ["recut", "edited", "lower"],
    ["lower", "edited", "recut", "upper"], ["lower", "recut", "upper", "edited"],
  ]

  @Test(arguments: orders, ["files", "records"])
  func eachPairHasItsOwnFigures(order: [String], form: String) throws {
    let folder = try ScratchFolder()
    var names: [String] = []
    for (number, name) in order.enumerated() {
      let text = try #require(Self.texts[name])
      names.append("\(number)-\(name).\(form == "files" ? "txt" : "jsonl")")
      try folder.write(
        names[number], form == "files" ? text + "\n" : Records.file([Records.line("1", text)]))
    }
    let report = try folder.check(".", "--all")
    func name(_ path: String) -> String { order.first { path.contains($0) } ?? "" }
    let families = report.findings("duplicate-document")
    #expect(!families.isEmpty)
    for family in families {
      let first = name(family.paths[0])
      for place in family.occurrences.dropFirst() {
        let other = name(place.path)
        #expect(
          abs(place.similarity - (try Self.similarity(first, other))) < 1e-6,
          "\(order): \(first), \(other)")
        // Only who has the same words may lie below the threshold of one half.
        let haveSameWords = first != "lower" && other != "lower"
        #expect(haveSameWords || place.similarity >= 0.5, "\(order): \(first), \(other)")
      }
      // Neither of the two stands for the other, whoever has the words of the one and is like the other.
      let members = Set(family.paths.map(name))
      if first != "edited", first != "upper" {
        #expect(!members.isSuperset(of: ["lower", "recut"]), "\(order)")
      }
      #expect(family.similarity == family.occurrences[1].similarity)
    }
    // What the edited one has of the first is not lost on the way.
    if order.firstIndex(of: "lower") == 0 {
      #expect(families.contains { Set($0.paths.map(name)).isSuperset(of: ["lower", "edited"]) })
    }
  }

  /// `pairs` measures the same two alike.
  @Test func pairsSayTheSame() throws {
    let folder = try ScratchFolder()
    let names = ["lower", "edited", "recut", "upper"]
    try folder.write(
      "a.jsonl",
      Records.file(try names.map { Records.line("\"\($0)\"", try #require(Self.texts[$0])) }))
    let run = try folder.refrain("pairs", "a.jsonl", "--threshold", "0.5", "--exhaustive")
    let pairs = try Records.parse(run.lines)
    #expect(pairs.count == 5)
    for pair in pairs {
      let (a, b) = (pair["a"] as? String ?? "", pair["b"] as? String ?? "")
      let found = try #require(pair["similarity"] as? Double)
      #expect(abs(found - (try Self.similarity(a, b))) < 1e-6)
    }
  }
}
