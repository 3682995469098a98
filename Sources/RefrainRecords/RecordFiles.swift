// Files of records as a container, each in a form of its own.

package import RefrainModel

/// Inputs of records, open.
package struct RecordFiles: RecordContainer {
  package let sources: [RecordSource]
  private let pieces: [Piece]

  fileprivate struct Piece: Sendable {
    let source: Int
    let range: ByteRange
  }

  /// The records of these sources, in order, in pieces of about so many bytes.
  ///
  /// O(pieces) for lines; forms whose records may hold line ends are read once to cut them.
  package init(_ sources: [RecordSource], pieceSize: Int = 1 << 20) {
    self.sources = sources
    var pieces: [Piece] = []
    for (number, source) in sources.enumerated() {
      pieces += source.form.pieces(of: source, size: pieceSize).map {
        Piece(source: number, range: $0)
      }
    }
    self.pieces = pieces
  }

  package var pieceCount: Int { pieces.count }
  package func size(ofPiece piece: Int) -> Int { pieces[piece].range.count }
  package func source(ofPiece piece: Int) -> Int { pieces[piece].source }
  package func path(ofSource source: Int) -> String { sources[source].path }

  package func cursor(_ fields: RecordFields) -> any RecordCursor {
    Cursor(sources, pieces, fields)
  }

  /// Reads records of any form.
  private final class Cursor: RecordCursor {
    private let sources: [RecordSource]
    private let pieces: [Piece]
    private let fields: RecordFields
    private var readers: [RecordFormat: any FormReader] = [:]
    /// The reader of the record that was read last.
    private var reader: any FormReader
    private var kind: RecordFormat

    init(_ sources: [RecordSource], _ pieces: [Piece], _ fields: RecordFields) {
      self.sources = sources
      self.pieces = pieces
      self.fields = fields
      let form = sources.first?.form ?? JSONLines()
      reader = form.reader(fields)
      kind = form.kind
      readers[kind] = reader
    }

    private func turn(to form: any RecordForm) {
      if form.kind == kind { return }
      kind = form.kind
      let next = readers[kind] ?? form.reader(fields)
      readers[kind] = next
      reader = next
    }

    var replacedSurrogates: Int { readers.values.reduce(0) { $0 + $1.replacedSurrogates } }

    func read(
      piece: Int,
      _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
    ) -> RecordPieceCounts {
      let piece = pieces[piece]
      let source = sources[piece.source]
      turn(to: source.form)
      return reader.read(piece.range, of: source, number: piece.source, body)
    }

    func text(at address: RecordAddress) -> UnsafeRawBufferPointer? {
      let source = sources[Int(address.source)]
      turn(to: source.form)
      // The first pass read the record; only a file that was changed meanwhile fails here.
      guard case .success(let text) = reader.read(record: address.range, of: source) else {
        return nil
      }
      return text
    }

    func id() -> RecordID? { reader.id() }
    func idHash() -> UInt64? { reader.idHash() }
    func scalar(_ name: String) -> RecordID? { reader.scalar(name) }

    func appendLine(at address: RecordAddress, to bytes: inout [UInt8]) -> Bool {
      guard text(at: address) != nil else { return false }
      reader.appendJSON(of: address.range, of: sources[Int(address.source)], to: &bytes)
      bytes.append(0x0A)
      return true
    }
  }
}

extension RecordAddress {
  /// Where the record is in the bytes of its source.
  package var range: ByteRange { ByteRange(offset, offset + Int(length)) }
}
