// Repetition within and across texts in memory.

import RefrainMatch
public import RefrainModel
import RefrainPassages
import RefrainProse
public import RefrainReport
import RefrainText

/// Finds what texts in memory say more than once.
///
/// ```swift
/// let result = try Checker().check(["install.md": install, "upgrade.md": upgrade])
/// print(String(decoding: result.report(.concise), as: UTF8.self))
/// ```
public struct Checker: Sendable {
  private let settings: SearchSettings
  private let passages: PassageSettings
  private let all: Bool

  /// A checker with these settings.
  ///
  /// - Parameters:
  ///   - scope: where to look; both within and across texts where nil.
  ///   - minWords: the fewest words of a passage that is reported, at least 1.
  ///   - boilerplate: a passage in so many texts, at least 2, is boilerplate.
  ///   - all: whether the result also has hints, which are true and hardly worth a person's time. Without it,
  ///     it counts them.
  ///   - threads: as many as processors where nil. The result is the same for any number.
  /// - Throws: `RefrainError.badSetting` for values out of range.
  public init(
    scope: FindingScope? = nil, minWords: Int = 5, boilerplate: Int = 10, all: Bool = false,
    threads: Int? = nil
  ) throws(RefrainError) {
    guard minWords >= 1 else {
      throw .badSetting(name: "minWords", cause: "\(minWords) is not at least 1")
    }
    guard boilerplate >= 2 else {
      throw .badSetting(name: "boilerplate", cause: "\(boilerplate) is not at least 2")
    }
    var settings = SearchSettings()
    settings.scope = scope == nil ? .both : scope == .within ? .within : .across
    settings.leastWords = minWords
    settings.boilerplateDocuments = boilerplate
    settings.threads = try validated(threads: threads)
    self.settings = settings
    self.all = all
    var passages = PassageSettings()
    passages.scope = settings.scope
    passages.leastWords = minWords
    self.passages = passages
  }

  /// The repetition in texts, which are called by their names in all reports.
  ///
  /// Places are lines, columns and bytes of the texts as given. Near-linear in the words: a sentence is
  /// compared with a bounded number of others.
  ///
  /// - Parameter format: the markup of all texts; what each name's extension tells, else plain text, where
  ///   nil.
  /// - Throws: `RefrainError.badFile` or `unreadable` for markup that cannot be read.
  public func check(
    _ texts: some Sequence<(String, String)>, format: TextFormat? = nil
  ) throws(RefrainError) -> CheckResult {
    let analyzer = TextAnalyzer()
    var documents: [Document] = []
    for (name, text) in texts {
      documents.append(
        try Document(
          SourceText(validUTF8: Array(text.utf8)),
          format: format ?? TextFormat(path: name) ?? .plain, path: name,
          depth: .places, analyzer))
    }
    var settings = settings
    settings.buildsHints = all
    var findings: [Finding] = []
    let repetition = try DocumentSet(documents).findRepetition(settings) {
      findings += $0.filter(passages.wants)
    }
    findings = Finding.inOrder(findings)
    let hints = findings.filter(\.isHint)
    var result = CheckResult(findings: findings.filter { !$0.isHint } + (all ? hints : []))
    if !all { result.hints = hints.count + repetition.hints.count(where: passages.wants) }
    result.byChance = repetition.byChance
    result.documents = documents.count
    result.files = documents.map(\.path)
    result.words = documents.reduce(0) { $0 + $1.analysis.words.count }
    result.remarks = repetition.remarks
    result.waived = repetition.waived
    result.settings = settings.reported(similarity: nil)
    return result
  }

  /// The repetition in texts that are given by name, in order.
  ///
  /// - Throws: what `check` throws for a sequence.
  public func check(
    _ texts: KeyValuePairs<String, String>, format: TextFormat? = nil
  ) throws(RefrainError) -> CheckResult {
    try check(texts.map { ($0.key, $0.value) }, format: format)
  }
}

extension CheckResult {
  /// The result in one of the forms that `refrain check` writes, as UTF-8.
  ///
  /// Linear in the result. `text` is what stands in a pipe, without colours.
  public func report(_ format: ReportFormat) -> [UInt8] {
    format.report(
      self, version: RefrainVersion.current, style: TextStyle(isColored: false), isTerminal: false)
  }
}
