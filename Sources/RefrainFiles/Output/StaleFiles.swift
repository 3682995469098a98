// What runs left behind that were killed: temporary names that no living process holds a lock on.

import CSystem
import Glibc

enum StaleFiles {
  /// Clears a folder of them; what cannot be cleared stays, for it is in nobody's way.
  ///
  /// O(names in the folder).
  static func clear(_ folder: String) {
    guard let names = try? UnsafePOSIX.names(in: Array(folder.utf8)) else { return }
    for name in names where TemporaryName.isOne(name) {
      let path = folder + "/" + String(decoding: name, as: UTF8.self)
      switch try? UnsafePOSIX.entry(at: Array(path.utf8), following: false) {
      case .file: withLock(path) { unlink(path) }
      case .folder: clearFolder(path)
      default: break
      }
    }
  }

  private static func clearFolder(_ path: String) {
    let lock = path + "/" + TemporaryName.lock
    withLock(lock) {
      let names = (try? UnsafePOSIX.names(in: Array(path.utf8))) ?? []
      // The lock goes last: whoever is killed here leaves what the next one can clear.
      for name in names where name.allSatisfy({ (0x30...0x39).contains($0) }) {
        unlink(path + "/" + String(decoding: name, as: UTF8.self))
      }
      unlink(lock)
    }
    // Fails for a folder that is in use.
    rmdir(path)
  }

  /// Calls `body` if nobody else has the lock of a file.
  private static func withLock(_ path: String, _ body: () -> Void) {
    let descriptor = UnsafeDescriptor.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if refrain_lock(descriptor) { body() }
  }
}
