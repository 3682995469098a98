// refrain check, as a library: files in, findings out.

import RefrainCorpus
import RefrainMatch
public import RefrainModel
import RefrainText

/// Finds repeated passages within and across texts.
public struct Checker: Sendable {
  public let settings: CheckSettings
  public let progress: Progress.Handler

  /// A check under these settings; `progress` is told how far it is.
  public init(settings: CheckSettings, progress: @escaping Progress.Handler = { _ in }) {
    self.settings = settings
    self.progress = progress
  }

  /// Checks files and folders; `-` is standard input, no path the working folder.
  public func run(_ paths: [String]) throws(RefrainError) -> CheckResult {
    let workers = Workers(threads: settings.threads)
    var problems = TextProblems()
    let loader = TextLoader(
      textField: settings.textField, idField: settings.idField, onError: settings.onError,
      workers: workers)
    // What the gate accepts is read first: a missing baseline should not cost a run to find out.
    let root = PathRoot.find()
    let baseline = try settings.baseline.map { path throws(RefrainError) in
      try Baseline(path: path)
    }
    let changes = try settings.since.map { revision throws(RefrainError) in
      try GitChanges.since(revision, root: root)
    }
    let (files, focus, walked) = try files(paths, changes)
    problems.skipped = walked.unreadable
    let ownSettings = try settings.perFile(files.map(\.path))
    let texts = try loader.load(files, problems: &problems)
    if texts.isEmpty, settings.requireFiles {
      let others = walked.notRead.phrase.map { "; \($0)" } ?? ""
      throw .nothingToDo(cause: "no text files to check\(others)")
    }
    // Files that differ in where to look are looked at for both, and sorted out at the end.
    var settings = settings
    if ownSettings.values.contains(where: { $0.scope != settings.scope }) { settings.scope = .both }
    let isolated = settings.scope == .within
    let analyses = texts.map(\.analysis)
    progress(Progress(stage: .bucketing, done: 0, total: texts.count))
    var families =
      isolated || texts.count < 2
      ? DocumentFamilies(single: texts.count) : DocumentFamilies(analyses, workers: workers)
    var book = WaiverBook(texts)
    families.release(book.released(from: families.groups))
    let matches = PassageSearch(texts: texts, families: families, settings: settings).matches()
    let groups = groups(matches, analyses).compactMap { book.without($0) }
    progress(Progress(stage: .verifying, done: 0, total: groups.count))
    let builder = FindingBuilder(
      texts: texts, families: families, settings: settings, changes: changes)
    var findings = isolated ? [] : families.groups.map(builder.duplicateDocument)
    findings += workers.map(groups.count, state: {}) { _, index -> Finding?? in
      .some(builder.finding(groups[index]))
    }.compactMap { $0 }
    findings = findings.filter { isWanted($0, ownSettings) }.sorted(by: Self.inOrder)
    var result = CheckResult(findings: findings)
    result.gate = settings.gate
    result.root = root
    var seen: Set<String> = []
    result.files = texts.map(\.path).filter { seen.insert($0).inserted }
    // Before anything is left out for not being asked about: it is there, and so not resolved.
    if let baseline { baseline.apply(to: &result) }
    result.findings = result.findings.filter { isShown($0, focus) }
    let remarks = book.remarks(unused: settings.scope == .both)
    result.remarks = remarks.filter { remark in
      (settings.focus.isEmpty || focus.contains(remark.path))
        && changes?.touches(remark.path, remark.start.line...remark.end.line) ?? true
    }
    result.waived = book.waived
    result.documents = texts.count
    result.words = analyses.reduce(0) { $0 + $1.words.count }
    result.skipped = problems.skipped
    result.notText = problems.notText
    result.notRead = walked.notRead
    for _ in problems.notText { result.notRead.add(kind: NotReadFiles.withoutExtension) }
    result.settings = settings.report
    return result
  }

