// A check's result for a person: a card a finding on a terminal, a line a finding in a pipe.

package import RefrainModel

package enum TextReport {
  /// Places of a finding that are named in its card.
  private static let named = 12

  /// A card a finding: kind, how much is repeated, all places, and what differs.
  package static func cards(_ result: CheckResult, _ style: TextStyle) -> [UInt8] {
    var text = ""
    for finding in result.findings { text += card(finding, style) + "\n" }
    return Array(text.utf8)
  }

  private static func card(_ finding: Finding, _ style: TextStyle) -> String {
    let first = finding.occurrences[0]
    var text = style.heading(place(first)) + "  " + style.bold(finding.kind.rawValue)
    text += "  \(share(finding))  (\(tags(finding)))\n"
    let others = finding.occurrences.dropFirst()
    let shown = others.prefix(named).map { occurrence in
      let alike = occurrence.overlap.map { TextStyle.percent($0.shared, of: $0.union) } ?? 100
      return place(occurrence) + (alike == 100 ? "" : " (\(alike) %)")
    }
    text += "   also " + shown.joined(separator: ", ")
    if others.count > named { text += " and \(others.count - named) more" }
    text += "\n"
    // Where most differs, what is shared is hard to see in the diff.
    if !finding.shared.isEmpty, finding.difference.equalWords * 2 < finding.words {
      let stretches = finding.shared.map(TextStyle.visible).joined(separator: ", ")
      text += "   \(style.bold("shares:")) \(stretches)\n"
    }
    if !finding.difference.pieces.isEmpty {
      text += "   \(style.difference(finding.difference))\n"
    } else if finding.kind == .duplicateDocument {
      text += "   " + style.dim(firstLine(first.text)) + "\n"
    }
    return text
  }

  /// A line a finding: place, kind, share, the other places, how it begins.
  package static func lines(_ result: CheckResult) -> [UInt8] {
    var text = ""
    for finding in result.findings {
      let others = finding.occurrences.dropFirst()
      let shown = others.prefix(3).map(place).joined(separator: ", ")
      let more = others.count > 3 ? " and \(others.count - 3) more" : ""
      text += "\(place(finding.occurrences[0])): \(finding.kind.rawValue), \(share(finding)), "
      text += "also \(shown)\(more): \(firstLine(finding.occurrences[0].text))\n"
    }
    return Array(text.utf8)
  }

  /// One line on the whole: for standard error.
  package static func summary(_ result: CheckResult) -> String {
    let gating = result.findings.reduce(0) { $0 + ($1.gates(result.gatingKinds) ? 1 : 0) }
    var parts: [String] = []
    for kind in FindingKind.allCases {
      let n = result.findings.reduce(0) { $0 + ($1.kind == kind ? 1 : 0) }
      if n > 0 { parts.append("\(n) \(kind.rawValue)") }
    }
    var text = "\(count(result.documents, "document")), \(count(result.findings.count, "finding"))"
    if !parts.isEmpty { text += ": " + parts.joined(separator: ", ") }
    if result.findings.contains(where: { $0.state != nil }) {
      let known = result.findings.count { $0.state?.gates == false }
      text += "; \(known) known, \(result.resolved) resolved"
    }
    if gating != result.findings.count { text += "; \(gating) gating" }
    return text
  }

  private static func share(_ finding: Finding) -> String {
    if finding.kind == .duplicateDocument {
      let alike = TextStyle.percent(finding.overlap.shared, of: finding.overlap.union)
      return "\(alike) % alike, \(count(finding.words, "word"))"
    }
    let difference = finding.difference
    let whole = max(difference.firstWords, difference.secondWords)
    let percent = TextStyle.percent(difference.equalWords, of: whole)
    return "\(percent) % of \(count(whole, "word"))"
  }

  private static func tags(_ finding: Finding) -> String {
    var tags = [finding.scope.rawValue]
    if finding.longestRun > 0 { tags.append("longest run \(finding.longestRun)") }
    if finding.occurrences.count > 2 { tags.append("\(finding.occurrences.count) places") }
    if let state = finding.state { tags.append(state.rawValue) }
    return tags.joined(separator: ", ")
  }

  private static func place(_ occurrence: Occurrence) -> String {
    let path = TextStyle.visible(occurrence.path)
    if let record = occurrence.recordLine, let id = occurrence.id {
      return "\(path):\(record)[\(TextStyle.visible(id.description))]:"
        + "\(occurrence.start.line):\(occurrence.start.column)"
    }
    return "\(path):\(occurrence.start.line):\(occurrence.start.column)"
  }

  /// The first words of a text on one line.
  private static func firstLine(_ text: String) -> String {
    let line = TextStyle.visible(text).split(separator: " ").joined(separator: " ")
    return line.count > 100 ? line.prefix(99) + "…" : line
  }

  private static func count(_ n: Int, _ noun: String) -> String {
    n == 1 ? "1 \(noun)" : "\(n) \(noun)s"
  }
}
