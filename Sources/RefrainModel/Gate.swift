// Which findings fail a run: the one question that CI asks.

/// What a gate holds against a finding.
public enum FailOn: String, Hashable, Sendable, CaseIterable {
  /// Repetition that no baseline accepts; without a baseline, all of it.
  case new
  /// All repetition, accepted or not.
  case any
  /// Nothing.
  case never
}

/// The rule by which findings fail a run.
public struct Gate: Hashable, Sendable {
  /// The kinds that count at all.
  public var kinds = Set(FindingKind.allCases.filter(\.gates))
  public var failOn = FailOn.new
  /// How many counting findings are tolerated.
  public var tolerated = 0

  /// The gate of `check` by default: new findings of the kinds that gate.
  public init() {}

  /// Whether a finding counts.
  public func counts(_ finding: Finding) -> Bool { failOn != .never && warns(of: finding) }

  /// Whether a finding is a warning, or no more than a note: that it fails no run makes repetition that
  /// nobody accepted no lighter.
  public func warns(of finding: Finding) -> Bool {
    guard kinds.contains(finding.kind) else { return false }
    return failOn == .any || finding.state?.isNew ?? true
  }
}
