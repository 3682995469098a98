// What is wrong with a record, in words that say what to do about it.

package import RefrainModel

/// What is wrong with a record, before its place is known.
package enum RecordFault: Error, Hashable, Sendable {
  /// The cause, and the 1-based column in code points where it shows; 0 where no column tells.
  case malformed(String, column: Int)
  /// Not UTF-8; the offset in the line of the first wrong byte.
  case notUTF8(Int)

  /// An error that knows its place.
  case placed(RefrainError)

  /// The error with its place: `line` is 1-based, `offset` that of the line in the input.
  package func at(path: String, line: Int, offset: Int) -> RefrainError {
    switch self {
    case .malformed(let cause, let column):
      .badRecord(path: path, line: line, column: column > 0 ? column : nil, cause: cause)
    case .notUTF8(let byte): .notUTF8(path: path, line: line, byte: offset + byte)
    case .placed(let error): error
    }
  }
}

extension RecordFault {
  /// The fault of a line that the parser refused as JSON; `words` are its own, for what the scan does
  /// not object to.
  static func malformed(_ line: UnsafeRawBufferPointer, words: String) -> RecordFault {
    let scan = JSONScan(line)
    guard let (offset, cause) = scan.fault else {
      return .malformed("malformed JSON: \(words)", column: 1)
    }
    let column = JSONScan.column(of: offset, in: line)
    if beginsArray(line), offset > 0 { return .malformed(arrayHint, column: 1) }
    let hint =
      scan.endsEarly
      ? "; if this is pretty-printed JSON, write one record a line, as jq -c . does" : ""
    return .malformed("malformed JSON: \(cause)\(hint)", column: column)
  }

  /// The fault of a line whose value is no object.
  static func notAnObject(_ line: UnsafeRawBufferPointer) -> RecordFault {
    .malformed(beginsArray(line) ? arrayHint : "not a JSON object", column: 1)
  }

  /// The fault of a record without the field, which names those that it has.
  static func missing(_ field: String, _ line: UnsafeRawBufferPointer) -> RecordFault {
    var names: [String] = []
    for (name, _) in JSONScan(line).fields where !names.contains(name) { names.append(name) }
    let shown = names.prefix(12).joined(separator: ", ")
    let fields =
      names.isEmpty
      ? "the record has no fields" : "fields are: \(shown)\(names.count > 12 ? ", ..." : "")"
    return .malformed("no field \"\(field)\"; \(fields)", column: 1)
  }

  /// The fault of a record whose field is no string.
  static func notAString(_ field: String, _ line: UnsafeRawBufferPointer) -> RecordFault {
    let value = JSONScan(line).fields.first { $0.name == field }?.value ?? 0
    return .malformed(
      "field \"\(field)\" is not a string", column: JSONScan.column(of: value, in: line))
  }

  private static let arrayHint =
    "a JSON array, not a record; write one record a line, as jq -c '.[]' does"

  private static func beginsArray(_ line: UnsafeRawBufferPointer) -> Bool {
    line.first { $0 != 0x20 && $0 != 0x09 } == UInt8(ascii: "[")
  }
}
