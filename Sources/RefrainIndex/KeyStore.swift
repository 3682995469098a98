// Where band keys wait until their band is sorted: in memory as far as the budget goes, in a
// nameless temporary file beyond it.

import Glibc
import RefrainFiles
package import RefrainModel
import Synchronization

/// Keeps the band keys of blocks of records.
///
/// A block's keys lie band by band, so that one band of it is one stretch, in memory or on disk: each
/// band is read back once, when it is sorted, and after that nobody needs them: see `release`. The file
/// has no name and goes with the process.
package final class KeyStore: Sendable {
  /// The keys of a block: `bands` stretches of one key a record.
  package enum Keys: Sendable {
    /// Number among those in memory.
    case resident(Int)
    /// Byte offset in the file.
    case spilled(offset: Int)
  }

  private let budget: Int
  private let used = Atomic<Int>(0)
  private let residents = Mutex<[[UInt64]]>([])
  private let file = Mutex<(descriptor: Int32, size: Int)>((-1, 0))
  private let failure = Mutex<RefrainError?>(nil)

  /// A store that holds up to `budget` bytes in memory.
  package init(budget: Int) { self.budget = budget }

  deinit { release() }

  /// Lets go of all keys and of the file.
  package func release() {
    residents.withLock { $0 = [] }
    file.withLock { file in
      if file.descriptor >= 0 { close(file.descriptor) }
      file = (-1, 0)
    }
  }

  /// Whether anything went to disk.
  package var hasSpilled: Bool { file.withLock { $0.descriptor >= 0 } }

  /// Takes a block's keys, from any thread.
  package func add(_ keys: [UInt64]) throws(RefrainError) -> Keys {
    let bytes = keys.count * MemoryLayout<UInt64>.stride
    if used.add(bytes, ordering: .relaxed).newValue <= budget {
      return residents.withLock { residents in
        residents.append(keys)
        return .resident(residents.count - 1)
      }
    }
    used.subtract(bytes, ordering: .relaxed)
    var failure: RefrainError?
    let offset = file.withLock { file in
      do throws(RefrainError) {
        if file.descriptor < 0 { file.descriptor = try TemporaryFile.openNameless() }
      } catch {
        failure = error
        return 0
      }
      let (descriptor, size) = (file.descriptor, file.size)
      // SAFETY: the keys are written within the call.
      failure = keys.withUnsafeBytes { Self.write($0, to: descriptor, at: size) }
      defer { file.size += bytes }
      return file.size
    }
    if let failure { throw failure }
    return .spilled(offset: offset)
  }

  /// Calls `body` with the keys of one band of a block of `count` records; `scratch` is reused.
  ///
  /// What cannot be read back, because a disk fails under the process, leaves the block without keys in
  /// this band: `requireRead` tells.
  package func withBand(
    _ band: Int, of keys: Keys, count: Int, scratch: inout [UInt64],
    _ body: (UnsafeBufferPointer<UInt64>) -> Void
  ) {
    switch keys {
    case .resident(let number):
      // SAFETY: a block holds `count` keys a band; its array outlives the call.
      residents.withLock { $0[number] }.withUnsafeBufferPointer {
        body(UnsafeBufferPointer(rebasing: $0[(band * count)..<((band + 1) * count)]))
      }
    case .spilled(let offset):
      if scratch.count < count { scratch = [UInt64](repeating: 0, count: count) }
      let descriptor = file.withLock { $0.descriptor }
      let bytes = count * MemoryLayout<UInt64>.stride
      // SAFETY: the scratch has room for `count` keys, and only what was read is handed out.
      scratch.withUnsafeMutableBytes { target in
        var done = 0
        while done < bytes {
          let n = pread(
            descriptor, target.baseAddress.map { $0 + done }, bytes - done,
            offset + band * bytes + done)
          if n < 0, errno == EINTR { continue }
          if n <= 0 { break }
          done += n
        }
        if done < bytes {
          let cause = "temporary keys cannot be read back: \(SystemError.text)"
          failure.withLock { $0 = .unreadable(path: TemporaryFile.folder, cause: cause) }
        }
        let read = done / MemoryLayout<UInt64>.stride
        body(
          UnsafeBufferPointer(
            rebasing: UnsafeBufferPointer(target.bindMemory(to: UInt64.self))[..<read]))
      }
    }
  }

  /// Refuses to go on where keys could not be read back.
  package func requireRead() throws(RefrainError) {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// Writes all bytes at an offset; returns what went wrong.
  private static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int
  ) -> RefrainError? {
    var done = 0
    while done < bytes.count {
      // SAFETY: the system reads what is left of the bytes, within them.
      let n = pwrite(
        descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, offset + done)
      if n < 0 {
        if errno == EINTR { continue }
        return .unwritable(path: TemporaryFile.folder, cause: SystemError.text)
      }
      done += n
    }
    return nil
  }
}
