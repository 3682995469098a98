// The longest common subsequence of two short lists of words.

/// One step through two lists: an element of either, or an equal one of both.
struct AlignmentStep: Hashable {
  var left: Int?
  var right: Int?

  var onlyLeft: Int? { right == nil ? left : nil }
  var onlyRight: Int? { left == nil ? right : nil }
}

enum TokenAlignment {
  /// Cells of a table at most; lists beyond are all different between their common ends.
  private static let mostCells = 4_000_000

  /// The steps from the beginning of both lists to their ends; what is only left comes first.
  ///
  /// O(|a| x |b|) between the common beginning and end.
  static func steps(_ a: [String], _ b: [String]) -> [AlignmentStep] {
    var numbers: [String: Int32] = [:]
    func numbered(_ words: [String]) -> [Int32] {
      words.map { word in
        if let known = numbers[word] { return known }
        numbers[word] = Int32(numbers.count)
        return Int32(numbers.count - 1)
      }
    }
    let (left, right) = (numbered(a), numbered(b))
    let limit = min(a.count, b.count)
    var head = 0
    while head < limit, left[head] == right[head] { head += 1 }
    var tail = 0
    while tail < limit - head, left[a.count - 1 - tail] == right[b.count - 1 - tail] { tail += 1 }
    var steps = (0..<head).map { AlignmentStep(left: $0, right: $0) }
    for step in middle(left[head..<(a.count - tail)], right[head..<(b.count - tail)]) {
      steps.append(
        AlignmentStep(left: step.left.map { $0 + head }, right: step.right.map { $0 + head }))
    }
    steps += (0..<tail).map {
      AlignmentStep(left: a.count - tail + $0, right: b.count - tail + $0)
    }
    return steps
  }

  /// The steps through two slices, counted from their starts.
  private static func middle(_ left: ArraySlice<Int32>, _ right: ArraySlice<Int32>)
    -> [AlignmentStep]
  {
    let (a, b) = (Array(left), Array(right))
    let (n, m) = (a.count, b.count)
    guard n > 0, m > 0, n * m <= mostCells else {
      return a.indices.map { AlignmentStep(left: $0, right: nil) }
        + b.indices.map { AlignmentStep(left: nil, right: $0) }
    }
    // lengths[i * width + j]: the longest common subsequence of what follows i and j.
    let width = m + 1
    var lengths = [Int32](repeating: 0, count: (n + 1) * width)
    for i in stride(from: n - 1, through: 0, by: -1) {
      for j in stride(from: m - 1, through: 0, by: -1) {
        lengths[i * width + j] =
          a[i] == b[j]
          ? lengths[(i + 1) * width + j + 1] + 1
          : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
      }
    }
    var steps: [AlignmentStep] = []
    var (i, j) = (0, 0)
    while i < n || j < m {
      if i < n, j < m, a[i] == b[j] {
        steps.append(AlignmentStep(left: i, right: j))
        (i, j) = (i + 1, j + 1)
      } else if j == m || i < n && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
        steps.append(AlignmentStep(left: i, right: nil))
        i += 1
      } else {
        steps.append(AlignmentStep(left: nil, right: j))
        j += 1
      }
    }
    return steps
  }
}
