// Whole inputs as bytes in memory, without a copy: the kernel's page cache does the reading.

import Glibc
package import RefrainModel

/// The bytes of an input, mapped read-only and in one piece.
///
/// Released with the object.
package final class MappedBytes: @unchecked Sendable {
  /// The bytes; empty for an empty input.
  package let bytes: UnsafeRawBufferPointer

  // SAFETY: the mapping is read-only and lives as long as the object, so sharing it is sound.
  private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// A copy that outlives the mapping, which ends with the last use of the object itself.
  package func copy() -> [UInt8] { withExtendedLifetime(self) { [UInt8](bytes) } }

  deinit {
    if let base = bytes.baseAddress, bytes.count > 0 {
      munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
    }
  }

  /// Maps the regular file behind an open descriptor, which the caller still closes.
  package static func map(
    descriptor: Int32, path: String
  ) throws(RefrainError) -> MappedBytes {
    var info = stat()
    guard fstat(descriptor, &info) == 0 else {
      throw .unreadable(path: path, cause: SystemError.text)
    }
    let size = Int(info.st_size)
    if size == 0 { return MappedBytes(UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED
    else { throw .unreadable(path: path, cause: SystemError.text) }
    madvise(base, size, MADV_SEQUENTIAL)
    return MappedBytes(UnsafeRawBufferPointer(start: base, count: size))
  }
}

/// The system's words for what went wrong last.
package enum SystemError {
  package static var text: String {
    String(cString: strerror(errno))
  }
}
