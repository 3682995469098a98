// Plain bytes to one zstd frame with a checksum, in the library's own threads.

import CZstd
import RefrainModel

/// Compresses what is written to a descriptor.
final class ZstdWriter: StreamWriter {
  /// A third of the work of zstd's own default, 3, for files that are a tenth to a third larger: packing takes
  /// longer than deciding what is kept.
  private static let level: Int32 = 1

  private let descriptor: Int32
  private let path: String
  private let context: OpaquePointer
  // SAFETY: the writer owns both, and frees them once.
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)

  /// `path` is what an error names.
  init(descriptor: Int32, path: String, threads: Int) throws(RefrainError) {
    guard let context = ZSTD_createCCtx() else {
      throw .unwritable(path: path, cause: "out of memory")
    }
    self.descriptor = descriptor
    self.path = path
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, Self.level)
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    // One at least: the library cuts the bytes in the same way for any number but none. A build of it without
    // threads refuses, and works alone.
    ZSTD_CCtx_setParameter(context, ZSTD_c_nbWorkers, Int32(clamping: max(1, threads)))
  }

  deinit {
    ZSTD_freeCCtx(context)
    output.deallocate()
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(RefrainError) {
    try compress(bytes, ZSTD_e_continue)
  }

  func finish() throws(RefrainError) {
    try compress(UnsafeRawBufferPointer(start: nil, count: 0), ZSTD_e_end)
  }

  private func compress(
    _ bytes: UnsafeRawBufferPointer, _ step: ZSTD_EndDirective
  ) throws(RefrainError) {
    // SAFETY: the library reads within the bytes, which it copies, and writes within the output.
    var source = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
    while true {
      var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
      let rest = ZSTD_compressStream2(context, &target, &source, step)
      guard ZSTD_isError(rest) == 0 else {
        // SAFETY: the words are a constant string of the library, which ends with NUL.
        throw .unwritable(
          path: path, cause: "zstd: \(String(cString: ZSTD_getErrorName(rest)))")
      }
      if target.pos > 0 {
        try UnsafeDescriptor.write(
          descriptor, UnsafeRawBufferPointer(rebasing: output[..<target.pos]), path: path)
      }
      if step == ZSTD_e_end ? rest == 0 : source.pos == source.size { return }
    }
  }
}
