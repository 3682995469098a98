// From the pieces that workers read to a collection, in order.

import RefrainMatch
import RefrainModel
import RefrainPassages
import RefrainRecords

/// Puts what workers read of a collection in a row.
///
/// Not thread-safe: one thread at a time, see `OrderedHandoff`.
final class CollectionWriter: @unchecked Sendable {
  // SAFETY: called by `OrderedHandoff`, which lets one thread in at a time.
  private var documents: LoadedDocuments
  private let words: WordTokensWriter
  private var failure: RefrainError?
  /// Lines of the present container before the present piece.
  private var line = 0

  init(fields: RecordFields, budget: Int) {
    documents = LoadedDocuments(fields: fields)
    words = WordTokensWriter(budget: budget)
  }

  func append(_ part: DocumentLoader.Part, _ unit: DocumentLoader.Unit) {
    guard let columns = part.columns, failure == nil else { return }
    do throws(RefrainError) {
      try words.append(columns, lengths: part.lengths)
    } catch {
      failure = error
    }
    switch unit {
    case .file:
      for document in part.documents {
        documents.entries.append(.kept(documents.documents.count))
        documents.documents.append(document)
      }
    case .records(let container, let piece, _):
      if unit.beginsSource { line = 0 }
      if piece == 0 { documents.containers.append(container) }
      for var address in part.addresses {
        address.line += UInt32(line)
        documents.entries.append(
          .record(container: UInt32(documents.containers.count - 1), address: address))
      }
      line += part.lines
    }
  }

  func finish() throws(RefrainError) -> (documents: LoadedDocuments, tokens: WordTokens) {
    if let failure { throw failure }
    return (documents, try words.finish())
  }
}
