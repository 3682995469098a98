// What the end-to-end tests share: a corpus with planted near-duplicates, and the rules that every
// deduplication must keep.

import Foundation
import TestSupport
import Testing

/// Records with equal and near copies, in random order.
struct PlantedCorpus {
  let lines: [String]

  /// `count` records, about a third of them copies.
  ///
  /// Each has a date and a source.
  init(_ count: Int, seed: UInt64, words: Int = 60) {
    var prose = RandomProse(seed: seed)
    var known: [[String]] = []
    lines = (0..<count).map { number in
      var words = prose.words(words + Int.random(in: 0...40, using: &prose.random))
      if !known.isEmpty, Int.random(in: 0..<3, using: &prose.random) == 0 {
        let changes = prose.random.pick([0, 0, 1, 1, 2, 3, 6])
        words = prose.edited(prose.random.pick(known), changes: changes)
      }
      known.append(words)
      let date = "\"date\": \"2024-\(10 + Int.random(in: 0...2, using: &prose.random))-01\""
      let source = "\"source\": \"\(prose.random.pick(["wire", "web", "print"]))\""
      return Records.line("\"r\(number)\"", RandomProse.text(words), "\(date), \(source)")
    }
  }
}

/// A line of evidence.
struct Evidence {
  let removed: String
  let kept: String
  let removedAt: String
  let keptAt: String
  let similarity: Double
  let containment: Double
  let reason: String

  init(_ object: [String: Any]) throws {
    func id(_ key: String) throws -> String { "\(try #require(object[key]))" }
    removed = try id("removed")
    kept = try id("kept")
    removedAt = try #require(object["removedAt"] as? String)
    keptAt = try #require(object["keptAt"] as? String)
    similarity = try #require(object["similarity"] as? Double)
    containment = try #require(object["containment"] as? Double)
    reason = try #require(object["reason"] as? String)
  }

  static func read(_ lines: [String]) throws -> [Evidence] {
    try Records.parse(lines).map(Evidence.init)
  }
}

/// Asserts what holds for any deduplication: nothing is lost, nothing is changed, and each removed
/// record names a kept one.
///
/// `places` are the input's lines by `FILE:LINE`, in order.
func checkDeduplication(
  _ places: [(place: String, line: String)], kept: [String], evidence: [Evidence],
  threshold: Double = 0.8, at location: SourceLocation = #_sourceLocation
) {
  #expect(places.count == kept.count + evidence.count, sourceLocation: location)
  let removed = Set(evidence.map(\.removedAt))
  #expect(removed.count == evidence.count, sourceLocation: location)
  let expected = places.filter { !removed.contains($0.place) }
  #expect(kept == expected.map(\.line), sourceLocation: location)
  let keptPlaces = Set(expected.map(\.place))
  for entry in evidence {
    let isSound =
      keptPlaces.contains(entry.keptAt) && entry.containment >= entry.similarity
      && (entry.reason == "near" && entry.similarity >= threshold
        || entry.reason == "identical" && entry.similarity == 1 || entry.reason == "same-words")
    #expect(isSound, "\(entry)", sourceLocation: location)
  }
  let positions = Dictionary(
    uniqueKeysWithValues: places.enumerated().map { ($0.element.place, $0.offset) })
  let order = evidence.compactMap { positions[$0.removedAt] }
  #expect(order == order.sorted(), sourceLocation: location)
}

extension ScratchFolder {
  /// Runs `refrain` here and asserts that it is done.
  func refrain(
    _ arguments: String..., input: String = "", at location: SourceLocation = #_sourceLocation
  ) throws -> ProgramRun {
    try refrain(arguments, input: input, at: location)
  }

  func refrain(
    _ arguments: [String], input: String = "", at location: SourceLocation = #_sourceLocation
  ) throws -> ProgramRun {
    let run = try RefrainProgram.run(arguments, in: self, input: Array(input.utf8))
    #expect(run.status == 0, "\(arguments): \(run.errors)", sourceLocation: location)
    return run
  }

  /// Runs `refrain` here and asserts that it fails as it should: status 2, nothing on standard
  /// output, and all of `parts` in one message.
  func refrainFails(
    _ arguments: [String], saying parts: [String], input: [UInt8] = [],
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let before = try names()
    let run = try RefrainProgram.run(arguments, in: self, input: input)
    #expect(run.status == 2, "\(arguments): \(run.errors)", sourceLocation: location)
    #expect(run.output.isEmpty, sourceLocation: location)
    for part in parts {
      #expect(run.errors.contains(part), "\(arguments)", sourceLocation: location)
    }
    #expect(try names() == before, "no file more or less", sourceLocation: location)
  }
}
