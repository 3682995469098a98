// A stream of bytes a buffer at a time, wherever it comes from, and as it is or expanded.

import RefrainModel

/// Bytes that are read once from front to back.
///
/// Not thread-safe.
final class StreamInput {
  /// As errors call it.
  let name: String
  private let buffer: UnsafeMutableRawBufferPointer
  private let fill: (UnsafeMutableRawBufferPointer) throws(RefrainError) -> Int
  /// What was read last, until the next read.
  private(set) var rest: UnsafeRawBufferPointer
  /// Bytes of the stream before `rest`.
  private(set) var offset = 0

  /// - Parameter fill: reads some bytes, at most as many as there is room for; 0 at the end.
  init(
    name: String, size: Int = 1 << 18,
    fill: @escaping (UnsafeMutableRawBufferPointer) throws(RefrainError) -> Int
  ) {
    self.name = name
    self.fill = fill
    // SAFETY: `rest` is a part of the buffer, which lives as long as the object.
    buffer = .allocate(byteCount: size, alignment: 64)
    rest = UnsafeRawBufferPointer(rebasing: buffer[..<0])
  }

  /// What an open descriptor, which stays the caller's, gives.
  convenience init(_ descriptor: Int32, name: String) {
    self.init(name: name) { buffer throws(RefrainError) in
      let n = UnsafeDescriptor.read(descriptor, buffer)
      guard n >= 0 else { throw .unreadable(path: name, cause: SystemError.text) }
      return n
    }
  }

  deinit { buffer.deallocate() }

  /// Replaces the bytes by the next ones; false at the end.
  func readNext() throws(RefrainError) -> Bool {
    offset += rest.count
    rest = UnsafeRawBufferPointer(rebasing: buffer[..<0])
    return try readMore()
  }

  /// Adds bytes behind those that are there; false at the end.
  private func readMore() throws(RefrainError) -> Bool {
    let n = try fill(UnsafeMutableRawBufferPointer(rebasing: buffer[rest.count...]))
    rest = UnsafeRawBufferPointer(rebasing: buffer[..<(rest.count + n)])
    return n > 0
  }

  /// Hands on all bytes, expanded if they begin as a compression does.
  ///
  /// - Throws: what `Compression.expand` throws.
  func copy(
    _ body: (UnsafeRawBufferPointer) throws(RefrainError) -> Void
  ) throws(RefrainError) {
    // A pipe may hand over the first bytes one by one.
    while rest.count < Compression.longestMagic, try readMore() {}
    if let compression = Compression(beginning: rest, name: name) {
      return try compression.expand(self, body)
    }
    repeat { if !rest.isEmpty { try body(rest) } } while try readNext()
  }
}
