// From documents to findings: the one way, for files, records and values alike.

package import RefrainMatch
package import RefrainModel
import RefrainText
import Synchronization

/// What a set of documents says more than once.
package struct Repetition: Sendable {
  /// The findings by weight, then path, then place.
  package var findings: [Finding]
  /// What there is to say of waivers, by document and place.
  package var remarks: [Remark]
  /// Findings that a waiver covers, and that are therefore not among `findings`.
  package var waived: Int
  /// Hints that were counted and not built: what decides whether each is wanted.
  package var hints: [HintOutline] = []
  /// Findings that are left out because chance alone would bring forth as slight ones.
  package var byChance = 0
}

/// A hint of which nobody asks to see more.
package struct HintOutline: Hashable, Sendable {
  package var scope: FindingScope
  /// As `Finding.measuredWords`.
  package var measuredWords: Int
}

/// Documents that are searched together.
package struct DocumentSet: Sendable {
  private let tokens: WordTokens
  private let source: any DocumentSource

  /// A collection whose words are laid out already, with the way back to its texts.
  ///
  /// Documents come in the order in which they speak for their duplicates.
  package init(_ tokens: WordTokens, _ source: any DocumentSource) {
    self.tokens = tokens
    self.source = source
  }

  /// Documents in memory.
  package init(_ documents: [Document]) {
    let columns = WordColumns()
    let analyzer = TextAnalyzer()
    let lengths = documents.map { $0.append(to: columns, analyzer) }
    self.init(WordTokens(columns, lengths: lengths), KeptDocuments(documents))
  }

  /// All repetition within and across the documents, as far as the scope goes.
  ///
  /// - Parameters:
  ///   - changes: which lines changed; of the places of a finding, one of these comes first.
  ///   - progress: told of the stages.
  /// - Throws: where a temporary file fails, or a document cannot be read again.
  package func repetition(
    _ settings: SearchSettings, changes: ChangedLines? = nil,
    progress: @escaping Progress.Handler = { _ in }
  ) throws(RefrainError) -> Repetition {
    let workers = Workers(threads: settings.threads)
    let isolated = settings.scope == .within
    let count = tokens.documentCount
    progress(Progress(stage: .bucketing, done: 0, total: count))
    var families =
      isolated || count < 2
      ? DocumentFamilies(single: count)
      : try DocumentFamilies(tokens, workers: workers, budget: settings.memory / 2)
    var book = WaiverBook(source.waiving)
    families.release(book.released(from: families.groups))
    let chance = Chance(documents: count, words: tokens.wordCount)
    let found = try PassageSearch(tokens: tokens, families: families, settings: settings).matches()
    let matches = found.filter { !$0.isHint || !chance.explains($0.weight) }
    let likeness = PlaceLikeness(tokens)
    let told = PassageGroups.group(
      MatchGrowth.grow(matches.filter { !$0.isHint }), strong: 4096, isAlike: likeness.isAlike)
    let places = ToldPlaces(told)
    let hints = StarGroups.group(
      matches.filter { $0.isHint && !places.tell($0) }, isLike: likeness.resembles)
    var groups = (told + hints).compactMap { book.without($0) }
    let counted = settings.buildsHints ? [] : groups.filter(\.isHint)
    if !settings.buildsHints { groups.removeAll(where: \.isHint) }
    let duplicates = isolated ? [] : families.groups
    let builder = { FindingBuilder(tokens, source, families, settings, changes, chance) }
    let findings = try build(duplicates, groups, workers, progress: progress, builder: builder)
    let outlines = workers.map(counted.count, state: builder) { builder, index -> HintOutline?? in
      .some(builder.outline(of: counted[index]))
    }
    return Repetition(
      findings: findings.sorted(by: Self.inOrder),
      remarks: book.remarks(unused: settings.scope == .both), waived: book.waived,
      hints: outlines.compactMap(\.self), byChance: found.count - matches.count)
  }

  /// The findings of families and groups, in parallel.
  private func build(
    _ families: [[Int]], _ groups: [PassageGroup], _ workers: Workers,
    progress: @escaping Progress.Handler, builder: () -> FindingBuilder
  ) throws(RefrainError) -> [Finding] {
    let total = families.count + groups.count
    let done = Atomic<Int>(0)
    let parts = workers.map(total, state: builder) {
      builder, index -> Result<Finding?, RefrainError>? in
      defer {
        let now = done.add(1, ordering: .relaxed).newValue
        if now % 256 == 0 { progress(Progress(stage: .verifying, done: now, total: total)) }
      }
      do throws(RefrainError) {
        let finding =
          index < families.count
          ? try builder.duplicateDocument(families[index])
          : try builder.finding(groups[index - families.count])
        return .success(finding)
      } catch {
        return .failure(error)
      }
    }
    var findings: [Finding] = []
    for part in parts {
      switch part {
      case .success(let finding): if let finding { findings.append(finding) }
      case .failure(let error): throw error
      }
    }
    return findings
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
