// Bytes that come from elsewhere, put into a nameless file to be come back to.

import Glibc
import RefrainModel

/// A nameless temporary file that is written once and then mapped.
final class SpoolFile {
  private let descriptor: Int32
  /// Bytes that were written.
  private(set) var count = 0

  init() throws(RefrainError) { descriptor = try TemporaryFile.openNameless() }

  deinit { close(descriptor) }

  func write(_ bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    try UnsafeDescriptor.write(
      descriptor, bytes, path: "a temporary file in \(TemporaryFile.folder)")
    count += bytes.count
  }

  /// All bytes; nothing may be written afterwards.
  ///
  /// - Parameter path: what an error names.
  func mapped(path: String) throws(RefrainError) -> MappedBytes {
    try MappedBytes.map(descriptor: descriptor, path: path)
  }
}
