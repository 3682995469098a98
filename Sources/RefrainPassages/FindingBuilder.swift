// From a group of places to the finding that is reported.

import CXXHash
import RefrainMatch
import RefrainModel
import RefrainProse
import RefrainText

/// Makes findings: measures, classes, places and texts.
///
/// What places have in common is told by the words of the collection; of documents only those are read in which
/// a place is reported. Not thread-safe: each worker has its own.
final class FindingBuilder {
  let tokens: WordTokens
  private let source: any DocumentSource
  private let reader: any DocumentReader
  private let families: DocumentFamilies
  private let settings: SearchSettings
  /// What changed; nil where that does not matter.
  private let changes: ChangedLines?
  /// What chance would bring forth in the collection.
  private let chance: Chance
  private let judge: FindingJudge

  /// How many of a finding's places are aligned with its first: for its weight, and to be shown.
  static let weighed = 32
  /// Bytes of a duplicate document that a finding quotes, at most.
  static let excerpt = 4096

  /// A builder of findings in documents of a source, which `reader` reads.
  init(
    _ tokens: WordTokens, _ source: any DocumentSource, _ reader: any DocumentReader,
    _ families: DocumentFamilies, _ settings: SearchSettings, _ changes: ChangedLines?,
    _ chance: Chance, _ trees: MirroredTrees, _ crowds: PlaceCrowds
  ) {
    self.tokens = tokens
    self.source = source
    self.reader = reader
    self.families = families
    self.settings = settings
    self.changes = changes
    self.chance = chance
    judge = FindingJudge(tokens, trees, crowds, boilerplate: settings.boilerplateDocuments)
  }

  /// The finding of a group; nil where its places are too little alike.
  ///
  /// Its first place is one that changed, where that matters: the side that somebody can do something
  /// about. All figures of the finding are those of its first two places; each other place has its own
  /// likeness to the first.
  func finding(_ group: PassageGroup) throws(RefrainError) -> Finding? {
    var group = group
    if let changes {
      for (index, place) in group.places.enumerated() {
        let document = try reader.document(place.text)
        if changes.touches(document.path, document.lines(of: place.words)) {
          group.places.insert(group.places.remove(at: index), at: 0)
          break
        }
      }
    }
    let places = measured(group)
    guard places.count > 1 else { return nil }
    group.places = places.map(\.span)
    var excerpts: [PlaceExcerpt] = []
    for (index, place) in places.enumerated() {
      excerpts.append(
        PlaceExcerpt(
          place.span, of: try reader.document(place.span.text), changes,
          keepsDocument: index <= Self.weighed))
    }
    return finding(group, places, excerpts)
  }

  /// What there is to know of a hint that is only counted; nil where `finding` gives nothing.
  func outline(of group: PassageGroup) -> HintOutline? {
    let places = likePlaces(group)
    guard places.count > 1 else { return nil }
    let first = places[0].span
    return HintOutline(
      scope: places.allSatisfy { $0.span.text == first.text } ? .within : .across,
      measuredWords: tokens.text(first.text).measuredWords(first.words))
  }

  /// The finding of places of which all is known.
  private func finding(
    _ group: PassageGroup, _ places: [MeasuredPlace], _ excerpts: [PlaceExcerpt]
  ) -> Finding? {
    let first = places[0].span
    let second = places[1]
    guard let document = excerpts[0].document, let other = excerpts[1].document else { return nil }
    let alignment = second.alignment ?? self.alignment(first, second.span)
    let isExact = excerpts.dropFirst().allSatisfy { $0.words == excerpts[0].words }
    let isWithin = places.allSatisfy { $0.span.text == first.text }
    let named = namedPlace(group)
    var finding = Finding(
      id: Self.id(excerpts[named].words, in: isWithin ? excerpts[named].documentHash : nil),
      kind: kind(excerpts, group, isExact: isExact, alignment),
      scope: isWithin ? .within : .across,
      overlap: second.overlap ?? Overlap(shared: 0, left: 0, right: 0), words: first.words.count,
      longestRun: alignment.longestRun, occurrences: occurrences(places, excerpts),
      difference: WordDifference(document, first.words, other, second.span.words, alignment),
      shared: isExact ? [] : shared(document, first, alignment), weight: weight(places))
    let bits = bits(first, alignment)
    finding.bits = Double(bits) / 16
    finding.expect = chance.expect(bits)
    finding.measuredWords = tokens.text(first.text).measuredWords(first.words)
    finding.fingerprint = PassageSketch.fingerprint(
      excerpts.map { PassageSketch.hash($0.words[...]) }
    ).hexadecimal(digits: 16)
    finding.sketch = PassageSketch.least(of: excerpts.lazy.map(\.words))
    judge.judge(
      &finding, places.map(\.span), excerpts.map(\.document), alignment, of: group)
    return finding
  }

