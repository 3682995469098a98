// Arrays that are too long for memory: written once from front to back, then read anywhere.

import CSystem
import Glibc
package import RefrainModel

/// Elements in a row: in memory up to a budget, in a nameless temporary file beyond it, which is mapped.
///
/// What is mapped is the system's to keep or to drop: it counts as no memory of the process's own.
package final class MappedArray<Element: BitwiseCopyable>: @unchecked Sendable {
  // SAFETY: whole and unchanging from the initialiser on; let go of with the object.
  package let elements: UnsafeBufferPointer<Element>
  private let isMapped: Bool

  fileprivate init(_ elements: UnsafeBufferPointer<Element>, isMapped: Bool) {
    self.elements = elements
    self.isMapped = isMapped
  }

  /// A copy of elements, in memory.
  package convenience init(_ elements: UnsafeBufferPointer<Element>) {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    self.init(UnsafeBufferPointer(copy), isMapped: false)
  }

  deinit {
    if isMapped {
      munmap(
        UnsafeMutableRawPointer(mutating: elements.baseAddress),
        elements.count * MemoryLayout<Element>.stride)
    } else {
      elements.deallocate()
    }
  }
}

/// Writes a `MappedArray`.
///
/// Not thread-safe.
package struct MappedArrayWriter<Element: BitwiseCopyable>: ~Copyable {
  /// Elements that are held back before they are written.
  private static var chunk: Int { 1 << 20 }

  private let budget: Int
  // SAFETY: the first `held` elements are initialised; owned by the writer until `finish` hands them on.
  private var buffer: UnsafeMutableBufferPointer<Element>
  private var held = 0
  private var written = 0
  private var descriptor: Int32 = -1

  /// A writer that keeps up to `budget` bytes in memory.
  package init(budget: Int) {
    self.budget = budget
    buffer = .allocate(capacity: 1 << 10)
  }

  deinit {
    buffer.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends elements.
  ///
  /// - Throws: `unwritable` where the temporary file takes no more.
  package mutating func append(_ elements: UnsafeBufferPointer<Element>) throws(RefrainError) {
    if elements.isEmpty { return }
    let isSpilling =
      descriptor >= 0 || (held + elements.count) * MemoryLayout<Element>.stride > budget
    if isSpilling, descriptor < 0 { descriptor = try TemporaryFile.openNameless() }
    if isSpilling, held + elements.count > Self.chunk {
      try write(UnsafeBufferPointer(rebasing: buffer[..<held]))
      held = 0
      if elements.count > Self.chunk {
        try write(elements)
        return
      }
    }
    if held + elements.count > buffer.count {
      let larger = UnsafeMutableBufferPointer<Element>.allocate(
        capacity: max(held + elements.count, buffer.count * 2))
      _ = larger.moveInitialize(fromContentsOf: buffer[..<held])
      buffer.deallocate()
      buffer = larger
    }
    _ = buffer[held...].initialize(from: elements)
    held += elements.count
  }

  /// The array of all elements that were appended.
  ///
  /// - Throws: `unwritable` or `unreadable` where the temporary file fails.
  package consuming func finish() throws(RefrainError) -> MappedArray<Element> {
    if descriptor < 0 {
      let elements = UnsafeBufferPointer(rebasing: buffer[..<held])
      buffer = .allocate(capacity: 1)
      return MappedArray(elements, isMapped: false)
    }
    try write(UnsafeBufferPointer(rebasing: buffer[..<held]))
    let bytes = written * MemoryLayout<Element>.stride
    // SAFETY: the file has so many bytes, has no name and is written by nobody any more.
    let start = mmap(nil, bytes, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let start, start != MAP_FAILED else {
      throw .unreadable(path: TemporaryFile.folder, cause: SystemError.text)
    }
    return MappedArray(
      UnsafeBufferPointer(
        start: start.assumingMemoryBound(to: Element.self), count: written), isMapped: true)
  }

  private mutating func write(_ elements: UnsafeBufferPointer<Element>) throws(RefrainError) {
    let bytes = UnsafeRawBufferPointer(elements)
    let start = written * MemoryLayout<Element>.stride
    var done = 0
    while done < bytes.count {
      // SAFETY: the system reads what is left of the bytes, within them.
      let n = pwrite(
        descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, start + done)
      if n < 0, errno == EINTR { continue }
      if n <= 0 { throw .unwritable(path: TemporaryFile.folder, cause: SystemError.text) }
      done += n
    }
    written += elements.count
  }
}
