// The places of a finding, each measured against the first: how far it goes, how alike it is, and how
// its words go along. One alignment a place serves for all that is said of it.

import RefrainMatch
import RefrainModel
import RefrainText

/// A place with what is known of it and the first place.
struct MeasuredPlace {
  var span: PassageSpan
  /// nil for the first place.
  var overlap: Overlap?
  /// nil for the first place, and for those behind the first `FindingBuilder.weighed`.
  var alignment: WordAlignment?
}

extension FindingBuilder {
  /// Words that a place may have where the first place has none.
  private static let slack = 8
  /// The least Jaccard similarity of the word bigrams of two places, one of so many, without which they
  /// do not read as a repetition, whatever their words weigh.
  private static let leastLikeness = 20

  /// The places of a group, the first one first; those that have next to no likeness to it are no
  /// repetition, and left out.
  func measured(_ group: PassageGroup) -> [MeasuredPlace] {
    var places = likePlaces(group)
    for index in places.indices.dropFirst().prefix(Self.weighed)
    where places[index].alignment == nil {
      places[index].alignment = alignment(places[0].span, places[index].span)
    }
    return places
  }

  /// The same, aligned only as far as it takes to know the places.
  func likePlaces(_ group: PassageGroup) -> [MeasuredPlace] {
    var group = group
    let first = tokens.hashes(group.places[0])
    let bigrams = PassageSketch.bigrams(first)
    var places = group.places.map { MeasuredPlace(span: $0) }
    if places.count > 2 {
      for index in places.indices.dropFirst().prefix(Self.weighed) {
        places[index] = wholePlace(index, of: group)
        group.places[index] = places[index].span
      }
    }
    for index in places.indices.dropFirst() {
      let words = tokens.hashes(places[index].span)
      places[index].overlap =
        words == first
        ? Overlap(shared: bigrams.count, left: bigrams.count, right: bigrams.count)
        : PassageSimilarity.overlap(ofBigrams: bigrams, PassageSketch.bigrams(words))
    }
    return places.filter { place in
      guard let overlap = place.overlap, !group.isVerbatim, group.measures == nil else {
        return true
      }
      return overlap.shared * Self.leastLikeness >= overlap.union
    }
  }

  /// How the words of two places go along, numbered as they are in their texts.
  func alignment(_ a: PassageSpan, _ b: PassageSpan) -> WordAlignment {
    WordAlignment(tokens.hashes(a), tokens.hashes(b))
      .moved(a.words.lowerBound, b.words.lowerBound)
  }

  /// A place with what goes on at either side much as the first place does.
  ///
  /// A place that came to a group by its likeness to another one ends where that one's likeness ends,
  /// though the first place may go on, and this one with it.
  private func wholePlace(_ index: Int, of group: PassageGroup) -> MeasuredPlace {
    let (first, place) = (group.places[0], group.places[index])
    let alignment = alignment(first, place)
    let known = MeasuredPlace(span: place, overlap: nil, alignment: alignment)
    if tokens.hashes(first).elementsEqual(tokens.hashes(place)) { return known }
    let equal = alignment.stretches.filter { $0.kind == .equal }
    guard let head = equal.first, let tail = equal.last else { return known }
    let (theirs, own) = (tokens.text(first.text), tokens.text(place.text))
    var range = place.words
    let before = first.words.lowerBound..<head.first.lowerBound
    if head.second.lowerBound == range.lowerBound, !before.isEmpty {
      let near = max(0, range.lowerBound - before.count - Self.slack)..<range.lowerBound
      let more = Self.goesOn(theirs.hashes(before).reversed(), own.hashes(near).reversed())
      range = (range.lowerBound - more)..<range.upperBound
    }
    let behind = tail.first.upperBound..<first.words.upperBound
    if tail.second.upperBound == range.upperBound, !behind.isEmpty {
      let near =
        range.upperBound..<min(own.count, range.upperBound + behind.count + Self.slack)
      let more = Self.goesOn(theirs.hashes(behind), own.hashes(near))
      range = range.lowerBound..<(range.upperBound + more)
    }
    if range == place.words { return known }
    let whole = PassageSpan(
      text: place.text, words: TokenEdges.whole(range, in: own))
    let meets = group.places.enumerated().contains {
      $0.offset != index && $0.element.common(with: whole) > 0
    }
    return meets ? known : MeasuredPlace(span: whole, overlap: nil, alignment: nil)
  }

  /// How many words of `own` go along with `theirs` from the start: up to where two thirds of the
  /// words on either side are equal and in order.
  private static func goesOn(_ theirs: [UInt64], _ own: [UInt64]) -> Int {
    var equal = 0
    var words = 0
    for stretch in WordAlignment(theirs[...], own[...]).stretches where stretch.kind == .equal {
      equal += stretch.first.count
      let (a, b) = (stretch.first.upperBound, stretch.second.upperBound)
      if equal * 3 >= max(a, b) * 2 { words = b }
    }
    return words
  }
}
