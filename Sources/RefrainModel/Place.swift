// Where a byte stands for people: the line and column that an editor would show for it.

/// One place in a file as it lies on disk.
///
/// Places compare by their byte, which is unique, and are equal where byte, line and column are; the
/// columns in other units follow from these.
public struct Place: Hashable, Sendable, Comparable {
  /// The offset in bytes from the start of the file, from 0.
  public var byte: Int
  /// The line, from 1; LF and CR LF end lines, and a lone CR does in a file without LF.
  public var line: Int
  /// The column in Unicode code points, from 1.
  public var column: Int
  /// The column in UTF-16 code units, from 1.
  public var utf16Column: Int
  /// The column in bytes of the file, in its own encoding, from 1.
  public var byteColumn: Int

  /// A place; the other columns are as the first, which holds on a line of ASCII.
  public init(byte: Int, line: Int, column: Int) {
    self.init(byte: byte, line: line, column: column, utf16Column: column, byteColumn: column)
  }

  /// A place with its column in each unit.
  public init(byte: Int, line: Int, column: Int, utf16Column: Int, byteColumn: Int) {
    self.byte = byte
    self.line = line
    self.column = column
    self.utf16Column = utf16Column
    self.byteColumn = byteColumn
  }

  /// By byte.
  public static func < (a: Place, b: Place) -> Bool { a.byte < b.byte }

  /// By byte, line and column.
  public static func == (a: Place, b: Place) -> Bool {
    (a.byte, a.line, a.column) == (b.byte, b.line, b.column)
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(byte)
    hasher.combine(line)
    hasher.combine(column)
  }
}
