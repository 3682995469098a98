// Streams that are packed: how they begin, and who reads and writes them.

package import RefrainModel

extension Compression {
  /// How many bytes tell each of them from plain text.
  static let longestMagic = 10

  /// The compression of a stream that begins with these bytes, `longestMagic` of them unless it has fewer.
  ///
  /// Bytes decide, because names are given by hand. The name is asked where bytes leave it open: in a file
  /// that is cut off before they tell, and for frames to be passed over, which two forms share.
  init?(beginning bytes: UnsafeRawBufferPointer, name: String) {
    let named = FileName(name).compression
    let fits = Self.allCases.filter { compression in
      compression.magics.contains { Self.agree(bytes, $0) }
        && (bytes.count >= compression.leastMagic || named == compression && !bytes.isEmpty)
    }
    guard let first = fits.first else { return nil }
    self = named.flatMap { fits.contains($0) ? $0 : nil } ?? first
  }

  /// The bytes that a stream may begin with; 0x100 stands for any.
  private var magics: [[UInt16]] {
    let skipped = (0x50...0x5F).map { [$0, 0x2A, 0x4D, 0x18] as [UInt16] }
    return switch self {
    case .gzip: [[0x1F, 0x8B]]
    case .zstd: [[0x28, 0xB5, 0x2F, 0xFD]] + skipped
    case .xz: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]]
    // The first block, or the end of a stream without one.
    case .bzip2:
      [
        [0x42, 0x5A, 0x68, 0x100, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59],
        [0x42, 0x5A, 0x68, 0x100, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90],
      ]
    case .lz4: [[0x04, 0x22, 0x4D, 0x18]] + skipped
    }
  }

  /// How many bytes tell this one.
  private var leastMagic: Int { magics[0].count }

  private static func agree(_ bytes: UnsafeRawBufferPointer, _ magic: [UInt16]) -> Bool {
    zip(bytes, magic).allSatisfy { $1 == 0x100 || UInt16($0) == $1 }
  }

  /// Expands a stream of this form to its end and hands `body` what comes out, piece by piece.
  ///
  /// - Throws: `damaged` for a stream that is cut, broken or followed by something else; `unreadable`; what
  ///   `body` throws.
  func expand(
    _ input: StreamInput, _ body: (UnsafeRawBufferPointer) throws(RefrainError) -> Void
  ) throws(RefrainError) {
    switch self {
    case .gzip: try GzipReader.expand(input, body)
    case .zstd: try ZstdReader.expand(input, body)
    case .xz, .bzip2, .lz4: try FilterReader.expand(input, rawValue, body)
    }
  }

  /// Expands a stream in memory.
  ///
  /// - Throws: `damaged`, also for more than `limit` bytes.
  package func expand(
    _ bytes: [UInt8], name: String, limit: Int
  ) throws(RefrainError) -> [UInt8] {
    var start = 0
    let input = StreamInput(name: name) { buffer in
      let part = bytes[start..<min(start + buffer.count, bytes.count)]
      buffer.copyBytes(from: part)
      start = part.endIndex
      return part.count
    }
    _ = try input.readNext()
    var expanded: [UInt8] = []
    try expand(input) { part throws(RefrainError) in
      guard part.count <= limit - expanded.count else {
        throw .damaged(path: name, cause: "expands to more than \(limit) bytes")
      }
      expanded += part
    }
    return expanded
  }

  /// A writer of a stream of this form to a descriptor.
  ///
  /// - Parameter path: what an error names.
  func writer(
    _ descriptor: Int32, path: String, threads: Int
  ) throws(RefrainError) -> any StreamWriter {
    switch self {
    case .gzip where FileName(path).recordFormat == .webArchive:
      GzipMembersWriter(descriptor: descriptor, path: path, threads: threads)
    case .gzip: GzipWriter(descriptor: descriptor, path: path, threads: threads)
    case .zstd: try ZstdWriter(descriptor: descriptor, path: path, threads: threads)
    case .xz, .bzip2, .lz4: FilterWriter(descriptor: descriptor, path: path, self)
    }
  }
}

/// Packs bytes and writes them to a descriptor.
///
/// Not thread-safe. What it writes depends on the bytes alone, and not on how they were cut or on how many
/// threads pack them.
protocol StreamWriter: AnyObject {
  func write(_ bytes: UnsafeRawBufferPointer) throws(RefrainError)
  /// Ends a part that can be expanded without what is before it, where the form and the writer have such.
  func endMember() throws(RefrainError)
  /// Writes what is held back, and the end of the stream.
  func finish() throws(RefrainError)
}

extension StreamWriter {
  func endMember() throws(RefrainError) {}
}
