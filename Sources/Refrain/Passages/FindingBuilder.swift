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

  /// How many of a finding's places are measured against its first for its weight.
  private static let weighed = 32
  /// Characters of a duplicate document that are shown.
  private static let glimpse = 160

  /// The finding of a group.
  func finding(_ group: PassageGroup) -> Finding {
    let first = group.places[0]
    let words = words(first)
    var best: Overlap?
    var weight = 0
    var isExact = true
    var occurrences: [Occurrence] = []
    for (index, place) in group.places.enumerated() {
      var overlap: Overlap?
      if index > 0 {
        let others = self.words(place)
        let measured = PassageSimilarity.overlap(words, others)
        overlap = measured
        isExact = isExact && words.elementsEqual(others)
        if best.map({ measured.jaccard > $0.jaccard }) ?? true { best = measured }
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
    return Finding(
      id: Self.id(words, of: isWithin ? texts[first.text] : nil),
      kind: kind(group, isExact: isExact, alignment),
      scope: isWithin ? .within : .across,
      overlap: best ?? Overlap(shared: 0, left: 0, right: 0), words: words.count,
      longestRun: alignment.longestRun, occurrences: occurrences,
      difference: WordDifference(
        texts[first.text], first.words, texts[second.text], second.words, alignment),
      shared: isExact ? [] : shared(texts[first.text], alignment), weight: weight)
  }

  /// One finding for each family of duplicate documents.
  func duplicateDocuments() -> [Finding] {
    guard settings.scope != .within else { return [] }
    return families.groups.map { members in
      let first = texts[members[0]]
      var occurrences: [Occurrence] = []
      var best: Overlap?
      var weight = 0
      for member in members {
        let text = texts[member]
        let overlap = families.overlaps[member]
        if let overlap {
          if best.map({ overlap.jaccard > $0.jaccard }) ?? true { best = overlap }
          let n = text.analysis.words.count
          weight += n * 1024 * overlap.shared / max(1, overlap.union)
        }
        occurrences.append(
          Occurrence(
            path: text.path, id: text.id, recordLine: text.recordLine,
            start: text.lines.place(of: 0),
            end: text.lines.place(of: text.prose.map.sourceEnd),
            text: String(
              text.string(text.head(640)).prefix(Self.glimpse)),
            overlap: overlap))
      }
      let words = first.analysis.words
      let isExact = members.allSatisfy { texts[$0].analysis.words == words }
      return Finding(
        id: Self.hex(Self.hash(of: first)),
        kind: .duplicateDocument, scope: .across,
        overlap: best ?? Overlap(shared: 0, left: 0, right: 0), words: words.count,
        longestRun: isExact ? words.count : 0, occurrences: occurrences,
        difference: WordDifference(
          pieces: [], equalWords: isExact ? words.count : 0, firstWords: words.count,
          secondWords: texts[members[1]].analysis.words.count,
          longestRun: isExact ? words.count : 0),
        shared: [], weight: weight)
    }
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
    return Occurrence(
      path: text.path, id: text.id, recordLine: text.recordLine, start: start, end: end,
      text: text.string(bytes), overlap: overlap)
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

extension LoadedText {
  /// The first bytes of the prose, at most `limit`, without a torn character at the end.
  func head(_ limit: Int) -> ByteRange {
    var end = min(limit, prose.text.count)
    while end > 0, end < prose.text.count, prose.text[end] & 0xC0 == 0x80 { end -= 1 }
    return ByteRange(0, end)
  }

  /// The bytes of a passage in the prose; edges that are a sentence's take its punctuation along.
  func extent(of words: Range<Int>) -> ByteRange {
    var range = analysis.bytes(of: words)
    let first = analysis.sentence(of: words.lowerBound)
    let last = analysis.sentence(of: words.upperBound - 1)
    if analysis.words(of: first).lowerBound == words.lowerBound {
      range.start =
        SentenceEdges.extent(of: analysis.words(of: first), in: analysis, prose.text).start
    }
    if analysis.words(of: last).upperBound == words.upperBound {
      range.end = SentenceEdges.extent(of: analysis.words(of: last), in: analysis, prose.text).end
    }
    return range
  }
}
