// Where a byte stands for people: the line and column that an editor would show for it.

/// One place in a file as it lies on disk.
///
/// Places compare by their byte, which is unique; line and column follow from it.
public struct Place: Hashable, Sendable, Comparable {
  /// The offset in bytes from the start of the file, from 0.
  public var byte: Int
  /// The line, from 1; LF and CRLF end lines.
  public var line: Int
  /// The column in Unicode code points, from 1.
  public var column: Int

  public init(byte: Int, line: Int, column: Int) {
    self.byte = byte
    self.line = line
    self.column = column
  }

  public static func < (a: Place, b: Place) -> Bool { a.byte < b.byte }
}
