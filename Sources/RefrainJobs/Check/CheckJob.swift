// refrain check, as a library: files in, findings out.

import RefrainFiles
import RefrainMatch
package import RefrainModel
import RefrainPassages
import RefrainRecords
import RefrainText

/// Finds repeated passages within and across texts.
package struct CheckJob: Sendable {
  package let settings: CheckSettings
  package let progress: Progress.Handler

  /// A check under these settings; `progress` is told how far it is.
  package init(settings: CheckSettings, progress: @escaping Progress.Handler = { _ in }) {
    self.settings = settings
    self.progress = progress
  }

  /// Checks files and folders; `-` is standard input, no path the working folder.
  ///
  /// - Parameter stream: where findings go as they are made, instead of being kept; with a baseline they are kept
  ///   all the same, since it is asked about all at once.
  package func run(
    _ paths: [String], to stream: CheckStream? = nil
  ) throws(RefrainError) -> CheckResult {
    let workers = Workers(threads: settings.threads)
    var problems = DocumentProblems()
    let loader = DocumentLoader(
      fields: settings.fields, onError: settings.onError, workers: workers)
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
    let (documents, tokens, sources) = try loader.collect(
      files, budget: settings.memory / 4, problems: &problems, progress: progress)
    if documents.count == 0, settings.requireFiles {
      let others = walked.notRead.phrase.map { "; \($0)" } ?? ""
      throw .nothingToDo(cause: "no text files to check\(others)")
    }
    var search = settings.search
    // Files that differ in where to look are looked at for both, and sorted out at the end.
    if ownSettings.values.contains(where: { $0.scope != settings.scope }) { search.scope = .both }
    // Hints that nobody sees are counted by what is known without reading texts again, where that decides.
    search.buildsHints =
      settings.level == .hint || settings.similarity != nil || settings.since != nil
      || !settings.focus.isEmpty || !ownSettings.isEmpty
      || settings.kinds.count < FindingKind.allCases.count
    var result = CheckResult(findings: [])
    result.gate = settings.gate
    result.gate.ownKinds = ownSettings.mapValues(\.gateKinds)
    result.showsKnown = settings.showsKnown
    result.root = root
    result.files = documents.paths
    let filter = FindingFilter(settings, ownSettings, focus)
    var found: [Finding] = []
    let set = DocumentSet(tokens, documents)
    let repetition = try set.findRepetition(search, changes: changes, progress: progress) {
      batch throws(RefrainError) in
      let wanted = batch.filter(filter.wants)
      // A baseline is asked about all that is there, hints aside.
      guard let stream, baseline == nil else {
        found += wanted.filter { !$0.isHint } + filter.told(wanted.filter(\.isHint), &result)
        return
      }
      let told = filter.told(wanted, &result)
      for finding in told { result.written.add(finding, result.gate) }
      try stream.write(told, result.gate)
    }
    try RecordInputs.requireUnchanged(sources)
    found = Finding.inOrder(found)
    result.findings = found.filter { !$0.isHint }
    // Before anything is left out for not being asked about: it is there, and so not resolved.
    if let baseline { baseline.apply(to: &result) }
    result.findings = filter.told(result.findings, &result) + found.filter(\.isHint)
    if settings.level > .hint {
      result.hints += repetition.hints.count(where: settings.passages.wants)
    }
    result.byChance = repetition.byChance
    result.remarks = repetition.remarks.filter { remark in
      (settings.focus.isEmpty || focus.contains(remark.path))
        && changes?.touches(remark.path, remark.start.line...remark.end.line) ?? true
    }
    result.waived = repetition.waived
    result.documents = documents.count
    result.words = tokens.wordCount
    result.wordsByFile = documents.wordsByFile(tokens)
    result.skipped = problems.skipped
    result.notText = problems.notText
    result.notRead = walked.notRead
    for _ in problems.notText { result.notRead.add(kind: NotReadFiles.withoutExtension) }
    result.settings = settings.search.reported(similarity: settings.similarity)
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
    let walker = FileWalker(
      respectIgnoreFiles: settings.respectIgnoreFiles, rules: settings.rules)
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
}
