// The numbers of a run for a person.

import Refrain
import RefrainIndex
import RefrainModel

enum StatisticsText {
  /// Says what was read otherwise than it stands, unless told to be quiet.
  static func warn(_ statistics: CorpusStatistics, _ options: CorpusOptions) {
    if options.quiet { return }
    if statistics.skipped > 0 {
      let shown = options.verbose ? statistics.skipped : min(3, statistics.skipped)
      for error in statistics.skippedErrors.prefix(shown) {
        Console.warning("left out: \(error.description)")
      }
      Console.warning("\(count(statistics.skipped, "record")) left out")
    }
    if statistics.records == 0 { Console.warning("no records") }
    if statistics.repeatedIDs > 0 {
      Console.warning("\(count(statistics.repeatedIDs, "record")) with the id of an earlier one")
    }
    if statistics.replacedSurrogates > 0 {
      Console.warning(
        "\(count(statistics.replacedSurrogates, "lone surrogate")) read as U+FFFD")
    }
    if statistics.cutRecords > 0 {
      Console.warning(
        """
        \(count(statistics.cutRecords, "record")) compared with only \(Buckets.representatives) \
        others in a crowded bucket; pairs among these may be missing
        """)
    }
  }

  static func dedup(_ statistics: CorpusStatistics) -> String {
    pairs(statistics)
      + """

      removed, equal words \(statistics.removedExact)
      removed, near        \(statistics.removedNear)
      kept                 \(statistics.kept)
      """
  }

  static func pairs(_ statistics: CorpusStatistics) -> String {
    let how = statistics.plan.map { "\($0.bands) bands of \($0.rows) rows" } ?? "exact"
    return """
      records              \(statistics.records)
      bytes                \(statistics.bytes)
      left out             \(statistics.skipped)
      blank lines          \(statistics.blankLines)
      without a word       \(statistics.withoutWords)
      repeated ids         \(statistics.repeatedIDs)
      equal to an earlier  \(statistics.equalRecords)
      candidates by        \(how)
      buckets              \(statistics.buckets)
      pairs proposed       \(statistics.proposedPairs)
      pairs verified       \(statistics.comparedPairs)
      pairs accepted       \(statistics.acceptedPairs)
      in crowded buckets   \(statistics.cutRecords)
      """
  }

  private static func count(_ n: Int, _ noun: String) -> String {
    n == 1 ? "1 \(noun)" : "\(n) \(noun)s"
  }
}
