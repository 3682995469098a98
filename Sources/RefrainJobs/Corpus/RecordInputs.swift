// The inputs and outputs of a corpus job by name.

import RefrainCorpus
import RefrainFiles
import RefrainModel
import RefrainRecords

/// What the user named, and what that came to: files of any name, and in folders those whose names tell of
/// records or, where there are none, of text.
struct RecordInputs {
  /// The inputs to open, in the order given; a folder stands for the files below it, sorted by path.
  private var files: [WalkedFile]
  /// Inputs that a walk met and that were left out since they cannot be read, in that order.
  private(set) var leftOut: [RefrainError] = []
  /// What a walk met and does not read.
  private(set) var notRead = NotReadFiles()

  /// The names of the sources that were opened, by which outputs are named.
  private(set) var names: [String] = []

  /// The inputs as they were named or found; those that could be opened, once they are.
  var paths: [String] { files.map(\.path) }

  /// Finds the files under `paths`.
  ///
  /// - Throws: `unreadable` for what was named, Parquet among it, and, unless errors are skipped, for what
  ///   a walk met;
  ///   `nothingToDo` where there is no input at all.
  init(_ paths: [String], onError: ErrorPolicy) throws(RefrainError) {
    // Whoever names a folder of records means them, ignored by git or not.
    let walker = FileWalker(.records, respectIgnoreFiles: false)
    var files: [WalkedFile] = []
    for path in paths {
      guard path != InputOpener.standardInput, OutputFile.isFolder(path) else {
        if FileName(path).extension == "parquet" {
          throw .unreadable(
            path: path,
            cause: "Parquet is read by the refrain command of the Python package: "
              + "pip install refrain-text pyarrow")
        }
        files.append(WalkedFile(path: path, kind: .records, explicit: true))
        continue
      }
      var walked = try walker.walk([path])
      if walked.files.isEmpty, walked.unreadable.isEmpty {
        let texts = try FileWalker(.texts, respectIgnoreFiles: false).walk([path])
        if !texts.files.isEmpty { walked = texts }
      }
      files += walked.files
      leftOut += walked.unreadable
      notRead.add(walked.notRead)
    }
    self.files = files
    if onError == .fail, let error = leftOut.first { throw error }
    if files.isEmpty {
      let names = paths.joined(separator: ", ")
      throw nothing(
        "no files of records or text in \(names)\(notRead.phrase.map { "; \($0)" } ?? "")")
    }
  }

  /// Opens them.
  ///
  /// One that a walk found and that cannot be read as a whole is left out where errors are skipped.
  mutating func open(
    _ onError: ErrorPolicy, threads: Int
  ) throws(RefrainError) -> [RecordSource] {
    var sources: [RecordSource] = []
    var opened: [WalkedFile] = []
    let all = files
    // What is compressed is expanded here, which takes longer than anything else that is done with it.
    let openings = Workers(threads: threads).map(all.count, state: {}) { _, index in
      let result: Result<RecordSource.Opening, RefrainError>
      do throws(RefrainError) {
        result = .success(try RecordSource.open(all[index].path))
      } catch {
        result = .failure(error)
      }
      return Optional(result)
    }
    for (file, result) in zip(all, openings) {
      do throws(RefrainError) {
        let opening = try result.get()
        sources += opening.sources
        notRead.add(opening.notRead)
        names += opening.sources.map {
          file.path == InputOpener.standardInput && opening.sources.count == 1 ? file.path : $0.path
        }
        opened.append(file)
      } catch {
        if onError == .fail || file.explicit { throw error }
        leftOut.append(error)
      }
    }
    files = opened
    if sources.isEmpty { throw nothing("no input could be read") }
    return sources
  }

  /// Refuses to go on without any record where there was something that could not be read: an empty
  /// result would be taken for an empty corpus.
  func requireRecords(in corpus: SketchedCorpus) throws(RefrainError) {
    guard corpus.rows.isEmpty, !leftOut.isEmpty || !corpus.skipped.isEmpty else { return }
    throw nothing("no record could be read", corpus.skipped)
  }

  /// Runs a job on sources: of what goes wrong because one of them changed, that is told.
  static func watching<Result>(
    _ sources: [RecordSource], _ body: () throws(RefrainError) -> Result
  ) throws(RefrainError) -> Result {
    do {
      return try body()
    } catch {
      try requireUnchanged(sources)
      throw error
    }
  }

  /// Refuses results of sources that somebody wrote to meanwhile.
  static func requireUnchanged(_ sources: [RecordSource]) throws(RefrainError) {
    for source in sources { try source.mapping.requireUnchanged() }
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