  /// The files to read, each once by whatever names it is reached, those in focus first, then those
  /// that changed, so that they speak for their duplicates; the paths in focus; and what else the walk
  /// met.
  ///
  /// The baseline is none of them however it is named, nor is what the run writes.
  /// - Throws: what walking throws; `overwritesInput` where an output would replace a text.
  private func files(
    _ paths: [String], _ changes: ChangedLines?
  ) throws(RefrainError) -> (all: [WalkedFile], focus: Set<String>, walked: WalkedFiles) {
    let walker = FileWalker(respectIgnoreFiles: settings.respectIgnoreFiles)
    let input = InputOpener.standardInput
    let baseline = settings.baseline.flatMap { FileIdentity(ofInput: $0) }
    let outputs = RunFiles(outputs: settings.outputs, option: "--output")
    let isText = { (file: WalkedFile) in
      guard let identity = FileIdentity(ofInput: file.path) else { return true }
      return identity != baseline && !outputs.contains(identity)
    }
    let focus = try walker.walk(settings.focus.filter { $0 != input }).files.filter(isText)
    let named = paths.isEmpty ? ["."] : paths.filter { $0 != input }
    let walked = try walker.walk(settings.focus.filter { $0 != input } + named)
    let found = walked.files
    for file in found {
      if let output = outputs.output(replacing: file.path) {
        try requireReplaceable(file.path, output.path)
      }
    }
    var files = found.filter(isText)
    if (paths + settings.focus).contains(input) {
      try outputs.requireApart(from: input)
      let file = WalkedFile(path: input, kind: .text(.plain), explicit: true)
      let isFirst = settings.focus.contains(input) || paths.first == input
      files.insert(file, at: isFirst ? 0 : files.count)
    }
    var focused = Set(focus.map(\.path))
    if settings.focus.contains(input) { focused.insert(InputOpener.standardInputName) }
    if let changes {
      let isFirst = { (file: WalkedFile) in
        focused.contains(file.path) || changes.touches(file.path)
      }
      files = files.filter(isFirst) + files.filter { !isFirst($0) }
    }
    return (files, focused, walked)
  }

  /// Refuses an output where a text is that the run would read: anything but a report or baseline of ours.
  private func requireReplaceable(_ path: String, _ output: String) throws(RefrainError) {
    let head = try InputOpener.head(path, limit: ReportMark.resultHead)
    if head.isEmpty || ReportMark.isResult(head) { return }
    throw .overwritesInput(option: "--output", path: output, input: path)
  }

  private func groups(_ matches: [PassageMatch], _ texts: [AnalyzedText]) -> [PassageGroup] {
    let likeness = PlaceLikeness(texts)
    return PassageGroups.group(
      MatchGrowth.grow(matches), strong: 4096, isAlike: likeness.isAlike)
  }

  /// Whether a finding is what was asked for: one of its files must want it.
  private func isWanted(_ finding: Finding, _ own: [String: PassageSettings]) -> Bool {
    let all = settings.passages
    return own.isEmpty
      ? all.wants(finding) : finding.occurrences.contains { (own[$0.path] ?? all).wants(finding) }
  }

  /// Whether a finding is reported: it is there, but may be nothing that was asked about.
  private func isShown(_ finding: Finding, _ focus: Set<String>) -> Bool {
    guard settings.kinds.contains(finding.kind) else { return false }
    if settings.since != nil, finding.occurrences.allSatisfy({ $0.changedLines == nil }) {
      return false
    }
    if !settings.focus.isEmpty {
      return finding.occurrences.contains { focus.contains($0.path) }
    }
    return true
  }

  /// By weight, then path, then place.
  private static func inOrder(_ a: Finding, _ b: Finding) -> Bool {
    if a.weight != b.weight { return a.weight > b.weight }
    let (x, y) = (a.occurrences[0], b.occurrences[0])
    if x.path != y.path { return x.path < y.path }
    if x.recordLine != y.recordLine { return (x.recordLine ?? 0) < (y.recordLine ?? 0) }
    return (x.start.byte, x.end.byte) < (y.start.byte, y.end.byte)
  }
}

extension PassageSettings {
  /// Whether a finding is long enough, alike enough and where it was looked for.
  func wants(_ finding: Finding) -> Bool {
    if finding.words < leastWords { return false }
    switch scope {
    case .within: if finding.scope != .within { return false }
    case .across: if finding.scope != .across { return false }
    case .both: break
    }
    guard let similarity, finding.kind != .duplicateDocument else { return true }
    let difference = finding.difference
    let least = min(difference.firstWords, difference.secondWords)
    return difference.equalWords * similarity.denominator >= similarity.numerator * least
  }
}

extension CheckSettings {
  /// What words, and so fingerprints, are made by.
  static let scheme = "refrain1/\(Segmenter.scheme)"

  /// The settings as a report shows them.
  var report: [(name: String, json: String)] {
    [
      ("scope", "\"\(scope.rawValue)\""),
      ("minWords", String(leastWords)),
      (
        "similarity",
        similarity.map { JSONText.sixDigits($0.numerator, of: $0.denominator) } ?? "null"
      ),
      ("boilerplateDocuments", String(boilerplateDocuments)),
      ("scheme", "\"\(Self.scheme)\""),
    ]
  }
}
