// The inputs and outputs of a corpus job by name.

import RefrainCorpus
import RefrainModel

/// What the user named, and what that came to: files of any name, and in folders those named as JSON
/// Lines.
struct RecordInputs {
  /// The inputs to open, in the order given; a folder stands for the JSON Lines files below it, sorted by
  /// path.
  private let files: [WalkedFile]
  /// Inputs that a walk met and that were left out since they cannot be read, in that order.
  private(set) var leftOut: [RefrainError] = []
  /// What a walk met and does not read.
  private(set) var notRead = NotReadFiles()

  /// Finds the files under `paths`.
  ///
  /// - Throws: `unreadable` for what was named, and, unless errors are skipped, for what a walk met;
  ///   `nothingToDo` where there is no input at all.
  init(_ paths: [String], onError: ErrorPolicy) throws(RefrainError) {
    // Whoever names a folder of records means them, ignored by git or not.
    let walker = FileWalker(.records, respectIgnoreFiles: false)
    var files: [WalkedFile] = []
    for path in paths {
      guard path != InputOpener.standardInput, OutputFile.isFolder(path) else {
        files.append(WalkedFile(path: path, kind: .records, explicit: true))
        continue
      }
      let walked = try walker.walk([path])
      files += walked.files
      leftOut += walked.unreadable
      notRead.add(walked.notRead)
    }
    self.files = files
    if onError == .fail, let error = leftOut.first { throw error }
    if files.isEmpty {
      let names = paths.joined(separator: ", ")
      throw nothing("no JSON Lines files in \(names)\(notRead.phrase.map { "; \($0)" } ?? "")")
    }
  }

  /// Opens them.
  ///
  /// One that a walk found and that cannot be read as a whole is left out where errors are skipped.
  mutating func open(_ onError: ErrorPolicy) throws(RefrainError) -> [RecordSource] {
    var sources: [RecordSource] = []
    for file in files {
      do throws(RefrainError) {
        sources.append(try RecordSource(path: file.path))
      } catch {
        if onError == .fail || file.explicit { throw error }
        leftOut.append(error)
      }
    }
    if sources.isEmpty { throw nothing("nothing could be read") }
    return sources
  }

  /// Refuses to go on without any record where there was something that could not be read: an empty
  /// result would be taken for an empty corpus.
  func requireRecords(in corpus: SketchedCorpus) throws(RefrainError) {
    guard corpus.rows.isEmpty, !leftOut.isEmpty || !corpus.skipped.isEmpty else { return }
    throw nothing("no record could be read", corpus.skipped)
  }

  /// The error of a run without input, with the first thing that was left out.
  private func nothing(_ what: String, _ skipped: [RefrainError] = []) -> RefrainError {
    let first = (leftOut + skipped).first.map { "; the first error: \($0.description)" } ?? ""
    return .nothingToDo(cause: what + first)
  }
}

extension CorpusStatistics {
  /// Takes over what was left out and not read.
  mutating func add(_ inputs: RecordInputs) {
    leftOutInputs = inputs.leftOut
    notRead = inputs.notRead
  }
}

/// Where kept records go: one file, one a source in a folder, or nowhere.
final class OutputSet {
  private let files: [OutputFile]

  init(_ path: String?, sources: [String]) throws(RefrainError) {
    guard let path else {
      files = []
      return
    }
    guard OutputFile.isFolder(path) else {
      files = [try OutputFile(path)]
      return
    }
    var names: [String: String] = [:]
    var files: [OutputFile] = []
    for source in sources {
      let name = Self.fileName(for: source)
      if let other = names.updateValue(source, forKey: name) {
        throw .badSetting(
          name: "--output", cause: "\(other) and \(source) would both be written to \(path)/\(name)"
        )
      }
      files.append(try OutputFile("\(path)/\(name)"))
    }
    self.files = files
  }

  /// The input's own name; an output whose name ends in `.gz` is compressed as the input was.
  private static func fileName(for source: String) -> String {
    if source == InputOpener.standardInputName { return "stdin.jsonl" }
    return source.split(separator: "/").last.map(String.init) ?? "records.jsonl"
  }

  /// Writes a stretch of whole lines of a source.
  ///
  /// A last line without a line end gets one when it is not the end of its file.
  func write(_ range: ByteRange, of source: RecordSource, _ number: Int) throws(RefrainError) {
    guard !files.isEmpty else { return }
    let file = files.count == 1 ? files[0] : files[number]
    try file.endLine()
    try file.write(direct: UnsafeRawBufferPointer(rebasing: source.bytes[range.start..<range.end]))
  }

  /// Refuses two results for one file, of which the second would replace the first.
  static func requireDistinct(
    _ paths: [(option: String, path: String?)]
  ) throws(RefrainError) {
    var known: [String: String] = [:]
    for case (let option, let path?) in paths {
      if let other = known.updateValue(option, forKey: path) {
        throw .badSetting(name: option, cause: "\(path) is what \(other) is written to")
      }
    }
  }

  func commit() throws(RefrainError) {
    for file in files { try file.commit() }
  }
}
