// From byte offsets to the line and column that an editor shows.
//
// Line starts are found once; columns are counted from marks set every kilobyte, so that the last
// of a million places in a file of one single line costs no more than the first.

package import RefrainModel

/// The lines of one file as it lies on disk.
package struct LineIndex: Sendable {
  /// How many bytes lie between two marks: 8 bytes of memory a mark against the bytes to count.
  private static let stride = 1024

  private let bytes: [UInt8]
  /// Where each line begins, the first at 0.
  private let starts: [Int]
  /// How many code points begin before byte `i * stride`.
  private let marks: [Int]

  /// Indexes a file; the array is shared, not copied.
  ///
  /// O(bytes).
  package init(_ bytes: [UInt8]) {
    var starts = [0]
    var marks: [Int] = []
    marks.reserveCapacity(bytes.count / Self.stride + 1)
    var codePoints = 0
    var low = 0
    repeat {
      marks.append(codePoints)
      let high = min(low + Self.stride, bytes.count)
      for at in low..<high {
        if bytes[at] == UInt8(ascii: "\n") { starts.append(at + 1) }
        if !bytes[at].isContinuation { codePoints += 1 }
      }
      low = high
    } while low < bytes.count
    self.bytes = bytes
    self.starts = starts
    self.marks = marks
  }

  /// How many lines there are; one that is empty follows a line feed at the end.
  package var lineCount: Int { starts.count }

  /// The place of a byte offset, clamped to the file.
  ///
  /// LF and CRLF end lines, a lone CR does not; the bytes of a line end belong to the line they
  /// end. A byte inside a code point has that code point's column. A byte order mark counts as one.
  ///
  /// Complexity: O(log lines), and at most a kilobyte to count.
  package func place(of byte: Int) -> Place {
    let offset = min(max(byte, 0), bytes.count)
    var low = 0
    var high = starts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    let start = starts[low]
    var codePoint = offset
    while codePoint > start, codePoint < bytes.count, bytes[codePoint].isContinuation {
      codePoint -= 1
    }
    let column = codePoints(before: codePoint) - codePoints(before: start) + 1
    return Place(byte: offset, line: low + 1, column: column)
  }

  /// How many code points begin before `offset`.
  private func codePoints(before offset: Int) -> Int {
    let mark = min(offset / Self.stride, marks.count - 1)
    return bytes[(mark * Self.stride)..<offset].reduce(marks[mark]) {
      $1.isContinuation ? $0 : $0 + 1
    }
  }
}

extension UInt8 {
  /// Whether this is the second or a later byte of a code point in UTF-8.
  fileprivate var isContinuation: Bool { self & 0xC0 == 0x80 }
}