  /// What the words of a place weigh that stand in another one, too, each counted once, in sixteenths of a
  /// bit.
  private func bits(_ place: PassageSpan, _ alignment: WordAlignment) -> Int {
    tokens.weights.weight(
      of: alignment.stretches.filter { $0.kind == .equal }.map(\.first),
      in: tokens.text(place.text))
  }

  /// Repeated words of the first places, discounted by how much differs.
  private func weight(_ places: [MeasuredPlace]) -> Int {
    let count = places[0].span.words.count
    return places.dropFirst().prefix(Self.weighed).reduce(0) { sum, place in
      let equal = place.alignment?.equalWords ?? 0
      return sum + equal * equal * 1024 / max(1, max(count, place.span.words.count))
    }
  }

  /// The places as they are reported, those that read otherwise beside the first.
  private func occurrences(
    _ places: [MeasuredPlace], _ excerpts: [PlaceExcerpt]
  ) -> [Occurrence] {
    let first = excerpts[0].occurrence
    let shown = excerpts[0].document?.passageText(places[0].span.words)
    var occurrences = [first]
    for (place, excerpt) in zip(places, excerpts).dropFirst() {
      var occurrence = excerpt.occurrence
      occurrence.overlap = place.overlap
      if occurrence.text != first.text, let shown, let alignment = place.alignment,
        let document = excerpt.document
      {
        occurrence.alignment = PassageSpans.spans(
          shown, document.passageText(place.span.words), alignment)
      }
      occurrences.append(occurrence)
    }
    return occurrences
  }

  /// The place that names the finding, whatever the order in which texts were given.
  private func namedPlace(_ group: PassageGroup) -> Int {
    let names = group.places.map { source.name(of: $0.text) }
    return group.places.indices.min { a, b in
      DocumentName.comesBefore(names[a], names[b])
        ?? (group.places[a].words.lowerBound < group.places[b].words.lowerBound)
    } ?? 0
  }

  /// The finding of a family of duplicate documents.
  func duplicateDocument(_ members: [Int]) throws(RefrainError) -> Finding {
    let first = try reader.document(members[0])
    var occurrences: [Occurrence] = []
    var weight = 0
    let holders = changes == nil ? [:] : try self.holders(members)
    var hashes: Set<UInt64> = []
    let names = members.map { source.name(of: $0) }
    let named = members.indices.min { names[$0].path < names[$1].path } ?? 0
    var nameHash: UInt64 = 0
    var sketch: [UInt64] = []
    var isExact = true
    for (index, member) in members.enumerated() {
      let text = index == 0 ? first : try reader.document(member)
      let overlap = families.overlaps[member]
      let words = text.analysis.words
      if let overlap { weight += words.count * 1024 * overlap.shared / max(1, overlap.union) }
      let (place, end) = (text.lines.place(of: 0), text.lines.place(of: text.prose.map.sourceEnd))
      var occurrence = Occurrence(
        path: text.path, id: text.id, recordLine: text.recordLine, start: place, end: end,
        text: text.string(text.head(Self.excerpt)), overlap: overlap)
      occurrence.words = words.count
      let head = text.headWords
      occurrence.sentenceStarts = head.isEmpty ? [] : text.sentenceStarts(in: head, from: 0)
      if index > 0, index <= Self.weighed { occurrence.alignment = Self.heads(first, text) }
      occurrence.changedLines = changedRepetition(text, holders)
      occurrences.append(occurrence)
      if hashes.insert(PassageSketch.hash(words[...])).inserted {
        sketch = PassageSketch.merged(sketch, PassageSketch.least(words[...]))
      }
      isExact = isExact && words == first.analysis.words
      if index == named { nameHash = text.nameHash }
    }
    let count = first.analysis.words.count
    var finding = Finding(
      id: nameHash.hexadecimal(digits: 16), kind: .duplicateDocument, scope: .across,
      overlap: families.overlaps[members[1]] ?? Overlap(shared: 0, left: 0, right: 0),
      words: count, longestRun: isExact ? count : 0, occurrences: occurrences,
      difference: WordDifference(
        pieces: [], equalWords: isExact ? count : 0, firstWords: count,
        secondWords: tokens.text(members[1]).count, longestRun: isExact ? count : 0),
      shared: [], weight: weight)
    let total = tokens.weights.weight(of: [0..<count], in: tokens.text(members[0]))
    let bits =
      finding.overlap.union > 0
      ? total * finding.overlap.shared / finding.overlap.union : 0
    finding.bits = Double(bits) / 16
    finding.expect = chance.expect(bits)
    finding.fingerprint = PassageSketch.fingerprint(hashes).hexadecimal(digits: 16)
    finding.sketch = sketch
    judge.judge(duplicates: &finding, members)
    return finding
  }

