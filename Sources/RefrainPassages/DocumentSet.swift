// From documents to findings: the one way, for files, records and values alike.

package import RefrainMatch
package import RefrainModel
import RefrainText

/// What there is to say of a set of documents beside its findings.
package struct RepetitionSummary: Sendable {
  /// What there is to say of waivers, by document and place.
  package var remarks: [Remark]
  /// Findings that a waiver covers, and that are therefore left out.
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

  /// All repetition within and across the documents, as far as the scope goes: findings in the order of their
  /// first places, a batch at a time, and at the end what else there is to say.
  ///
  /// - Parameters:
  ///   - changes: which lines changed; of the places of a finding, one of these comes first.
  ///   - progress: told of the stages.
  ///   - consume: given the findings, each batch before the next one is made.
  /// - Throws: where a temporary file fails, or a document cannot be read again; what `consume` throws.
  package func findRepetition(
    _ settings: SearchSettings, changes: ChangedLines? = nil,
    progress: @escaping Progress.Handler = { _ in }, _ consume: FindingConsumer
  ) throws(RefrainError) -> RepetitionSummary {
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
    let search = PassageSearch(
      tokens: tokens, families: families, settings: settings, progress: progress)
    let found = try passages(search, chance)
    var groups = found.groups.compactMap { book.without($0) }
    let counted = settings.buildsHints ? [] : groups.filter(\.isHint)
    if !settings.buildsHints { groups.removeAll(where: \.isHint) }
    let trees = MirroredTrees(source.paths)
    let crowds = PlaceCrowds(groups)
    let builder = { reader in
      FindingBuilder(tokens, source, reader, families, settings, changes, chance, trees, crowds)
    }
    let assembly = FindingAssembly(
      families: isolated ? [] : families.groups, groups: groups, tokens: tokens, source: source,
      workers: workers)
    try assembly.run(progress: progress, builder: builder, consume)
    let outlines = workers.map(counted.count, state: { builder(source.reader()) }) {
      builder, index -> HintOutline?? in
      .some(builder.outline(of: counted[index]))
    }
    return RepetitionSummary(
      remarks: book.remarks(unused: settings.scope == .both), waived: book.waived,
      hints: outlines.compactMap(\.self), byChance: found.byChance)
  }

  /// What the searches find, as passages with all their places, and how many matches chance explains.
  ///
  /// Matches come in far larger numbers than passages, so nothing of them outlives this.
  private func passages(
    _ search: PassageSearch, _ chance: Chance
  ) throws(RefrainError) -> (groups: [PassageGroup], byChance: Int) {
    var matches = try search.matches()
    let found = matches.count
    if search.settings.keepsCandidates {
      let measured = matches.filter { $0.measures != nil }
      return (measured.flatMap { StarGroups.group([$0]) { _, _ in true } }, 0)
    }
    matches.removeAll { $0.isHint && !$0.isWithin && chance.explains($0.weight) }
    let byChance = found - matches.count
    let likeness = PlaceLikeness(tokens)
    let told = PassageGroups.group(
      MatchGrowth.grow(matches.filter { !$0.isHint }), strong: 4096, isAlike: likeness.isAlike)
    let places = ToldPlaces(told)
    matches.removeAll { !$0.isHint || places.tell($0) }
    let hints = StarGroups.group(matches, isLike: likeness.resembles)
    return (told + hints.compactMap { places.without($0, isLike: likeness.resembles) }, byChance)
  }
}
