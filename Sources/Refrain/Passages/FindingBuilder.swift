// From a group of places to the finding that is reported.

import CXXHash
import RefrainCorpus
import RefrainMatch
import RefrainModel
import RefrainText

/// Makes findings: measures, classes, places and texts.
struct FindingBuilder {
  let texts: [LoadedText]
  let families: DocumentFamilies
  let settings: CheckSettings
  /// What changed; nil where that does not matter.
  let changes: ChangedLines?

  /// How many of a finding's places are measured against its first for its weight.
  private static let weighed = 32
  /// Characters of a duplicate document that are shown, at most.
  private static let glimpse = 160
  /// Words that a place may have where the first place has none.
  private static let slack = 8
  /// Bytes of context on either side of a passage.
  private static let context = 160

  /// The least Jaccard similarity of the word bigrams of two places, one of so many, without which they
  /// do not read as a repetition, whatever their words weigh.
  private static let leastLikeness = 20

  /// The finding of a group; nil where its places are too little alike.
  ///
  /// Its first place is one that changed, where that matters: the side that somebody can do something
  /// about.
  func finding(_ group: PassageGroup) -> Finding? {
    var group = group
    let isChanged = { place in
      let (path, lines) = lines(place)
      return changes?.touches(path, lines) ?? false
    }
    if let index = group.places.firstIndex(where: isChanged) {
      group.places.insert(group.places.remove(at: index), at: 0)
    }
    let first = group.places[0]
    let words = words(first)
    if group.places.count > 2 {
      for index in group.places.indices.dropFirst().prefix(Self.weighed) {
        group.places[index] = wholePlace(index, of: group)
      }
    }
    // Each place with its likeness to the first; those that have next to none are no repetition.
    let measured = group.places.enumerated().compactMap {
      index, place -> (place: PassageSpan, overlap: Overlap?)? in
      if index == 0 { return (place, nil) }
      let overlap = PassageSimilarity.overlap(words, self.words(place))
      let isAlike = overlap.shared * Self.leastLikeness >= overlap.union
      return group.isVerbatim || isAlike ? (place, overlap) : nil
    }
    if measured.count < 2 { return nil }
    group.places = measured.map(\.place)
    var best: Overlap?
    var weight = 0
    var isExact = true
    var occurrences: [Occurrence] = []
    for (index, (place, overlap)) in measured.enumerated() {
      if let overlap {
        let others = self.words(place)
        isExact = isExact && words.elementsEqual(others)
        if best.map({ overlap.jaccard > $0.jaccard }) ?? true { best = overlap }
        if index <= Self.weighed {
          let equal = WordAlignment(words, others).equalWords
          weight += equal * equal * 1024 / max(words.count, others.count)
        }
      }
      occurrences.append(occurrence(place, overlap))
    }
    let second = group.places[1]
    let alignment = WordAlignment(words, self.words(second))
    let isWithin = group.places.allSatisfy { $0.text == first.text }
    let named = namedPlace(group)
    var finding = Finding(
      id: Self.id(self.words(named), of: isWithin ? texts[first.text] : nil),
      kind: kind(group, isExact: isExact, alignment), scope: isWithin ? .within : .across,
      overlap: best ?? Overlap(shared: 0, left: 0, right: 0), words: words.count,
      longestRun: alignment.longestRun, occurrences: occurrences,
      difference: WordDifference(
        texts[first.text], first.words, texts[second.text], second.words, alignment),
      shared: isExact ? [] : shared(texts[first.text], alignment), weight: weight)
    finding.fingerprint = Self.hex(
      PassageSketch.fingerprint(group.places.map { PassageSketch.hash(self.words($0)) }))
    finding.sketch = PassageSketch.least(self.words(named))
    return finding
  }

