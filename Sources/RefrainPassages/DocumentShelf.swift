// Documents that a batch of findings quotes, read before it begins.

import RefrainModel
import Synchronization

/// The documents of a batch, each read once; others are read when they are asked for.
///
/// Documents may be asked for by any thread.
final class DocumentShelf: DocumentReader, Sendable {
  private let documents: [Int: Document]
  private let readers: ReaderPool

  /// Reads documents, in parallel and in their order, which is that of their container.
  init(
    _ numbers: [Int], _ readers: ReaderPool, _ workers: Workers
  ) throws(RefrainError) {
    self.readers = readers
    let read = workers.map(numbers.count, state: {}) {
      _, index -> Result<Document, RefrainError>? in
      readers.read(numbers[index])
    }
    var documents = [Int: Document](minimumCapacity: numbers.count)
    for (number, result) in zip(numbers, read) { documents[number] = try result.get() }
    self.documents = documents
  }

  func document(_ number: Int) throws(RefrainError) -> Document {
    if let document = documents[number] { return document }
    return try readers.read(number).get()
  }
}

/// The readers of a source, as many as threads read at a time.
final class ReaderPool: Sendable {
  private let source: any DocumentSource
  private let free = Mutex<[Handed]>([])

  /// A reader, which one thread at a time has.
  private struct Handed: @unchecked Sendable {
    // SAFETY: it is in the pool or with one thread.
    let reader: any DocumentReader
  }

  init(_ source: any DocumentSource) { self.source = source }

  /// Reads a document, from any thread.
  func read(_ number: Int) -> Result<Document, RefrainError> {
    let handed = free.withLock { $0.popLast() } ?? Handed(reader: source.reader())
    defer { free.withLock { $0.append(handed) } }
    do throws(RefrainError) {
      return .success(try handed.reader.document(number))
    } catch {
      return .failure(error)
    }
  }
}
