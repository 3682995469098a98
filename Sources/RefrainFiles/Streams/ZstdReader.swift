// zstd streams to plain bytes, frame by frame, by libzstd: frames that hold nothing are passed over, and
// windows may be as long as the format allows, as `zstd --long=31` makes them.

import CZstd
import RefrainModel

/// Expands zstd frames that follow each other.
enum ZstdReader {
  private static let outputSize = 1 << 20
  /// The longest window that a frame can ask for on 64-bit machines, in bits: 2 GiB.
  private static let longestWindow: Int32 = 31

  /// Expands all of a stream, whose first bytes were read.
  ///
  /// Takes as much memory as the window of a frame is long, at most 2 GiB.
  static func expand(
    _ input: StreamInput, _ body: (UnsafeRawBufferPointer) throws(RefrainError) -> Void
  ) throws(RefrainError) {
    guard let context = ZSTD_createDCtx() else {
      throw .unreadable(path: input.name, cause: "out of memory")
    }
    defer { ZSTD_freeDCtx(context) }
    ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, longestWindow)
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: outputSize, alignment: 64)
    defer { output.deallocate() }
    var isInFrame = false
    var frames = 0
    var frameStart = 0
    repeat {
      // SAFETY: the library reads within the input and writes within the output, and keeps no pointer.
      var source = ZSTD_inBuffer(src: input.rest.baseAddress, size: input.rest.count, pos: 0)
      var isFull = false
      while source.pos < source.size || isFull {
        if !isInFrame { frameStart = input.offset + source.pos }
        var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        let hint = ZSTD_decompressStream(context, &target, &source)
        if target.pos > 0 { try body(UnsafeRawBufferPointer(rebasing: output[..<target.pos])) }
        if ZSTD_isError(hint) != 0 {
          throw .damaged(
            path: input.name, cause: cause(hint, frames > 0 ? frameStart : nil))
        }
        isInFrame = hint != 0
        if !isInFrame { frames += 1 }
        isFull = isInFrame && target.pos == target.size
      }
    } while try input.readNext()
    if isInFrame {
      throw .damaged(path: input.name, cause: "zstd stream: unexpected end of file")
    }
  }

  /// What a code says; `next` is where a further frame should begin.
  private static func cause(_ code: Int, _ next: Int?) -> String {
    if let next, ZSTD_getErrorCode(code) == ZSTD_error_prefix_unknown {
      return "zstd stream: other bytes after its end, from offset \(next)"
    }
    // SAFETY: the words are a constant string of the library, which ends with NUL.
    let words = String(cString: ZSTD_getErrorName(code))
    return "zstd stream: \(words.prefix(1).lowercased())\(words.dropFirst())"
  }
}
