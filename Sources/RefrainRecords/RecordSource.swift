// An input of records as it lies in memory, and the form that its records have there: told by its name and,
// where that leaves it open, by its first bytes.

import Glibc
package import RefrainFiles
package import RefrainModel

/// An input of records, open: a file, or an entry of an archive.
package struct RecordSource: Sendable {
  /// As the user wrote it; `<stdin>` for standard input.
  package let path: String
  package let mapping: MappedBytes
  /// The part of the mapping that it is.
  private let range: ByteRange
  package let form: any RecordForm

  /// Opens a file that is no archive.
  ///
  /// - Throws: `unreadable` for what holds no records.
  package init(path: String) throws(RefrainError) {
    let name = path == InputOpener.standardInput ? InputOpener.standardInputName : path
    let mapping = try InputOpener.open(path)
    try self.init(name, mapping, ByteRange(0, mapping.bytes.count))
  }

  init(_ path: String, _ mapping: MappedBytes, _ range: ByteRange) throws(RefrainError) {
    self.path = path
    self.mapping = mapping
    self.range = range
    let bytes = UnsafeRawBufferPointer(rebasing: mapping.bytes[range.start..<range.end])
    form = try Self.form(bytes, path: path)
  }

  package var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: mapping.bytes[range.start..<range.end])
  }

  /// A part of its bytes.
  package func bytes(in part: ByteRange) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      rebasing: mapping.bytes[range.start + part.start..<range.start + part.end])
  }

  /// Where the first record may begin: behind a byte order mark.
  package var start: Int { Self.start(of: bytes) }

  private static func start(of bytes: UnsafeRawBufferPointer) -> Int {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0
  }

  /// The form that the name tells, or that the bytes tell where the name does not.
  private static func form(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(RefrainError) -> any RecordForm {
    let start = start(of: bytes)
    let named = FileName(path).recordFormat
    if case .text(let format) = named { return TextForm(format, path: path) }
    if WebArchive.begins(bytes) { return WebArchive() }
    if let name = ContainerSignature.name(of: bytes) {
      throw .unreadable(path: path, cause: "is \(name), which Refrain does not read")
    }
    switch named {
    case .commaSeparated: return try SeparatedValues(bytes, from: start, ",", path: path)
    case .tabSeparated: return try SeparatedValues(bytes, from: start, "\t", path: path)
    case .webArchive: return WebArchive()
    case .jsonLines: return JSONLines()
    case .jsonArray, .text, nil:
      return JSONArray.begins(bytes, from: start) ? JSONArray(bytes, from: start) : JSONLines()
    }
  }
}

/// Stretches of whole lines.
package enum LineBlock {
  /// Cuts a source at line ends into blocks of about `size` bytes, in order.
  ///
  /// A longer line is a block by itself. O(blocks + bytes of the lines at their edges).
  package static func cut(_ source: RecordSource, size: Int) -> [ByteRange] {
    var blocks: [ByteRange] = []
    let bytes = source.bytes
    var start = source.start
    while start < bytes.count {
      var end = min(start + size, bytes.count)
      while end < bytes.count, bytes[end - 1] != 0x0A { end += 1 }
      blocks.append(ByteRange(start, end))
      start = end
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
