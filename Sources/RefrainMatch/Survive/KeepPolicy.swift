// Who survives of a group of near-duplicates.

package import RefrainModel

/// The order in which records claim their place: an earlier one is kept and removes later ones.
package enum KeepPolicy: Hashable, Sendable {
  /// The first in input order.
  case first
  /// The last in input order.
  case last
  /// The longest text in bytes, then the first.
  case longest
  /// The greatest value of a field, then the first: numbers, or ISO 8601 dates; records without one
  /// last.
  case newest(field: String)
  /// The least value of a field, then the first; as `newest` otherwise.
  case oldest(field: String)
  /// The greatest number in a field, then the first; records without one last.
  case score(field: String)
  /// The record whose field has the earliest of these values, then the first; others last.
  case priority(field: String, values: [String])

  /// How a policy is written.
  package static let forms =
    "first, last, longest, newest:FIELD, oldest:FIELD, score:FIELD or priority:FIELD=v1,v2"

  /// Reads one of `forms`; nil for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("first", 1): self = .first
    case ("last", 1): self = .last
    case ("longest", 1): self = .longest
    case ("newest", 2): self = .newest(field: parts[1])
    case ("oldest", 2): self = .oldest(field: parts[1])
    case ("score", 2): self = .score(field: parts[1])
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
    case .first, .last, .longest: nil
    case .newest(let field), .oldest(let field), .score(let field), .priority(let field, _): field
    }
  }

  /// The name of the policy as it is written.
  package var name: String {
    switch self {
    case .first: "first"
    case .last: "last"
    case .longest: "longest"
    case .newest: "newest"
    case .oldest: "oldest"
    case .score: "score"
    case .priority: "priority"
    }
  }

  /// The records by precedence, or nil for input order.
  ///
  /// `place` says where a record stands, for the error of a value that does not compare with the
  /// others. O(n log n).
  package func order(
    count: Int, length: (Int) -> Int, value: (Int) -> RecordID?, place: (Int) -> String
  ) throws(RefrainError) -> [UInt32]? {
    if let field, count > 0, (0..<count).allSatisfy({ value($0) == nil }) {
      throw .badSetting(
        name: "--keep \(name)",
        cause: "no record has a number or a string in the field \"\(field)\"")
    }
    switch self {
    case .first: return nil
    case .last: return (0..<UInt32(count)).reversed()
    case .longest:
      let lengths = (0..<count).map(length)
      return Self.sorted(count) { lengths[$0] > lengths[$1] }
    case .newest(let field), .oldest(let field), .score(let field):
      let values = try comparable(count, value, place, field)
      let takesLeast = self == .oldest(field: field)
      return Self.sorted(count) { a, b in
        guard let right = values[b] else { return values[a] != nil }
        return values[a].map { takesLeast ? $0 < right : right < $0 } ?? false
      }
    case .priority(_, let names):
      let ranks = (0..<count).map { record in
        value(record).flatMap { names.firstIndex(of: $0.description) } ?? names.count
      }
      return Self.sorted(count) { ranks[$0] < ranks[$1] }
    }
  }

  /// The values of a field, all of one kind, as they compare.
  private func comparable(
    _ count: Int, _ value: (Int) -> RecordID?, _ place: (Int) -> String, _ field: String
  ) throws(RefrainError) -> [OrderedValue?] {
    var values: [OrderedValue?] = []
    values.reserveCapacity(count)
    var first: (record: Int, kind: OrderedValue.Kind)?
    func told(_ record: Int) -> String {
      "\(value(record).map(\.shown) ?? "nothing") at \(place(record))"
    }
    for record in 0..<count {
      guard let id = value(record) else {
        values.append(nil)
        continue
      }
      guard let ordered = OrderedValue(id), name != "score" || ordered.kind == .number else {
        let wanted = name == "score" ? "not a number" : "neither a number nor an ISO 8601 date"
        throw .badSetting(
          name: "--keep \(name):\(field)", cause: "\(told(record)) is \(wanted)")
      }
      if let first, first.kind != ordered.kind {
        throw .badSetting(
          name: "--keep \(name):\(field)",
          cause: "\(told(first.record)) and \(told(record)) cannot be compared: "
            + "one is a \(first.kind.rawValue), the other a \(ordered.kind.rawValue)")
      }
      if first == nil { first = (record, ordered.kind) }
      values.append(ordered)
    }
    return values
  }

  private static func sorted(_ count: Int, before: (Int, Int) -> Bool) -> [UInt32] {
    (0..<UInt32(count)).sorted { a, b in
      if before(Int(a), Int(b)) { return true }
      if before(Int(b), Int(a)) { return false }
      return a < b
    }
  }
}

extension RecordID {
  /// The value as a message quotes it: strings in quotation marks.
  fileprivate var shown: String {
    if case .string(let text) = self { return "\"\(text)\"" }
    return description
  }
}