  /// Lines of a document that changed and that say what another one of its family says; nil where what
  /// changed is its own.
  ///
  /// Who adds a sentence to a copy of another page has repeated nothing.
  private func changedRepetition(
    _ text: Document, _ holders: [UInt64: Int]
  ) -> ClosedRange<Int>? {
    guard let changes else { return nil }
    if let line = text.recordLine { return changes.longest(in: text.path, line...line) }
    guard changes.touches(text.path) else { return nil }
    for (sentence, hash) in text.analysis.sentenceHashes.enumerated() {
      let words = text.analysis.words(of: sentence)
      guard words.count >= settings.leastWords, holders[hash, default: 0] > 1 else { continue }
      if let changed = changes.longest(in: text.path, text.lines(of: words)) { return changed }
    }
    return nil
  }

  /// In how many documents of a family each sentence stands, by its hash.
  private func holders(_ members: [Int]) throws(RefrainError) -> [UInt64: Int] {
    var holders: [UInt64: Int] = [:]
    for member in members {
      for hash in Set(try reader.document(member).analysis.sentenceHashes) {
        holders[hash, default: 0] += 1
      }
    }
    return holders
  }

  private func kind(
    _ excerpts: [PlaceExcerpt], _ group: PassageGroup, isExact: Bool, _ alignment: WordAlignment
  ) -> FindingKind {
    let documents = Set(group.places.map { families.first[$0.text] })
    if documents.count >= settings.boilerplateDocuments { return .boilerplate }
    // Words in quotation marks are repeated by right, where they are the same words.
    let words = group.places[0].words.count
    if alignment.longestRun * 5 >= words * 3, excerpts.contains(where: \.isQuoted) {
      return .quotation
    }
    return isExact ? .exactRepeat : .nearRepeat
  }

  /// The stretches that stand in both places and say something.
  private func shared(
    _ text: Document, _ place: PassageSpan, _ alignment: WordAlignment
  ) -> [String] {
    let words = tokens.text(place.text)
    return alignment.stretches.compactMap { stretch in
      guard stretch.kind == .equal, words.saysSomething(in: stretch.first) else { return nil }
      let bytes = text.analysis.bytes(of: stretch.first)
      if let plain = text.plainString(bytes) { return plain }
      return text.string(bytes).split { $0.isWhitespace }.joined(separator: " ")
    }
  }

  /// The id of a passage: of its words, and of the document where that is the only one.
  private static func id(_ words: [UInt64], in document: UInt64?) -> String {
    // SAFETY: the bytes are those of the words, which outlive the call.
    words.withUnsafeBytes { refrain_xxh3_64_seeded($0.baseAddress, $0.count, document ?? 0) }
      .hexadecimal(digits: 16)
  }
}

extension Document {
  /// A hash of what the document is called.
  var nameHash: UInt64 {
    var name = "\(path)\u{0}\(id?.description ?? "")"
    return name.withUTF8 { refrain_xxh3_64_seeded($0.baseAddress, $0.count, 1) }
  }
}
