// Half-open ranges of bytes: the one way in which Refrain names a stretch of text.

/// A half-open range of byte offsets, `start ..< end`.
public struct ByteRange: Hashable, Sendable, Comparable {
  public var start: Int
  public var end: Int

  /// A range from `start` up to but without `end`; `end` is raised to `start` where it lies below.
  public init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = max(start, end)
  }

  public var count: Int { end - start }
  public var isEmpty: Bool { end == start }

  /// Whether the two share at least one byte.
  public func overlaps(_ other: ByteRange) -> Bool { start < other.end && other.start < end }

  /// The bytes that both hold; nil where they share none.
  public func intersection(_ other: ByteRange) -> ByteRange? {
    let low = max(start, other.start)
    let high = min(end, other.end)
    return low < high ? ByteRange(low, high) : nil
  }

  /// The least range that covers both.
  public func union(_ other: ByteRange) -> ByteRange {
    ByteRange(min(start, other.start), max(end, other.end))
  }

  /// By start, then by end.
  public static func < (a: ByteRange, b: ByteRange) -> Bool {
    (a.start, a.end) < (b.start, b.end)
  }
}
