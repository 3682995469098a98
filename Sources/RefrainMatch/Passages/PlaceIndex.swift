// Which places of passages lie near a span, without looking at all of a text that repeats itself
// thousands of times.

/// Finds places by the cells of some words that they touch.
///
/// A place costs as many cells as it touches, and so does a search.
struct PlaceIndex {
  /// A place as the groups hold it: `groups[group].places[place]`.
  struct Spot: Hashable {
    var group: Int
    var place: Int
    /// Counts up from spot to spot.
    fileprivate var number: Int
  }

  /// Words of a cell, as a power of two.
  private static let cellBits = 5

  private struct Cell: Hashable {
    var text: Int
    var index: Int
  }

  private var cells: [Cell: [Spot]] = [:]
  private var count = 0

  private static func cells(of span: PassageSpan) -> Range<Int> {
    let last = max(span.words.lowerBound, span.words.upperBound - 1)
    return span.words.lowerBound >> cellBits..<(last >> cellBits + 1)
  }

  /// The spots in the cells that a span touches, each once, in the order in which they came: all that
  /// overlap it, and some that do not.
  func near(_ span: PassageSpan) -> [Spot] {
    var near: [Spot] = []
    for index in Self.cells(of: span) {
      if let spots = cells[Cell(text: span.text, index: index)] { near += spots }
    }
    if near.count < 2 { return near }
    near.sort { $0.number < $1.number }
    var kept = 1
    for index in near.indices.dropFirst() where near[index].number != near[kept - 1].number {
      near[kept] = near[index]
      kept += 1
    }
    near.removeSubrange(kept...)
    return near
  }

  /// Adds a place.
  mutating func insert(_ span: PassageSpan, group: Int, place: Int) {
    let spot = Spot(group: group, place: place, number: count)
    count += 1
    for index in Self.cells(of: span) {
      cells[Cell(text: span.text, index: index), default: []].append(spot)
    }
  }

  /// Lets a spot stand for a wider place than before.
  mutating func widen(_ spot: Spot, from old: PassageSpan, to new: PassageSpan) {
    let known = Self.cells(of: old)
    for index in Self.cells(of: new) where !known.contains(index) {
      cells[Cell(text: new.text, index: index), default: []].append(spot)
    }
  }

  /// Takes the spots of a group out of the cells that a place of it touches.
  mutating func remove(_ span: PassageSpan, group: Int) {
    for index in Self.cells(of: span) {
      cells[Cell(text: span.text, index: index)]?.removeAll { $0.group == group }
    }
  }
}
