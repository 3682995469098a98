// A TOML document as values with lines, for settings files: what is wrong in one is said with its
// line, so every key and value keeps it.

package import RefrainModel
import RefrainProse

/// A value of a TOML document.
package indirect enum TOMLValue: Hashable, Sendable {
  case string(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case array([TOMLEntry])
  case table([TOMLMember])
  /// A date or a time.
  case other

  /// What it is called in messages.
  package var kindName: String {
    switch self {
    case .string: "a string"
    case .integer: "an integer"
    case .number: "a number"
    case .boolean: "true or false"
    case .array: "an array"
    case .table: "a table"
    case .other: "a date or time"
    }
  }
}

/// A value with its line, from 1 on.
package struct TOMLEntry: Hashable, Sendable {
  package var value: TOMLValue
  package var line: Int

  package init(value: TOMLValue, line: Int) {
    self.value = value
    self.line = line
  }
}

/// A key with its value and the key's line.
package struct TOMLMember: Hashable, Sendable {
  package var key: String
  package var value: TOMLValue
  package var line: Int

  package init(key: String, value: TOMLValue, line: Int) {
    self.key = key
    self.value = value
    self.line = line
  }
}

/// TOML documents by toml++.
package enum TOMLDocument {
  /// The members of a document's root, by line.
  ///
  /// - Throws: `badFile` with the line of the first error; `notUTF8`.
  package static func parse(
    _ bytes: [UInt8], path: String
  ) throws(RefrainError) -> [TOMLMember] {
    _ = try SourceText(utf8: bytes, path: path)
    let builder = TOMLBuilder()
    if let failure = UnsafeTOMLParser.parse(bytes, into: builder) {
      throw .badFile(path: path, line: failure.line, cause: failure.cause)
    }
    guard case .table(let members)? = builder.root?.value else { return [] }
    return members
  }
}

/// Puts events together to a tree.
final class TOMLBuilder {
  private(set) var root: TOMLEntry?
  /// The tables and arrays that are open.
  private var open: [TOMLEntry] = []
  /// For each open table the key whose value comes next.
  private var keys: [(key: String, line: Int)] = []

  func key(_ key: String, line: Int) { keys.append((key, line)) }

  func begin(_ container: TOMLValue, line: Int) {
    open.append(TOMLEntry(value: container, line: line))
  }

  func end() {
    guard var entry = open.popLast() else { return }
    if case .table(let members) = entry.value {
      // toml++ keeps its members by key; people read from top to bottom.
      entry.value = .table(members.sorted { ($0.line, $0.key) < ($1.line, $1.key) })
    }
    add(entry.value, line: entry.line)
  }

  func add(_ value: TOMLValue, line: Int) {
    guard let top = open.indices.last else {
      root = TOMLEntry(value: value, line: line)
      return
    }
    switch open[top].value {
    case .array(var entries):
      open[top].value = .other
      entries.append(TOMLEntry(value: value, line: line))
      open[top].value = .array(entries)
    case .table(var members):
      guard let key = keys.popLast() else { return }
      open[top].value = .other
      members.append(TOMLMember(key: key.key, value: value, line: key.line))
      open[top].value = .table(members)
    default: break
    }
  }
}