  /// A place with what goes on at either side much as the first place does.
  ///
  /// A place that came to a group by its likeness to another one ends where that one's likeness ends,
  /// though the first place may go on, and this one with it.
  private func wholePlace(_ index: Int, of group: PassageGroup) -> PassageSpan {
    let (first, place) = (group.places[0], group.places[index])
    if words(first).elementsEqual(words(place)) { return place }
    let equal = WordAlignment(words(first), words(place)).stretches.filter { $0.kind == .equal }
    guard let head = equal.first, let tail = equal.last else { return place }
    let (theirs, own) = (texts[first.text].analysis.words, texts[place.text].analysis.words)
    var range = place.words
    let before = first.words.lowerBound..<head.first.lowerBound
    if head.second.lowerBound == range.lowerBound, !before.isEmpty {
      let near = max(0, range.lowerBound - before.count - Self.slack)..<range.lowerBound
      let more = Self.goesOn(theirs[before].reversed()[...], own[near].reversed()[...])
      range = (range.lowerBound - more)..<range.upperBound
    }
    let behind = tail.first.upperBound..<first.words.upperBound
    if tail.second.upperBound == range.upperBound, !behind.isEmpty {
      let near =
        range.upperBound..<min(own.count, range.upperBound + behind.count + Self.slack)
      range = range.lowerBound..<(range.upperBound + Self.goesOn(theirs[behind], own[near]))
    }
    let whole = PassageSpan(text: place.text, words: range)
    let meets = group.places.enumerated().contains {
      $0.offset != index && $0.element.common(with: whole) > 0
    }
    return meets ? place : whole
  }

  /// How many words of `own` go along with `theirs` from the start: up to where two thirds of the
  /// words on either side are equal and in order.
  private static func goesOn(_ theirs: ArraySlice<UInt64>, _ own: ArraySlice<UInt64>) -> Int {
    var equal = 0
    var words = 0
    for stretch in WordAlignment(theirs, own).stretches where stretch.kind == .equal {
      equal += stretch.first.count
      let (a, b) = (
        stretch.first.upperBound - theirs.startIndex, stretch.second.upperBound - own.startIndex
      )
      if equal * 3 >= max(a, b) * 2 { words = b }
    }
    return words
  }

  /// The place that names the finding, whatever the order in which texts were given.
  private func namedPlace(_ group: PassageGroup) -> PassageSpan {
    group.places.min { a, b in
      let (x, y) = (texts[a.text], texts[b.text])
      if x.path != y.path { return x.path < y.path }
      if x.recordLine != y.recordLine { return (x.recordLine ?? 0) < (y.recordLine ?? 0) }
      return a.words.lowerBound < b.words.lowerBound
    } ?? group.places[0]
  }

  /// The lines of a place in its file.
  private func lines(_ span: PassageSpan) -> (path: String, lines: ClosedRange<Int>) {
    let text = texts[span.text]
    if let line = text.recordLine { return (text.path, line...line) }
    let (start, end) = text.place(of: text.extent(of: span.words))
    return (text.path, start.line...max(start.line, end.line))
  }

  /// The finding of a family of duplicate documents.
  func duplicateDocument(_ members: [Int]) -> Finding {
    let first = texts[members[0]]
    var occurrences: [Occurrence] = []
    var best: Overlap?
    var weight = 0
    let holders = changes == nil ? [:] : self.holders(members)
    for member in members {
      let text = texts[member]
      let overlap = families.overlaps[member]
      if let overlap {
        if best.map({ overlap.jaccard > $0.jaccard }) ?? true { best = overlap }
        let n = text.analysis.words.count
        weight += n * 1024 * overlap.shared / max(1, overlap.union)
      }
      let start = text.string(text.head(640))
      let (place, end) = (text.lines.place(of: 0), text.lines.place(of: text.prose.map.sourceEnd))
      var occurrence = Occurrence(
        path: text.path, id: text.id, recordLine: text.recordLine, start: place, end: end,
        text: Self.glimpse(of: start), overlap: overlap)
      occurrence.changedLines = changedRepetition(member, holders)
      occurrences.append(occurrence)
    }
    let words = first.analysis.words
    let isExact = members.allSatisfy { texts[$0].analysis.words == words }
    let named = members.min { texts[$0].path < texts[$1].path } ?? members[0]
    var finding = Finding(
      id: Self.hex(Self.hash(of: texts[named])),
      kind: .duplicateDocument, scope: .across,
      overlap: best ?? Overlap(shared: 0, left: 0, right: 0), words: words.count,
      longestRun: isExact ? words.count : 0, occurrences: occurrences,
      difference: WordDifference(
        pieces: [], equalWords: isExact ? words.count : 0, firstWords: words.count,
        secondWords: texts[members[1]].analysis.words.count,
        longestRun: isExact ? words.count : 0),
      shared: [], weight: weight)
    finding.fingerprint = Self.hex(
      PassageSketch.fingerprint(members.map { PassageSketch.hash(texts[$0].analysis.words[...]) }))
    finding.sketch = PassageSketch.least(texts[named].analysis.words[...])
    return finding
  }

