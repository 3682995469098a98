// The documents of a check: files in memory, records read again from their containers.

import RefrainMatch
import RefrainModel
import RefrainPassages
import RefrainProse
import RefrainRecords
import RefrainText

/// Documents by number, each kept or to be read again.
struct LoadedDocuments: DocumentSource {
  /// Where a document is.
  enum Entry: Sendable {
    /// Its number among those in memory.
    case kept(Int)
    /// Its place in a container, with the line of the whole container.
    case record(container: UInt32, address: RecordAddress)
  }

  let fields: RecordFields
  var entries: [Entry] = []
  var documents: [Document] = []
  var containers: [RecordFiles] = []

  var count: Int { entries.count }

  func name(of document: Int) -> DocumentName {
    switch entries[document] {
    case .kept(let number): documents[number].name
    case .record(let container, let address):
      DocumentName(
        path: containers[Int(container)].path(ofSource: Int(address.source)),
        recordLine: Int(address.line))
    }
  }

  var waiving: [Int: Document] {
    var waiving: [Int: Document] = [:]
    for (index, entry) in entries.enumerated() {
      if case .kept(let number) = entry, documents[number].hasWaivers {
        waiving[index] = documents[number]
      }
    }
    return waiving
  }

  /// The names of the files that documents are from, each once, in order.
  var paths: [String] {
    var seen: Set<String> = []
    var paths: [String] = []
    var last: (container: UInt32, source: UInt32)?
    for (index, entry) in entries.enumerated() {
      if case .record(let container, let address) = entry {
        if let last, last == (container, address.source) { continue }
        last = (container, address.source)
      }
      let path = name(of: index).path
      if seen.insert(path).inserted { paths.append(path) }
    }
    return paths
  }

  /// How many words each file has.
  func wordsByFile(_ tokens: WordTokens) -> [String: Int] {
    var words: [String: Int] = [:]
    for index in entries.indices {
      words[name(of: index).path, default: 0] += tokens.text(index).count
    }
    return words
  }

  func reader() -> any DocumentReader { Reader(self) }

  /// Reads records again.
  private final class Reader: DocumentReader {
    private let all: LoadedDocuments
    private let analyzer = TextAnalyzer()
    private var cursors: [UInt32: any RecordCursor] = [:]

    init(_ all: LoadedDocuments) { self.all = all }

    func document(_ number: Int) throws(RefrainError) -> Document {
      switch all.entries[number] {
      case .kept(let number): return all.documents[number]
      case .record(let container, let address):
        let path = all.containers[Int(container)].path(ofSource: Int(address.source))
        let cursor = cursors[container] ?? all.containers[Int(container)].cursor(all.fields)
        cursors[container] = cursor
        guard let text = cursor.text(at: address) else {
          throw .unsteady(path: path, hasShrunk: false)
        }
        let line = Int(address.line)
        return try Document(
          SourceText(validUTF8: [UInt8](text)), format: .plain, path: path,
          id: cursor.id() ?? .place(path: path, line: line), recordLine: line,
          depth: .places, analyzer)
      }
    }
  }
}
