// Pairs to findings: one finding a passage, with all the places where it stands.

/// A passage and the places where it stands.
package struct PassageGroup: Hashable, Sendable {
  /// In order; the first is what the others are compared with.
  package var places: [PassageSpan]
  /// The best score of the matches in it.
  package var score: Int
  package var isVerbatim: Bool
}

/// Groups matches that share a place.
package enum PassageGroups {
  /// The groups, by first place.
  ///
  /// Spans of one text that hold most of each other are one place. Strong matches come first; a match
  /// with one place in a group brings its other place in if that place is like each place there, as
  /// `isAlike` says. If it is not, the match is a group of its own when it is strong, and otherwise
  /// is left out, for what it has to say is half told already. O(matches * places near).
  package static func group(
    _ matches: [PassageMatch], strong: Int, isAlike: (PassageSpan, PassageSpan) -> Bool
  ) -> [PassageGroup] {
    var groups: [PassageGroup] = []
    var groupsOfText: [Int: [Int]] = [:]
    let byStrength = matches.sorted {
      $0.score != $1.score ? $0.score > $1.score : PassageMatch.inOrder($0, $1)
    }
    func group(holding span: PassageSpan) -> Int? {
      groupsOfText[span.text, default: []].first { index in
        groups[index].places.contains { isSamePlace($0, span) }
      }
    }
    func add(_ span: PassageSpan, to index: Int) {
      groups[index].places.append(span)
      if groupsOfText[span.text]?.last != index {
        groupsOfText[span.text, default: []].append(index)
      }
    }
    for match in byStrength {
      let first = group(holding: match.first)
      let second = group(holding: match.second)
      switch (first, second) {
      case (let a?, let b?) where a == b:
        groups[a].isVerbatim = groups[a].isVerbatim || match.isVerbatim
      case (let index?, nil), (nil, let index?):
        let span = first == nil ? match.first : match.second
        if groups[index].places.allSatisfy({ isAlike($0, span) }) {
          add(span, to: index)
          groups[index].isVerbatim = groups[index].isVerbatim || match.isVerbatim
        } else if match.isVerbatim || match.score >= strong {
          append(match)
        }
      case (nil, nil): append(match)
      case (let a?, let b?):
        // Two groups of one passage: they met only now, since each had stronger matches of its own.
        if isAlike(groups[a].places[0], groups[b].places[0]) {
          let (kept, gone) = (min(a, b), max(a, b))
          for place in groups[gone].places
          where !groups[kept].places.contains(where: { isSamePlace($0, place) }) {
            add(place, to: kept)
          }
          groups[kept].isVerbatim = groups[kept].isVerbatim || groups[gone].isVerbatim
          groups[gone].places = []
        } else if match.isVerbatim || match.score >= strong {
          append(match)
        }
      }
    }
    func append(_ match: PassageMatch) {
      groups.append(
        PassageGroup(places: [], score: match.score, isVerbatim: match.isVerbatim))
      add(match.first, to: groups.count - 1)
      add(match.second, to: groups.count - 1)
    }
    for index in groups.indices { groups[index].places.sort() }
    let whole = groups.filter { !$0.places.isEmpty }.sorted { $0.places[0] < $1.places[0] }
    return whole.filter { !isTold($0, groupsOfText, groups) }
  }

  /// Whether a group lies within one text, all of it inside one place of a passage that came from
  /// another: what a pasted paragraph repeats in itself is said where it came from.
  private static func isTold(
    _ group: PassageGroup, _ groupsOfText: [Int: [Int]], _ groups: [PassageGroup]
  ) -> Bool {
    let text = group.places[0].text
    guard group.places.allSatisfy({ $0.text == text }) else { return false }
    return groupsOfText[text, default: []].contains { index in
      let other = groups[index].places
      guard let first = other.first, first.text < text else { return false }
      return other.contains { place in
        group.places.allSatisfy { $0.common(with: place) == $0.words.count }
      }
    }
  }

  /// Whether two spans are one place: what they share is most of either.
  private static func isSamePlace(_ a: PassageSpan, _ b: PassageSpan) -> Bool {
    let common = a.common(with: b)
    return common * 2 > max(a.words.count, b.words.count)
  }
}
