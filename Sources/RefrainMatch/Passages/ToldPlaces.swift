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

  /// A group without places that are told with an earlier one of it; nil where one place at most is left.
  ///
  /// Where two places say more to each other than to a third, they are told as a passage of their own, and what they
  /// share with the third is told with the first of them.
  /// - Parameter isLike: whether a place is so like the first one of its group that it is told for sure.
  package func without(
    _ group: PassageGroup, isLike: (PassageSpan, PassageSpan) -> Bool
  ) -> PassageGroup? {
    var tellers: Set<Int> = []
    var group = group
    group.places = group.places.filter { place in
      let own = spots.near(place).filter {
        holdsNearlyAll($0, place) && isTold($0, isLike)
      }.map(\.group)
      if own.contains(where: tellers.contains) { return false }
      tellers.formUnion(own)
      return true
    }
    return group.places.count > 1 ? group : nil
  }

  private func isTold(
    _ spot: PlaceIndex.Spot, _ isLike: (PassageSpan, PassageSpan) -> Bool
  ) -> Bool {
    let places = groups[spot.group].places
    return spot.place == 0 || isLike(places[0], places[spot.place])
  }

  private func holdsNearlyAll(_ spot: PlaceIndex.Spot, _ span: PassageSpan) -> Bool {
    groups[spot.group].places[spot.place].common(with: span) * 8 >= span.words.count * 7
  }

  private func holds(_ spot: PlaceIndex.Spot, _ span: PassageSpan) -> Bool {
    groups[spot.group].places[spot.place].common(with: span) * 2 > span.words.count
  }
}
