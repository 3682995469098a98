// A check's result for a person at a terminal: a card a finding.

package import RefrainModel

package struct TextReport: Reporter {
  /// Places of a finding that are named in its card.
  private static let named = 12

  private let style: TextStyle

  package init(style: TextStyle) { self.style = style }

  /// A card a finding: kind, how much is repeated, all places, and what differs.
  package func write(_ result: CheckResult, to bytes: inout [UInt8]) {
    var text = ""
    for finding in result.told { text += card(finding) + "\n" }
    for remark in result.remarks { text += style.warning(ConciseReport.line(remark)) + "\n" }
    bytes.append(contentsOf: text.utf8)
  }

  private func card(_ finding: Finding) -> String {
    let first = finding.occurrences[0]
    var text = style.heading(first.place()) + "  " + style.bold(finding.kind.rawValue)
    text += "  \(finding.share)  (\(tags(finding)))\n"
    let others = finding.others
    let shown = others.prefix(Self.named).map { $0.place() + $0.likeness + $0.addition }
    text += "   also " + shown.joined(separator: ", ")
    if others.count > Self.named { text += " and \(others.count - Self.named) more" }
    text += "\n"
    // Where most differs, what is shared is hard to see in the diff.
    if !finding.shared.isEmpty, finding.difference.equalWords * 2 < finding.words {
      let stretches = finding.shared.map(VisibleText.prose).joined(separator: ", ")
      text += "   \(style.bold("shares:")) \(stretches)\n"
    }
    if !finding.difference.pieces.isEmpty {
      text += "   \(style.difference(finding.difference))\n"
    } else if finding.kind == .duplicateDocument {
      text += "   " + style.dim(first.firstLine) + "\n"
    }
    return text
  }

  /// One line on the whole: for standard error.
  package static func summary(_ result: CheckResult) -> String {
    let counts = result.counts
    let parts = FindingKind.allCases.compactMap { kind in
      counts.byKind[kind].map { "\($0) \(kind.rawValue)" }
    }
    var text =
      "\(Phrases.count(result.documents, "document")), \(Phrases.count(counts.all, "finding"))"
    if !parts.isEmpty { text += ": " + parts.joined(separator: ", ") }
    if result.findings.contains(where: { $0.state != nil }) {
      let count = { state in result.findings.count { $0.state == state } }
      text += "; \(count(.known)) known"
      for state in [FindingState.changed, .grown, .new] where count(state) > 0 {
        text += ", \(count(state)) \(state.rawValue)"
      }
      text += ", \(result.resolved.count) resolved"
    } else if !result.resolved.isEmpty {
      text += "; \(result.resolved.count) resolved"
    }
    let untold = result.hints + result.notes
    if untold > 0 { text += "; \(untold) more with --all" }
    if result.waived > 0 { text += "; \(result.waived) waived" }
    if !result.remarks.isEmpty { text += "; \(Phrases.count(result.remarks.count, "remark"))" }
    if counts.gating != counts.all || result.gate.tolerated > 0 {
      text += "; \(counts.gating) gating"
    }
    if result.gate.tolerated > 0 { text += " of \(result.gate.tolerated) tolerated" }
    if let phrase = result.notRead.phrase { text += "; \(phrase)" }
    return text
  }

  private func tags(_ finding: Finding) -> String {
    var tags = finding.isHint ? [FindingLevel.hint.rawValue] : []
    tags.append(finding.scope.rawValue)
    if finding.longestRun > 0 { tags.append("longest run \(finding.longestRun)") }
    if finding.occurrences.count > 2 { tags.append("\(finding.occurrences.count) places") }
    if let state = finding.state { tags.append(state.rawValue) }
    return tags.joined(separator: ", ")
  }
}
