// Pairs to findings: one finding a passage, with all the places where it stands.

/// A passage and the places where it stands.
package struct PassageGroup: Hashable, Sendable {
  /// In order; the first is what the others are compared with.
  package var places: [PassageSpan]
  /// The best score of the matches in it.
  package var score: Int
  /// What the words weigh that stand in both places of its best match, in sixteenths of a bit.
  package var weight: Int
  package var isVerbatim: Bool
  /// Whether all its matches are hints.
  package var isHint: Bool
  /// What was measured of two sentences of an article, where its best match is of such.
  package var measures: SentenceMeasures?
}

/// Groups matches that share a place.
package struct PassageGroups {
  /// Words by which a run may overhang a place that stands for it.
  private static let overhang = 4
  /// Places of a group that another place has to be like; groups of boilerplate have thousands.
  private static let representatives = 64

  private var groups: [PassageGroup] = []
  private var spots = PlaceIndex()
  private let isAlike: (PassageSpan, PassageSpan) -> Bool

  /// The groups, by first place; places of one group do not overlap.
  ///
  /// Spans of one text that hold half of each other are one place. Verbatim and then strong matches
  /// come first; a match with one place in a group brings its other place in if that place is like
  /// those there, as `isAlike` says. If it is not, the match is a group of its own when it is strong,
  /// and otherwise is left out, for what it has to say is half told already. A verbatim match is
  /// always told: some group holds both its places, but for a few words at an edge. O(matches *
  /// places that overlap).
  package static func group(
    _ matches: [PassageMatch], strong: Int, isAlike: @escaping (PassageSpan, PassageSpan) -> Bool
  ) -> [PassageGroup] {
    var work = PassageGroups(isAlike: isAlike)
    let byStrength = matches.sorted {
      if $0.isVerbatim != $1.isVerbatim { return $0.isVerbatim }
      return $0.score != $1.score ? $0.score > $1.score : PassageMatch.inOrder($0, $1)
    }
    for match in byStrength {
      let isTaken = work.take(match)
      if !isTaken, match.isVerbatim || match.score >= strong { work.append(match) }
    }
    return work.finish()
  }

  private init(isAlike: @escaping (PassageSpan, PassageSpan) -> Bool) { self.isAlike = isAlike }

  /// Finds a match its group, or makes it one; false where what is there has no room for it.
  private mutating func take(_ match: PassageMatch) -> Bool {
    if !match.isVerbatim, isTold(match) { return true }
    let first = holding(match.first)
    let second = holding(match.second)
    if let both = first.first(where: second.contains) {
      return !match.isVerbatim || widen(both, match)
    }
    if let a = first.first, let b = second.first {
      // Two groups of one passage: they met only now, since each had stronger matches of its own.
      guard isAlike(groups[a].places[0], groups[b].places[0]), merge(min(a, b), max(a, b))
      else { return false }
      return !match.isVerbatim || widen(min(a, b), match)
    }
    guard let index = first.first ?? second.first else {
      append(match)
      return true
    }
    let span = first.isEmpty ? match.first : match.second
    guard groups[index].places.prefix(Self.representatives).allSatisfy({ isAlike($0, span) }),
      places(of: index, near: span).allSatisfy({ $0.common(with: span) == 0 }),
      !match.isVerbatim || widen(index, match)
    else { return false }
    add(span, to: index)
    return true
  }

  /// Whether some group has two places of which each holds half of one side of a match, or the match
  /// half of it.
  private func isTold(_ match: PassageMatch) -> Bool {
    let first = spots.near(match.first).filter { isHalf($0, match.first) }
    if first.isEmpty { return false }
    // The places of each group on the other side: one, and whether there are more.
    var second: [Int: (place: Int, isAlone: Bool)] = [:]
    for spot in spots.near(match.second) where isHalf(spot, match.second) {
      let isNew = second[spot.group] == nil
      second[spot.group] = (spot.place, isNew)
    }
    return first.contains { spot in
      second[spot.group].map { !$0.isAlone || $0.place != spot.place } ?? false
    }
  }

  private func isHalf(_ spot: PlaceIndex.Spot, _ span: PassageSpan) -> Bool {
    let place = groups[spot.group].places[spot.place]
    return place.common(with: span) * 2 >= min(place.words.count, span.words.count)
  }

  /// The groups that have a place which is this span.
  private func holding(_ span: PassageSpan) -> [Int] {
    spots.near(span).filter { Self.isSamePlace(groups[$0.group].places[$0.place], span) }
      .map(\.group)
  }

  /// The places of a group near a span.
  private func places(of group: Int, near span: PassageSpan) -> [PassageSpan] {
    spots.near(span).filter { $0.group == group }.map { groups[group].places[$0.place] }
  }

  private mutating func add(_ span: PassageSpan, to group: Int) {
    spots.insert(span, group: group, place: groups[group].places.count)
    groups[group].places.append(span)
  }

  private mutating func append(_ match: PassageMatch) {
    groups.append(
      PassageGroup(
        places: [], score: match.score, weight: match.weight, isVerbatim: match.isVerbatim,
        isHint: match.isHint, measures: match.measures))
    add(match.first, to: groups.count - 1)
    add(match.second, to: groups.count - 1)
  }

  /// Lets the places of a group that stand for those of a verbatim match hold all of it; false where
  /// one would meet another place.
  private mutating func widen(_ group: Int, _ match: PassageMatch) -> Bool {
    for span in [match.first, match.second] {
      guard widen(group, span) else { return false }
    }
    groups[group].isVerbatim = true
    return true
  }

  private mutating func widen(_ group: Int, _ span: PassageSpan) -> Bool {
    let own = spots.near(span).first {
      $0.group == group && Self.isSamePlace(groups[group].places[$0.place], span)
    }
    guard let own else { return true }
    let place = groups[group].places[own.place]
    if span.words.count - place.common(with: span) <= Self.overhang { return true }
    let wide = place.union(span)
    let meets = spots.near(wide).contains {
      $0.group == group && $0.place != own.place
        && groups[group].places[$0.place].common(with: wide) > 0
    }
    if meets { return false }
    groups[group].places[own.place] = wide
    spots.widen(own, from: place, to: wide)
    return true
  }

  /// Moves the places of one group to another; false where they would meet.
  private mutating func merge(_ kept: Int, _ gone: Int) -> Bool {
    let coming = groups[gone].places
    for place in coming {
      let there = places(of: kept, near: place)
      let isThere = there.contains { Self.isSamePlace($0, place) }
      if !isThere, there.contains(where: { $0.common(with: place) > 0 }) { return false }
      if isThere, groups[gone].isVerbatim, !widen(kept, place) { return false }
    }
    for place in coming { spots.remove(place, group: gone) }
    for place in coming
    where !places(of: kept, near: place).contains(where: { Self.isSamePlace($0, place) }) {
      add(place, to: kept)
    }
    groups[kept].isVerbatim = groups[kept].isVerbatim || groups[gone].isVerbatim
    groups[gone].places = []
    return true
  }

  private consuming func finish() -> [PassageGroup] {
    let whole = groups.filter { !$0.places.isEmpty }
    groups = whole
    spots = PlaceIndex()
    for index in groups.indices {
      groups[index].places.sort()
      for (place, span) in groups[index].places.enumerated() {
        spots.insert(span, group: index, place: place)
      }
    }
    return groups.filter { !isTold($0) }.sorted { $0.places[0] < $1.places[0] }
  }

  /// Whether a group lies within one text, all of it inside one place of a passage that came from
  /// another, which repeats it too: what a pasted paragraph says twice is said where it came from.
  private func isTold(_ group: PassageGroup) -> Bool {
    let text = group.places[0].text
    guard group.places.allSatisfy({ $0.text == text }) else { return false }
    return spots.near(group.places[0]).contains { spot in
      let source = groups[spot.group].places[0]
      guard source.text < text, Self.holds(groups[spot.group].places[spot.place], group)
      else { return false }
      return spots.near(source).contains { other in
        let origin = groups[other.group]
        return origin.places.count >= group.places.count && Self.holds(source, origin)
          && isAlike(origin.places[0], group.places[0])
      }
    }
  }

  /// Whether all places of a group lie inside a span.
  private static func holds(_ span: PassageSpan, _ group: PassageGroup) -> Bool {
    group.places.allSatisfy { $0.common(with: span) == $0.words.count }
  }

  /// Whether two spans are one place: what they share is half of either.
  private static func isSamePlace(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    let common = a.common(with: b)
    return common > 0 && common * 2 >= max(a.words.count, b.words.count)
  }
}
