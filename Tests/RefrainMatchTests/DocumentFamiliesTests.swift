// Families of duplicate documents, against all pairs on exact sets of word 5-grams.

import RefrainMatch
import RefrainModel
import RefrainText
import TestSupport
import Testing

struct DocumentFamiliesTests {
  /// Texts of which some are edited copies of others: few words are changed, or nearly all.
  private func texts(_ seed: UInt64) -> [AnalyzedText] {
    var prose = RandomProse(seed: seed)
    var sources: [[String]] = []
    for _ in 0..<25 {
      if !sources.isEmpty, Int.random(in: 0..<3, using: &prose.random) > 0 {
        let source = prose.random.pick(sources)
        let changes = prose.random.pick([0, 1, 2, 100])
        sources.append(prose.edited(source, changes: changes))
      } else {
        sources.append(prose.words(Int.random(in: 100...200, using: &prose.random)))
      }
    }
    sources.append([])
    sources.append([])
    let analyzer = TextAnalyzer()
    return sources.map { analyzer.analyze(Array(RandomProse.text($0, sentence: 1000).utf8)) }
  }

  private func grams(_ text: AnalyzedText) -> Set<[UInt64]> {
    guard text.words.count >= 5 else { return [] }
    // Grams end with their sentence; each text is one.
    return Set((0...(text.words.count - 5)).map { Array(text.words[$0..<($0 + 5)]) })
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func familiesAreThoseOfAllPairs(seed: UInt64) throws {
    let texts = texts(seed)
    let grams = texts.map(grams)
    var first = Array(texts.indices)
    for later in texts.indices {
      for earlier in 0..<later where first[earlier] == earlier && !grams[later].isEmpty {
        let shared = grams[later].intersection(grams[earlier]).count
        if 2 * shared >= grams[later].union(grams[earlier]).count {
          first[later] = earlier
          break
        }
      }
    }
    let families = try DocumentFamilies(
      WordTokens(texts), workers: Workers(threads: 2), budget: seed % 2 == 0 ? 0 : 1 << 20)
    #expect(families.first == first)
    for (text, overlap) in families.overlaps.enumerated() {
      #expect((overlap == nil) == (first[text] == text))
      guard let overlap else { continue }
      let (own, other) = (grams[text], grams[first[text]])
      let shared = Double(own.intersection(other).count) / Double(own.union(other).count)
      #expect(abs(Double(overlap.shared) / Double(overlap.union) - shared) < 1e-12)
    }
    #expect(first.enumerated().contains { $0.offset != $0.element })
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func membersAreToldFromTheirFirst(seed: UInt64) throws {
    var families = try DocumentFamilies(
      WordTokens(texts(seed)), workers: Workers(threads: 1))
    let first = families.first
    func members(_ text: Int) -> [Int] { first.indices.filter { first[$0] == first[text] } }
    let relatives = families.earlierRelatives(atMost: 2)
    for text in first.indices {
      #expect(relatives[text] == Array(members(text).filter { $0 < text }.prefix(2)))
    }
    let groups = Set(first.indices.map(members).filter { $0.count > 1 }).sorted { $0[0] < $1[0] }
    #expect(families.groups == groups)

    let released = Set(groups.flatMap { $0.dropFirst() })
    families.release(released)
    #expect(families.groups.isEmpty)
    #expect(families.overlaps.allSatisfy { $0 == nil })
  }
}
