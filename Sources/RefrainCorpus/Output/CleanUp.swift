// Temporary files that have a name are removed on every way out, an interrupt among them.

import Glibc
import Synchronization

/// The named temporary files that exist now.
enum CleanUp {
  // A fixed table of C strings, because a signal handler may neither allocate nor lock. A slot is
  // claimed and given back with an exchange of its pointer.
  private static let slots = 64
  nonisolated(unsafe) private static let names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> =
    {
      let table = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: slots)
      table.initialize(repeating: nil, count: slots)
      for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, removeAllAndDie) }
      return table
    }()
  private static let lock = Mutex(())

  /// Remembers a file that is to vanish with the process.
  static func add(_ path: String?) {
    guard let path, let copy = strdup(path) else { return }
    lock.withLock { _ in
      for i in 0..<slots where names[i] == nil {
        names[i] = copy
        return
      }
      free(copy)
    }
  }

  /// Forgets a file that was renamed or removed.
  static func remove(_ path: String) {
    lock.withLock { _ in
      for i in 0..<slots {
        guard let name = names[i], strcmp(name, path) == 0 else { continue }
        names[i] = nil
        free(name)
      }
    }
  }

  private static let removeAllAndDie: @convention(c) (Int32) -> Void = { number in
    // SAFETY: unlink, signal and raise are safe in a signal handler.
    for i in 0..<CleanUp.slots {
      if let name = CleanUp.names[i] { unlink(name) }
    }
    signal(number, SIG_DFL)
    raise(number)
  }
}
