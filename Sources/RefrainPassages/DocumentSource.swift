// Documents that can be read again: what a search leaves of them is their words, and what is reported of them is
// read once more.

package import RefrainModel
package import RefrainProse
package import RefrainText

/// What a document is called.
package struct DocumentName: Hashable, Sendable {
  /// The file as the user named it.
  package var path: String
  /// The record's line in its container; nil for a file.
  package var recordLine: Int?

  package init(path: String, recordLine: Int? = nil) {
    self.path = path
    self.recordLine = recordLine
  }

  /// By path, then line.
  package static func comesBefore(_ a: Self, _ b: Self) -> Bool? {
    if a.path != b.path { return a.path < b.path }
    if a.recordLine != b.recordLine { return (a.recordLine ?? 0) < (b.recordLine ?? 0) }
    return nil
  }
}

/// The documents of a collection, by number.
package protocol DocumentSource: Sendable {
  var count: Int { get }
  func name(of document: Int) -> DocumentName
  /// The documents that have waivers.
  var waiving: [Int: Document] { get }
  /// A reader of one worker's own.
  func reader() -> any DocumentReader
}

extension DocumentSource {
  /// The paths of the documents, those of one container once.
  var paths: [String] {
    var paths: [String] = []
    for document in 0..<count {
      let path = name(of: document).path
      if path != paths.last { paths.append(path) }
    }
    return paths
  }
}

/// Reads documents again, in any order.
package protocol DocumentReader: AnyObject {
  /// - Throws: where the document cannot be read any more.
  func document(_ number: Int) throws(RefrainError) -> Document
}

/// Documents in memory.
package struct KeptDocuments: DocumentSource {
  private let documents: [Document]

  package init(_ documents: [Document]) { self.documents = documents }

  package var count: Int { documents.count }

  package func name(of document: Int) -> DocumentName { documents[document].name }

  package var waiving: [Int: Document] {
    Dictionary(
      uniqueKeysWithValues: documents.enumerated().lazy.filter { $0.element.hasWaivers }
        .map { ($0.offset, $0.element) })
  }

  package func reader() -> any DocumentReader { Reader(documents) }

  private final class Reader: DocumentReader {
    private let documents: [Document]
    init(_ documents: [Document]) { self.documents = documents }
    func document(_ number: Int) -> Document { documents[number] }
  }
}

extension Document {
  package var name: DocumentName { DocumentName(path: path, recordLine: recordLine) }
  package var hasWaivers: Bool { !waivers.isEmpty }

  /// Appends the words of the document to columns, with the roles of its sentences; returns how many.
  ///
  /// Linear.
  package func append(to columns: WordColumns, _ analyzer: TextAnalyzer) -> Int {
    Self.append(prose, to: columns, analyzer)
  }

  /// Appends the words of a text that nobody keeps; returns how many.
  ///
  /// The same words as those of the document that is made of it. Linear.
  package static func append(
    _ prose: Prose, to columns: WordColumns, _ analyzer: TextAnalyzer
  ) -> Int {
    let start = columns.count
    // SAFETY: the columns keep nothing of the bytes.
    let count = prose.text.withUnsafeBytes { analyzer.append($0, to: columns) }
    markRoles(of: prose, in: columns, from: start, count: count) { analyzer.start(ofWord: $0) }
    return count
  }
}
