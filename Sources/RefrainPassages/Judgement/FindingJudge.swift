// The level of a finding, and why.

import RefrainMatch
import RefrainModel

/// Judges findings one by one: what was measured of the two places, the class of the pages, and how many documents
/// gather around the places, in whichever findings.
///
/// Pages of manuals are judged by points, and so are two sentences of an English article, by other measures. All else
/// that the search tells is an error. Not thread-safe: each worker has its own.
final class FindingJudge {
  private let tokens: WordTokens
  private let classifier: PassageClassifier
  private let references = ReferencePages()
  private let crowds: PlaceCrowds
  /// A passage in so many documents is boilerplate.
  private let boilerplate: Int
  private var pages: [Int: Bool] = [:]

  /// Documents of fewer words are duplicates of each other by chance, and no error.
  private static let leastDuplicate = 8

  init(
    _ tokens: WordTokens, _ trees: MirroredTrees, _ crowds: PlaceCrowds, boilerplate: Int
  ) {
    self.tokens = tokens
    self.crowds = crowds
    self.boilerplate = boilerplate
    classifier = PassageClassifier(tokens, trees)
  }

  /// Gives a finding of passages its class, its level and the reason.
  ///
  /// - Parameters:
  ///   - spans: the places, in the order of the finding's occurrences.
  ///   - documents: those of the places, of the first two at least.
  ///   - group: what was found.
  func judge(
    _ finding: inout Finding, _ spans: [PassageSpan], _ documents: [Document?],
    _ alignment: WordAlignment, of group: PassageGroup
  ) {
    guard let first = documents[0], let second = documents[1] else { return }
    let places = places(of: finding, spans.map(\.text))
    let pages = zip(spans, documents).map { ReferencePages.Place(span: $0, document: $1) }
    finding.passageClass = classifier.passageClass(places)
    if finding.passageClass == nil,
      references.hold(pages, isOnFirstPage: { classifier.areOnOnePage([places[0], places[$0]]) })
    {
      finding.passageClass = .reference
    }
    var measures = PassageMeasures(
      JudgedPlace(spans[0], of: first, tokens.text(spans[0].text)),
      JudgedPlace(spans[1], of: second, tokens.text(spans[1].text)), alignment)
    let overlap = finding.overlap
    measures[.likeness] = overlap.shared * 100 / max(1, overlap.union)
    // Who gates boilerplate knows that it stands in many places.
    measures[.places] =
      finding.kind == .boilerplate ? 2 : max(2, classifier.independentPlaces(places))
    let isPage = isPage(spans[0].text, first) || isPage(spans[1].text, second)
    var table: PointTable = isPage ? .page : .text
    if !isPage, !group.isVerbatim, finding.scope == .within, let sentences = group.measures {
      table = .article
      measures.add(PassageMeasures(sentences))
    }
    var judgement = table.judge(measures)
    var level = table.level(of: judgement.points)
    if finding.passageClass != nil { level = min(level, .note) }
    if group.isHint { level = .hint }
    judgement.sentence = ReasonSentence.sentence(
      finding, measures, judgement, level, isTold: !group.isHint)
    if level == .error, isPage, let excuse = references.excuse(pages, finding) {
      level = .note
      judgement.sentence += "; " + excuse
    }
    if level == .error, finding.kind != .boilerplate,
      crowds.documents(around: spans, limit: boilerplate) >= boilerplate
    {
      level = .note
      judgement.sentence += "; its places stand in \(boilerplate) documents or more"
    }
    finding.judgement = judgement
    finding.level = level
  }

  /// Gives a finding of duplicate documents its class, its level and the reason.
  func judge(duplicates finding: inout Finding, _ members: [Int]) {
    finding.passageClass = classifier.passageClass(places(of: finding, members))
    let isShort = finding.words < Self.leastDuplicate
    finding.level = isShort || finding.passageClass != nil ? .note : .error
    finding.judgement = Judgement(
      table: "document", items: [], leastForError: 0, leastForNote: 0,
      sentence: ReasonSentence.sentence(duplicates: finding, isShort: isShort))
  }

  private func places(of finding: Finding, _ texts: [Int]) -> [PassageClassifier.Place] {
    zip(texts, finding.occurrences).map { text, occurrence in
      PassageClassifier.Place(document: text, path: occurrence.path)
    }
  }

  private func isPage(_ number: Int, _ document: Document) -> Bool {
    if let known = pages[number] { return known }
    let isPage = document.isPage
    pages[number] = isPage
    return isPage
  }
}
