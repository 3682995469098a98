// A line of JSON Lines to its text and id.

import CSimdJSON
import CXXHash
package import RefrainModel

/// Reads records a line at a time.
///
/// Not thread-safe: each worker has its own.
package final class RecordReader {
  private let reader: OpaquePointer
  private let textName: String
  private let textField: [CChar]
  private let idField: [CChar]
  // SAFETY: the reader owns both; nobody else frees them, and it frees them once.
  private var own: UnsafeMutableRawBufferPointer = .allocate(byteCount: 256, alignment: 64)

  /// How many lone surrogates were read as U+FFFD so far.
  package private(set) var replacedSurrogates = 0

  /// A reader of records whose text and id stand in these top-level fields.
  package init(textField: String, idField: String) {
    guard let reader = refrain_json_reader_create() else {
      preconditionFailure("out of memory")
    }
    self.reader = reader
    textName = textField
    self.textField = Array(textField.utf8CString)
    self.idField = Array(idField.utf8CString)
  }

  deinit {
    refrain_json_reader_destroy(reader)
    own.deallocate()
  }

  /// The text of the record in `line`, valid until the next call; or what is wrong with it.
  ///
  /// The whole line must be one JSON object.
  package func read(
    _ line: UnsafeRawBufferPointer
  ) -> Result<UnsafeRawBufferPointer, RecordFault> {
    var value = refrain_json_value()
    var replaced = 0
    let bytes = own(line)
    // SAFETY: the parser copies what it keeps of the line, and the names end with NUL, which is not
    // counted.
    let status = textField.withUnsafeBufferPointer {
      refrain_json_read(
        reader, bytes, line.count, $0.baseAddress, $0.count - 1, &value, &replaced)
    }
    guard status == REFRAIN_JSON_OK else { return .failure(fault(status, line)) }
    replacedSurrogates += replaced
    return .success(UnsafeRawBufferPointer(start: value.bytes, count: value.length))
  }

  /// Parses a line that is any JSON object, for `scalar`; returns what is wrong with it.
  package func parse(_ line: UnsafeRawBufferPointer) -> RecordFault? {
    var value = refrain_json_value()
    var replaced = 0
    let bytes = own(line)
    let status = refrain_json_read(reader, bytes, line.count, "", 0, &value, &replaced)
    switch status {
    case REFRAIN_JSON_OK, REFRAIN_JSON_FIELD_MISSING, REFRAIN_JSON_FIELD_NOT_A_STRING: return nil
    default: return fault(status, line)
    }
  }

  /// The id of the record that was read last; nil where the field is absent or no scalar.
  package func id() -> RecordID? { scalar(idField) }

  /// The value of a further field of the record that was read last; nil where it is absent or no
  /// string or number.
  package func scalar(_ name: String) -> RecordID? { scalar(Array(name.utf8CString)) }

  private func scalar(_ name: [CChar]) -> RecordID? {
    // SAFETY: the value lies in the parser, which keeps it until the next line.
    let value = name.withUnsafeBufferPointer {
      refrain_json_field(reader, $0.baseAddress, $0.count - 1)
    }
    switch value.kind {
    case REFRAIN_JSON_STRING:
      let utf8 = UnsafeRawBufferPointer(start: value.bytes, count: value.length)
      return .string(String(decoding: utf8, as: UTF8.self))
    case REFRAIN_JSON_INTEGER: return .integer(value.integer)
    case REFRAIN_JSON_UNSIGNED: return .unsigned(value.unsigned_integer)
    case REFRAIN_JSON_DOUBLE: return .number(value.number)
    case REFRAIN_JSON_NUMERAL:
      let utf8 = UnsafeRawBufferPointer(start: value.bytes, count: value.length)
      return .numeral(String(decoding: utf8, as: UTF8.self))
    default: return nil
    }
  }

  /// A hash that tells ids apart without making strings of them; nil where the record has none.
  package func idHash() -> UInt64? {
    // SAFETY: the value lies in the parser, which keeps it until the next line.
    let value = idField.withUnsafeBufferPointer {
      refrain_json_field(reader, $0.baseAddress, $0.count - 1)
    }
    switch value.kind {
    case REFRAIN_JSON_STRING: return refrain_xxh3_64_seeded(value.bytes, value.length, 1)
    case REFRAIN_JSON_NUMERAL: return refrain_xxh3_64_seeded(value.bytes, value.length, 3)
    case REFRAIN_JSON_INTEGER: return Self.hash(UInt64(bitPattern: value.integer))
    case REFRAIN_JSON_UNSIGNED: return Self.hash(value.unsigned_integer)
    case REFRAIN_JSON_DOUBLE: return Self.hash(value.number.bitPattern ^ 1)
    default: return nil
    }
  }

  private static func hash(_ bits: UInt64) -> UInt64 {
    // SAFETY: the eight bytes outlive the call.
    withUnsafeBytes(of: bits.littleEndian) { refrain_xxh3_64_seeded($0.baseAddress, 8, 2) }
  }

  /// A copy of the line, where the parser may read `REFRAIN_JSON_PADDING` bytes behind it.
  ///
  /// A copy, because the parser reads a line twice and trusts on the second pass that a string ends
  /// where the first one saw it end: in a mapping of a file that is cut off meanwhile it need not. To
  /// copy costs about one part in a hundred of a run, and the next read finds the line in the cache.
  private func own(_ line: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
    let padding = Int(REFRAIN_JSON_PADDING)
    if own.count < line.count + padding {
      own.deallocate()
      // Room to grow, but for lines of which one is more than most inputs.
      let room = line.count < 1 << 20 ? line.count * 2 : line.count
      own = .allocate(byteCount: room + padding, alignment: 64)
    }
    own.copyMemory(from: line)
    // SAFETY: the padding is readable, its content does not matter.
    return UnsafeRawPointer(own.baseAddress)
  }

  private func fault(_ status: refrain_json_status, _ line: UnsafeRawBufferPointer) -> RecordFault {
    switch status {
    case REFRAIN_JSON_NOT_UTF8:
      // SAFETY: the check stays within the line.
      return .notUTF8(refrain_utf8_valid_prefix(line.baseAddress, line.count))
    case REFRAIN_JSON_NOT_AN_OBJECT: return .notAnObject(line)
    case REFRAIN_JSON_FIELD_MISSING: return .missing(textName, line)
    case REFRAIN_JSON_FIELD_NOT_A_STRING: return .notAString(textName, line)
    case REFRAIN_JSON_TOO_LARGE: return .malformed("a line of 4 GiB or more", column: 1)
    case REFRAIN_JSON_OUT_OF_MEMORY: return .malformed("out of memory", column: 1)
    // SAFETY: the words are a constant string of the parser, which ends with NUL.
    default: return .malformed(line, words: String(cString: refrain_json_cause(reader)))
    }
  }
}
