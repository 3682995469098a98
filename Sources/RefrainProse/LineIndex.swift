// From byte offsets to the line and column that an editor shows.
//
// Line starts are found once; columns are counted from marks set every kilobyte, so that the last
// of a million places in a file of one single line costs no more than the first.

internal import CKernels
package import RefrainModel

/// The lines of one file as it lies on disk, found by offsets in its text as UTF-8.
package struct LineIndex: Sendable {
  /// How many bytes lie between two marks: 16 bytes of memory a mark against the bytes to count.
  private static let stride = 1024

  private let bytes: [UInt8]
  private let encoding: TextEncoding
  /// Where each line begins, the first at 0.
  private let starts: [Int]
  /// What begins before byte `i * stride`.
  private let marks: [Units]

  /// Code points, and how many of them are two units of UTF-16.
  private struct Units {
    var codePoints = 0
    var wide = 0

    /// Counts what bytes of a range begin.
    mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
      bytes.withUnsafeBufferPointer { bytes in
        // SAFETY: the range is one of the array's, whose address is not used beyond the call.
        guard let base = bytes.baseAddress else { return }
        let units = refrain_count_units(base + range.lowerBound, range.count)
        codePoints += Int(units.code_points)
        wide += Int(units.wide)
      }
    }
  }

  /// Indexes a file in UTF-8; the array is shared, not copied.
  ///
  /// O(bytes).
  package init(_ bytes: [UInt8]) { self.init(SourceText(validUTF8: bytes)) }

  /// Indexes a text; its array is shared, not copied.
  ///
  /// LF and CR LF end lines; a lone CR does so in a text without any LF, as an old Macintosh writes it.
  /// O(bytes).
  package init(_ source: SourceText) {
    let bytes = source.utf8
    let lineEnd: UInt8 = bytes.nextIndex(of: 0x0A, from: 0) == nil ? 0x0D : 0x0A
    var starts = [0]
    while let end = bytes.nextIndex(of: lineEnd, from: starts[starts.count - 1]) {
      starts.append(end + 1)
    }
    var marks = [Units()]
    marks.reserveCapacity(bytes.count / Self.stride + 1)
    for low in Swift.stride(from: 0, to: bytes.count - Self.stride, by: Self.stride) {
      var units = marks[marks.count - 1]
      units.add(bytes, low..<(low + Self.stride))
      marks.append(units)
    }
    self.bytes = bytes
    encoding = source.encoding
    self.starts = starts
    self.marks = marks
  }

  /// How many lines there are; one that is empty follows a line feed at the end.
  package var lineCount: Int { starts.count }

  /// The place of an offset in the text as UTF-8, clamped to it.
  ///
  /// The bytes of a line end belong to the line they end. A byte inside a code point has that code point's
  /// column. A byte order mark counts as one. Offset and byte column are those of the file, in its own
  /// encoding.
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
    let before = units(before: codePoint)
    let ofLine = units(before: start)
    let column = before.codePoints - ofLine.codePoints + 1
    let utf16Column = column + before.wide - ofLine.wide
    var place = Place(
      byte: offset, line: low + 1, column: column, utf16Column: utf16Column,
      byteColumn: codePoint - start + 1)
    switch encoding {
    case .utf8: break
    case .utf16LittleEndian, .utf16BigEndian:
      place.byte = 2 * (before.codePoints + before.wide)
      place.byteColumn = 2 * (utf16Column - 1) + 1
    case .utf32LittleEndian, .utf32BigEndian:
      place.byte = 4 * before.codePoints
      place.byteColumn = 4 * (column - 1) + 1
    }
    return place
  }

  /// What begins before `offset`.
  private func units(before offset: Int) -> Units {
    let mark = min(offset / Self.stride, marks.count - 1)
    var units = marks[mark]
    units.add(bytes, (mark * Self.stride)..<offset)
    return units
  }
}

extension UInt8 {
  /// Whether this is the second or a later byte of a code point in UTF-8.
  var isContinuation: Bool { self & 0xC0 == 0x80 }
}
