// Where the 64-bit values of a sort wait for their part of it: in memory as far as the budget goes, in a
// nameless temporary file beyond it.

import Glibc
import RefrainFiles
package import RefrainModel
import Synchronization

/// Values in numbered partitions, each of which is read back in one piece.
///
/// Filled by any number of writers at a time, then read partition by partition. In which order the values of
/// a partition come back depends on the threads that wrote them: who needs an order sorts. Eight bytes a value.
package final class PartitionedValues: Sendable {
  package let partitions: Int
  private let budget: Int
  private let used = Atomic<Int>(0)
  private let parts: Mutex<[Part]>
  private let file = Mutex<(descriptor: Int32, size: Int)>((-1, 0))
  private let failure = Mutex<RefrainError?>(nil)

  /// What a partition holds.
  private struct Part {
    var resident: [[UInt64]] = []
    /// Byte offsets and numbers of values in the file.
    var spilled: [(offset: Int, count: Int)] = []
    var count = 0
  }

  /// A store that holds up to `budget` bytes in memory.
  package init(partitions: Int, budget: Int) {
    self.partitions = partitions
    self.budget = budget
    parts = Mutex([Part](repeating: Part(), count: partitions))
  }

  deinit {
    file.withLock { file in
      if file.descriptor >= 0 { close(file.descriptor) }
    }
  }

  /// How many values there are.
  package var count: Int { parts.withLock { $0.reduce(0) { $0 + $1.count } } }

  /// How many values the largest partition has.
  package var largest: Int { parts.withLock { $0.reduce(0) { max($0, $1.count) } } }

  /// Takes values for one partition, from any thread; what cannot be written is told by `requireWhole`.
  fileprivate func add(_ values: UnsafeBufferPointer<UInt64>, to partition: Int) {
    let bytes = values.count * MemoryLayout<UInt64>.stride
    if bytes == 0 { return }
    if used.add(bytes, ordering: .relaxed).newValue <= budget {
      let copy = Array(values)
      parts.withLock { parts in
        parts[partition].resident.append(copy)
        parts[partition].count += copy.count
      }
      return
    }
    used.subtract(bytes, ordering: .relaxed)
    do throws(RefrainError) {
      let offset = try spill(UnsafeRawBufferPointer(values))
      parts.withLock { parts in
        parts[partition].spilled.append((offset, values.count))
        parts[partition].count += values.count
      }
    } catch {
      failure.withLock { $0 = $0 ?? error }
    }
  }

  private func spill(_ bytes: UnsafeRawBufferPointer) throws(RefrainError) -> Int {
    let place = try file.withLock { file throws(RefrainError) in
      if file.descriptor < 0 { file.descriptor = try TemporaryFile.openNameless() }
      defer { file.size += bytes.count }
      return file
    }
    var done = 0
    while done < bytes.count {
      // SAFETY: the system reads what is left of the bytes, within them.
      let n = pwrite(
        place.descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done,
        place.size + done)
      if n < 0, errno == EINTR { continue }
      if n < 0 { throw .unwritable(path: TemporaryFile.folder, cause: SystemError.text) }
      done += n
    }
    return place.size
  }

  /// Calls `body` with the values of a partition, in memory that it may rearrange, and forgets them.
  ///
  /// `scratch` is grown as needed and used again. What cannot be read back is missing: see `requireWhole`.
  package func take<Result>(
    _ partition: Int, scratch: ValueScratch,
    _ body: (UnsafeMutableBufferPointer<UInt64>) -> Result
  ) -> Result {
    let part = parts.withLock { parts in
      defer { parts[partition].resident = [] }
      return parts[partition]
    }
    let target = scratch.room(part.count)
    var n = 0
    for chunk in part.resident {
      for value in chunk {
        target[n] = value
        n += 1
      }
    }
    used.subtract(n * MemoryLayout<UInt64>.stride, ordering: .relaxed)
    let descriptor = file.withLock { $0.descriptor }
    for chunk in part.spilled {
      let bytes = chunk.count * MemoryLayout<UInt64>.stride
      var done = 0
      while done < bytes {
        // SAFETY: the target has room for all values of the partition; only what was read is handed out.
        let read = pread(
          descriptor, UnsafeMutableRawPointer(target.baseAddress.map { $0 + n }).map { $0 + done },
          bytes - done, chunk.offset + done)
        if read < 0, errno == EINTR { continue }
        if read <= 0 {
          let cause = "temporary values cannot be read back: \(SystemError.text)"
          failure.withLock { $0 = $0 ?? .unreadable(path: TemporaryFile.folder, cause: cause) }
          break
        }
        done += read
      }
      n += done / MemoryLayout<UInt64>.stride
    }
    return body(UnsafeMutableBufferPointer(rebasing: target[..<n]))
  }

  /// Refuses to go on where values could not be written or read back.
  package func requireWhole() throws(RefrainError) {
    if let failure = failure.withLock({ $0 }) { throw failure }
  }
}

/// Reusable room for the values of one partition.
package final class ValueScratch {
  // SAFETY: owned by this object alone, and let go of with it.
  private var values: UnsafeMutableBufferPointer<UInt64> = .allocate(capacity: 0)

  package init() {}

  deinit { values.deallocate() }

  fileprivate func room(_ count: Int) -> UnsafeMutableBufferPointer<UInt64> {
    if values.count < count {
      values.deallocate()
      values = .allocate(capacity: count + count / 4)
    }
    return values
  }
}

/// One thread's way into a store: collects values by partition and hands them over a few kilobytes at a time.
///
/// Not thread-safe. `flush` hands over the rest.
package final class PartitionWriter {
  private static let room = 1024

  private let store: PartitionedValues
  // SAFETY: `room` values a partition, of which the first `counts` are initialised; owned by the writer.
  private let values: UnsafeMutableBufferPointer<UInt64>
  private let counts: UnsafeMutableBufferPointer<Int>

  package init(_ store: PartitionedValues) {
    self.store = store
    values = .allocate(capacity: store.partitions * Self.room)
    counts = .allocate(capacity: store.partitions)
    counts.initialize(repeating: 0)
  }

  deinit {
    values.deallocate()
    counts.deallocate()
  }

  @inline(__always)
  package func append(_ value: UInt64, to partition: Int) {
    let n = counts[partition]
    values[partition * Self.room + n] = value
    counts[partition] = n + 1
    if n + 1 == Self.room { hand(partition) }
  }

  private func hand(_ partition: Int) {
    let start = partition * Self.room
    store.add(
      UnsafeBufferPointer(rebasing: values[start..<(start + counts[partition])]), to: partition)
    counts[partition] = 0
  }

  /// Hands over what is left.
  package func flush() { for partition in 0..<store.partitions { hand(partition) } }
}
