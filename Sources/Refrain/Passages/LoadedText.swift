// Texts for the passage jobs: from files and records to prose, analysed.

import Glibc
import RefrainCorpus
import RefrainModel
import RefrainText

/// One text: a file, a record of a container, or standard input.
struct LoadedText: Sendable {
  /// The file as the user named it.
  let path: String
  /// The record's id; nil for a file that is one text.
  let id: RecordID?
  /// The record's line in its container; nil for a file.
  let recordLine: Int?
  let prose: Prose
  let analysis: AnalyzedText
  /// Finds the line and column of bytes of the source: the file, or the record's decoded text.
  let lines: LineIndex
  /// Comments that waive repetition.
  let waivers: [Waiver]
  /// What stands in quotation marks and block quotations, in order, in bytes of the prose.
  let quotations: [ByteRange]

  /// The bytes of a range of words in the source, and what stands there in the prose.
  func place(of bytes: ByteRange) -> (start: Place, end: Place) {
    let source = prose.map.source(of: bytes)
    return (lines.place(of: source.start), lines.place(of: source.end))
  }

  /// The prose of a range of bytes, as a string.
  func string(_ bytes: ByteRange) -> String {
    String(decoding: prose.text[bytes.start..<bytes.end], as: UTF8.self)
  }
}

/// What a container or an unreadable file led to.
struct TextProblems: Sendable {
  var skipped: [RefrainError] = []
  /// Files that nobody named and that turned out to be no text.
  var notText: [RefrainError] = []
}

/// Loads texts in parallel, in order.
struct TextLoader {
  let textField: String
  let idField: String
  let onError: ErrorPolicy
  let workers: Workers
  /// Whether tables in plain text are prose: to people who compare two texts they are.
  var keepsTables = false

  /// Loads files; a record container gives one text a record.
  func load(
    _ files: [WalkedFile], problems: inout TextProblems
  ) throws(RefrainError) -> [LoadedText] {
    var units: [Unit] = []
    var sources: [RecordSource] = []
    for file in files {
      if file.kind == .records {
        do throws(RefrainError) {
          let source = try RecordSource(path: file.path)
          units += try records(of: source, wasFound: !file.explicit)
          sources.append(source)
        } catch {
          if onError == .fail, file.explicit { throw error }
          problems.skipped.append(error)
        }
      } else {
        units.append(.file(file))
      }
    }
    let loaded = workers.map(units.count, state: { Worker(self) }) { worker, index in
      worker.load(units[index])
    }
    try RecordInputs.requireUnchanged(sources)
    var texts: [LoadedText] = []
    texts.reserveCapacity(loaded.count)
    for (unit, result) in zip(units, loaded) {
      switch result {
      case .success(let text?): texts.append(text)
      case .success(nil): break
      case .failure(let error) where unit.isOnTrial && error.isAboutContent:
        problems.notText.append(error)
      case .failure(let error):
        // Of what a walk found the others are checked all the same; the exit status tells that something
        // was left out.
        if onError == .fail, !unit.wasFound { throw error }
        problems.skipped.append(error)
      }
    }
    return texts
  }

  /// A file to read, or a record to parse.
  private enum Unit {
    case file(WalkedFile)
    case record(source: RecordSource, line: Int, content: ByteRange, wasFound: Bool)

    /// Whether it is, or lies in, a file that a walk found.
    var wasFound: Bool {
      switch self {
      case .file(let file): !file.explicit
      case .record(_, _, _, let wasFound): wasFound
      }
    }

    var isOnTrial: Bool {
      if case .file(let file) = self { file.isOnTrial } else { false }
    }
  }

  private func records(
    of source: RecordSource, wasFound: Bool
  ) throws(RefrainError) -> [Unit] {
    var units: [Unit] = []
    var lines = LineCursor(source.bytes, ByteRange(source.start, source.bytes.count))
    var number = 0
    while let (_, content) = lines.next() {
      number += 1
      if isBlank(UnsafeRawBufferPointer(rebasing: source.bytes[content.start..<content.end])) {
        continue
      }
      units.append(
        .record(source: source, line: number, content: content, wasFound: wasFound))
    }
    return units
  }

  /// One worker's tools.
  private final class Worker {
    private let loader: TextLoader
    private let analyzer = TextAnalyzer()
    private let reader: RecordReader

    init(_ loader: TextLoader) {
      self.loader = loader
      reader = RecordReader(textField: loader.textField, idField: loader.idField)
    }

    func load(_ unit: Unit) -> Result<LoadedText?, RefrainError> {
      do throws(RefrainError) {
        switch unit {
        case .file(let file): return .success(try load(file))
        case .record(let source, let line, let content, _):
          return .success(try load(source, line, content))
        }
      } catch {
        return .failure(error)
      }
    }

    private func load(_ file: WalkedFile) throws(RefrainError) -> LoadedText? {
      let bytes = try InputOpener.read(file.path)
      if !file.explicit {
        if ReportMark.isReport(bytes) { return nil }
        try Prose.requireText(bytes, path: file.path)
      }
      let path =
        file.path == InputOpener.standardInput
        ? InputOpener.standardInputName : file.path
      var format = TextFormat.plain
      if case .text(let known) = file.kind { format = known }
      return try text(bytes, format, path: path, id: nil, line: nil)
    }

    private func load(
      _ source: RecordSource, _ line: Int, _ content: ByteRange
    ) throws(RefrainError) -> LoadedText? {
      let record = UnsafeRawBufferPointer(rebasing: source.bytes[content.start..<content.end])
      switch reader.read(record) {
      case .failure(let fault):
        throw fault.at(path: source.path, line: line, offset: content.start)
      case .success(let text):
        let id = reader.id() ?? .place(path: source.path, line: line)
        return try self.text([UInt8](text), .plain, path: source.path, id: id, line: line)
      }
    }

    private func text(
      _ bytes: [UInt8], _ format: TextFormat, path: String, id: RecordID?, line: Int?
    ) throws(RefrainError) -> LoadedText {
      let prose = try Prose(
        bytes, format: format, path: path, keepsTables: loader.keepsTables)
      return LoadedText(
        path: path, id: id, recordLine: line, prose: prose,
        analysis: analyzer.analyze(prose.text), lines: LineIndex(bytes),
        // A record's text has no comments: its host is JSON.
        waivers: line == nil ? WaiverScanner.scan(bytes, path: path) : [],
        quotations: Quotations.all(prose))
    }
  }
}

extension RefrainError {
  /// Whether it says that a file is no text.
  fileprivate var isAboutContent: Bool {
    switch self {
    case .notUTF8, .notText: true
    default: false
    }
  }
}
