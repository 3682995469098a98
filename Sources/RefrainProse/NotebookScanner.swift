// The cells of a notebook, found in its JSON without a tree of it.
//
// The scanner is as strict as RFC 8259 and keeps the arrays and objects that are open on a stack of its
// own, so that deep nesting takes memory and no recursion. All that it remembers is where the strings of
// cells stand.

import RefrainModel

/// Reads a notebook once from its start to its end.
struct NotebookScanner {
  /// Why a file is no notebook, and where that shows.
  struct Failure: Error {
    var offset: Int
    var cause: String
  }

  /// What a value is for, by the way that leads to it.
  private enum Role {
    case root, worksheets, worksheet, cells, cell, type, source, other
  }

  /// An array or object that is open.
  private struct Container {
    var isObject: Bool
    var role: Role
    var isEmpty = true
  }

  private let bytes: [UInt8]
  private var at: Int
  private var stack: [Container] = []
  /// What the value to come is for.
  private var role = Role.root
  private var found: [NotebookCell] = []
  private var isNotebook = false
  /// The open cell: its type, and its text so far.
  private var type: ByteRange?
  private var strings: [ByteRange] = []

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    at = start
  }

  /// The cells with prose, in order.
  ///
  /// O(bytes).
  mutating func cells() throws(Failure) -> [NotebookCell] {
    try value()
    while !stack.isEmpty { try next() }
    skipBlanks()
    guard at == bytes.count else { throw failure("something stands behind its end") }
    guard isNotebook else {
      throw Failure(offset: 0, cause: "is JSON, but no notebook: it has no list of cells")
    }
    return found
  }

  private func failure(_ what: String) -> Failure {
    Failure(offset: min(at, bytes.count), cause: "is no JSON: \(what) (offset \(at))")
  }

  private var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func skipBlanks() {
    while at < bytes.count, bytes[at] == 0x20 || (0x09...0x0D).contains(bytes[at]),
      bytes[at] != 0x0B, bytes[at] != 0x0C
    {
      at += 1
    }
  }

  // MARK: Values

  /// Reads a value, or the opening bracket of one.
  private mutating func value() throws(Failure) {
    skipBlanks()
    switch byte {
    case UInt8(ascii: "{"): open(isObject: true)
    case UInt8(ascii: "["): open(isObject: false)
    case UInt8(ascii: "\""):
      let string = try string()
      if role == .type { type = string }
      if role == .source { strings.append(string) }
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default: try number()
    }
  }

  /// Opens an array or object, whose elements are read one at a time.
  private mutating func open(isObject: Bool) {
    at += 1
    let role = role
    if role == .cells || role == .worksheets, !isObject { isNotebook = true }
    if role == .cell {
      type = nil
      strings = []
    }
    stack.append(Container(isObject: isObject, role: role))
  }

  /// Reads an element, with the comma before all but the first, or what closes the innermost
  /// container.
  private mutating func next() throws(Failure) {
    guard let container = stack.last else { return }
    skipBlanks()
    if byte == (container.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close() }
    if container.isEmpty {
      stack[stack.count - 1].isEmpty = false
      return try element()
    }
    guard byte == UInt8(ascii: ",") else {
      throw failure(at < bytes.count ? "a comma or a bracket is missing" : "it ends too early")
    }
    at += 1
    try element()
  }

  /// Reads an element of the innermost container up to the opening bracket of its value.
  private mutating func element() throws(Failure) {
    guard let container = stack.last else { return }
    if container.isObject {
      skipBlanks()
      guard byte == UInt8(ascii: "\"") else { throw failure("a key is missing") }
      let key = try string()
      skipBlanks()
      guard byte == UInt8(ascii: ":") else { throw failure("a colon is missing") }
      at += 1
      role = Self.role(of: bytes[key.start..<key.end], in: container.role)
      if role == .source { strings = [] }
    } else {
      switch container.role {
      case .worksheets: role = .worksheet
      case .cells: role = .cell
      case .source: role = .source
      default: role = .other
      }
    }
    // A container of another kind than a notebook has there holds nothing of one.
    skipBlanks()
    let isObject = byte == UInt8(ascii: "{")
    let wantsObject = role == .worksheet || role == .cell
    let isList = byte == UInt8(ascii: "[")
    if isObject != wantsObject && (isObject || isList) && !(isList && wantsList) { role = .other }
    if role == .source, isList, container.role == .source { role = .other }
    try value()
  }

  private var wantsList: Bool { role == .worksheets || role == .cells || role == .source }

  private static func role(of key: ArraySlice<UInt8>, in parent: Role) -> Role {
    switch parent {
    case .root where key.equals("cells"), .worksheet where key.equals("cells"): .cells
    case .root where key.equals("worksheets"): .worksheets
    case .cell where key.equals("cell_type"): .type
    case .cell where key.equals("source"): .source
    default: .other
    }
  }

  private mutating func close() {
    at += 1
    guard let container = stack.popLast(), container.role == .cell, let type else { return }
    let name = bytes[type.start..<type.end]
    if name.equals("markdown") || name.equals("heading") {
      found.append(NotebookCell(strings: strings, isHeading: name.equals("heading")))
    }
  }

  // MARK: What has no parts

  private mutating func word(_ word: StaticString) throws(Failure) {
    guard bytes[at...].begins(with: word) else { throw failure("a value is missing") }
    at += word.utf8CodeUnitCount
  }

  /// Reads a string, and returns what is between its quotes.
  private mutating func string() throws(Failure) -> ByteRange {
    let start = at + 1
    at = start
    while at < bytes.count {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\"") {
        at += 1
        return ByteRange(start, at - 1)
      }
      if byte == UInt8(ascii: "\\") {
        try escape()
      } else if byte < 0x20 {
        throw failure("a string holds a control character")
      } else {
        at += 1
      }
    }
    throw failure("a string does not end")
  }

  private mutating func escape() throws(Failure) {
    at += 1
    if byte == UInt8(ascii: "u") {
      for offset in 1...4 {
        let index = at + offset
        guard index < bytes.count,
          bytes[index].isASCIIDigit || (0x61...0x66).contains(bytes[index] | 0x20)
        else { throw failure("an escape is cut off") }
      }
      at += 5
    } else if "\"\\/bfnrt".utf8.contains(byte) {
      at += 1
    } else {
      throw failure("a string holds an escape that JSON does not have")
    }
  }

  private mutating func number() throws(Failure) {
    if byte == UInt8(ascii: "-") { at += 1 }
    let first = byte
    guard first.isASCIIDigit else {
      throw failure(at < bytes.count ? "a value is missing" : "it ends too early")
    }
    at += 1
    if first != UInt8(ascii: "0") { skipDigits() }
    if byte == UInt8(ascii: ".") {
      at += 1
      guard byte.isASCIIDigit else { throw failure("a number is cut off") }
      skipDigits()
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      at += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
      guard byte.isASCIIDigit else { throw failure("a number is cut off") }
      skipDigits()
    }
  }

  private mutating func skipDigits() {
    while byte.isASCIIDigit { at += 1 }
  }
}
