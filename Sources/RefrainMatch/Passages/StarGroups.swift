// Pairs of places to passages with all their places, for matches that come in millions.

/// Groups matches around the first place of each passage.
///
/// Spans of one text that hold most of each other are one place. Places that matches join are one passage as
/// far as each is like the first of them; a match of two places that this parts is a passage of its own, with
/// those that share its first place. So each match is told once, and chains of places that have less and less
/// to do with each other are not. O(n log n) in the matches, and a comparison a place.
package enum StarGroups {
  /// One side of a match.
  private struct Side {
    var span: PassageSpan
    var match: Int
    var isSecond: Bool
  }

  /// The groups, by first place.
  ///
  /// - Parameter isLike: whether a place is like the first one of its passage.
  package static func group(
    _ matches: [PassageMatch], isLike: (PassageSpan, PassageSpan) -> Bool
  ) -> [PassageGroup] {
    let (places, ends) = places(of: matches)
    var parents = Array(places.indices)
    func root(_ place: Int) -> Int {
      var place = place
      while parents[place] != place {
        parents[place] = parents[parents[place]]
        place = parents[place]
      }
      return place
    }
    for (a, b) in ends {
      let (x, y) = (root(a), root(b))
      // The earliest place is the root.
      if x != y { parents[max(x, y)] = min(x, y) }
    }
    // For each place the first one of its passage, or itself where it is not like that one.
    let first = places.indices.map { place in
      let root = root(place)
      return root == place || isLike(places[root], places[place]) ? root : place
    }
    var groups: [Int: PassageGroup] = [:]
    func add(_ places: some Sequence<PassageSpan>, _ match: PassageMatch, to key: Int) {
      var group =
        groups[key]
        ?? PassageGroup(places: [], score: 0, weight: 0, isVerbatim: false, isHint: true)
      group.places += places
      group.score = max(group.score, match.score)
      group.weight = max(group.weight, match.weight)
      group.isVerbatim = group.isVerbatim || match.isVerbatim
      group.isHint = group.isHint && match.isHint
      if (group.measures?.shared ?? 0) < (match.measures?.shared ?? 0) {
        group.measures = match.measures
      }
      groups[key] = group
    }
    for (match, end) in zip(matches, ends) where end.0 != end.1 {
      let (a, b) = end
      if first[a] == first[b] {
        add([places[first[a]], places[a], places[b]], match, to: first[a])
      } else {
        // Keys above those of places: one for each first place of such matches.
        add([places[min(a, b)], places[max(a, b)]], match, to: places.count + min(a, b))
      }
    }
    return groups.values.map { group in
      var group = group
      group.places = group.places.sortedDistinct()
      return group
    }.sorted { $0.places.lexicographicallyPrecedes($1.places) }
  }

  /// The distinct places, in order, and for each match the two that it joins.
  private static func places(
    of matches: [PassageMatch]
  ) -> (places: [PassageSpan], ends: [(Int, Int)]) {
    var sides: [Side] = []
    sides.reserveCapacity(matches.count * 2)
    for (index, match) in matches.enumerated() {
      sides.append(Side(span: match.first, match: index, isSecond: false))
      sides.append(Side(span: match.second, match: index, isSecond: true))
    }
    sides.sort { ($0.span, $0.match) < ($1.span, $1.match) }
    var places: [PassageSpan] = []
    var ends = [(Int, Int)](repeating: (0, 0), count: matches.count)
    for side in sides {
      let place = places.indices.suffix(nearest).last { isOne(places[$0], side.span) }
      let index = place ?? places.count
      if place == nil { places.append(side.span) }
      if side.isSecond { ends[side.match].1 = index } else { ends[side.match].0 = index }
    }
    return (places, ends)
  }

  /// So many of the places before a span may be the one that it is: they overlap.
  private static let nearest = 16

  /// Whether what two spans share is most of either.
  private static func isOne(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    a.common(with: b) * 2 > max(a.words.count, b.words.count)
  }
}
