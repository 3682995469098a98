// One row of separated values, by the rules of RFC 4180: a field in quotation marks may hold separators, line
// ends and, doubled, quotation marks.

import Glibc
import RefrainModel

/// A row that is taken apart, with room that the next one uses again.
struct SeparatedRow {
  struct Field {
    /// What stands in it, without its quotation marks.
    var range: ByteRange
    /// Whether it holds doubled quotation marks.
    var isDoubled = false
  }

  private static let quote = UInt8(ascii: "\"")

  let separator: UInt8
  private(set) var fields: [Field] = []
  /// What is wrong with the row, and where.
  private(set) var fault: (cause: String, offset: Int)?

  init(separator: UInt8) { self.separator = separator }

  /// Takes the row apart that begins at `start`, and returns where the next one begins.
  ///
  /// With `fields` left empty it is a blank line. A row with a fault ends where the fault does: behind the
  /// line, or at the end of the bytes where quotation marks stay open.
  mutating func read(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    fields.removeAll(keepingCapacity: true)
    fault = nil
    var position = start
    while true {
      if position < bytes.count, bytes[position] == Self.quote {
        var field = Field(range: ByteRange(position + 1, position + 1))
        guard let close = Self.close(bytes, from: position + 1, &field.isDoubled) else {
          fault = ("a field begins with a quotation mark that is never closed", position)
          return bytes.count
        }
        field.range.end = close
        fields.append(field)
        position = close + 1
        if position < bytes.count, bytes[position] == 0x0D,
          position + 1 == bytes.count || bytes[position + 1] == 0x0A
        {
          position += 1
        }
      } else {
        let begin = position
        while position < bytes.count, bytes[position] != separator, bytes[position] != 0x0A {
          position += 1
        }
        var end = position
        if end > begin, bytes[end - 1] == 0x0D, position == bytes.count || bytes[end] == 0x0A {
          end -= 1
        }
        fields.append(Field(range: ByteRange(begin, end)))
      }
      if position == bytes.count { break }
      if bytes[position] == 0x0A {
        position += 1
        break
      }
      guard bytes[position] == separator else {
        fault = ("something follows the closing quotation mark of a field", position)
        return Self.lineEnd(bytes, from: position)
      }
      position += 1
    }
    let isBlank = fields.count == 1 && fields[0].range.count == 0 && bytes[start] != Self.quote
    if isBlank { fields.removeAll(keepingCapacity: true) }
    return position
  }

  /// The bytes of a field, valid as long as the row's; `scratch` holds what had to be put together.
  func value(
    _ index: Int, of bytes: UnsafeRawBufferPointer, _ scratch: inout [UInt8]
  ) -> Range<Int>? {
    let field = fields[index]
    guard field.isDoubled else { return nil }
    let start = scratch.count
    var position = field.range.start
    while position < field.range.end {
      scratch.append(bytes[position])
      position += bytes[position] == Self.quote ? 2 : 1
    }
    return start..<scratch.count
  }

  /// The quotation mark that closes a field; nil where none does.
  private static func close(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ isDoubled: inout Bool
  ) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var position = start
    // SAFETY: the search stays within the bytes.
    while position < bytes.count, let found = memchr(base + position, 0x22, bytes.count - position)
    {
      let mark = UnsafeRawPointer(found) - base
      guard mark + 1 < bytes.count, bytes[mark + 1] == quote else { return mark }
      isDoubled = true
      position = mark + 2
    }
    return nil
  }

  private static func lineEnd(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = bytes.baseAddress,
      let found = memchr(base + start, 0x0A, bytes.count - start)
    else { return bytes.count }
    return UnsafeRawPointer(found) - base + 1
  }
}
