// The numbers of a corpus job, gathered from its stages.

import RefrainIndex
package import RefrainMatch
package import RefrainModel
import RefrainRecords
package import RefrainSketch

/// What a corpus job did, in numbers.
package struct CorpusStatistics: Hashable, Sendable {
  package var records = 0
  package var bytes = 0
  /// Records that were left out because they could not be read.
  package var skipped = 0
  /// Lines without a record.
  package var blankLines = 0
  /// Records of kinds that hold no text to compare.
  package var otherRecords = 0
  /// Records without a word; always kept.
  package var withoutWords = 0
  /// The field that the keep policy looks at.
  package var policyField: String?
  /// Records that lack it, or have neither a number nor a string there.
  package var withoutPolicyField = 0
  /// The rule by which records are compared at all; nil where all are.
  package var scope: ComparisonRule?
  /// Records that lack its field, or have neither a number nor a string there.
  package var withoutScopeField = 0
  /// Lone surrogates that were read as U+FFFD.
  package var replacedSurrogates = 0
  /// Records whose id another one has.
  package var repeatedIDs = 0
  /// Records with the words of an earlier one.
  package var equalRecords = 0
  package var buckets = 0
  package var proposedPairs = 0
  package var comparedPairs = 0
  package var acceptedPairs = 0
  /// Records that were compared with the first of a crowded bucket's records only.
  package var cutRecords = 0
  /// Proposals that crowded buckets cut off, counted bucket by bucket.
  package var cutProposals = 0
  /// Removed records with the text of the kept one.
  package var removedIdentical = 0
  /// Removed records with the words of the kept one, and another text.
  package var removedSameWords = 0
  /// Removed records whose similarity to the kept one reaches the threshold.
  package var removedNear = 0
  package var kept = 0
  /// All removed records.
  package var removed: Int { removedIdentical + removedSameWords + removedNear }
  /// How far the job went.
  package var match = MatchLevel.near
  /// nil where candidates did not come from bands.
  package var plan: BandPlan?
  /// Records that were left out, with their places.
  package var skippedErrors: [RefrainError] = []
  /// Files and folders that a walk met and that were left out.
  package var leftOutInputs: [RefrainError] = []
  /// Files that a walk met and that were not read for what they are.
  package var notRead = NotReadFiles()

  /// All zeros.
  package init() {}
}

extension CorpusStatistics {
  /// What a search and its verification did.
  package init(
    _ search: CandidateSearch, _ counts: VerificationCounts, _ settings: CorpusSettings
  ) {
    let corpus = search.corpus
    records = corpus.rows.count
    bytes = corpus.records.size
    skipped = corpus.skipped.count
    skippedErrors = corpus.skipped
    blankLines = corpus.blankLines
    otherRecords = corpus.otherRecords
    withoutWords = corpus.rows.reduce(0) { $0 + ($1.shingles == 0 ? 1 : 0) }
    replacedSurrogates = corpus.replacedSurrogates
    repeatedIDs = Self.repeats(corpus.rows)
    equalRecords = search.classes.repeats
    buckets = search.verifier.buckets.count
    proposedPairs = counts.proposed
    comparedPairs = counts.compared
    acceptedPairs = counts.accepted
    cutRecords = counts.cutItems
    cutProposals = counts.cutProposals
    kept = records
    match = settings.match
    plan = settings.usesBands ? settings.bandPlan : nil
  }

  /// How many records have the id of an earlier one.
  private static func repeats(_ rows: [RecordRow]) -> Int {
    var entries: [KeyedEntry] = []
    entries.reserveCapacity(rows.count)
    for (record, row) in rows.enumerated() where row.idHash != 0 {
      entries.append(KeyedEntry(key: row.idHash, id: UInt32(record)))
    }
    // SAFETY: the entries are sorted and read within the closure.
    return entries.withUnsafeMutableBufferPointer { entries in
      RadixSorter().group(entries)
      return KeyRuns(entries).reduce(0) { $0 + $1.count - 1 }
    }
  }
}

extension CorpusStatistics {
  /// Takes over the rule of comparison and what lacks its field.
  package mutating func add(_ scope: ComparisonRule?, _ corpus: SketchedCorpus) {
    self.scope = scope
    withoutScopeField = corpus.withoutScopeField
  }
}
