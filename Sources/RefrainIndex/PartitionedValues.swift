// Where the 64-bit values of a sort wait for their part of it: in memory as far as the budget goes, in a
// nameless temporary file beyond it.

import Glibc
import RefrainFiles
package import RefrainModel
import Synchronization

/// Values in numbered partitions, each of which is read back in one piece.
///
/// Filled by any number of writers at a time, then read partition by partition, and may be filled again after that.
/// In which order the values of a partition come back depends on the threads that wrote them: who needs an order
/// sorts. Eight bytes a value, and for each writer a chunk a partition.
package final class PartitionedValues: Sendable {
  package let partitions: Int
  private let budget: Int
  private let used = Atomic<Int>(0)
  private let parts: Mutex<[Part]>
  private let file = Mutex<(descriptor: Int32, size: Int)>((-1, 0))
  private let failure = Mutex<RefrainError?>(nil)
  fileprivate let chunks = ValueChunks()

  /// What a partition holds.
  private struct Part {
    var resident: [FilledChunk] = []
    /// Byte offsets and numbers of values in the file.
    var spilled: [(offset: Int, count: Int)] = []
    var count = 0
  }

  private struct FilledChunk: @unchecked Sendable {
    // SAFETY: a chunk of the store's, of whose values the first `count` are initialised.
    var values: UnsafeMutablePointer<UInt64>
    var count: Int
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

  /// Takes a chunk with `count` values for one partition, from any thread; what cannot be written is told by
  /// `requireWhole`.
  fileprivate func add(_ values: UnsafeMutablePointer<UInt64>, count: Int, to partition: Int) {
    let bytes = count * MemoryLayout<UInt64>.stride
    if used.add(bytes, ordering: .relaxed).newValue <= budget {
      let chunk = FilledChunk(values: values, count: count)
      parts.withLock { parts in
        parts[partition].resident.append(chunk)
        parts[partition].count += count
      }
      return
    }
    used.subtract(bytes, ordering: .relaxed)
    defer { chunks.giveBack(values) }
    do throws(RefrainError) {
      let offset = try spill(UnsafeRawBufferPointer(start: values, count: bytes))
      parts.withLock { parts in
        parts[partition].spilled.append((offset, count))
        parts[partition].count += count
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
      defer { parts[partition] = Part() }
      return parts[partition]
    }
    let target = scratch.room(part.count)
    var n = 0
    for chunk in part.resident {
      // SAFETY: the target has room for all values of the partition.
      (target.baseAddress.map { $0 + n })?.update(from: chunk.values, count: chunk.count)
      n += chunk.count
      chunks.giveBack(chunk.values)
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

/// Chunks of memory for values, which are given out again once they came back.
private final class ValueChunks: Sendable {
  /// Values of a chunk.
  static let room = 1024
  /// Chunks that are allocated together.
  private static let slab = 64

  private struct Pool: @unchecked Sendable {
    // SAFETY: owned by the object that has the pool, and let go of with it; chunks lie in the slabs.
    var slabs: [UnsafeMutablePointer<UInt64>] = []
    var free: [UnsafeMutablePointer<UInt64>] = []
  }

  private let pool = Mutex(Pool())

  deinit {
    pool.withLock { pool in
      for slab in pool.slabs { slab.deallocate() }
    }
  }

  /// A chunk, with anything in it.
  func take() -> UnsafeMutablePointer<UInt64> {
    pool.withLock { pool in
      if let chunk = pool.free.popLast() { return Sent(chunk) }
      let slab = UnsafeMutablePointer<UInt64>.allocate(capacity: Self.room * Self.slab)
      pool.slabs.append(slab)
      pool.free += (1..<Self.slab).map { slab + $0 * Self.room }
      return Sent(slab)
    }.chunk
  }

  func giveBack(_ chunk: UnsafeMutablePointer<UInt64>) {
    let sent = Sent(chunk)
    pool.withLock { $0.free.append(sent.chunk) }
  }

  /// A chunk on its way into the pool or out of it.
  private struct Sent: @unchecked Sendable {
    // SAFETY: whoever has a chunk is its only owner.
    let chunk: UnsafeMutablePointer<UInt64>
    init(_ chunk: UnsafeMutablePointer<UInt64>) { self.chunk = chunk }
  }
}

/// One thread's way into a store: collects values by partition and hands them over a few kilobytes at a time.
///
/// Not thread-safe. `flush` hands over the rest, and must be called.
package final class PartitionWriter {
  private let store: PartitionedValues
  // SAFETY: for each partition a chunk of the store's, or nil, of which the first `counts` values are initialised;
  // both owned by the writer.
  private let open: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>
  private let counts: UnsafeMutablePointer<Int>

  package init(_ store: PartitionedValues) {
    self.store = store
    open = .allocate(capacity: store.partitions)
    open.initialize(repeating: nil, count: store.partitions)
    counts = .allocate(capacity: store.partitions)
    // As if full, so that the first value asks for a chunk.
    counts.initialize(repeating: ValueChunks.room, count: store.partitions)
  }

  deinit {
    open.deallocate()
    counts.deallocate()
  }

  @inline(__always)
  package func append(_ value: UInt64, to partition: Int) {
    if counts[partition] == ValueChunks.room { renew(partition) }
    let n = counts[partition]
    open[partition]?[n] = value
    counts[partition] = n + 1
  }

  /// Hands over a full chunk and takes an empty one.
  private func renew(_ partition: Int) {
    if let chunk = open[partition] {
      store.add(chunk, count: ValueChunks.room, to: partition)
    }
    open[partition] = store.chunks.take()
    counts[partition] = 0
  }

  /// Hands over what is left.
  package func flush() {
    for partition in 0..<store.partitions {
      guard let chunk = open[partition] else { continue }
      store.add(chunk, count: counts[partition], to: partition)
      open[partition] = nil
      counts[partition] = ValueChunks.room
    }
  }
}
