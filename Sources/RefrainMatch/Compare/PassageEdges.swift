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
      for side in [Side.a, .b] {
        adjustStart(&box, side)
        adjustEnd(&box, side)
      }
      if box == before { break }
    }
    return box
  }

  private mutating func adjustStart(_ box: inout UnitBox, _ side: Side) {
    let units = box[side]
    if units.lowerBound > 0, isTakenIn(units.lowerBound - 1, box, side) {
      box[side] = (units.lowerBound - 1)...units.upperBound
    } else if units.count > 1, isLeftOut(units.lowerBound, box, side) {
      box[side] = (units.lowerBound + 1)...units.upperBound
    }
  }

  private mutating func adjustEnd(_ box: inout UnitBox, _ side: Side) {
    let units = box[side]
    if units.upperBound + 1 < context.text(side).unitCount,
      isTakenIn(units.upperBound + 1, box, side)
    {
      box[side] = units.lowerBound...(units.upperBound + 1)
    } else if units.count > 1, isLeftOut(units.upperBound, box, side) {
      box[side] = units.lowerBound...(units.upperBound - 1)
    }
  }

  private mutating func isTakenIn(_ unit: Int, _ box: UnitBox, _ side: Side) -> Bool {
    let (inside, total) = weigh(unit, of: side, in: box[side.other], wider: 1)
    return total > 0 && inside * 2 >= total
  }

  private mutating func isLeftOut(_ unit: Int, _ box: UnitBox, _ side: Side) -> Bool {
    let (inside, total) = weigh(unit, of: side, in: box[side.other], wider: 0)
    return total == 0 || inside * 5 < total
  }

  /// The weight of a unit's distinct stems, and how much of it stands in the other text's `units`,
  /// `wider` more on either side.
  private mutating func weigh(
    _ unit: Int, of side: Side, in units: ClosedRange<Int>, wider: Int
  ) -> (inside: Int, total: Int) {
    mark(units, of: side.other, wider: wider)
    let marks = side == .a ? marksB : marksA
    let weights = context.weights(side)
    let inOther = context.inOther(side)
    var total = 0
    var inside = 0
    for stem in context.text(side).stems(of: unit) {
      let weight = weights[Int(stem)]
      total += weight
      let other = inOther[Int(stem)]
      if other >= 0, marks.contains(Int(other)) { inside += weight }
    }
    return (inside, total)
  }

  /// Marks the stems of a side's units.
  private mutating func mark(_ units: ClosedRange<Int>, of side: Side, wider: Int) {
    let text = context.text(side)
    let last = min(text.unitCount - 1, units.upperBound + wider)
    let bag = text.bagStarts[max(0, units.lowerBound - wider)]..<text.bagStarts[last + 1]
    if side == .a {
      marksA.removeAll()
      for k in bag { marksA.insert(Int(text.bagStems[k])) }
    } else {
      marksB.removeAll()
      for k in bag { marksB.insert(Int(text.bagStems[k])) }
    }
  }

  /// The words of the box with its first and last units cut where what is left says most: a word
  /// earns four times its weight where the other side's box holds its stem and costs its weight where
  /// not; ties keep more.
  mutating func trim(_ box: UnitBox) -> (a: Range<Int>, b: Range<Int>) {
    (trim(box, .a), trim(box, .b))
  }

  private mutating func trim(_ box: UnitBox, _ side: Side) -> Range<Int> {
    mark(box[side.other], of: side.other, wider: 0)
    let marks = side == .a ? marksB : marksA
    let text = context.text(side)
    let weights = context.weights(side)
    let inOther = context.inOther(side)
    func value(_ word: Int) -> Int {
      let stem = Int(text.stemOfWord[word])
      let isInside = inOther[stem] >= 0 && marks.contains(Int(inOther[stem]))
      return isInside ? 4 * weights[stem] : -weights[stem]
    }
    let first = text.words(box[side].lowerBound, through: box[side].lowerBound)
    let last = text.words(box[side].upperBound, through: box[side].upperBound)
    var sum = 0
    var best = Int.min
    var start = first.lowerBound
    for word in first.reversed() {
      sum += value(word)
      if sum >= best {
        best = sum
        start = word
      }
    }
    sum = 0
    best = Int.min
    var end = last.upperBound
    for word in last {
      sum += value(word)
      if sum >= best {
        best = sum
        end = word + 1
      }
    }
    return start < end ? start..<end : first.lowerBound..<last.upperBound
  }
}
