// Which findings fail a run: the one question that CI asks.

/// What a gate holds against a finding.
package enum FailOn: String, Hashable, Sendable, CaseIterable {
  /// Repetition that no baseline accepts; without a baseline, all of it.
  case new
  /// All repetition, accepted or not.
  case any
  /// Nothing.
  case never
}

/// The rule by which findings fail a run.
package struct Gate: Hashable, Sendable {
  /// The kinds that count at all.
  package var kinds = Set(FindingKind.allCases.filter(\.gates))
  /// The kinds that count in files with settings of their own.
  package var ownKinds: [String: Set<FindingKind>] = [:]
  package var failOn = FailOn.new
  /// How many counting findings are tolerated.
  package var tolerated = 0

  /// The gate of `check` by default: new findings of the kinds that gate.
  package init() {}

  /// Whether a finding counts.
  package func counts(_ finding: Finding) -> Bool { failOn != .never && warns(of: finding) }

  /// How much a finding asks of a person.
  package func level(of finding: Finding) -> FindingLevel {
    finding.level < .error ? finding.level : warns(of: finding) ? .error : .note
  }

  /// Whether a finding is a warning, or no more than a note: that it fails no run makes repetition that
  /// nobody accepted no lighter.
  package func warns(of finding: Finding) -> Bool {
    guard finding.level == .error, gates(finding) else { return false }
    return failOn == .any || finding.state?.isNew ?? true
  }

  /// Whether the kind of a finding counts in one of its files.
  private func gates(_ finding: Finding) -> Bool {
    if ownKinds.isEmpty { return kinds.contains(finding.kind) }
    return finding.occurrences.contains { (ownKinds[$0.path] ?? kinds).contains(finding.kind) }
  }
}
