// Pairs of units that are alike enough to grow a passage from.

/// A pair of units, one of each text.
struct Seed: Hashable, Comparable {
  var a: Int
  var b: Int

  static func < (x: Self, y: Self) -> Bool { (x.a, x.b) < (y.a, y.b) }
}

/// Finds seeds: cosine above 0.30 and Dice coefficient of the distinct stems above 0.33, the
/// thresholds of Sanchez-Perez, Gelbukh and Sidorov, "Dynamically adjustable approach through
/// obfuscation type recognition" (CLEF 2015).
enum SeedSearch {
  /// The seeds in order.
  ///
  /// An inverted index of text a's units proposes; O(units of b * postings).
  static func find(_ context: ComparisonContext) -> [Seed] {
    let a = context.a
    let b = context.b
    var postings = [[(unit: Int32, value: Int32)]](repeating: [], count: a.vocabulary.count)
    var normsA = [Int](repeating: 0, count: a.unitCount)
    for unit in 0..<a.unitCount {
      for k in a.bagStarts[unit]..<a.bagStarts[unit + 1] {
        let stem = Int(a.bagStems[k])
        let value = Int(a.bagCounts[k]) * context.weightsA[stem]
        normsA[unit] += value * value
        // Only what the other text holds too can add to a product.
        if value > 0, context.inB[stem] >= 0 {
          postings[stem].append((Int32(unit), Int32(value)))
        }
      }
    }
    var seeds: [Seed] = []
    var dots = [Int](repeating: 0, count: a.unitCount)
    for unit in 0..<b.unitCount {
      var norm = 0
      for k in b.bagStarts[unit]..<b.bagStarts[unit + 1] {
        let stem = Int(b.bagStems[k])
        let value = Int(b.bagCounts[k]) * context.weightsB[stem]
        norm += value * value
        if value > 0, context.inA[stem] >= 0 {
          for posting in postings[Int(context.inA[stem])] {
            dots[Int(posting.unit)] += Int(posting.value) * value
          }
        }
      }
      for other in 0..<a.unitCount where dots[other] > 0 {
        let cosine = Cosine(dot: dots[other], normA: normsA[other], normB: norm)
        dots[other] = 0
        if cosine.exceeds(percent: 30), isAlikeByDice(context, other, unit) {
          seeds.append(Seed(a: other, b: unit))
        }
      }
    }
    return seeds.sorted()
  }

  private static func isAlikeByDice(_ context: ComparisonContext, _ a: Int, _ b: Int) -> Bool {
    let left = context.a.stems(of: a)
    let right = context.b.stems(of: b)
    var common = 0
    var j = right.startIndex
    for stem in left {
      let other = context.inB[Int(stem)]
      if other < 0 { continue }
      while j < right.endIndex, Int32(right[j]) < other { j += 1 }
      if j < right.endIndex, Int32(right[j]) == other { common += 1 }
    }
    return 200 * common > 33 * (left.count + right.count)
  }
}
