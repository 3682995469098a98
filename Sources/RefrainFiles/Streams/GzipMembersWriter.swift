// Records to gzip members, one each, in threads: the form of web archives, in which a reader may begin at any
// record.

import CISAL
import RefrainModel

/// Compresses what is written between two calls of `endMember` to a member of its own.
final class GzipMembersWriter: StreamWriter {
  /// Bytes that are held before they are compressed.
  private static let batchSize = 4 << 20

  private let descriptor: Int32
  private let path: String
  private let workers: Workers
  private var held: [UInt8] = []
  /// Where members end in what is held.
  private var ends: [Int] = []

  /// `path` is what an error names.
  init(descriptor: Int32, path: String, threads: Int) {
    self.descriptor = descriptor
    self.path = path
    workers = Workers(threads: threads)
  }

  func write(_ bytes: UnsafeRawBufferPointer) { held.append(contentsOf: bytes) }

  func endMember() throws(RefrainError) {
    if held.count > ends.last ?? 0 { ends.append(held.count) }
    if held.count >= Self.batchSize { try compress() }
  }

  func finish() throws(RefrainError) {
    try endMember()
    try compress()
  }

  private func compress() throws(RefrainError) {
    let starts = [0] + ends
    let members = held.withUnsafeBytes { bytes in
      // SAFETY: the workers only read the bytes, which stay as they are until all are done.
      nonisolated(unsafe) let bytes = bytes
      let ends = ends
      return workers.map(ends.count, state: { Deflater() }) { deflater, member -> [UInt8]? in
        let part = UnsafeRawBufferPointer(rebasing: bytes[starts[member]..<ends[member]])
        guard let packed = deflater.compress(part, isLast: true) else { return nil }
        let checksum = refrain_gzip_checksum(
          0, part.baseAddress?.assumingMemoryBound(to: UInt8.self), part.count)
        return GzipMember.header + packed
          + GzipMember.trailer(
            checksum: checksum, length: UInt32(truncatingIfNeeded: part.count))
      }
    }
    guard members.count == ends.count else { throw .unwritable(path: path, cause: "out of memory") }
    for member in members { try UnsafeDescriptor.write(descriptor, member, path: path) }
    held.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
