// Where a grown passage begins and ends: first by units, then by words.

/// Sets the edges of passages by what lies inside the other side.
struct PassageEdges {
  private static let rounds = 3

  private let context: ComparisonContext
  private var marksA: StemMarks
  private var marksB: StemMarks

  init(_ context: ComparisonContext) {
    self.context = context
    marksA = StemMarks(context.weightsA.count)
    marksB = StemMarks(context.weightsB.count)
  }

  /// Takes in the unit outside an edge when half of its weight stands in the other side's box, one
  /// unit wider; leaves out the unit at an edge when less than a fifth of it does.
  mutating func adjust(_ box: UnitBox) -> UnitBox {
    var box = box
    for _ in 0..<Self.rounds {
      let before = box
      adjustA(&box)
      adjustB(&box)
      if box == before { break }
    }
    return box
  }

  private mutating func adjustA(_ box: inout UnitBox) {
    if box.a.lowerBound > 0, isInside(a: box.a.lowerBound - 1, box.b, wider: 1, 1, of: 2) {
      box.a = (box.a.lowerBound - 1)...box.a.upperBound
    } else if box.a.count > 1, !isInside(a: box.a.lowerBound, box.b, wider: 0, 1, of: 5) {
      box.a = (box.a.lowerBound + 1)...box.a.upperBound
    }
    if box.a.upperBound + 1 < context.a.unitCount,
      isInside(a: box.a.upperBound + 1, box.b, wider: 1, 1, of: 2)
    {
      box.a = box.a.lowerBound...(box.a.upperBound + 1)
    } else if box.a.count > 1, !isInside(a: box.a.upperBound, box.b, wider: 0, 1, of: 5) {
      box.a = box.a.lowerBound...(box.a.upperBound - 1)
    }
  }

  private mutating func adjustB(_ box: inout UnitBox) {
    if box.b.lowerBound > 0, isInside(b: box.b.lowerBound - 1, box.a, wider: 1, 1, of: 2) {
      box.b = (box.b.lowerBound - 1)...box.b.upperBound
    } else if box.b.count > 1, !isInside(b: box.b.lowerBound, box.a, wider: 0, 1, of: 5) {
      box.b = (box.b.lowerBound + 1)...box.b.upperBound
    }
    if box.b.upperBound + 1 < context.b.unitCount,
      isInside(b: box.b.upperBound + 1, box.a, wider: 1, 1, of: 2)
    {
      box.b = box.b.lowerBound...(box.b.upperBound + 1)
    } else if box.b.count > 1, !isInside(b: box.b.upperBound, box.a, wider: 0, 1, of: 5) {
      box.b = box.b.lowerBound...(box.b.upperBound - 1)
    }
  }

  /// Whether at least `part` / `whole` of the weight of unit `a`'s distinct stems stands in the other
  /// text's units, `wider` more on either side.
  private mutating func isInside(
    a unit: Int, _ others: ClosedRange<Int>, wider: Int, _ part: Int, of whole: Int
  ) -> Bool {
    mark(b: others, wider: wider)
    var total = 0
    var inside = 0
    for stem in context.a.stems(of: unit) {
      let weight = context.weightsA[Int(stem)]
      total += weight
      let other = context.inB[Int(stem)]
      if other >= 0, marksB.contains(Int(other)) { inside += weight }
    }
    return total > 0 && inside * whole >= total * part
  }

  private mutating func isInside(
    b unit: Int, _ others: ClosedRange<Int>, wider: Int, _ part: Int, of whole: Int
  ) -> Bool {
    mark(a: others, wider: wider)
    var total = 0
    var inside = 0
    for stem in context.b.stems(of: unit) {
      let weight = context.weightsB[Int(stem)]
      total += weight
      let other = context.inA[Int(stem)]
      if other >= 0, marksA.contains(Int(other)) { inside += weight }
    }
    return total > 0 && inside * whole >= total * part
  }

  private mutating func mark(a units: ClosedRange<Int>, wider: Int) {
    marksA.removeAll()
    let last = min(context.a.unitCount - 1, units.upperBound + wider)
    for k in context.a.bagStarts[max(0, units.lowerBound - wider)]..<context.a.bagStarts[last + 1] {
      marksA.insert(Int(context.a.bagStems[k]))
    }
  }

  private mutating func mark(b units: ClosedRange<Int>, wider: Int) {
    marksB.removeAll()
    let last = min(context.b.unitCount - 1, units.upperBound + wider)
    for k in context.b.bagStarts[max(0, units.lowerBound - wider)]..<context.b.bagStarts[last + 1] {
      marksB.insert(Int(context.b.bagStems[k]))
    }
  }

  /// The words of the box with its first and last units cut where what is left says most: a word
  /// earns four times its weight where the other side's box holds its stem and costs its weight where
  /// not; ties keep more.
  mutating func trim(_ box: UnitBox) -> (a: Range<Int>, b: Range<Int>) {
    mark(b: box.b, wider: 0)
    let (a, inB, marksB) = (context.a, context.inB, self.marksB)
    let weightsA = context.weightsA
    let wordsA = Self.trim(a, box.a) { stem in
      let other = inB[stem]
      return other >= 0 && marksB.contains(Int(other)) ? 4 * weightsA[stem] : -weightsA[stem]
    }
    mark(a: box.a, wider: 0)
    let (b, inA, marksA) = (context.b, context.inA, self.marksA)
    let weightsB = context.weightsB
    let wordsB = Self.trim(b, box.b) { stem in
      let other = inA[stem]
      return other >= 0 && marksA.contains(Int(other)) ? 4 * weightsB[stem] : -weightsB[stem]
    }
    return (wordsA, wordsB)
  }

  private static func trim(
    _ side: ComparedText, _ units: ClosedRange<Int>, _ value: (Int) -> Int
  ) -> Range<Int> {
    let first = side.words(units.lowerBound, through: units.lowerBound)
    let last = side.words(units.upperBound, through: units.upperBound)
    var sum = 0
    var best = Int.min
    var start = first.lowerBound
    for word in first.reversed() {
      sum += value(Int(side.stemOfWord[word]))
      if sum >= best {
        best = sum
        start = word
      }
    }
    sum = 0
    best = Int.min
    var end = last.upperBound
    for word in last {
      sum += value(Int(side.stemOfWord[word]))
      if sum >= best {
        best = sum
        end = word + 1
      }
    }
    return start < end ? start..<end : first.lowerBound..<last.upperBound
  }
}