  /// Lines of a document that changed and that say what another one of its family says; nil where what
  /// changed is its own.
  ///
  /// Who adds a sentence to a copy of another page has repeated nothing.
  private func changedRepetition(_ member: Int, _ holders: [UInt64: Int]) -> ClosedRange<Int>? {
    let text = texts[member]
    guard let changes else { return nil }
    if let line = text.recordLine { return changes.longest(in: text.path, line...line) }
    guard changes.touches(text.path) else { return nil }
    for (sentence, hash) in text.analysis.sentenceHashes.enumerated() {
      let words = text.analysis.words(of: sentence)
      guard words.count >= settings.leastWords, holders[hash, default: 0] > 1 else { continue }
      let place = lines(PassageSpan(text: member, words: words))
      if let changed = changes.longest(in: place.path, place.lines) { return changed }
    }
    return nil
  }

  /// In how many documents of a family each sentence stands, by its hash.
  private func holders(_ members: [Int]) -> [UInt64: Int] {
    var holders: [UInt64: Int] = [:]
    for member in members {
      for hash in Set(texts[member].analysis.sentenceHashes) { holders[hash, default: 0] += 1 }
    }
    return holders
  }

  /// The first words of a text.
  private static func glimpse(of text: String) -> String {
    let head = text.prefix(glimpse)
    if head.count == text.count { return text }
    return String(head.lastIndex(where: \.isWhitespace).map { head[..<$0] } ?? head)
  }

  private func kind(
    _ group: PassageGroup, isExact: Bool, _ alignment: WordAlignment
  ) -> FindingKind {
    let documents = Set(group.places.map { families.first[$0.text] })
    if documents.count >= settings.boilerplateDocuments { return .boilerplate }
    // Words in quotation marks are repeated by right, where they are the same words.
    let words = group.places[0].words.count
    if alignment.longestRun * 5 >= words * 3,
      group.places.contains(where: { texts[$0.text].quotes($0.words) })
    {
      return .quotation
    }
    return isExact ? .exactRepeat : .nearRepeat
  }

  /// The stretches that stand in both places and say something.
  private func shared(_ text: LoadedText, _ alignment: WordAlignment) -> [String] {
    alignment.stretches.compactMap { stretch in
      guard stretch.kind == .equal,
        PassageLikeness.holdsContent(text.analysis.stems[stretch.first])
      else { return nil }
      return text.string(text.analysis.bytes(of: stretch.first))
        .split { $0.isWhitespace }.joined(separator: " ")
    }
  }

  private func words(_ span: PassageSpan) -> ArraySlice<UInt64> {
    texts[span.text].analysis.words[span.words]
  }

  private func occurrence(_ span: PassageSpan, _ overlap: Overlap?) -> Occurrence {
    let text = texts[span.text]
    let bytes = text.extent(of: span.words)
    let (start, end) = text.place(of: bytes)
    var occurrence = Occurrence(
      path: text.path, id: text.id, recordLine: text.recordLine, start: start, end: end,
      text: text.string(bytes), overlap: overlap)
    occurrence.sentenceStarts = text.sentenceStarts(in: span.words, from: bytes.start)
    occurrence.before = text.context(before: bytes.start, atMost: Self.context)
    occurrence.after = text.context(after: bytes.end, atMost: Self.context)
    if let changes {
      let place = lines(span)
      occurrence.changedLines = changes.longest(in: place.path, place.lines)
    }
    return occurrence
  }

  /// The id of a passage: of its words, and of the document where that is the only one.
  private static func id(_ words: ArraySlice<UInt64>, of text: LoadedText?) -> String {
    let seed = text.map { hash(of: $0) } ?? 0
    return hex(words.withUnsafeBytes { refrain_xxh3_64_seeded($0.baseAddress, $0.count, seed) })
  }

  /// A hash of what a document is called.
  private static func hash(of text: LoadedText) -> UInt64 {
    var name = "\(text.path)\u{0}\(text.id?.description ?? "")"
    return name.withUTF8 { refrain_xxh3_64_seeded($0.baseAddress, $0.count, 1) }
  }

  private static func hex(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
