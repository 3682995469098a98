// Small sets as sorted arrays: for the few words of a sentence quicker than hashing.

extension Sequence where Element: Comparable {
  /// The distinct elements, ascending.
  func sortedDistinct() -> [Element] {
    var elements = sorted()
    var kept = 0
    for index in elements.indices where index == 0 || elements[index] != elements[kept - 1] {
      elements[kept] = elements[index]
      kept += 1
    }
    elements.removeSubrange(kept...)
    return elements
  }
}

extension Array where Element: Comparable {
  /// What two ascending arrays of distinct elements share, ascending.
  ///
  /// Linear.
  func common(with other: [Element]) -> [Element] {
    var common: [Element] = []
    forEachCommon(with: other) { common.append($0) }
    return common
  }

  /// How many elements two ascending arrays of distinct elements share.
  ///
  /// Linear.
  package func commonCount(with other: [Element]) -> Int {
    var common = 0
    forEachCommon(with: other) { _ in common += 1 }
    return common
  }

  @inline(__always)
  private func forEachCommon(with other: [Element], _ body: (Element) -> Void) {
    var i = 0
    var j = 0
    while i < count, j < other.count {
      if self[i] == other[j] {
        body(self[i])
        i += 1
        j += 1
      } else if self[i] < other[j] {
        i += 1
      } else {
        j += 1
      }
    }
  }
}
