// The forms that a check's result can take, and which reporter writes which.

package import RefrainModel

/// A form of a result.
public enum ReportFormat: String, Hashable, Sendable, CaseIterable {
  /// Cards on a terminal, lines in a pipe.
  case text
  case cards
  case concise
  case json
  case jsonl
  case sarif
  case github
  case gitlab
  case junit
  case checkstyle
  case rdjsonl
  case markdown
  case html

  /// Reads a name; `lines` is another one of `concise`.
  package init?(name: some StringProtocol) {
    self.init(rawValue: name == "lines" ? "concise" : String(name))
  }

  /// The whole report.
  ///
  /// - Parameters:
  ///   - version: this program's.
  ///   - style: colours for cards, where they go to a terminal.
  ///   - isTerminal: whether it is read by a person right away.
  ///   - summary: what a job's summary holds besides.
  ///   - link: where places lead, in a form that can have links.
  package func report(
    _ result: CheckResult, version: String, style: TextStyle, isTerminal: Bool,
    summary: StepSummary = .absent, link: LinkTemplate? = nil
  ) -> [UInt8] {
    reporter(version: version, style: style, isTerminal: isTerminal, summary: summary, link: link)
      .report(result)
  }

  /// Who writes it.
  private func reporter(
    version: String, style: TextStyle, isTerminal: Bool, summary: StepSummary, link: LinkTemplate?
  ) -> any Reporter<CheckResult> {
    switch self {
    case .text: isTerminal ? TextReport(style: style) : ConciseReport()
    case .cards: TextReport(style: style)
    case .concise: ConciseReport()
    case .json: JSONReport(version: version)
    case .jsonl: JSONLinesReport()
    case .sarif: SARIFReport(version: version)
    case .github: GitHubReport(summary: summary)
    case .gitlab: GitLabReport()
    case .junit: JUnitReport()
    case .checkstyle: CheckstyleReport()
    case .rdjsonl: ReviewdogReport()
    case .markdown: MarkdownReport()
    case .html: HTMLReport(version: version, link: link)
    }
  }
}
