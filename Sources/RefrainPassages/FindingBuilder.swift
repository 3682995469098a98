// From a group of places to the finding that is reported.

import CXXHash
import RefrainMatch
import RefrainModel
import RefrainProse
import RefrainText

/// Makes findings: measures, classes, places and texts.
struct FindingBuilder {
  let texts: [Document]
  let families: DocumentFamilies
  let settings: SearchSettings
  /// What changed; nil where that does not matter.
  let changes: ChangedLines?
  /// What words weigh in this collection.
  let weights: WordWeights
  /// What chance would bring forth in it.
  let chance: Chance

  /// How many of a finding's places are aligned with its first: for its weight, and to be shown.
  static let weighed = 32
  /// Bytes of a text that a finding quotes, at most.
  private static let excerpt = 4096
  /// Bytes of context on either side of a passage.
  private static let context = 160

  /// The finding of a group; nil where its places are too little alike.
  ///
  /// Its first place is one that changed, where that matters: the side that somebody can do something
  /// about. All figures of the finding are those of its first two places; each other place has its own
  /// likeness to the first.
  func finding(_ group: PassageGroup) -> Finding? {
    var group = group
    let isChanged = { place in
      let (path, lines) = lines(place)
      return changes?.touches(path, lines) ?? false
    }
    if let index = group.places.firstIndex(where: isChanged) {
      group.places.insert(group.places.remove(at: index), at: 0)
    }
    let places = measured(group)
    guard places.count > 1 else { return nil }
    group.places = places.map(\.span)
    let first = group.places[0]
    let words = words(first)
    let second = places[1]
    let alignment = second.alignment ?? WordAlignment(words, self.words(second.span))
    let isExact = places.dropFirst().allSatisfy { words.elementsEqual(self.words($0.span)) }
    let isWithin = group.places.allSatisfy { $0.text == first.text }
    let named = namedPlace(group)
    var finding = Finding(
      id: Self.id(self.words(named), of: isWithin ? texts[first.text] : nil),
      kind: kind(group, isExact: isExact, alignment), scope: isWithin ? .within : .across,
      overlap: second.overlap ?? Overlap(shared: 0, left: 0, right: 0), words: words.count,
      longestRun: alignment.longestRun, occurrences: occurrences(places),
      difference: WordDifference(
        texts[first.text], first.words, texts[second.span.text], second.span.words, alignment),
      shared: isExact ? [] : shared(texts[first.text], alignment), weight: weight(places))
    finding.isHint = group.isHint
    let bits = bits(first, alignment)
    finding.bits = Double(bits) / 16
    finding.expect = chance.expect(bits)
    finding.measuredWords = texts[first.text].analysis.measuredWords(first.words)
    finding.fingerprint = PassageSketch.fingerprint(
      group.places.map { PassageSketch.hash(self.words($0)) }
    ).hexadecimal(digits: 16)
    finding.sketch = PassageSketch.least(self.words(named))
    return finding
  }

  /// What the words of a place weigh that stand in another one, too, each counted once, in sixteenths of a
  /// bit.
  private func bits(_ place: PassageSpan, _ alignment: WordAlignment) -> Int {
    weights.weight(
      of: alignment.stretches.filter { $0.kind == .equal }.map(\.first),
      in: texts[place.text].analysis)
  }

  /// Repeated words of the first places, discounted by how much differs.
  private func weight(_ places: [MeasuredPlace]) -> Int {
    let count = words(places[0].span).count
    return places.dropFirst().prefix(Self.weighed).reduce(0) { sum, place in
      let equal = place.alignment?.equalWords ?? 0
      return sum + equal * equal * 1024 / max(count, place.span.words.count)
    }
  }

  /// The places as they are reported, those that read otherwise beside the first.
  private func occurrences(_ places: [MeasuredPlace]) -> [Occurrence] {
    let first = occurrence(places[0].span, nil)
    var occurrences = [first]
    var aligned = 0
    for place in places.dropFirst() {
      var occurrence = occurrence(place.span, place.overlap)
      if occurrence.text != first.text, aligned < Self.weighed {
        let alignment =
          place.alignment ?? WordAlignment(words(places[0].span), words(place.span))
        occurrence.alignment = PassageSpans.spans(
          passageText(places[0].span), passageText(place.span), alignment)
        aligned += 1
      }
      occurrences.append(occurrence)
    }
    return occurrences
  }

