// Plain bytes to a gzip stream, by zlib's deflate.

import CZlib
import RefrainModel

/// Compresses what is written to a descriptor, at zlib's default level.
final class GzipWriter {
  private let descriptor: Int32
  private let path: String
  // zlib keeps a pointer to the struct, which so must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  // SAFETY: the writer owns both, and frees them once, after zlib let go of the struct.
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

  /// `path` is what an error names.
  init(descriptor: Int32, path: String) throws(RefrainError) {
    self.descriptor = descriptor
    self.path = path
    stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for gzip.
    let code = deflateInit2_(
      stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .unwritable(path: path, cause: "out of memory") }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    var rest = bytes
    while rest.count > 0 {
      let part = min(rest.count, 1 << 30)
      try deflate(UnsafeRawBufferPointer(rebasing: rest[..<part]), Z_NO_FLUSH)
      rest = UnsafeRawBufferPointer(rebasing: rest[part...])
    }
  }

  /// Writes the end of the stream.
  func finish() throws(RefrainError) {
    try deflate(UnsafeRawBufferPointer(start: nil, count: 0), Z_FINISH)
  }

  private func deflate(_ bytes: UnsafeRawBufferPointer, _ flush: Int32) throws(RefrainError) {
    // SAFETY: zlib reads `avail_in` bytes and writes `avail_out`; it changes no input.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: bytes.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(bytes.count)
    repeat {
      stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(output.count)
      let code = CZlib.deflate(stream, flush)
      guard code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR else {
        throw .unwritable(path: path, cause: "gzip: error \(code)")
      }
      let made = output.count - Int(stream.pointee.avail_out)
      try UnsafeDescriptor.write(
        descriptor, UnsafeRawBufferPointer(rebasing: output[..<made]), path: path)
    } while stream.pointee.avail_out == 0
  }
}
