// What each kind of finding means, why it matters and how sure it is: for the formats that carry their
// rules with them.

package import RefrainModel

/// The text of a rule.
package struct RuleText: Sendable {
  package var id: String
  /// A few words.
  package var name: String
  /// One or two sentences.
  package var full: String
  /// What to do about it.
  package var help: String
  /// Whether it is a warning where nothing else is said, or a note.
  package var isWarning: Bool
  /// How sure a finding is: `very-high`, `high`, `medium` or `low`.
  package var precision: String
  package var tags: [String]

  /// All rules: the kinds of findings, then the remarks.
  package static let all =
    FindingKind.allCases.map(RuleText.init) + Remark.Rule.allCases.map(RuleText.init)

  package init(_ kind: FindingKind) {
    id = kind.rawValue
    isWarning = kind.gates
    tags = ["duplication", "maintainability"]
    switch kind {
    case .exactRepeat:
      name = "Repeated passage"
      full = "The same words stand in the same order in two places or more."
      help =
        "Keep one of the places and link to it from the others, or include the passage from one file."
      precision = "very-high"
    case .nearRepeat:
      name = "Repeated passage, edited"
      full =
        "Two places or more say the same in nearly the same words: edited, shortened or retold."
      help =
        "Compare the places: where they differ, one of them may be out of date. Keep the better one."
      precision = "high"
    case .boilerplate:
      name = "Boilerplate"
      full = "A passage stands in many documents, as notices and standard introductions do."
      help = "Include it from one file, so that a change to it is one change."
      precision = "high"
    case .quotation:
      name = "Repeated quotation"
      full = "Words in quotation marks or a block quotation are repeated."
      help = "A quotation may be repeated by right; see whether the reader needs it twice."
      precision = "medium"
    case .duplicateDocument:
      name = "Duplicate document"
      full = "Two documents or more repeat each other for the most part."
      help = "Keep one of the documents, and redirect to it from where the others were."
      precision = "high"
    }
  }

  package init(_ rule: Remark.Rule) {
    id = rule.rawValue
    isWarning = false
    precision = "very-high"
    tags = ["waiver"]
    switch rule {
    case .unusedWaiver:
      name = "Unused waiver"
      full = "A refrain comment waives repetition where there is none."
      help = "Remove the comment."
    case .expiredWaiver:
      name = "Expired waiver"
      full = "A refrain comment is past its last day, and what it covered is reported again."
      help = "Resolve the repetition, or give the waiver another day."
    case .badWaiver:
      name = "Unreadable waiver"
      full = "A refrain comment cannot be read, so it waives nothing."
      help =
        "Write refrain-ignore-next, refrain-off or refrain-on, with reason=\"...\" and until=YYYY-MM-DD."
    }
  }

  /// The help as Markdown.
  package var markdown: String { "**\(name).** \(full)\n\n\(help)" }
}
