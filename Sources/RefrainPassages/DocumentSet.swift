// From documents to findings: the one way, for files, records and values alike.

import RefrainMatch
package import RefrainModel
import RefrainText

/// What a set of documents says more than once.
package struct Repetition: Sendable {
  /// The findings by weight, then path, then place.
  package var findings: [Finding]
  /// What there is to say of waivers, by document and place.
  package var remarks: [Remark]
  /// Findings that a waiver covers, and that are therefore not among `findings`.
  package var waived: Int
  /// Findings that are left out because chance alone would bring forth as slight ones.
  package var byChance = 0
}

/// Documents that are searched together.
package struct DocumentSet: Sendable {
  private let documents: [Document]

  /// Documents in the order in which they speak for their duplicates.
  package init(_ documents: [Document]) { self.documents = documents }

  /// All repetition within and across the documents, as far as the scope goes.
  ///
  /// - Parameters:
  ///   - changes: which lines changed; of the places of a finding, one of these comes first.
  ///   - progress: told of the stages.
  package func repetition(
    _ settings: SearchSettings, changes: ChangedLines? = nil,
    progress: @escaping Progress.Handler = { _ in }
  ) throws(RefrainError) -> Repetition {
    let workers = Workers(threads: settings.threads)
    let isolated = settings.scope == .within
    let analyses = documents.map(\.analysis)
    progress(Progress(stage: .bucketing, done: 0, total: documents.count))
    var families =
      isolated || documents.count < 2
      ? DocumentFamilies(single: documents.count) : DocumentFamilies(analyses, workers: workers)
    var book = WaiverBook(documents)
    families.release(book.released(from: families.groups))
    let tokens = WordTokens(analyses)
    let chance = Chance(documents: documents.count, words: tokens.wordCount)
    let found = try PassageSearch(
      texts: documents, tokens: tokens, families: families, settings: settings
    ).matches()
    let matches = found.filter { !$0.isHint || !chance.explains($0.weight) }
    let likeness = PlaceLikeness(analyses)
    let told = PassageGroups.group(
      MatchGrowth.grow(matches.filter { !$0.isHint }), strong: 4096, isAlike: likeness.isAlike)
    let places = ToldPlaces(told)
    let hints = StarGroups.group(
      matches.filter { $0.isHint && !places.tell($0) }, isLike: likeness.resembles)
    let groups = (told + hints).compactMap { book.without($0) }
    progress(Progress(stage: .verifying, done: 0, total: groups.count))
    let builder = FindingBuilder(
      texts: documents, families: families, settings: settings, changes: changes,
      weights: tokens.weights, chance: chance)
    var findings = isolated ? [] : families.groups.map(builder.duplicateDocument)
    findings += workers.map(groups.count, state: {}) { _, index -> Finding?? in
      .some(builder.finding(groups[index]))
    }.compactMap { $0 }
    return Repetition(
      findings: findings.sorted(by: Self.inOrder),
      remarks: book.remarks(unused: settings.scope == .both), waived: book.waived,
      byChance: found.count - matches.count)
  }

  /// By weight, then path, then place.
  private static func inOrder(_ a: Finding, _ b: Finding) -> Bool {
    if a.weight != b.weight { return a.weight > b.weight }
    let (x, y) = (a.occurrences[0], b.occurrences[0])
    if x.path != y.path { return x.path < y.path }
    if x.recordLine != y.recordLine { return (x.recordLine ?? 0) < (y.recordLine ?? 0) }
    return (x.start.byte, x.end.byte) < (y.start.byte, y.end.byte)
  }
}
