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
