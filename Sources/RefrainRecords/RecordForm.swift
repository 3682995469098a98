// What a form of records has to say, so that everything else need not know of it: where its records begin
// and end, how one is read, and how kept ones are put in a file again. A new form is a file with these two.

package import RefrainModel

/// How records lie in the bytes of one source.
package protocol RecordForm: Sendable {
  /// What a reader is shared by: all sources of one kind.
  var kind: RecordFormat { get }
  /// Cuts a source between records into pieces of about `size` bytes, in order.
  func pieces(of source: RecordSource, size: Int) -> [ByteRange]
  /// A reader of one worker's own, for all sources of this kind.
  func reader(_ fields: RecordFields) -> any FormReader
  /// What stands around records in a file; nil where several records cannot stand in one.
  var framing: RecordFraming? { get }
}

/// Reads the records of sources of one form, one at a time.
///
/// Not thread-safe. What it hands out is valid until it reads the next record.
package protocol FormReader: AnyObject {
  /// Reads the records of a piece in order; lines count from the piece's start.
  func read(
    _ piece: ByteRange, of source: RecordSource, number: Int,
    _ body: (RecordAddress, Result<UnsafeRawBufferPointer, RecordFault>) -> Void
  ) -> RecordPieceCounts
  /// Reads a record again.
  func read(
    record: ByteRange, of source: RecordSource
  ) -> Result<UnsafeRawBufferPointer, RecordFault>
  /// The id of the record that was read last.
  func id() -> RecordID?
  func idHash() -> UInt64?
  func scalar(_ name: String) -> RecordID?
  var replacedSurrogates: Int { get }
  /// Appends a record, which is the one that was read last, as JSON on one line without a line end.
  func appendJSON(of record: ByteRange, of source: RecordSource, to bytes: inout [UInt8])
}

/// What stands around the records of a file.
package struct RecordFraming: Hashable, Sendable {
  /// In front of the first record.
  package var opening: [UInt8] = []
  /// Between two records; nil where each ends with a line end, which only the last one may lack.
  package var separator: [UInt8]?
  /// Whether each record is packed by itself where the file is.
  package var hasMembers = false
  /// Behind the last record.
  package var closing: [UInt8] = []

  package init() {}
}
