// Plain bytes to a gzip stream, in threads.
//
// The bytes are cut into chunks of one size, each of which is compressed by itself to a stretch of one deflate
// stream that ends on a byte. So the result is a single member, which every reader reads to its end, and it is
// the same for any number of threads.

import CISAL
import RefrainModel

/// Compresses what is written to a descriptor.
final class GzipWriter: StreamWriter {
  /// Bytes of a chunk: it begins without a window, which costs less than one part in a hundred.
  private static let chunkSize = 1 << 20

  private let descriptor: Int32
  private let path: String
  private let workers: Workers
  /// Bytes that wait to be compressed, some chunks of them at most.
  private var held: [UInt8] = []
  private var checksum: UInt32 = 0
  private var length: UInt32 = 0
  private var hasBegun = false

  /// `path` is what an error names.
  init(descriptor: Int32, path: String, threads: Int) {
    self.descriptor = descriptor
    self.path = path
    workers = Workers(threads: threads)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    let batch = Self.chunkSize * workers.threads * 2
    var rest = bytes
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest.prefix(batch - held.count))
      held.append(contentsOf: part)
      rest = UnsafeRawBufferPointer(rebasing: rest[part.count...])
      if held.count == batch { try compress(isLast: false) }
    }
  }

  func finish() throws(RefrainError) {
    try compress(isLast: true)
    try put(GzipMember.trailer(checksum: checksum, length: length))
  }

  /// Writes the held bytes; the last ones may be none.
  private func compress(isLast: Bool) throws(RefrainError) {
    if !hasBegun {
      hasBegun = true
      try put(GzipMember.header)
    }
    let count = max(isLast ? 1 : 0, (held.count + Self.chunkSize - 1) / Self.chunkSize)
    let parts = held.withUnsafeBytes { bytes in
      // SAFETY: the workers only read the bytes, which stay as they are until all are done.
      nonisolated(unsafe) let bytes = bytes
      return workers.map(count, state: { Deflater() }) { deflater, chunk -> [UInt8]? in
        let start = chunk * Self.chunkSize
        let part = bytes[start..<min(start + Self.chunkSize, bytes.count)]
        return deflater.compress(
          UnsafeRawBufferPointer(rebasing: part), isLast: isLast && chunk == count - 1)
      }
    }
    guard parts.count == count else { throw .unwritable(path: path, cause: "out of memory") }
    for part in parts { try put(part) }
    checksum = held.withUnsafeBytes {
      refrain_gzip_checksum(checksum, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), $0.count)
    }
    length &+= UInt32(truncatingIfNeeded: held.count)
    held.removeAll(keepingCapacity: true)
  }

  private func put(_ bytes: [UInt8]) throws(RefrainError) {
    try UnsafeDescriptor.write(descriptor, bytes, path: path)
  }
}

/// What stands around the deflate stream of a member (RFC 1952).
enum GzipMember {
  /// No name, no time, no word about the level; made on Unix.
  static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]

  static func trailer(checksum: UInt32, length: UInt32) -> [UInt8] {
    [checksum, length].flatMap { number in
      stride(from: 0, to: 32, by: 8).map { UInt8(truncatingIfNeeded: number >> $0) }
    }
  }
}

/// One worker's state.
final class Deflater {
  private let deflater = refrain_deflater_create()

  deinit { refrain_deflater_destroy(deflater) }

  /// A stretch of the stream; nil where memory is short.
  func compress(_ bytes: UnsafeRawBufferPointer, isLast: Bool) -> [UInt8]? {
    guard let deflater else { return nil }
    let room = refrain_deflate_bound(bytes.count)
    // SAFETY: the library reads within the bytes and initialises `count` bytes of the room.
    let made = [UInt8](unsafeUninitializedCapacity: room) { target, count in
      count = refrain_deflate(
        deflater, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count,
        target.baseAddress, room, isLast)
    }
    return made.isEmpty ? nil : made
  }
}
