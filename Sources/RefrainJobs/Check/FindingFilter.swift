// Which findings a run tells.

import RefrainModel
import RefrainPassages

/// What was asked for, of a run and of the files with settings of their own.
struct FindingFilter {
  private let settings: CheckSettings
  private let own: [String: PassageSettings]
  private let focus: Set<String>

  /// - Parameters:
  ///   - own: the settings of files, by path.
  ///   - focus: the paths to report on; of interest where the settings have a focus.
  init(_ settings: CheckSettings, _ own: [String: PassageSettings], _ focus: Set<String>) {
    self.settings = settings
    self.own = own
    self.focus = focus
  }

  /// Whether a finding is what was searched for: one of its files must want it.
  func wants(_ finding: Finding) -> Bool {
    let all = settings.passages
    return own.isEmpty
      ? all.wants(finding) : finding.occurrences.contains { (own[$0.path] ?? all).wants(finding) }
  }

  /// The findings that are reported; those of a lower level than was asked for are counted in the result.
  func told(_ findings: [Finding], _ result: inout CheckResult) -> [Finding] {
    findings.filter { finding in
      guard isShown(finding) else { return false }
      if isLoud(finding) { return true }
      if finding.isHint { result.hints += 1 } else { result.notes += 1 }
      return false
    }
  }

  /// Whether a finding has the least level of one of its files.
  private func isLoud(_ finding: Finding) -> Bool {
    if own.isEmpty { return finding.level >= settings.level }
    return finding.occurrences.contains {
      finding.level >= own[$0.path]?.level ?? settings.level
    }
  }

  /// Whether a finding is reported: it is there, but may be nothing that was asked about.
  private func isShown(_ finding: Finding) -> Bool {
    guard settings.kinds.contains(finding.kind) else { return false }
    if settings.since != nil, finding.occurrences.allSatisfy({ $0.changedLines == nil }) {
      return false
    }
    if !settings.focus.isEmpty {
      return finding.occurrences.contains { focus.contains($0.path) }
    }
    return true
  }
}
