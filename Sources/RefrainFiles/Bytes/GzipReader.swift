// gzip streams to plain bytes, member by member, by zlib's inflate.
//
// zlib's own gzread passes over whatever stands behind the last member, and so over a download that was
// joined to another one in the wrong way. Here that is an error. Zeros are not: tapes and block devices
// are filled up with them, and gzip itself says nothing of it.

import CZlib
import Glibc
import RefrainModel

/// Copies streams, decompressed where they begin as gzip does.
enum GzipReader {
  static let magic: (UInt8, UInt8) = (0x1F, 0x8B)
  private static let inputSize = 1 << 18
  private static let outputSize = 1 << 20

  /// Copies all of one descriptor to another.
  ///
  /// - Throws: `damaged` for a stream that is cut, broken or followed by anything but gzip and zeros;
  ///   `unreadable`, `unwritable`.
  static func copy(_ source: Int32, to target: Int32, name: String) throws(RefrainError) {
    var input = StreamInput(source, size: inputSize, name: name)
    defer { input.free() }
    // The first two bytes tell; a pipe may hand them over one by one.
    while input.rest.count < 2, try input.readMore() {}
    if input.rest.count < 2 || (input.rest[0], input.rest[1]) != magic {
      repeat { try write(target, input.rest) } while try input.readNext()
      return
    }
    let inflater = try UnsafeInflater(name: name, outputSize: outputSize)
    repeat {
      try inflater.inflate(input.rest) { bytes throws(RefrainError) in try write(target, bytes) }
    } while try input.readNext()
    try inflater.finish()
  }

  private static func write(
    _ target: Int32, _ bytes: UnsafeRawBufferPointer
  ) throws(RefrainError) {
    try UnsafeDescriptor.write(target, bytes, path: "a temporary file in \(TemporaryFile.folder)")
  }
}

/// A stream a buffer at a time.
private struct StreamInput {
  private let descriptor: Int32
  private let name: String
  private let buffer: UnsafeMutableRawBufferPointer
  /// What was read last.
  private(set) var rest: UnsafeRawBufferPointer

  init(_ descriptor: Int32, size: Int, name: String) {
    self.descriptor = descriptor
    self.name = name
    // SAFETY: `rest` is a part of the buffer, which its owner frees when the stream is read.
    buffer = .allocate(byteCount: size, alignment: 64)
    rest = UnsafeRawBufferPointer(rebasing: buffer[..<0])
  }

  func free() { buffer.deallocate() }

  /// Replaces the bytes by the next ones; false at the end.
  mutating func readNext() throws(RefrainError) -> Bool {
    rest = UnsafeRawBufferPointer(rebasing: buffer[..<0])
    return try readMore()
  }

  /// Adds bytes behind those that are there; false at the end.
  mutating func readMore() throws(RefrainError) -> Bool {
    let n = UnsafeDescriptor.read(
      descriptor, UnsafeMutableRawBufferPointer(rebasing: buffer[rest.count...]))
    guard n >= 0 else { throw .unreadable(path: name, cause: SystemError.text) }
    rest = UnsafeRawBufferPointer(rebasing: buffer[..<(rest.count + n)])
    return n > 0
  }
}

/// zlib's inflate over the members of one stream.
private final class UnsafeInflater {
  private let name: String
  // zlib keeps a pointer to the struct, which so must not move.
  private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
  private let output: UnsafeMutableRawBufferPointer
  private var isInMember = false
  private var isPadding = false
  private var members = 0
  /// Bytes of the stream before those that are looked at.
  private var offset = 0

  init(name: String, outputSize: Int) throws(RefrainError) {
    self.name = name
    output = .allocate(byteCount: outputSize, alignment: 64)
    stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for gzip alone.
    let code = inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .unreadable(path: name, cause: "out of memory") }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    output.deallocate()
  }

  func inflate(
    _ input: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) throws(RefrainError) -> Void
  ) throws(RefrainError) {
    // SAFETY: zlib reads `avail_in` bytes of the input and writes `avail_out` of the output, both of
    // which outlive this call; it changes no input.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(input.count)
    while stream.pointee.avail_in > 0 || isInMember {
      if !isInMember, try !beginMember(input) { break }
      stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(output.count)
      let code = CZlib.inflate(stream, Z_NO_FLUSH)
      let made = output.count - Int(stream.pointee.avail_out)
      if made > 0 { try body(UnsafeRawBufferPointer(rebasing: output[..<made])) }
      switch code {
      case Z_STREAM_END:
        isInMember = false
        members += 1
      case Z_OK, Z_BUF_ERROR:
        // All that could be made of this input is made.
        if stream.pointee.avail_in == 0, stream.pointee.avail_out > 0 {
          offset += input.count
          return
        }
      default: throw fault(code, input)
      }
    }
    offset += input.count
  }

  /// The stream has ended.
  func finish() throws(RefrainError) {
    if isInMember { throw .damaged(path: name, cause: "gzip stream: unexpected end of file") }
  }

  /// Begins a member where there is one; false where only zeros are left of the input.
  private func beginMember(_ input: UnsafeRawBufferPointer) throws(RefrainError) -> Bool {
    let rest = input[(input.count - Int(stream.pointee.avail_in))...]
    if isPadding || members > 0 && rest.first == 0 {
      isPadding = true
      if let junk = rest.firstIndex(where: { $0 != 0 }) { throw self.junk(offset + junk) }
      stream.pointee.avail_in = 0
      return false
    }
    if rest.first != GzipReader.magic.0 { throw junk(offset + rest.startIndex) }
    inflateReset(stream)
    isInMember = true
    return true
  }

  private func junk(_ offset: Int) -> RefrainError {
    .damaged(path: name, cause: "gzip stream: other bytes after its end, from offset \(offset)")
  }

  private func fault(_ code: Int32, _ input: UnsafeRawBufferPointer) -> RefrainError {
    if code == Z_MEM_ERROR { return .unreadable(path: name, cause: "out of memory") }
    let words = stream.pointee.msg.map { String(cString: $0) } ?? "error \(code)"
    // A second byte that is none of a member's.
    if members > 0, words == "incorrect header check" {
      return junk(offset + max(0, input.count - Int(stream.pointee.avail_in) - 2))
    }
    return .damaged(path: name, cause: "gzip stream: \(words)")
  }
}
