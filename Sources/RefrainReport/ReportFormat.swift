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
  package func report(
    _ result: CheckResult, version: String, style: TextStyle, isTerminal: Bool,
    summary: StepSummary = .absent
  ) -> [UInt8] {
    switch self {
    case .text:
      isTerminal ? TextReport.cards(result, style) : ConciseReport.report(result)
    case .cards: TextReport.cards(result, style)
    case .concise: ConciseReport.report(result)
    case .json: JSONReport.report(result, version: version)
    case .jsonl: JSONLinesReport.report(result)
    case .sarif: SARIFReport.report(result, version: version)
    case .github: GitHubReport.report(result, summary: summary)
    case .gitlab: GitLabReport.report(result)
    case .junit: JUnitReport.report(result)
    case .checkstyle: CheckstyleReport.report(result)
    case .rdjsonl: ReviewdogReport.report(result)
    case .markdown: MarkdownReport.report(result)
    case .html: HTMLReport.report(result, version: version)
    }
  }
}
