// What a check hands to the reports.

/// What a check found and on what.
public struct CheckResult: Sendable {
  public var findings: [Finding]
  /// What else there is to say.
  public var remarks: [Remark] = []
  /// Documents read.
  public var documents = 0
  /// The files that they are in, each once, as the user named them.
  public var files: [String] = []
  public var words = 0
  /// Documents that could not be read and were left out.
  package var skipped: [RefrainError] = []
  /// Files without an extension that a folder's walk found and that are no UTF-8.
  package var notText: [RefrainError] = []
  /// Files that a walk met and that were not read.
  package var notRead = NotReadFiles()
  /// What a baseline holds that is no longer there, a readable hint each.
  package var resolved: [String] = []
  /// Findings that are true and no more, and that are not among `findings` because nobody asked for all.
  public var hints = 0
  /// Findings so slight that chance alone would bring forth more of them than one in ten documents.
  public var byChance = 0
  /// Findings that a waiver covers, and that are therefore not among `findings`.
  public var waived = 0
  /// Which findings fail the run.
  package var gate = Gate()
  /// What paths in machine formats are relative to.
  package var root = PathRoot()
  /// What was asked for.
  package var settings: SearchedSettings?

  /// A result of these findings, in the order in which they are reported, and nothing else yet.
  package init(findings: [Finding]) { self.findings = findings }

  /// How many findings count against the gate.
  public var gating: Int { findings.reduce(0) { $0 + (gate.counts($1) ? 1 : 0) } }

  /// How much a finding asks of a person.
  public func level(of finding: Finding) -> FindingLevel { gate.level(of: finding) }

  /// Whether the gate fails.
  public var gates: Bool { gating > gate.tolerated }
}
