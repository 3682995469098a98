// Looking for what closes a mark, again and again, from one place after the other.

/// Finds the next place of a mark, and remembers it: searches whose starts only grow take linear time in all,
/// however many marks nothing closes.
struct ForwardSearch {
  private let bytes: [UInt8]
  /// The next place of each mark from its last search on; the end of the bytes where there is none.
  private var next: [(mark: UInt64, place: Int)] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The first place of `mark`, which has one to eight bytes, at or behind `start`, before `end`.
  ///
  /// Starts must not shrink from call to call with one mark.
  mutating func index(of mark: StaticString, from start: Int, before end: Int) -> Int? {
    // There are few marks.
    let key = mark.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt64($1) } }
    let known = next.firstIndex { $0.mark == key }
    if let known, next[known].place >= start {
      let place = next[known].place
      return place + mark.utf8CodeUnitCount <= end ? place : nil
    }
    let place = search(mark, from: start)
    if let known { next[known].place = place } else { next.append((key, place)) }
    return place + mark.utf8CodeUnitCount <= min(end, bytes.count) ? place : nil
  }

  private func search(_ mark: StaticString, from start: Int) -> Int {
    let first = mark.withUTF8Buffer { $0[0] }
    var at = start
    while let found = bytes.nextIndex(of: first, from: at) {
      if bytes.holds(mark, at: found) { return found }
      at = found + 1
    }
    return bytes.count
  }
}
