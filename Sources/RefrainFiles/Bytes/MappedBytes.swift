// Whole inputs as bytes in memory, without a copy: the kernel's page cache does the reading.

import CSystem
import Glibc
package import RefrainModel

/// The bytes of an input, mapped read-only and in one piece.
///
/// Released with the object.
package final class MappedBytes: @unchecked Sendable {
  /// The bytes; empty for an empty input.
  package let bytes: UnsafeRawBufferPointer
  /// What was mapped, where others may change it meanwhile.
  private let origin: Origin?
  private let guarded: OpaquePointer?

  /// A file of somebody else's.
  struct Origin {
    /// As messages name it.
    let name: String
    let state: FileState
    /// Its state by now; nil where it cannot be told.
    let now: @Sendable () -> FileState?
  }

  // SAFETY: the mapping is read-only and lives as long as the object, so sharing it is sound.
  private init(_ bytes: UnsafeRawBufferPointer, _ origin: Origin? = nil) {
    self.bytes = bytes
    self.origin = origin
    // Only what others can make shorter needs a guard.
    guarded = origin == nil ? nil : refrain_guard_add(bytes.baseAddress, bytes.count)
  }

  /// A copy that outlives the mapping, which ends with the last use of the object itself.
  package func copy() -> [UInt8] { withExtendedLifetime(self) { [UInt8](bytes) } }

  deinit {
    // SAFETY: the object owns the mapping, which ends once, and its guard before it.
    if let base = bytes.baseAddress, bytes.count > 0 {
      refrain_guard_remove(guarded)
      munmap(UnsafeMutableRawPointer(mutating: base), bytes.count)
    }
  }

  /// Refuses a file that somebody changed since it was mapped: what was read of it may be of two minds.
  ///
  /// A file that was replaced by another one under its name is as it was.
  /// - Throws: `unsteady`, or `unreadable` where its bytes could not be read.
  package func requireUnchanged() throws(RefrainError) {
    guard let origin else { return }
    try origin.state.requireUnchanged(origin.now(), path: origin.name)
    if refrain_guard_has_faulted(guarded) {
      // SAFETY: the system's words end with NUL, and are copied at once.
      throw .unreadable(path: origin.name, cause: String(cString: strerror(EIO)))
    }
  }

  /// Maps the regular file behind an open descriptor, which the caller still closes and which nobody else
  /// can change.
  package static func map(
    descriptor: Int32, path: String
  ) throws(RefrainError) -> MappedBytes {
    guard let state = FileState(descriptor: descriptor) else {
      throw .unreadable(path: path, cause: SystemError.text)
    }
    return try map(descriptor, size: state.size, path: path, origin: nil)
  }

  /// Maps a file that others may change; `requireUnchanged` tells whether they did.
  ///
  /// The process must guard mappings: see `InputGuard`.
  static func map(watched descriptor: Int32, _ origin: Origin) throws(RefrainError) -> MappedBytes {
    try map(descriptor, size: origin.state.size, path: origin.name, origin: origin)
  }

  /// Reads `size` bytes of a file into memory of its own; nil where the file has fewer by now.
  static func read(
    _ descriptor: Int32, size: Int, path: String
  ) throws(RefrainError) -> MappedBytes? {
    guard
      let base = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      base != MAP_FAILED
    else { throw .unreadable(path: path, cause: SystemError.text) }
    let whole = MappedBytes(UnsafeRawBufferPointer(start: base, count: size))
    var done = 0
    while done < size {
      // SAFETY: `done` is within the mapping, which nobody else knows of yet.
      let rest = UnsafeMutableRawBufferPointer(start: base + done, count: size - done)
      let n = UnsafeDescriptor.read(descriptor, rest)
      guard n >= 0 else { throw .unreadable(path: path, cause: SystemError.text) }
      if n == 0 { return nil }
      done += n
    }
    return whole
  }

  private static func map(
    _ descriptor: Int32, size: Int, path: String, origin: Origin?
  ) throws(RefrainError) -> MappedBytes {
    if size == 0 { return MappedBytes(UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED
    else {
      let hint = errno == ENOMEM ? "; vm.max_map_count limits how many files can be mapped" : ""
      throw .unreadable(path: path, cause: SystemError.text + hint)
    }
    madvise(base, size, MADV_SEQUENTIAL)
    return MappedBytes(UnsafeRawBufferPointer(start: base, count: size), origin)
  }
}

/// Whether files of others may be mapped.
///
/// Who reads a mapping behind the end of a file that has shrunk is killed by SIGBUS, unless the process
/// has a handler for it, and only the owner of a process may install one. Refrain's command does: there,
/// inputs are mapped and guarded. In any other process they are copied.
enum InputGuard {
  static var isOn: Bool { refrain_guard_is_on() }
}
