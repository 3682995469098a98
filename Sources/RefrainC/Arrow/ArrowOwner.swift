// Arrow structures that were taken over: moved out of the caller's memory, and released once.

import CRefrain

/// An array that this library owns.
///
/// Its buffers are only read, from any thread.
final class ArrowOwner: @unchecked Sendable {
  // SAFETY: the struct has memory of its own, since its producer's release function gets its address.
  private let memory: UnsafeMutablePointer<ArrowArray>

  /// The array; its pointers are valid while this object lives.
  var array: ArrowArray { memory.pointee }

  /// Moves an array here, so that its old place is released and empty.
  ///
  /// - Throws: for one that was released already.
  init(moving source: UnsafeMutablePointer<ArrowArray>) throws(Failure) {
    guard source.pointee.release != nil else { throw .arrow("the array was already released") }
    memory = .allocate(capacity: 1)
    memory.initialize(to: source.pointee)
    source.pointee.release = nil
  }

  /// Strings with offsets of 64 bits as an array of its own, in one stretch of memory.
  ///
  /// The last offset is the number of bytes; whether the others lie below it is for a column to see. A validity has
  /// a bit for each string.
  init(
    copying bytes: UnsafeRawBufferPointer, _ offsets: UnsafeBufferPointer<Int64>,
    _ validity: UnsafePointer<UInt8>?
  ) {
    let count = offsets.count - 1
    let parts = [
      UnsafeRawBufferPointer(start: validity, count: validity == nil ? 0 : (count + 7) / 8),
      UnsafeRawBufferPointer(offsets), bytes,
    ]
    // The pointers to the parts come first; each part begins at a multiple of eight.
    let head = parts.count * MemoryLayout<UnsafeRawPointer?>.stride
    let size = parts.reduce(head) { $0 + ($1.count + 7) & ~7 }
    let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 8)
    var next = block + head
    let pointers = block.initializeMemory(
      as: UnsafeRawPointer?.self, repeating: nil, count: parts.count)
    for (index, part) in parts.enumerated() {
      if let base = part.baseAddress { next.copyMemory(from: base, byteCount: part.count) }
      pointers[index] = index == 0 && validity == nil ? nil : UnsafeRawPointer(next)
      next += (part.count + 7) & ~7
    }
    var array = ArrowArray()
    array.length = Int64(count)
    array.null_count = validity == nil ? 0 : -1
    array.n_buffers = Int64(parts.count)
    array.buffers = pointers
    array.private_data = block
    array.release = { array in
      array?.pointee.private_data?.deallocate()
      array?.pointee.release = nil
    }
    memory = .allocate(capacity: 1)
    memory.initialize(to: array)
  }

  deinit {
    memory.pointee.release?(memory)
    memory.deallocate()
  }
}

/// A schema that this library owns.
final class ArrowSchemaOwner {
  // SAFETY: as with arrays.
  private let memory: UnsafeMutablePointer<ArrowSchema>

  /// The schema; its pointers are valid while this object lives.
  var schema: ArrowSchema { memory.pointee }

  init(moving source: UnsafeMutablePointer<ArrowSchema>) throws(Failure) {
    guard source.pointee.release != nil else { throw .arrow("the schema was already released") }
    memory = .allocate(capacity: 1)
    memory.initialize(to: source.pointee)
    source.pointee.release = nil
  }

  deinit {
    memory.pointee.release?(memory)
    memory.deallocate()
  }
}

/// A stream that this library owns.
final class ArrowStreamOwner {
  // SAFETY: as with arrays.
  private let memory: UnsafeMutablePointer<ArrowArrayStream>

  init(moving source: UnsafeMutablePointer<ArrowArrayStream>) throws(Failure) {
    guard source.pointee.release != nil else { throw .arrow("the stream was already consumed") }
    memory = .allocate(capacity: 1)
    memory.initialize(to: source.pointee)
    source.pointee.release = nil
  }

  deinit {
    memory.pointee.release?(memory)
    memory.deallocate()
  }

  /// The schema of all arrays.
  func schema() throws(Failure) -> ArrowSchemaOwner {
    var schema = ArrowSchema()
    guard let get = memory.pointee.get_schema else { throw .arrow("the stream has no get_schema") }
    let code = get(memory, &schema)
    guard code == 0 else { throw failure(code) }
    return try ArrowSchemaOwner(moving: &schema)
  }

  /// The next array; nil at the end.
  func next() throws(Failure) -> ArrowOwner? {
    var array = ArrowArray()
    guard let get = memory.pointee.get_next else { throw .arrow("the stream has no get_next") }
    let code = get(memory, &array)
    guard code == 0 else { throw failure(code) }
    return array.release == nil ? nil : try ArrowOwner(moving: &array)
  }

  private func failure(_ code: Int32) -> Failure {
    // SAFETY: the words are valid until the next call on the stream.
    let words = memory.pointee.get_last_error.flatMap { $0(memory) }
    return .arrow("the stream failed: \(words.map { String(cString: $0) } ?? "error \(code)")")
  }
}
