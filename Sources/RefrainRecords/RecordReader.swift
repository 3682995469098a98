// A JSON object to its text and id.

import CSimdJSON
import CXXHash
package import RefrainModel

/// Reads records one at a time.
///
/// Not thread-safe: each worker has its own.
package final class RecordReader {
  private let reader: OpaquePointer
  private let textNames: [String]
  private let textFields: FieldNames
  private let idField: FieldNames
  // SAFETY: the reader owns both; nobody else frees them, and it frees them once.
  private var own: UnsafeMutableRawBufferPointer = .allocate(byteCount: 256, alignment: 64)

  /// How many lone surrogates were read as U+FFFD so far.
  package private(set) var replacedSurrogates = 0

  /// A reader of records whose text and id stand in these fields; see `RecordFields`.
  package convenience init(textField: String, idField: String) {
    self.init(RecordFields(text: textField, id: idField))
  }

  package init(_ fields: RecordFields) {
    guard let reader = refrain_json_reader_create() else {
      preconditionFailure("out of memory")
    }
    self.reader = reader
    textNames = fields.texts
    textFields = FieldNames(textNames)
    idField = FieldNames([fields.id])
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
    var wrong = 0
    var replaced = 0
    // SAFETY: the parser copies what it keeps of the line, and keeps none of the names.
    let status = refrain_json_read(
      reader, own(line), line.count, textFields.names.baseAddress, textFields.names.count, &value,
      &wrong, &replaced)
    guard status == REFRAIN_JSON_OK else {
      return .failure(fault(status, line, textNames[wrong]))
    }
    replacedSurrogates += replaced
    return .success(UnsafeRawBufferPointer(start: value.bytes, count: value.length))
  }

  /// Parses a line that is any JSON object, for `scalar`; returns what is wrong with it.
  package func parse(_ line: UnsafeRawBufferPointer) -> RecordFault? {
    var value = refrain_json_value()
    var wrong = 0
    var replaced = 0
    let status = refrain_json_read(
      reader, own(line), line.count, nil, 0, &value, &wrong, &replaced)
    return status == REFRAIN_JSON_OK ? nil : fault(status, line, "")
  }

  /// The id of the record that was read last; nil where the field is absent or no scalar.
  package func id() -> RecordID? { scalar(idField) }

  /// The value of a further field of the record that was read last; nil where it is absent or no
  /// string or number.
  package func scalar(_ name: String) -> RecordID? { scalar(FieldNames([name])) }

  private func scalar(_ name: FieldNames) -> RecordID? {
    // SAFETY: the value lies in the parser, which keeps it until the next line.
    let value = refrain_json_field(reader, name.names[0])
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
    let value = refrain_json_field(reader, idField.names[0])
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

  private func fault(
    _ status: refrain_json_status, _ line: UnsafeRawBufferPointer, _ field: String
  ) -> RecordFault {
    switch status {
    case REFRAIN_JSON_NOT_UTF8:
      // SAFETY: the check stays within the line.
      return .notUTF8(refrain_utf8_valid_prefix(line.baseAddress, line.count))
    case REFRAIN_JSON_NOT_AN_OBJECT: return .notAnObject(line)
    case REFRAIN_JSON_FIELD_MISSING: return .missing(field, line)
    case REFRAIN_JSON_FIELD_NOT_A_STRING: return .notAString(field, line)
    case REFRAIN_JSON_TOO_LARGE: return .malformed("a line of 4 GiB or more", column: 1)
    case REFRAIN_JSON_OUT_OF_MEMORY: return .malformed("out of memory", column: 1)
    // SAFETY: the words are a constant string of the parser, which ends with NUL.
    default: return .malformed(line, words: String(cString: refrain_json_cause(reader)))
    }
  }
}

/// Names as the parser takes them.
private final class FieldNames {
  // SAFETY: each name points to its own bytes; all are freed once, with the object.
  let names: UnsafeMutableBufferPointer<refrain_json_name>

  init(_ texts: [String]) {
    names = .allocate(capacity: texts.count)
    for (index, text) in texts.enumerated() {
      let bytes = UnsafeMutableBufferPointer<CChar>.allocate(capacity: max(1, text.utf8.count))
      _ = bytes.initialize(from: text.utf8.lazy.map { CChar(bitPattern: $0) })
      names.initializeElement(
        at: index, to: refrain_json_name(bytes: bytes.baseAddress, length: text.utf8.count))
    }
  }

  deinit {
    for name in names { name.bytes.deallocate() }
    names.deallocate()
  }
}
