// What is told already.

/// The places of groups, to see whether a match says anything that they do not.
package struct ToldPlaces {
  private let groups: [PassageGroup]
  private var spots = PlaceIndex()

  package init(_ groups: [PassageGroup]) {
    self.groups = groups
    for (index, group) in groups.enumerated() {
      for (place, span) in group.places.enumerated() {
        spots.insert(span, group: index, place: place)
      }
    }
  }

  /// Whether some group has two places that hold most of either side of a match.
  package func tell(_ match: PassageMatch) -> Bool {
    let first = spots.near(match.first).filter { holds($0, match.first) }
    if first.isEmpty { return false }
    let second = spots.near(match.second).filter { holds($0, match.second) }
    return first.contains { a in second.contains { $0.group == a.group && $0.place != a.place } }
  }

  private func holds(_ spot: PlaceIndex.Spot, _ span: PassageSpan) -> Bool {
    groups[spot.group].places[spot.place].common(with: span) * 2 > span.words.count
  }
}
