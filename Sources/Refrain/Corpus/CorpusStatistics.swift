// The numbers of a corpus job, gathered from its stages.

import RefrainCorpus
import RefrainIndex
import RefrainMatch
import RefrainModel

extension CorpusStatistics {
  init(_ search: CandidateSearch, _ counts: VerificationCounts, _ settings: CorpusSettings) {
    let corpus = search.corpus
    records = corpus.rows.count
    bytes = corpus.sources.reduce(0) { $0 + $1.bytes.count }
    skipped = corpus.skipped.count
    skippedErrors = corpus.skipped
    blankLines = corpus.blankLines
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
    return entries.withUnsafeMutableBufferPointer { entries in
      RadixSorter().group(entries)
      return KeyRuns(entries).reduce(0) { $0 + $1.count - 1 }
    }
  }
}
