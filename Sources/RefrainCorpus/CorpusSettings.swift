// What a corpus job is asked for, and what follows from it.

package import RefrainMatch
package import RefrainModel
package import RefrainRecords
package import RefrainSketch

/// The settings of `dedup` and `pairs`, as resolved: every value is valid.
package struct CorpusSettings: Sendable {
  /// The field that holds a record's text.
  package var textField = "text"
  /// The field that holds a record's id.
  package var idField = "id"
  /// The least similarity of near-duplicates.
  package var threshold: Threshold = .documents
  /// The least probability with which a pair at the threshold is proposed.
  package var recall = 0.99
  /// Bands and rows as asked for; nil to let threshold and recall decide.
  package var plan: BandPlan?
  /// How far the job goes in calling records duplicates.
  package var match = MatchLevel.near
  /// Whether candidates come from the prefix filter, which misses none; for `near` alone.
  package var exhaustive = false
  /// Which records are compared at all; nil for all of them.
  package var scope: ComparisonRule?
  /// The n of the word n-grams.
  package var shingleWidth = 5
  /// How many threads work.
  package var threads: Int
  package var onError = ErrorPolicy.fail
  /// Bytes to get by with, beside the mapped inputs.
  ///
  /// A sixth may hold band keys, which go to a temporary file beyond it. When they are gone, the
  /// compared shingles get what the records themselves, some 200 bytes each, leave of it, an eighth at
  /// least; beyond that they are made again when needed. The result is the same.
  package var memory = 1 << 30
  /// What may ask the job to stop; it then throws `interrupted`.
  package var stop: StopSignal?

  /// The defaults, on as many threads as there are processors.
  package init() { threads = Workers.processors }

  /// The banding in force.
  package var bandPlan: BandPlan { plan ?? BandPlan(threshold: threshold, recall: recall) }

  /// Where the fields are that are read.
  package var fields: RecordFields { RecordFields(text: textField, id: idField) }

  /// Those who do the work.
  package var workers: Workers { Workers(threads: threads, stop: stop) }

  /// Whether candidates come from band keys.
  var usesBands: Bool { match == .near && !exhaustive }

  /// The rules and hashes that results depend on: results of different schemes are not comparable.
  package var scheme: String {
    SketchScheme.name(width: shingleWidth)
  }
}
