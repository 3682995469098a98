// Who survives of a group of near-duplicates.

package import RefrainModel

/// The order in which records claim their place: an earlier one is kept and removes later ones.
public enum KeepPolicy: Hashable, Sendable {
  /// The first in input order.
  case first
  /// The longest text in bytes, then the first.
  case longest
  /// The greatest value of a field, then the first; numbers by value, strings by their bytes,
  /// records without one last.
  case newest(field: String)
  /// The record whose field has the earliest of these values, then the first; others last.
  case priority(field: String, values: [String])

  /// Reads `first`, `longest`, `newest:FIELD` or `priority:FIELD=v1,v2`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("first", 1): self = .first
    case ("longest", 1): self = .longest
    case ("newest", 2): self = .newest(field: parts[1])
    case ("priority", 2):
      let sides = parts[1].split(separator: "=", maxSplits: 1).map(String.init)
      guard sides.count == 2, !sides[0].isEmpty else { return nil }
      self = .priority(field: sides[0], values: sides[1].split(separator: ",").map(String.init))
    default: return nil
    }
  }

  /// The field the policy looks at.
  package var field: String? {
    switch self {
    case .first, .longest: nil
    case .newest(let field), .priority(let field, _): field
    }
  }

  /// The records by precedence, or nil for input order.
  ///
  /// O(n log n).
  package func order(
    count: Int, length: (Int) -> Int, value: (Int) -> RecordID?
  ) -> [UInt32]? {
    switch self {
    case .first: return nil
    case .longest:
      return sorted(count) {
        length($0)
      } before: {
        $0 > $1
      }
    case .newest:
      return sorted(count) {
        PolicyValue(value($0))
      } before: {
        $1 < $0
      }
    case .priority(_, let values):
      return sorted(count) { record in
        value(record).flatMap { values.firstIndex(of: $0.description) } ?? values.count
      } before: {
        $0 < $1
      }
    }
  }

  private func sorted<Key>(
    _ count: Int, key: (Int) -> Key, before: (Key, Key) -> Bool
  ) -> [UInt32] {
    let keys = (0..<count).map(key)
    return (0..<UInt32(count)).sorted { a, b in
      if before(keys[Int(a)], keys[Int(b)]) { return true }
      if before(keys[Int(b)], keys[Int(a)]) { return false }
      return a < b
    }
  }
}

/// A field's value as a policy compares it: absent, then numbers, then strings.
private enum PolicyValue: Comparable {
  case absent
  case number(Double)
  case string(String)

  init(_ id: RecordID?) {
    switch id {
    case .string(let text): self = .string(text)
    case .integer(let value): self = .number(Double(value))
    case .unsigned(let value): self = .number(Double(value))
    case .number(let value): self = .number(value)
    case .place, nil: self = .absent
    }
  }
}
