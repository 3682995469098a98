// What a corpus job is asked for, and what follows from it.

public import RefrainModel
public import RefrainSketch

/// What to do with a record that cannot be read.
public enum ErrorPolicy: String, Sendable, CaseIterable {
  /// Stop with the first error by place.
  case fail
  /// Leave the record out and count it.
  case skip
}

/// The settings of `dedup` and `pairs`, as resolved: every value is valid.
public struct CorpusSettings: Sendable {
  /// The field that holds a record's text.
  public var textField = "text"
  /// The field that holds a record's id.
  public var idField = "id"
  /// The least similarity of near-duplicates.
  public var threshold: Threshold = .documents
  /// The least probability with which a pair at the threshold is proposed.
  public var recall = 0.99
  /// Bands and rows as asked for; nil to let threshold and recall decide.
  public var plan: BandPlan?
  /// How far the job goes in calling records duplicates.
  public var match = MatchLevel.near
  /// Whether candidates come from the prefix filter, which misses none; for `near` alone.
  public var exhaustive = false
  /// The n of the word n-grams.
  public var shingleWidth = 5
  /// How many threads work.
  public var threads: Int
  public var onError = ErrorPolicy.fail
  /// Bytes to get by with, beside the mapped inputs.
  ///
  /// A sixth may hold band keys, which go to a temporary file beyond it. When they are gone, the
  /// compared shingles get what the records themselves, some 200 bytes each, leave of it, an eighth at
  /// least; beyond that they are made again when needed. The result is the same.
  public var memory = 1 << 30

  /// The defaults, on as many threads as there are processors.
  public init() { threads = Workers.processors }

  /// The banding in force.
  public var bandPlan: BandPlan { plan ?? BandPlan(threshold: threshold, recall: recall) }

  /// Whether candidates come from band keys.
  var usesBands: Bool { match == .near && !exhaustive }

  /// The rules and hashes that results depend on: results of different schemes are not comparable.
  public var scheme: String {
    SketchScheme.name(width: shingleWidth)
  }
}
