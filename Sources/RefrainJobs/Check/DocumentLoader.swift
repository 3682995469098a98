// Documents from files and records, in parallel, in order.

import Glibc
import RefrainFiles
import RefrainMatch
import RefrainModel
import RefrainPassages
import RefrainProse
import RefrainRecords
import RefrainText
import Synchronization

/// What could not be loaded.
struct DocumentProblems: Sendable {
  var skipped: [RefrainError] = []
  /// Files that nobody named and that turned out to be no text.
  var notText: [RefrainError] = []
}

/// Loads documents.
struct DocumentLoader {
  let fields: RecordFields
  let onError: ErrorPolicy
  let workers: Workers
  /// Whether tables in plain text are prose: to people who compare two texts they are.
  var keepsTables = false

  /// Bytes of a container that a worker reads before it takes the next piece.
  private static let pieceSize = 1 << 16

  /// A file to read, or records to parse.
  enum Unit {
    case file(WalkedFile)
    case records(container: RecordFiles, piece: Int, wasFound: Bool)

    /// Whether it is, or lies in, a file that a walk found.
    var wasFound: Bool {
      switch self {
      case .file(let file): !file.explicit
      case .records(_, _, let wasFound): wasFound
      }
    }

    var isOnTrial: Bool {
      if case .file(let file) = self { file.isOnTrial } else { false }
    }

    /// Whether lines are counted from 1 again.
    var beginsSource: Bool {
      guard case .records(let container, let piece, _) = self, piece > 0 else { return true }
      return container.source(ofPiece: piece) != container.source(ofPiece: piece - 1)
    }

    /// Bytes of records.
    var size: Int {
      if case .records(let container, let piece, _) = self {
        container.size(ofPiece: piece)
      } else {
        0
      }
    }
  }

  /// The documents of a check, their words, and the sources that they are read from again.
  typealias Collection = (
    documents: LoadedDocuments, tokens: WordTokens, sources: [RecordSource]
  )

  /// What came of a unit.
  struct Part: Sendable {
    var documents: [Document] = []
    /// The errors among them; those of records with the line in their piece.
    var errors: [RefrainError] = []
    var faults: [(address: RecordAddress, fault: RecordFault)] = []
    var lines = 0
    /// The number of the unit.
    var unit = 0
    /// Words of all documents, where a collection is read, and how many each has.
    var columns: WordColumns?
    var lengths: [Int] = []
    /// Where the records are, with the line in their piece.
    var addresses: [RecordAddress] = []
  }

  /// What was wrong with a unit.
  private struct PartFaults: Sendable {
    var errors: [RefrainError]
    var faults: [(address: RecordAddress, fault: RecordFault)]
    var lines: Int

    init(_ part: Part) {
      errors = part.errors
      faults = part.faults
      lines = part.lines
    }
  }

  /// Loads files; a record container gives one document a record.
  func load(
    _ files: [WalkedFile], problems: inout DocumentProblems
  ) throws(RefrainError) -> [Document] {
    let (units, sources) = try units(of: files, &problems)
    let parts = workers.map(units.count, state: { Worker(self) }) { worker, index -> Part? in
      worker.load(units[index])
    }
    try RecordInputs.requireUnchanged(sources)
    return try joined(parts, of: units, &problems)
  }

  /// Reads files once, to the words of all their documents; texts of records are not kept.
  ///
  /// - Parameter budget: bytes of words that stay in memory.
  /// - Parameter progress: told of the bytes of records that are read.
  func collect(
    _ files: [WalkedFile], budget: Int, problems: inout DocumentProblems,
    progress: @escaping Progress.Handler
  ) throws(RefrainError) -> Collection {
    let (units, sources) = try units(of: files, &problems)
    let collection = CollectionWriter(fields: fields, budget: budget)
    let handoff = OrderedHandoff<Part>()
    let total = units.reduce(0) { $0 + $1.size }
    let done = Atomic<Int>(0)
    let failures = workers.map(units.count, state: { Worker(self) }) {
      worker, index -> PartFaults? in
      var part = worker.collect(units[index])
      let faults = PartFaults(part)
      part.errors = []
      part.faults = []
      part.unit = index
      handoff.bring(index, part) { collection.append($0, units[$0.unit]) }
      if total > 0 {
        let now = done.add(units[index].size, ordering: .relaxed).newValue
        progress(Progress(stage: .reading, done: now, total: total))
      }
      return faults
    }
    try RecordInputs.requireUnchanged(sources)
    try settle(failures, of: units, &problems)
    let (documents, tokens) = try collection.finish()
    return (documents, tokens, sources)
  }

