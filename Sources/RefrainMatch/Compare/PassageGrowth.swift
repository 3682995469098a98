// Seeds to passages: neighbouring seeds are clustered over gaps, clusters that are not alike as a
// whole are split again with smaller gaps.

/// Grows passages from seeds, after Sanchez-Perez, Gelbukh and Sidorov (CLEF 2015), whose summary
/// path is here one of two more clusterings with a wide gap on one side.
struct PassageGrowth {
  /// Units that may lie between two seeds of one passage.
  private static let gap = 4
  /// The same on the long side of a summary.
  private static let wideGap = 24
  /// The cosine, in percent, that a passage as a whole must exceed.
  private static let alike = 34
  /// A passage of fewer bytes on a side is dropped.
  static let leastBytes = 150

  let context: ComparisonContext
  /// The length in bytes of a range of units of text a or b.
  let lengthA: (ClosedRange<Int>) -> Int
  let lengthB: (ClosedRange<Int>) -> Int

  private typealias Cluster = (box: UnitBox, seeds: [Seed])

  /// The boxes that the seeds grow into.
  func grow(_ seeds: [Seed]) -> [UnitBox] {
    if seeds.isEmpty { return [] }
    let base = grow(seeds, Self.gap, Self.gap)
    let candidates =
      grow(seeds, Self.gap, Self.wideGap).filter { isSummary($0, longIsB: true) }
      + grow(seeds, Self.wideGap, Self.gap).filter { isSummary($0, longIsB: false) }
    var wide: [UnitBox] = []
    let byLength = candidates.map(\.box).sorted {
      let (x, y) = (length($0), length($1))
      return x != y ? x > y : $0 < $1
    }
    for box in byLength where !wide.contains(where: box.touches) { wide.append(box) }
    return wide + base.map(\.box).filter { box in !wide.contains(where: box.touches) }
  }

  private func length(_ box: UnitBox) -> Int { lengthA(box.a) + lengthB(box.b) }

  /// Clusters, and clusters again with smaller gaps what is not alike as a whole.
  private func grow(_ seeds: [Seed], _ gapA: Int, _ gapB: Int) -> [Cluster] {
    var grown: [Cluster] = []
    var todo = [(seeds: seeds, gapA: gapA, gapB: gapB)]
    while let (seeds, gapA, gapB) = todo.popLast() {
      for cluster in Self.clusters(seeds, gapA, gapB) {
        let box = Self.box(cluster)
        if context.cosine(box).exceeds(percent: Self.alike) {
          grown.append((box, cluster))
        } else if max(gapA, gapB) > 0 {
          todo.append((cluster, max(0, gapA - 1), max(0, gapB - 1)))
        }
      }
    }
    return grown
  }

  /// Whether a cluster is a short text and the long one that it sums up: the long side's seeds must
  /// lie apart, or it is an ordinary passage with a chance seed behind it.
  private func isSummary(_ cluster: Cluster, longIsB: Bool) -> Bool {
    let a = lengthA(cluster.box.a)
    let b = lengthB(cluster.box.b)
    let (short, long) = longIsB ? (a, b) : (b, a)
    guard short >= Self.leastBytes, long >= 3 * short else { return false }
    let shortUnits = Set(cluster.seeds.map { longIsB ? $0.a : $0.b }).count
    let longUnits = Set(cluster.seeds.map { longIsB ? $0.b : $0.a }).sorted()
    guard shortUnits >= 2, longUnits.count >= 3 else { return false }
    var groups: [Int] = [1]
    for (unit, next) in zip(longUnits, longUnits.dropFirst()) {
      if next - unit > Self.gap + 1 { groups.append(1) } else { groups[groups.count - 1] += 1 }
    }
    let biggest = groups.max() ?? 0
    return groups.count >= 2 && (longUnits.count - biggest) * 4 >= longUnits.count
  }

  private static func box(_ seeds: [Seed]) -> UnitBox {
    var box = UnitBox(a: seeds[0].a...seeds[0].a, b: seeds[0].b...seeds[0].b)
    for seed in seeds {
      box.a = min(box.a.lowerBound, seed.a)...max(box.a.upperBound, seed.a)
      box.b = min(box.b.lowerBound, seed.b)...max(box.b.upperBound, seed.b)
    }
    return box
  }

  /// Splits where either side leaves more units out than its gap allows, until nothing splits.
  private static func clusters(_ seeds: [Seed], _ gapA: Int, _ gapB: Int) -> [[Seed]] {
    var todo = [seeds]
    var done: [[Seed]] = []
    while let part = todo.popLast() {
      let pieces = split(part, gapA) { $0.a }.flatMap { split($0, gapB) { $0.b } }
      if pieces.count == 1 { done.append(pieces[0].sorted()) } else { todo += pieces }
    }
    return done
  }

  @inline(__always)
  private static func split(_ seeds: [Seed], _ gap: Int, by unit: (Seed) -> Int) -> [[Seed]] {
    let sorted = seeds.sorted { (unit($0), $0) < (unit($1), $1) }
    var pieces: [[Seed]] = []
    var start = 0
    for next in 1...sorted.count
    where next == sorted.count || unit(sorted[next]) - unit(sorted[next - 1]) > gap + 1 {
      pieces.append(Array(sorted[start..<next]))
      start = next
    }
    return pieces
  }
}
