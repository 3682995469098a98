// Records as the corpus stages see them: read once piece by piece, and single ones again later,
// whatever they lie in.

package import RefrainModel

/// Where a record lies in its container.
///
/// 24 bytes. What the numbers mean is the container's business, but for the line.
package struct RecordAddress: Hashable, Sendable {
  /// Where the record begins in its source.
  package var offset: Int
  /// How long it is there: bytes, with what ends the record.
  package var length: UInt32
  /// Index of the source.
  package var source: UInt32
  /// The number of the record's line or row in its source, from 1.
  package var line: UInt32

  package init(offset: Int, length: UInt32, source: UInt32, line: UInt32) {
    self.offset = offset
    self.length = length
    self.source = source
    self.line = line
  }
}

/// What a piece held besides its records.
package struct RecordPieceCounts: Sendable {
  /// Lines or rows, records or not: what the next piece of the same source goes on from.
  package var lines = 0
  /// Lines without a record.
  package var blank = 0
  /// Records of kinds that hold no text to compare.
  package var others = 0

  package init() {}
}

/// Where the fields of a record are that are asked for.
///
/// A name is that of a field of the record itself or, with dots, of one that lies deeper: `meta.text`.
package struct RecordFields: Sendable {
  /// The field that holds the text, or several with commas between them, whose texts are joined by blank
  /// lines.
  package var text: String
  package var id: String

  /// The fields of the text, one or more.
  var texts: [String] {
    let names = text.split(separator: ",").map(String.init)
    return names.isEmpty ? [text] : names
  }

  package init(text: String = "text", id: String = "id") {
    self.text = text
    self.id = id
  }
}

/// Records that can be read more than once.
///
/// Reading is cut into numbered pieces, each of which one worker reads; a record that was read is read
/// again by its address, in any order. A container knows nothing of what texts say, and the stages
/// nothing of what it is made of: a file of lines, batches of columns, an array.
package protocol RecordContainer: Sendable {
  /// How many pieces there are; those of one source follow each other.
  var pieceCount: Int { get }
  /// Bytes of a piece, for progress and statistics.
  func size(ofPiece piece: Int) -> Int
  /// The source that a piece lies in.
  func source(ofPiece piece: Int) -> Int
  /// What messages call a source.
  func path(ofSource source: Int) -> String
  /// A reader of one worker's own.
  func cursor(_ fields: RecordFields) -> any RecordCursor
}

extension RecordContainer {
  /// Bytes of all pieces.
  package var size: Int { (0..<pieceCount).reduce(0) { $0 + size(ofPiece: $1) } }
}

/// Reads the records of a container, one at a time.
///
/// Not thread-safe: each worker has its own. What it hands out is valid until it reads the next record.
package protocol RecordCursor: AnyObject {
  /// Reads the records of a piece in order; the lines of their addresses count from the piece's start.
  ///
  /// Within `body`, `id`, `idHash` and `scalar` are about the record at hand. A fault comes with where
  /// its record begins.
  func read(
    piece: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts

  /// Reads a record again; nil where it is none any more, because somebody changed the container.
  func text(at address: RecordAddress) -> UnsafeRawBufferPointer?

  /// The id of the record that was read last; nil where it has none.
  func id() -> RecordID?
  /// A hash that tells ids apart; nil where the record has none.
  func idHash() -> UInt64?
  /// The value of a further field; nil where it is absent, or no string or number.
  func scalar(_ name: String) -> RecordID?
  /// Appends the record at an address as a line of JSON, with its line end; false where it is none any more.
  func appendLine(at address: RecordAddress, to bytes: inout [UInt8]) -> Bool
  /// How many lone surrogates were read as U+FFFD so far.
  var replacedSurrogates: Int { get }
}

extension RecordCursor {
  /// The text alone, for records that are nothing else.
  package func appendLine(at address: RecordAddress, to bytes: inout [UInt8]) -> Bool {
    guard let text = text(at: address) else { return false }
    JSONText.append(to: &bytes) { json in
      json.beginObject()
      json.member("text", text: text)
      json.endObject()
    }
    bytes.append(0x0A)
    return true
  }
}
