// How many documents gather around a place, whichever groups they are in.

/// The places of groups, to see what is a pattern though it came in pairs.
package struct PlaceCrowds: Sendable {
  /// So many groups at one place are looked at; more are a pattern already.
  private static let mostAtOnce = 256

  private let groups: [PassageGroup]
  /// By group, the documents in which it stands, each once.
  private let holders: [[Int]]
  private var spots = PlaceIndex()

  package init(_ groups: [PassageGroup]) {
    self.groups = groups
    holders = groups.map { group in
      // Places are in order, so those of one document come one after the other.
      group.places.reduce(into: []) { if $0.last != $1.text { $0.append($1.text) } }
    }
    for (index, group) in groups.enumerated() {
      for (place, span) in group.places.enumerated() {
        spots.insert(span, group: index, place: place)
      }
    }
  }

  /// In how many documents the groups stand that have a place where the first or second of these is.
  ///
  /// A place is there where either holds half of the other. Counts no further than `limit`.
  package func documents(around places: [PassageSpan], limit: Int) -> Int {
    var documents: Set<Int> = []
    for place in places.prefix(2) {
      for spot in spots.near(place).prefix(Self.mostAtOnce) {
        let other = groups[spot.group].places[spot.place]
        let common = other.common(with: place)
        guard common * 2 >= place.words.count, common * 2 >= other.words.count else { continue }
        for holder in holders[spot.group] {
          documents.insert(holder)
          if documents.count >= limit { return limit }
        }
      }
    }
    return documents.count
  }
}
