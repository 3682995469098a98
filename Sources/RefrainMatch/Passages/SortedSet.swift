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
    var i = 0
    var j = 0
    while i < count, j < other.count {
      if self[i] == other[j] {
        common.append(self[i])
        i += 1
        j += 1
      } else if self[i] < other[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return common
  }

  /// How many elements two ascending arrays of distinct elements share.
  ///
  /// Linear.
  func commonCount(with other: [Element]) -> Int {
    var common = 0
    var i = 0
    var j = 0
    while i < count, j < other.count {
      if self[i] == other[j] {
        common += 1
        i += 1
        j += 1
      } else if self[i] < other[j] {
        i += 1
      } else {
        j += 1
      }
    }
    return common
  }
}
