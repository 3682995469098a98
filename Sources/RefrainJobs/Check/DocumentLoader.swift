// Documents from files and records, in parallel, in order.

import Glibc
import RefrainFiles
import RefrainModel
import RefrainPassages
import RefrainProse
import RefrainRecords
import RefrainText

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
  private enum Unit {
    case file(WalkedFile)
    case records(container: JSONLines, piece: Int, wasFound: Bool)

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
  }

  /// What came of a unit.
  private struct Part: Sendable {
    var documents: [Document] = []
    /// The errors among them; those of records with the line in their piece.
    var errors: [RefrainError] = []
    var faults: [(address: RecordAddress, fault: RecordFault)] = []
    var lines = 0
  }

  /// Loads files; a record container gives one document a record.
  func load(
    _ files: [WalkedFile], problems: inout DocumentProblems
  ) throws(RefrainError) -> [Document] {
    var units: [Unit] = []
    var sources: [RecordSource] = []
    for file in files {
      guard file.kind == .records else {
        units.append(.file(file))
        continue
      }
      do throws(RefrainError) {
        let source = try RecordSource(path: file.path)
        let container = JSONLines([source], pieceSize: Self.pieceSize)
        units += (0..<container.pieceCount).map {
          .records(container: container, piece: $0, wasFound: !file.explicit)
        }
        sources.append(source)
      } catch {
        if onError == .fail, file.explicit { throw error }
        problems.skipped.append(error)
      }
    }
    let parts = workers.map(units.count, state: { Worker(self) }) { worker, index -> Part? in
      worker.load(units[index])
    }
    try RecordInputs.requireUnchanged(sources)
    return try joined(parts, of: units, &problems)
  }

  /// All documents, with the lines of records counted from the start of their containers.
  private func joined(
    _ parts: [Part], of units: [Unit], _ problems: inout DocumentProblems
  ) throws(RefrainError) -> [Document] {
    var documents: [Document] = []
    var line = 0
    for (unit, part) in zip(units, parts) {
      var errors = part.errors
      if case .records(let container, let piece, _) = unit {
        if piece == 0 { line = 0 }
        errors += part.faults.map { address, fault in
          fault.at(
            path: container.path(ofSource: 0), line: line + Int(address.line),
            offset: address.offset)
        }
      }
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
      documents += part.documents.map { $0.moved(by: line) }
      line += part.lines
    }
    return documents
  }

  /// One worker's tools.
  private final class Worker {
    private let loader: DocumentLoader
    private let analyzer = TextAnalyzer()

    init(_ loader: DocumentLoader) { self.loader = loader }

    func load(_ unit: Unit) -> Part {
      switch unit {
      case .records(let container, let piece, _): return records(container, piece)
      case .file(let file):
        var part = Part()
        do throws(RefrainError) {
          if let document = try document(file) { part.documents = [document] }
        } catch {
          part.errors = [error]
        }
        return part
      }
    }

    /// The document of a file; nil for a report of ours that a walk found.
    private func document(_ file: WalkedFile) throws(RefrainError) -> Document? {
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
        keepsTables: loader.keepsTables, analyzer)
    }

    private func records(_ container: JSONLines, _ piece: Int) -> Part {
      var part = Part()
      let path = container.path(ofSource: 0)
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
