// Binary search: written once, since the edges are easy to get wrong.

extension Range<Int> {
  /// The first number of the range that is `beyond`, or the end where none is; all behind it must be
  /// beyond, too.
  ///
  /// O(log count).
  @inlinable
  package func partitionPoint(_ beyond: (Int) -> Bool) -> Int {
    var low = lowerBound
    var high = upperBound
    while low < high {
      let middle = low + (high - low) / 2
      if beyond(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
