// What two texts share that is too short for a passage: a few words word for word, or one edited sentence.

import RefrainModel
import RefrainText

/// Finds sentences, and parts of them, that stand in both of two texts.
enum SharedSentences {
  /// The fewest words of a verbatim run: one word 8-gram.
  static let leastRun = ComparedText.gram
  /// The fewest words of a sentence that was edited, on either side.
  static let leastEdited = 15
  /// The cosine, in percent, that two such sentences must exceed: one pair of them is no passage whose
  /// other sentences speak for it.
  private static let alike = 50
  /// Of the words of the longer one so many, in percent, must stand in both in the same order.
  private static let ordered = 50

  /// What is shared, the longest first; places may overlap.
  ///
  /// - Parameters:
  ///   - chains: verbatim chains of any length.
  ///   - seeds: pairs of alike units; empty where a text has none.
  static func find(
    _ a: ComparedText, _ b: ComparedText, chains: [VerbatimChain], seeds: [Seed],
    context: ComparisonContext?
  ) -> [SharedPassage] {
    var found = chains.filter {
      $0.longest >= leastRun && PassageContent.isIn(a.text.stems[$0.a])
    }.map { passage(a, b, $0.a, $0.b) }
    if let context {
      found += seeds.compactMap { seed -> SharedPassage? in
        let box = UnitBox(a: seed.a...seed.a, b: seed.b...seed.b)
        let words = (a: sentence(a, seed.a), b: sentence(b, seed.b))
        guard min(words.a.count, words.b.count) >= leastEdited,
          context.cosine(box).exceeds(percent: alike)
        else { return nil }
        let alignment = WordAlignment(a.text.words[words.a], b.text.words[words.b])
        let longer = max(words.a.count, words.b.count)
        guard alignment.equalWords * 100 >= longer * ordered else { return nil }
        return passage(a, b, words.a, words.b)
      }
    }
    return found.sorted {
      let (x, y) = (size($0), size($1))
      return x != y ? x > y : ($0.bytesA, $0.bytesB) < ($1.bytesA, $1.bytesB)
    }
  }

  /// The longest sentence of a unit, which very short ones may stand before.
  private static func sentence(_ text: ComparedText, _ unit: Int) -> Range<Int> {
    let words = text.unitStarts[unit]..<text.unitStarts[unit + 1]
    var longest = words.lowerBound..<words.lowerBound
    var at = words.lowerBound
    while at < words.upperBound {
      let sentence = text.text.words(of: text.text.sentence(of: at)).clamped(to: words)
      if sentence.count > longest.count { longest = sentence }
      at = sentence.upperBound
    }
    return longest
  }

  private static func size(_ passage: SharedPassage) -> Int {
    min(passage.a.count, passage.b.count)
  }

  private static func passage(
    _ a: ComparedText, _ b: ComparedText, _ wordsA: Range<Int>, _ wordsB: Range<Int>
  ) -> SharedPassage {
    SharedPassage(
      a: wordsA, b: wordsB, bytesA: a.bytes(of: wordsA), bytesB: b.bytes(of: wordsB))
  }
}
