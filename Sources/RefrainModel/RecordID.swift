// A record's name: what its id field says, with its JSON type.

/// The id of a record, as the corpus gives it.
public enum RecordID: Hashable, Sendable {
  case string(String)
  case integer(Int64)
  case unsigned(UInt64)
  case number(Double)
  /// A number that neither 64 bits nor a double hold, as it is written.
  case numeral(String)
  /// A record without an id is called by its place, `FILE:LINE`.
  case place(path: String, line: Int)

  /// The id as JSON.
  package func write(to json: inout JSONText) {
    switch self {
    case .string(let text): json.string(text)
    case .integer(let value): json.raw(String(value))
    case .unsigned(let value): json.raw(String(value))
    case .number(let value): json.raw(String(value))
    case .numeral(let text): json.raw(text)
    case .place(let path, let line): json.string("\(path):\(line)")
    }
  }
}

extension RecordID: CustomStringConvertible {
  public var description: String {
    switch self {
    case .string(let text): text
    case .integer(let value): String(value)
    case .unsigned(let value): String(value)
    case .number(let value): String(value)
    case .numeral(let text): text
    case .place(let path, let line): "\(path):\(line)"
    }
  }
}