  /// The pieces of work that files are, and the containers among them.
  private func units(
    of files: [WalkedFile], _ problems: inout DocumentProblems
  ) throws(RefrainError) -> (units: [Unit], sources: [RecordSource]) {
    var units: [Unit] = []
    var sources: [RecordSource] = []
    for file in files {
      guard file.kind == .records else {
        units.append(.file(file))
        continue
      }
      do throws(RefrainError) {
        let opened = try RecordSource.open(file.path).sources
        let container = RecordFiles(opened, pieceSize: Self.pieceSize)
        units += (0..<container.pieceCount).map {
          .records(container: container, piece: $0, wasFound: !file.explicit)
        }
        sources += opened
      } catch {
        if onError == .fail, file.explicit { throw error }
        problems.skipped.append(error)
      }
    }
    return (units, sources)
  }

  /// All documents, with the lines of records counted from the start of their containers.
  private func joined(
    _ parts: [Part], of units: [Unit], _ problems: inout DocumentProblems
  ) throws(RefrainError) -> [Document] {
    try settle(parts.map(PartFaults.init), of: units, &problems)
    var documents: [Document] = []
    var line = 0
    for (unit, part) in zip(units, parts) {
      if unit.beginsSource { line = 0 }
      documents += part.documents.map { $0.moved(by: line) }
      line += part.lines
    }
    return documents
  }

  /// Throws the first error that ends a run, and makes problems of the others.
  private func settle(
    _ parts: [PartFaults], of units: [Unit], _ problems: inout DocumentProblems
  ) throws(RefrainError) {
    var line = 0
    for (unit, part) in zip(units, parts) {
      if unit.beginsSource { line = 0 }
      var errors = part.errors
      if case .records(let container, let piece, _) = unit {
        let path = container.path(ofSource: container.source(ofPiece: piece))
        errors += part.faults.map { address, fault in
          fault.at(
            path: path, line: line + Int(address.line), offset: address.offset)
        }
      }
      line += part.lines
      for error in errors {
        if unit.isOnTrial, error.isAboutContent {
          problems.notText.append(error)
          continue
        }
        // Of what a walk found the others are checked all the same; the exit status tells that something
        // was left out.
        if onError == .fail, !unit.wasFound { throw error }
        problems.skipped.append(error)
      }
    }
  }

  /// One worker's tools.
  private final class Worker {
    private let loader: DocumentLoader
    private let analyzer = TextAnalyzer()

    init(_ loader: DocumentLoader) { self.loader = loader }

    func load(_ unit: Unit, depth: Document.Depth = .all) -> Part {
      switch unit {
      case .records(let container, let piece, _): return records(container, piece)
      case .file(let file):
        var part = Part()
        do throws(RefrainError) {
          if let document = try document(file, depth) { part.documents = [document] }
        } catch {
          part.errors = [error]
        }
        return part
      }
    }

    /// The document of a file; nil for a report of ours that a walk found.
    private func document(
      _ file: WalkedFile, _ depth: Document.Depth
    ) throws(RefrainError) -> Document? {
      let bytes = try InputOpener.read(file.path)
      if !file.explicit {
        if ReportMark.isReport(bytes) { return nil }
        try SourceText.requireText(bytes, path: file.path)
      }
      let path =
        file.path == InputOpener.standardInput
        ? InputOpener.standardInputName : file.path
      var format = TextFormat.plain
      if case .text(let known) = file.kind { format = known }
      return try Document(
        SourceText(bytes, path: path), format: format, path: path,
        keepsTables: loader.keepsTables, depth: depth, analyzer)
    }

    /// The words of a unit's documents; the documents themselves where they are files.
    func collect(_ unit: Unit) -> Part {
      let columns = WordColumns()
      var part = Part()
      switch unit {
      case .file:
        part = load(unit, depth: .places)
        part.lengths = part.documents.map { $0.append(to: columns, analyzer) }
      case .records(let container, let piece, _):
        let cursor = container.cursor(loader.fields)
        let counts = cursor.read(piece: piece) { address, result in
          switch result {
          case .failure(let fault): part.faults.append((address, fault))
          case .success(let text):
            do throws(RefrainError) {
              let prose = try Prose(
                SourceText(validUTF8: [UInt8](text)), format: .plain, path: "",
                keepsTables: loader.keepsTables)
              part.lengths.append(Document.append(prose, to: columns, analyzer))
              part.addresses.append(address)
            } catch {
              part.errors.append(error)
            }
          }
        }
        part.lines = counts.lines
      }
      part.columns = columns
      return part
    }

    private func records(_ container: RecordFiles, _ piece: Int) -> Part {
      var part = Part()
      let path = container.path(ofSource: container.source(ofPiece: piece))
      let cursor = container.cursor(loader.fields)
      let counts = cursor.read(piece: piece) { address, result in
        switch result {
        case .failure(let fault): part.faults.append((address, fault))
        case .success(let text):
          let line = Int(address.line)
          do throws(RefrainError) {
            part.documents.append(
              try Document(
                SourceText(validUTF8: [UInt8](text)), format: .plain, path: path,
                id: cursor.id() ?? .place(path: path, line: line), recordLine: line,
                keepsTables: loader.keepsTables, analyzer))
          } catch {
            part.errors.append(error)
          }
        }
      }
      part.lines = counts.lines
      return part
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
