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
  /// The words of each file, by its name in `files`.
  package var wordsByFile: [String: Int] = [:]
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
  /// Notes that are not among `findings` because only errors were asked for.
  public var notes = 0
  /// Findings so slight that chance alone would bring forth more of them than one in ten documents.
  public var byChance = 0
  /// Findings that a waiver covers, and that are therefore not among `findings`.
  public var waived = 0
  /// Which findings fail the run.
  package var gate = Gate()
  /// Whether reports for people tell known findings, too.
  package var showsKnown = false
  /// What paths in machine formats are relative to.
  package var root = PathRoot()
  /// What was asked for.
  package var settings: SearchedSettings?

  /// A result of these findings, in the order in which they are reported, and nothing else yet.
  package init(findings: [Finding]) { self.findings = findings }

  /// Findings that were written while others were still being made, and that are not among `findings`.
  package var written = FindingCounts()

  /// How many findings there are, those that were written already included.
  package var counts: FindingCounts {
    var counts = written
    for finding in findings { counts.add(finding, gate) }
    return counts
  }

  /// What is told to people: all but what somebody accepted and nothing changed, unless that was asked
  /// for or counts all the same.
  package var told: [Finding] {
    showsKnown ? findings : findings.filter { $0.state != .known || gate.warns(of: $0) }
  }

  /// How many findings count against the gate.
  public var gating: Int { counts.gating }

  /// How much a finding asks of a person.
  public func level(of finding: Finding) -> FindingLevel { gate.level(of: finding) }

  /// Whether the gate fails.
  public var gates: Bool { gating > gate.tolerated }
}

/// How many findings there are.
package struct FindingCounts: Hashable, Sendable {
  package private(set) var all = 0
  /// Those that count against the gate.
  package private(set) var gating = 0
  package private(set) var byKind: [FindingKind: Int] = [:]

  package init() {}

  package mutating func add(_ finding: Finding, _ gate: Gate) {
    all += 1
    if gate.counts(finding) { gating += 1 }
    byKind[finding.kind, default: 0] += 1
  }
}
