// Looking for what closes a mark, again and again, from one place after the other.

/// Finds the next place of a mark, and remembers it: searches whose starts only grow take linear time in all,
/// however many marks nothing closes.
struct ForwardSearch {
  private let bytes: [UInt8]
  /// The next place of each mark from its last search on; the end of the bytes where there is none.
  private var next: [[UInt8]: Int] = [:]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The first place of `mark`, which is not empty, at or behind `start`, before `end`.
  ///
  /// Starts must not shrink from call to call with one mark.
  mutating func index(of mark: StaticString, from start: Int, before end: Int) -> Int? {
    let mark = mark.withUTF8Buffer(Array.init)
    if let known = next[mark], known >= start {
      return known + mark.count <= end ? known : nil
    }
    var at = start
    var place = bytes.count
    while at + mark.count <= bytes.count, let found = bytes.nextIndex(of: mark[0], from: at) {
      if bytes[found...].starts(with: mark) {
        place = found
        break
      }
      at = found + 1
    }
    next[mark] = place
    return place + mark.count <= min(end, bytes.count) ? place : nil
  }
}