  private func passageText(_ span: PassageSpan) -> PassageText {
    let text = texts[span.text]
    return PassageText(
      text.analysis, text.prose.text, words: span.words, bytes: text.extent(of: span.words))
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
    var weight = 0
    let holders = changes == nil ? [:] : self.holders(members)
    for member in members {
      let text = texts[member]
      let overlap = families.overlaps[member]
      if let overlap {
        let n = text.analysis.words.count
        weight += n * 1024 * overlap.shared / max(1, overlap.union)
      }
      let start = text.string(text.head(Self.excerpt))
      let (place, end) = (text.lines.place(of: 0), text.lines.place(of: text.prose.map.sourceEnd))
      var occurrence = Occurrence(
        path: text.path, id: text.id, recordLine: text.recordLine, start: place, end: end,
        text: start, overlap: overlap)
      occurrence.changedLines = changedRepetition(member, holders)
      occurrences.append(occurrence)
    }
    let words = first.analysis.words
    let isExact = members.allSatisfy { texts[$0].analysis.words == words }
    let named = members.min { texts[$0].path < texts[$1].path } ?? members[0]
    var finding = Finding(
      id: Self.hash(of: texts[named]).hexadecimal(digits: 16),
      kind: .duplicateDocument, scope: .across,
      overlap: families.overlaps[members[1]] ?? Overlap(shared: 0, left: 0, right: 0),
      words: words.count, longestRun: isExact ? words.count : 0, occurrences: occurrences,
      difference: WordDifference(
        pieces: [], equalWords: isExact ? words.count : 0, firstWords: words.count,
        secondWords: texts[members[1]].analysis.words.count,
        longestRun: isExact ? words.count : 0),
      shared: [], weight: weight)
    let total = weights.weight(of: [words.indices], in: first.analysis)
    let bits =
      finding.overlap.union > 0
      ? total * finding.overlap.shared / finding.overlap.union : 0
    finding.bits = Double(bits) / 16
    finding.expect = chance.expect(bits)
    finding.fingerprint = PassageSketch.fingerprint(
      members.map { PassageSketch.hash(texts[$0].analysis.words[...]) }
    ).hexadecimal(digits: 16)
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
  private func shared(_ text: Document, _ alignment: WordAlignment) -> [String] {
    alignment.stretches.compactMap { stretch in
      guard stretch.kind == .equal,
        PassageLikeness.holdsContent(text.analysis.stems[stretch.first])
      else { return nil }
      return text.string(text.analysis.bytes(of: stretch.first))
        .split { $0.isWhitespace }.joined(separator: " ")
    }
  }

  func words(_ span: PassageSpan) -> ArraySlice<UInt64> {
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
    occurrence.makeup = text.makeup(of: span.words)
    occurrence.before = text.context(before: bytes.start, atMost: Self.context)
    occurrence.after = text.context(after: bytes.end, atMost: Self.context)
    if let changes {
      let place = lines(span)
      occurrence.changedLines = changes.longest(in: place.path, place.lines)
    }
    return occurrence
  }

  /// The id of a passage: of its words, and of the document where that is the only one.
  private static func id(_ words: ArraySlice<UInt64>, of text: Document?) -> String {
    let seed = text.map { hash(of: $0) } ?? 0
    // SAFETY: the bytes are those of the words, which outlive the call.
    return words.withUnsafeBytes { refrain_xxh3_64_seeded($0.baseAddress, $0.count, seed) }
      .hexadecimal(digits: 16)
  }

  /// A hash of what a document is called.
  private static func hash(of text: Document) -> UInt64 {
    var name = "\(text.path)\u{0}\(text.id?.description ?? "")"
    return name.withUTF8 { refrain_xxh3_64_seeded($0.baseAddress, $0.count, 1) }
  }
}
