// A corpus of records as it lies in memory: its inputs and the blocks of whole lines that the
// workers take one after the other.

import Glibc
package import RefrainFiles
package import RefrainModel

/// An input of records, open.
package struct RecordSource: Sendable {
  /// As the user wrote it; `<stdin>` for standard input.
  package let path: String
  package let mapping: MappedBytes

  package init(path: String) throws(RefrainError) {
    self.path = path == InputOpener.standardInput ? InputOpener.standardInputName : path
    mapping = try InputOpener.open(path)
    if let name = ContainerSignature.name(of: mapping.bytes) {
      throw .unreadable(
        path: self.path, cause: "is \(name); records are read as JSON Lines, plain or gzip")
    }
  }

  package var bytes: UnsafeRawBufferPointer { mapping.bytes }

  /// Where the first line begins: behind a byte order mark.
  package var start: Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }
}

/// A stretch of whole lines of one source.
package struct LineBlock: Sendable {
  package let source: Int
  package let range: ByteRange

  /// Cuts the sources at line ends into blocks of about `size` bytes, in order.
  ///
  /// A longer line is a block by itself. O(blocks + bytes of the lines at their edges).
  package static func cut(_ sources: [RecordSource], size: Int = 1 << 20) -> [LineBlock] {
    var blocks: [LineBlock] = []
    for (number, source) in sources.enumerated() {
      let bytes = source.bytes
      var start = source.start
      while start < bytes.count {
        var end = min(start + size, bytes.count)
        while end < bytes.count, bytes[end - 1] != 0x0A { end += 1 }
        blocks.append(LineBlock(source: number, range: ByteRange(start, end)))
        start = end
      }
    }
    return blocks
  }
}

/// The lines of a stretch of bytes.
package struct LineCursor {
  private let bytes: UnsafeRawBufferPointer
  private let end: Int
  private var position: Int

  package init(_ bytes: UnsafeRawBufferPointer, _ range: ByteRange) {
    self.bytes = bytes
    position = range.start
    end = range.end
  }

  /// The range of the next line with its line end, and of its content without; nil behind the last.
  package mutating func next() -> (line: ByteRange, content: ByteRange)? {
    guard position < end, let base = bytes.baseAddress else { return nil }
    let start = position
    // SAFETY: the search stays within position ..< end of the mapping.
    var stop = end
    if let found = memchr(base + start, 0x0A, end - start) {
      stop = UnsafeRawPointer(found) - base
      position = stop + 1
    } else {
      position = end
    }
    let line = ByteRange(start, position)
    if stop > start, bytes[stop - 1] == 0x0D { stop -= 1 }
    return (line, ByteRange(start, stop))
  }
}

/// Whether a line holds nothing but white space: such lines are no records.
package func isBlank(_ line: UnsafeRawBufferPointer) -> Bool {
  line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
}
