// Formats the statistics of a run for people.

import RefrainCorpus
import RefrainIndex
import RefrainJobs
import RefrainMatch
import RefrainModel
import RefrainSketch

enum StatisticsText {
  /// Warns about what was skipped or read differently from the input, unless --quiet is set.
  static func warn(_ statistics: CorpusStatistics, _ plan: CorpusPlan) {
    if plan.isQuiet { return }
    // An input may contain any number of records, so each one is named.
    for error in statistics.leftOutInputs { Console.warning("left out: \(error.description)") }
    if !statistics.leftOutInputs.isEmpty {
      Console.warning("\(count(statistics.leftOutInputs.count, "input")) left out")
    }
    if let phrase = statistics.notRead.phrase { Console.warning(phrase) }
    if statistics.skipped > 0 {
      let shown = plan.isVerbose ? statistics.skipped : min(3, statistics.skipped)
      for error in statistics.skippedErrors.prefix(shown) {
        Console.warning("left out: \(error.description)")
      }
      Console.warning("\(count(statistics.skipped, "record")) left out")
    }
    if statistics.otherRecords > 0 {
      Console.warning(
        "\(count(statistics.otherRecords, "record")) of other kinds than texts passed over")
    }
    if statistics.records == 0 { Console.warning("no records") }
    if statistics.repeatedIDs > 0 {
      Console.warning("\(count(statistics.repeatedIDs, "record")) with the id of an earlier one")
    }
    if let field = statistics.policyField, statistics.withoutPolicyField > 0 {
      Console.warning(
        """
        \(count(statistics.withoutPolicyField, "record")) without a number or a string in the field \
        "\(field)": --keep puts them last
        """)
    }
    if let scope = statistics.scope, statistics.withoutScopeField > 0 {
      Console.warning(
        """
        \(count(statistics.withoutScopeField, "record")) without a number or a string in the field \
        "\(scope.field)": --\(scope.kind.rawValue) compares them \
        \(scope.kind == .within ? "with each other" : "with the others")
        """)
    }
    if statistics.replacedSurrogates > 0 {
      Console.warning(
        "\(count(statistics.replacedSurrogates, "lone surrogate")) read as U+FFFD")
    }
    if statistics.cutRecords > 0 {
      Console.warning(
        """
        \(count(statistics.cutRecords, "record")) compared with only the first \
        \(Buckets.representatives) of a crowded bucket, which left out \
        \(count(statistics.cutProposals, "proposal")): pairs may be missing; --exhaustive finds all
        """)
    }
  }

  static func dedup(_ statistics: CorpusStatistics) -> String {
    pairs(statistics)
      + """

      removed, identical   \(statistics.removedIdentical)
      removed, same words  \(statistics.removedSameWords)
      removed, near        \(statistics.removedNear)
      kept                 \(statistics.kept)
      """
  }

  /// The summary that a run without `--stats` prints at its end.
  static func summary(_ statistics: CorpusStatistics) -> String {
    let kept = "\(statistics.kept) of \(statistics.records) records kept"
    if statistics.removed == 0 { return "\(kept), 0 removed" }
    return """
      \(kept), \(statistics.removed) removed (\(statistics.removedIdentical) identical, \
      \(statistics.removedSameWords) with the same words, \(statistics.removedNear) near)
      """
  }

  static func pairs(_ statistics: CorpusStatistics) -> String {
    let candidates =
      switch (statistics.match, statistics.plan) {
      case (.near, let plan?): "\(plan.bands) bands of \(plan.rows) rows"
      case (.near, nil): "prefix filter"
      case (.words, _): "equal words"
      case (.identical, _): "equal text"
      }
    return """
      records              \(statistics.records)
      bytes                \(statistics.bytes)
      left out             \(statistics.skipped)
      blank lines          \(statistics.blankLines)
      without a word       \(statistics.withoutWords)
      repeated ids         \(statistics.repeatedIDs)
      equal to an earlier  \(statistics.equalRecords)
      candidates by        \(candidates)
      buckets              \(statistics.buckets)
      pairs proposed       \(statistics.proposedPairs)
      pairs verified       \(statistics.comparedPairs)
      pairs accepted       \(statistics.acceptedPairs)
      in crowded buckets   \(statistics.cutRecords)
      proposals cut off    \(statistics.cutProposals)
      """
  }

  private static func count(_ n: Int, _ noun: String) -> String {
    n == 1 ? "1 \(noun)" : "\(n) \(noun)s"
  }
}
